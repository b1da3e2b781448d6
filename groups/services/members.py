"""Members: what they say about themselves, and leaving."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.locks import lock

from ..models import Membership, School, User, user_of
from ..points import member_left, member_moved
from ..profiles import Profile
from . import pairing, schools
from .schools import SchoolName


class Workplace(NamedTuple):
    """Where someone works and what they do there."""

    school: School | SchoolName | None
    discipline: str


@transaction.atomic
def save_profile(
    *,
    actor: Actor,
    name: str,
    telephone: str | None = None,
    photo: ContentFile[bytes] | None = None,
    remove_photo: bool = False,
    places: Mapping[Membership, Workplace] | None = None,
    version: str | None = None,
) -> User:
    """Changes the actor's own name, photo, and school and discipline per group; of a coach the telephone number too.

    `version` is that of the Profile that they were written on top of: raises WrittenMeanwhile, with the one that stands
    there now, when another tab saved something else. None is for who was shown none.
    """
    user = lock(user_of(actor))  # the photo that goes is the one that is there now
    stand = Profile.of(user)
    telephone = user.telephone if telephone is None else telephone
    there = {membership.pk: membership for membership in stand.memberships}
    wanted = {
        there[membership.pk]: (schools.find_or_add_school(school=place.school), place.discipline)
        for membership, place in (places or {}).items()
        if membership.pk in there
    }
    is_same = (user.name, user.telephone) == (name, telephone) and all(
        (now.school, now.discipline) == place for now, place in wanted.items()
    )
    if not is_same and version is not None and version != stand.version:
        raise WrittenMeanwhile(stand)
    user.name, user.telephone = name, telephone
    user.full_clean(exclude=["password", "photo"])
    user.save(update_fields=["name", "telephone"])
    if photo is not None or remove_photo:
        _replace_photo(user, photo)
    for membership, place in wanted.items():
        school_before = membership.school_id
        membership.school, membership.discipline = place
        membership.full_clean()
        membership.save(update_fields=["school", "discipline"])
        if membership.school_id != school_before:
            for reaction in member_moved:
                reaction(membership)
    return user


def _replace_photo(user: User, photo: ContentFile[bytes] | None) -> None:
    old, storage = user.photo.name, user.photo.storage
    user.photo = ""
    if photo is not None:
        user.photo.save(photo.name or "", photo, save=False)
    user.save(update_fields=["photo"])
    if old:
        transaction.on_commit(partial(storage.delete, old))


@transaction.atomic
def remove_member(*, actor: Actor, membership: Membership) -> bool:
    """Takes someone out of the group: access is gone at the next request. A second click changes nothing: False."""
    if membership.is_coach:
        raise ValidationError(_("Een coach kun je niet uit de groep halen."))
    lock(membership.group)  # nobody is paired, or asked as maatje, while they leave
    if not Membership.objects.current().filter(pk=membership.pk).update(left=timezone.now(), wished_maatje=None):
        return False
    membership.refresh_from_db()
    Membership.objects.filter(wished_maatje=membership).update(wished_maatje=None)
    pairing.leave_pair(membership=membership)
    for reaction in member_left:
        reaction(membership, actor)
    audit.record(actor, "member.removed", membership, group_id=membership.group_id)
    return True
