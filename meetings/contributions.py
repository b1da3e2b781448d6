"""What meetings show on Vandaag, the coach's next meeting and one's own afspraken; and whom a group's news is told."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup, User, memberships_of
from groups.points import PlanAhead
from groups.rules import membership_of, memberships_as
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel, ToDo

from .models import Agreement, Attendance, ExpertInvitation, Meeting, meetings_of
from .points import paper_entry
from .rules import leads_today
from .services import announcing, day_leading, displays, doors, keepsakes, talk


def todos_of(user: User) -> list[ToDo]:
    return [*_coach_todos(user), *_day_todos(user)]


def _day_todos(user: User) -> Iterator[ToDo]:
    """For a deelnemer whom the coach lets lead today."""
    for meeting in meetings_of(user):
        if leads_today(user, meeting) and not meeting.is_over:
            yield _lead_todo(meeting, _("Vandaag leid jij de bijeenkomst"))


def _coach_todos(user: User) -> Iterator[ToDo]:
    """For the next meeting of each group that the user leads: the one thing that holds it up, or leading it today. One
    that is on, or is today, comes before one whose date follows.

    And for the first whose day has gone by: is it over?
    """
    led = {membership.group_id for membership in memberships_as(Membership.Role.COACH, user)}
    next_of_group: dict[UUID, Meeting] = {}
    left_open: dict[UUID, Meeting] = {}
    for meeting in sorted(meetings_of(user), key=lambda one: (not (one.is_running or one.is_today), one.position)):
        if meeting.group_id in led and not meeting.is_over:
            (next_of_group if meeting.is_to_come else left_open).setdefault(meeting.group_id, meeting)
    yield from (_was_it_held(meeting) for meeting in left_open.values())
    answers = _experts_answers(next_of_group.values())
    for meeting in next_of_group.values():
        if todo := _next_step(meeting, answers[meeting.pk]):
            yield todo


def _lead_todo(meeting: Meeting, words: str) -> ToDo:
    title = _("Leid de bijeenkomst verder") if meeting.is_running else words
    url = reverse("meetings:lead", args=[meeting.pk])
    return ToDo(title, _about(meeting), url, _("Bijeenkomst leiden"), "play", due=meeting.starts_at)


def _was_it_held(meeting: Meeting) -> ToDo:
    url = paper_entry.collect(meeting)[0]
    title = _("Is de bijeenkomst geweest?")
    return ToDo(title, _about(meeting), url, _("Vul het hier in"), "flag", due=meeting.starts_at)


def _about(meeting: Meeting) -> str:
    return f"{meeting.group.name}, {meeting.number_name}"


def _experts_answers(meetings: Iterable[Meeting]) -> dict[UUID, set[str]]:
    """Per meeting what each expert who was asked answered, `OPEN` included; empty where nobody was asked."""
    found: dict[UUID, set[str]] = {meeting.pk: set() for meeting in meetings}
    if found:
        for meeting, answer in (
            ExpertInvitation.objects.live().filter(meeting__in=found).values_list("meeting", "answer")
        ):
            found[meeting].add(answer)
    return found


def _next_step(meeting: Meeting, answers: set[str]) -> ToDo | None:
    about = _about(meeting)
    if meeting.is_running or meeting.is_today:
        return _lead_todo(meeting, _("Vandaag is de bijeenkomst"))
    if meeting.starts_at is None:
        url = reverse("meetings:dates", args=[meeting.group_id])
        return ToDo(_("Zet een datum"), about, url, _("Leg de data vast"), "calendar-plus")
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    if meeting.topic is None:
        url = reverse("meetings:edit", args=[meeting.pk])
        return ToDo(_("Leg het onderwerp vast"), about, url, _("Kies het onderwerp"), "pen-line", due=meeting.starts_at)
    if answers <= {ExpertInvitation.Answer.NO}:
        title = _("Vraag een andere expert") if answers else _("Vraag een expert")
        url = reverse("meetings:invite_expert", args=[meeting.pk])
        return ToDo(title, about, url, _("Vraag een expert"), "graduation-cap", due=meeting.starts_at)
    return None


HARVEST_STANDS = timedelta(days=7)
"""How long a meeting that was held stands on Vandaag."""


def harvest_card(user: User) -> Panel | None:
    """The way to what came out of the last meeting, for a week. No query of its own."""
    since = timezone.now() - HARVEST_STANDS
    open_groups = {own.group_id for own in memberships_of(user) if own.group.closed_at is None}
    held = [one for one in meetings_of(user) if one.group_id in open_groups and one.state == Meeting.State.ENDED]
    last = max((one for one in held if _ended(one) >= since), key=_ended, default=None)
    return Panel("meetings/_harvest_card.html", {"meeting": last}) if last else None


def _ended(meeting: Meeting) -> datetime:
    return meeting.ended_at or meeting.starts_at or datetime.min.replace(tzinfo=UTC)


MOST_AGREEMENTS = 20
"""Of one's own on Vandaag."""


def own_agreements_panel(user: User) -> Panel | None:
    """One's own afspraken until the next meeting was held, and one with a day until that day; each with its three
    answers. What was answered today stands there still, so that it can be taken back. One query.
    """
    last_held: dict[UUID, int] = {}
    positions = {meeting.pk: (meeting.group_id, meeting.position) for meeting in meetings_of(user)}
    for meeting in meetings_of(user):
        if not meeting.is_to_come:
            last_held[meeting.group_id] = max(meeting.position, last_held.get(meeting.group_id, 0))
    today = timezone.localdate()
    people = [own.pk for own in memberships_of(user) if own.group.closed_at is None]
    mine = Agreement.objects.filter(owner__in=people).still_open_or_answered_today().order_by()
    shown = []
    for agreement in mine.only("text", "due", "meeting", *talk.HOW_IT_STANDS):
        group, position = positions.get(agreement.meeting_id, (None, 0))
        is_to_come = agreement.due is not None and agreement.due >= today
        if group is not None and (is_to_come or position >= last_held.get(group, 0)):
            shown.append(agreement)
    if not shown:
        return None
    shown.sort(key=lambda one: one.due or date.max)
    context = {"agreements": shown[:MOST_AGREEMENTS], "replies": Agreement.Reply.choices}
    return Panel("meetings/_own_agreements.html", context, waits=any(one.is_open for one in shown))


def mail_what_is_fixed(group: NetworkGroup, actor: Actor) -> None:
    """A group that is published hears when and where its meetings are."""
    announcing.announce_published(actor=actor, group=group)


def mail_who_joined(membership: Membership) -> None:
    """So does whoever joins after that."""
    announcing.announce_to_new_member(membership=membership)


def plan_ahead(group: NetworkGroup) -> PlanAhead | None:
    """For who is invited: the meetings still to come, their agendas' minutes together, and the first of them."""
    meetings = list(Meeting.objects.of_group(group).not_cancelled().with_facts())
    to_come = [meeting for meeting in meetings if meeting.is_to_come]
    if not to_come:
        return None
    first = to_come[0]
    return PlanAhead(
        meetings=len(to_come),
        minutes=sum(meeting.total_minutes or meeting.minutes_available or 0 for meeting in to_come),
        has_begun=len(to_come) < len(meetings),
        name=first.title,
        starts_at=first.starts_at,
        ends_at=first.end_to_expect,
        place=first.place,
    )


def pairs_wait(user: User) -> frozenset[UUID]:
    """The groups whose introductie is still to come: there the deelnemers choose each other. No query of its own."""
    introductions = (meeting for meeting in meetings_of(user) if meeting.kind == Meeting.Kind.INTRODUCTION)
    return frozenset(meeting.group_id for meeting in introductions if meeting.is_planned and meeting.is_to_come)


def has_meetings_to_come(group: NetworkGroup) -> str | None:
    """A draft may be thrown away with all that was planned; a group that runs is not closed before it ran."""
    to_come = Meeting.objects.of_group(group).filter(state__in=[Meeting.State.PLANNED, Meeting.State.RUNNING])
    if group.is_draft or not to_come.exists():
        return None
    return _("Er komen nog bijeenkomsten. Rond ze eerst af, of laat ze vervallen.")


def absence_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """For a deelnemer, as long as the meeting did not begin."""
    own = membership_of(actor, meeting)
    if own is None or own.is_coach or not meeting.is_planned:
        return None
    is_absent = Attendance.objects.absent_from(meeting).filter(membership=own).exists()
    return Panel("meetings/_absence.html", {"meeting": meeting, "is_absent": is_absent})


def take_day_back(membership: Membership, actor: Actor) -> None:
    """Who leaves the group leads no meeting of it, also after coming back."""
    day_leading.forget_leader(membership=membership)


def join_ring(membership: Membership) -> None:
    """Nobody is left out of Geef door by coming late."""
    keepsakes.join_ring(membership=membership)


def leave_ring(membership: Membership, actor: Actor) -> None:
    """Nor by another's leaving."""
    keepsakes.leave_ring(membership=membership)


def take_away_ended_door(meeting: Meeting, actor: Actor) -> None:
    """The address on the Scherm ends with the meeting, and so do the names of who knocked."""
    doors.take_away_door(meeting=meeting)


def end_displays(meeting: Meeting, actor: Actor) -> None:
    """No digibord shows a meeting that is over, also when it is opened again."""
    displays.end_displays(meeting=meeting)


def end_displays_of_cancelled(meeting: Meeting, actor: Actor, to_next: bool) -> None:
    displays.end_displays(meeting=meeting)
