"""What waits for a person in their groups, for Vandaag."""

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from netwerkleren.base.extend import ToDo

from .models import Membership, User


def in_my_groups(user: User) -> list[ToDo]:
    """A draft to publish, a school to fill in, a maatje to choose, pairs to confirm. One query."""
    free = Q(
        group__memberships__left__isnull=True,
        group__memberships__role=Membership.Role.PARTICIPANT,
        group__memberships__pair__isnull=True,
    )
    chosen_back = free & Q(group__memberships__wished_maatje__wished_maatje=F("group__memberships__pk"))
    memberships = (
        Membership.objects.current()
        .filter(user=user, group__closed_at__isnull=True)
        .select_related("group")
        .annotate(
            free_count=Count("group__memberships", filter=free, distinct=True),
            mutual_count=Count("group__memberships", filter=chosen_back, distinct=True),
        )
        .order_by("joined")
    )
    return [todo for membership in memberships for todo in _of(membership)]


def _of(membership: Membership) -> list[ToDo]:
    return _of_coach(membership) if membership.is_coach else _of_participant(membership)


def _of_coach(membership: Membership) -> list[ToDo]:
    group = membership.group
    if group.is_draft:
        return [
            ToDo(
                _("Publiceer %(group)s") % {"group": group},
                _("Deze groep is nog een concept. Publiceren verstuurt de uitnodigingen."),
                group.get_absolute_url(),
                _("Bekijk de groep"),
                "send",
            )
        ]
    if membership.mutual_count:  # type: ignore[attr-defined]
        return [
            ToDo(
                _("Bevestig de tweetallen van %(group)s") % {"group": group},
                _("Er zijn deelnemers die elkaar kozen als maatje."),
                reverse("groups:pairs", args=[group.pk]),
                _("Bekijk de tweetallen"),
                "users",
            )
        ]
    return []


def _of_participant(membership: Membership) -> list[ToDo]:
    group, found = membership.group, []
    if membership.school_id is None:
        found.append(
            ToDo(
                _("Vul je school in"),
                _("Dan ziet %(group)s hoe gemengd de groep is.") % {"group": group},
                reverse("groups:profile"),
                _("Naar mijn gegevens"),
                "school",
            )
        )
    may_choose = membership.pair_id is None and membership.wished_maatje_id is None
    if may_choose and membership.free_count > 1:  # type: ignore[attr-defined]
        found.append(
            ToDo(
                _("Kies je maatje"),
                _("Met wie uit %(group)s wil je elkaars werk filmen?") % {"group": group},
                reverse("groups:pairs", args=[group.pk]),
                _("Kies je maatje"),
                "users",
            )
        )
    return found
