"""What someone says about themselves: a name, and per group a school and what they do there."""

from dataclasses import dataclass

from netwerkleren.base.conflicts import version_of

from .models import Membership, User


@dataclass(frozen=True)
class Profile:
    """One look at it; its owner may have it open in two tabs."""

    user: User
    memberships: list[Membership]

    @classmethod
    def of(cls, user: User) -> "Profile":
        """The user as given; the memberships of now, oldest first."""
        own = Membership.objects.current().filter(user=user).select_related("group", "school")
        return cls(user, list(own.order_by("joined")))

    @property
    def version(self) -> str:
        places = [f"{own.pk} {own.school_id} {own.discipline}" for own in self.memberships]
        return version_of(self.user.name, self.user.telephone, *places)
