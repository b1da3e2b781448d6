"""What the Scherm, Leiden and the owner's phone show of a fragment, or a talentmoment, that is on the Scherm."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from groups.rules import is_coach_of, membership_of
from meetings.models import AgendaItem, Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Panel
from netwerkleren.base.permissions import has_perm

from .models import Clip, OnScreen, ScreenPermit
from .points import clips_beside
from .queries import why_not_for_room
from .services import on_screen


def shown_in(meeting: Meeting) -> OnScreen | None:
    """What is on the Scherm of this meeting now, with its people; a fragment also where the room may not see it.

    It is what `live()` says, of a meeting that was read in this request. Most of the time nothing is shown, and then no
    people are asked for.
    """
    if not meeting.is_running or meeting.group.closed_at is not None:
        return None
    shown = OnScreen.objects.filter(meeting=meeting, item=meeting.current_item_id).order_by()
    return shown.with_people().first() if shown.exists() else None


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
    permit: ScreenPermit | None
    is_shown: bool
    is_playing: bool
    is_for_room: bool

    @property
    def is_asked(self) -> bool:
        return self.permit is not None and self.permit.asked_at is not None

    @property
    def is_allowed(self) -> bool:
        return self.permit is not None and self.permit.allowed_at is not None


def _candidates(meeting: Meeting, clips: list[Clip], shown: OnScreen | None) -> list[Candidate]:
    if not clips:
        return []
    permits: dict[UUID, ScreenPermit] = {
        permit.clip_id: permit for permit in ScreenPermit.objects.filter(meeting=meeting, clip__in=clips)
    }
    keys = [clip.pk for clip in clips]
    for_room = set(Clip.objects.for_room(meeting.pk).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        Candidate(
            clip=clip,
            permit=permits.get(clip.pk),
            is_shown=shown is not None and shown.clip_id == clip.pk,
            is_playing=shown is not None and shown.clip_id == clip.pk and shown.is_playing,
            is_for_room=clip.pk in for_room,
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
    candidates = _candidates(meeting, _shared_for(item, actor), shown) if item.kind in WITH_FILM else []
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


def _shared_for(item: AgendaItem, actor: Actor) -> list[Clip]:
    """Those of this meeting, and those that come with what the group speaks of now: what is shared with the group."""
    beside = (Q(pk__in=clips) for clips in clips_beside.collect(item))
    of_item = reduce(or_, beside, Q(meeting=item.meeting))
    shared = Clip.objects.visible_to(actor).filter(of_item, state=Clip.State.READY, audience=Clip.Audience.GROUP)
    return list(shared.select_related("owner__user").order_by("created"))


def phone_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the phone that follows, for the owner alone: the own fragments of this meeting, and what was asked."""
    own = membership_of(actor, meeting)
    if own is None:
        return None
    of_meeting = Q(meeting=meeting) | Q(screen_permits__meeting=meeting) | Q(on_screens__meeting=meeting)
    mine = Clip.objects.filter(of_meeting, owner=own, state=Clip.State.READY)
    clips = list(mine.filter(audience=Clip.Audience.GROUP).distinct().order_by("created"))
    if not clips:
        return None
    return Panel(
        "video_feedback/_phone_screen.html",
        {"meeting": meeting, "candidates": _candidates(meeting, clips, shown_in(meeting))},
    )


@dataclass(frozen=True)
class ScreenPage:
    """For the owner of a fragment: in which meetings it may be shown, and why not."""

    clip: Clip
    chances: list[tuple[Meeting, Candidate, str | None]]


def screen_page(clip: Clip) -> ScreenPage:
    """The meeting of the fragment, where that is still to come, and the one that is on."""
    group = Meeting.objects.of_group(clip.group).filter(Q(state=Meeting.State.RUNNING) | Q(pk=clip.meeting_id))
    meetings = [meeting for meeting in group.select_related("topic", "group") if not meeting.is_over]
    return ScreenPage(
        clip,
        [
            (meeting, _candidates(meeting, [clip], shown_in(meeting))[0], why_not_for_room(clip, meeting))
            for meeting in meetings
        ],
    )


def make_way(meeting: Meeting) -> None:
    """Another onderdeel is on: what was shown of the one before goes."""
    on_screen.make_way(meeting=meeting)


def forget_ended(meeting: Meeting, actor: Actor) -> None:
    """Nothing plays after the meeting, and what was allowed for it is over."""
    on_screen.forget_meeting(meeting=meeting)
