"""What the Scherm, Leiden and the owner's phone show of a fragment, or a talentmoment, that is on the Scherm."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from groups.models import name_columns
from groups.rules import is_coach_of, membership_of
from meetings.models import AgendaItem, Meeting
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.beside import latest_beside
from netwerkleren.base.extend import Panel
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.written import written_once

from .models import Clip, ClipQuerySet, OnScreen, ScreenPermit, standing_of
from .points import clips_beside
from .queries import why_not_for_room
from .services import on_screen


def shown_in(meeting: Meeting) -> OnScreen | None:
    """What is on the Scherm of this meeting now, with its people; a fragment also where the room may not see it, of
    which `is_for_room` says so.

    It is what `live()` says, of a meeting that was read in this request. Most of the time nothing is shown, and then no
    people are asked for.
    """
    if not meeting.is_running or meeting.group.closed_at is not None or meeting.current_item_id is None:
        return None
    if not _what_is_shown(meeting.pk, meeting.current_item_id):
        return None
    shown = OnScreen.objects.filter(meeting=meeting, item=meeting.current_item_id).with_people()
    for_room = Clip.objects.for_room(meeting.pk).filter(pk=OuterRef("clip")).order_by()
    return shown.annotate(is_for_room=Exists(for_room)).order_by().first()


@written_once
def _what_is_shown(meeting: UUID, item: UUID) -> QuerySet[OnScreen, int]:
    return OnScreen.objects.filter(meeting=meeting, item=item).order_by().values_list("pk", flat=True)


def shown_panel(item: AgendaItem, actor: Actor) -> Panel | None:
    """On the Scherm: the film, as long as the whole room may see it, or one talentmoment."""
    shown = shown_in(item.meeting)
    if shown is None:
        return None
    if shown.clip is not None and not Clip.objects.for_room(item.meeting_id).filter(pk=shown.clip.pk).exists():
        return None
    return Panel("video_feedback/_screen_shown.html", {"shown": shown})


@dataclass(frozen=True)
class Candidate:
    """A fragment that may go on the Scherm, as Leiden and its owner's phone show it."""

    clip: Clip
    is_asked: bool
    is_allowed: bool
    is_shown: bool
    is_playing: bool
    is_for_room: bool


def _as_candidates(clips: ClipQuerySet, meeting: UUID) -> ClipQuerySet:
    """Each with what `_candidates` asks of it."""
    permit = {"clip": F("pk"), "meeting": meeting}
    return clips.select_related("owner__user").annotate(
        asked_at=latest_beside(ScreenPermit, "asked_at", by="id", **permit),
        allowed_at=latest_beside(ScreenPermit, "allowed_at", by="id", **permit),
        is_for_room=Exists(Clip.objects.for_room(meeting).filter(pk=OuterRef("pk")).order_by()),
    )


def _candidates(clips: Iterable[Clip], shown: OnScreen | None) -> list[Candidate]:
    return [
        Candidate(
            clip=clip,
            is_asked=vars(clip)["asked_at"] is not None,
            is_allowed=vars(clip)["allowed_at"] is not None,
            is_shown=shown is not None and shown.clip_id == clip.pk,
            is_playing=shown is not None and shown.clip_id == clip.pk and shown.is_playing,
            is_for_room=vars(clip)["is_for_room"],
        )
        for clip in clips
    ]


WITH_FILM = (AgendaItem.Kind.VIDEO, AgendaItem.Kind.TALENT, AgendaItem.Kind.ANSWERING, AgendaItem.Kind.EVALUATION)
"""The onderdelen in which the group speaks of films: Leiden has the fragments at hand there."""


def lead_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """On Leiden: what is on the Scherm, with a way to stop it, and whom to ask for a fragment."""
    meeting = item.meeting
    if not has_perm("meetings.lead_meeting", actor, meeting):
        return None
    shown = shown_in(meeting)
    candidates = _candidates(_shared_for(item, actor), shown) if item.kind in WITH_FILM else []
    is_answering = item.kind == AgendaItem.Kind.ANSWERING
    if shown is None and not candidates and not is_answering:
        return None
    return Panel(
        "video_feedback/_lead_screen.html",
        {
            "meeting": meeting,
            "shown": shown,
            "candidates": candidates,
            "is_coach": is_coach_of(actor, meeting),
            "is_answering": is_answering,
        },
    )


@written_once
def _shared_in(
    meeting: UUID, beside: list[UUID], user: UUID, mine: list[UUID], groups: list[UUID], pairs: list[UUID]
) -> QuerySet[Clip]:
    of_item = Q(meeting=meeting) | Q(pk__in=beside)
    watched = Clip.objects.watched_by(user, mine, groups, pairs)
    shared = watched.filter(of_item, state=Clip.State.READY, audience=Clip.Audience.GROUP)
    return _as_candidates(shared, meeting).only("title", *name_columns("owner__user")).order_by("created")


def _shared_for(item: AgendaItem, actor: Actor) -> list[Clip]:
    """Those of this meeting, and those that come with what the group speaks of now: what is shared with the group."""
    if not is_user(actor):
        return []
    beside = [clip for clips in clips_beside.collect(item) for clip in clips]
    return _shared_in(item.meeting_id, beside, *standing_of(actor))


@written_once
def _own_in(meeting: UUID, owner: UUID) -> QuerySet[Clip]:
    of_meeting = Q(meeting=meeting) | Q(screen_permits__meeting=meeting) | Q(on_screens__meeting=meeting)
    mine = Clip.objects.filter(of_meeting, owner=owner, state=Clip.State.READY, audience=Clip.Audience.GROUP)
    return _as_candidates(Clip.objects.filter(pk__in=mine.order_by().values("pk")), meeting).order_by("created")


def phone_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the phone that follows, for the owner alone: the own fragments of this meeting, and what was asked."""
    own = membership_of(actor, meeting)
    if own is None:
        return None
    clips = _own_in(meeting.pk, own.pk)
    if not clips:
        return None
    return Panel(
        "video_feedback/_phone_screen.html",
        {"meeting": meeting, "candidates": _candidates(clips, shown_in(meeting))},
    )


@dataclass(frozen=True)
class ScreenPage:
    """For the owner of a fragment: in which meetings it may be shown, and why not."""

    clip: Clip
    chances: list[tuple[Meeting, Candidate, str | None]]


def _candidate(clip: Clip, meeting: Meeting) -> Candidate:
    return _candidates(_as_candidates(Clip.objects.filter(pk=clip.pk), meeting.pk), shown_in(meeting))[0]


def screen_page(clip: Clip) -> ScreenPage:
    """The meeting of the fragment, where that is still to come, and the one that is on."""
    group = Meeting.objects.of_group(clip.group).filter(Q(state=Meeting.State.RUNNING) | Q(pk=clip.meeting_id))
    meetings = [meeting for meeting in group.select_related("topic", "group") if not meeting.is_over]
    return ScreenPage(
        clip,
        [(meeting, _candidate(clip, meeting), why_not_for_room(clip, meeting)) for meeting in meetings],
    )


def make_way(meeting: Meeting) -> None:
    """Another onderdeel is on: what was shown of the one before goes."""
    on_screen.make_way(meeting=meeting)


def forget_ended(meeting: Meeting, actor: Actor) -> None:
    """Nothing plays after the meeting, and what was allowed for it is over."""
    on_screen.forget_meeting(meeting=meeting)
