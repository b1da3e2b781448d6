"""What meetings does when something happens in a group; registered in `ready()`."""

from groups.models import Membership, NetworkGroup
from netwerkleren.base.access import Actor

from .services import announcing


def tell_published(group: NetworkGroup, actor: Actor) -> None:
    announcing.announce_published(actor=actor, group=group)


def tell_new_member(membership: Membership) -> None:
    announcing.announce_to_new_member(membership=membership)
