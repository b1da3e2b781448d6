"""What the pages of meetings, and Vandaag, show of fragments and talentmomenten."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import Membership, User, memberships_of
from groups.rules import memberships_as
from meetings.extensions import Readiness
from meetings.models import AgendaItem, Meeting
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Fact, Panel, ToDo

from .forms import TalentmomentForm
from .models import Clip, Feedback, Talentmoment

FEW = 3
"""The most lines of a panel or a kind of to-do: the rest is on its own page."""


def _placed(meeting: Meeting) -> frozenset[Any]:
    """Whose fragment for this meeting is there. That it is there, not what it shows."""
    clips = Clip.objects.not_erased().filter(meeting=meeting).exclude(state=Clip.State.UPLOADING)
    return frozenset(clips.values_list("owner", flat=True))


def clips_readiness(meeting: Meeting) -> Readiness | None:
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    return Readiness(_("Fragment"), meeting.clip_deadline, _placed(meeting))


def clips_fact(meeting: Meeting) -> Fact | None:
    """ "Fragmenten geplaatst": by how many of the deelnemers."""
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    participants = set(
        Membership.objects.current().participants().filter(group=meeting.group_id).values_list("pk", flat=True)
    )
    placed = len(participants & _placed(meeting))
    return Fact(
        label=_("Fragmenten geplaatst"),
        done=bool(participants) and placed == len(participants),
        detail=_("%(placed)d van %(all)d") % {"placed": placed, "all": len(participants)},
        url=reverse("video_feedback:list"),
    )


def talentmomenten_fact(meeting: Meeting) -> Fact | None:
    if meeting.kind == Meeting.Kind.INTRODUCTION:
        return None
    count = Talentmoment.objects.filter(meeting=meeting).count()
    return Fact(
        label=_("Talentmomenten verzameld"),
        done=count > 0,
        detail=ngettext("%(count)d talentmoment", "%(count)d talentmomenten", count) % {"count": count},
        url=reverse("video_feedback:talentmoment_wall", args=[meeting.pk]),
    )


def _talentmomenten(meeting: Meeting, actor: Actor) -> list[Talentmoment]:
    return list(Talentmoment.objects.visible_to(actor).filter(meeting=meeting).with_people())


def talentmomenten_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the page of a meeting: how many there are, and the way to the wall."""
    if meeting.kind == Meeting.Kind.INTRODUCTION:
        return None
    count = Talentmoment.objects.visible_to(actor).filter(meeting=meeting).count()
    return Panel("video_feedback/_talentmomenten_panel.html", {"meeting": meeting, "count": count})


def talentmomenten_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """In "Bijeenkomst leiden", while the onderdeel Talentmomenten is on: the wall itself."""
    if item.kind != AgendaItem.Kind.TALENT:
        return None
    context = {
        "meeting": item.meeting,
        "topic": live.topic_of("meeting", item.meeting),
        "talentmomenten": _talentmomenten(item.meeting, actor),
    }
    return Panel("video_feedback/_talentmomenten_tool.html", context)


def clip_todos(user: User) -> list[ToDo]:
    """A fragment to place for the next netwerkbijeenkomst; and one that was begun and not sent."""
    mine = memberships_as(Membership.Role.PARTICIPANT, user)
    placed = Clip.objects.not_erased().filter(meeting=OuterRef("pk"), owner__in=mine)
    meetings = Meeting.objects.filter(
        ~Exists(placed),
        group__in=[own.group_id for own in mine],
        kind=Meeting.Kind.NETWORK,
        clip_deadline__isnull=False,
    )
    todos = [
        ToDo(
            title=_("Plaats een fragment"),
            detail=_("Voor %(meeting)s. Kort is genoeg.") % {"meeting": meeting.title},
            url=reverse("video_feedback:add"),
            action=_("Plaats een fragment"),
            icon="film",
            due=meeting.clip_deadline,
        )
        for meeting in (meetings.upcoming().select_related("topic")[:1] if mine else [])
    ]
    begun = Clip.objects.filter(uploaded_by__in=memberships_of(user), state=Clip.State.UPLOADING)
    todos += [
        ToDo(
            title=_("Stuur je opname op"),
            detail=_("‘%(title)s’ wacht op de film.") % {"title": clip.title},
            url=reverse("video_feedback:detail", args=[clip.pk]),
            action=_("Kies de opname"),
            icon="upload",
        )
        for clip in begun[:FEW]
    ]
    return todos


def feedback_todos(user: User) -> list[ToDo]:
    """Drafts to send, and shared fragments for a coming meeting to which one did not respond yet."""
    mine = memberships_of(user)
    own = Feedback.objects.filter(clip=OuterRef("pk"), giver__in=mine)
    is_draft = Exists(own.drafts().filter(remarks__isnull=False))
    is_asked = Q(meeting__state__in=[Meeting.State.PLANNED, Meeting.State.RUNNING]) & ~Exists(own)
    clips = (
        Clip.objects.visible_to(user)
        .filter(state=Clip.State.READY)
        .exclude(owner__in=mine)
        .annotate(is_draft=is_draft)
        .filter(Q(is_draft=True) | (is_asked & ~Q(uploaded_by__in=mine, handed_over_at=None)))
        .select_related("owner__user", "meeting")
        .order_by("-is_draft", "-created")
    )
    return [
        _finish_todo(clip) if clip.is_draft else _respond_todo(clip)  # type: ignore[attr-defined]  # annotated
        for clip in clips[: 2 * FEW]
    ]


def _finish_todo(clip: Clip) -> ToDo:
    return ToDo(
        title=_("Maak je feedback voor %(name)s af") % {"name": clip.owner.user.first_name},
        detail=_("Je concept staat klaar. Nog niet verstuurd."),
        url=reverse("video_feedback:detail", args=[clip.pk]),
        action=_("Lees je concept na"),
        icon="send",
        due=clip.meeting.feedback_deadline if clip.meeting else None,
    )


def _respond_todo(clip: Clip) -> ToDo:
    return ToDo(
        title=_("Geef feedback aan %(name)s") % {"name": clip.owner.user.first_name},
        detail=clip.title,
        url=reverse("video_feedback:detail", args=[clip.pk]),
        action=_("Bekijk het fragment"),
        icon="circle-play",
        due=clip.meeting.feedback_deadline if clip.meeting else None,
    )


def new_feedback_panel(user: User) -> Panel | None:
    """ "Nieuw bij je fragment": feedback that the owner has not opened yet."""
    unseen = Feedback.objects.sent().filter(clip__owner__in=memberships_of(user), seen_at=None)
    new = unseen.exclude(clip__state=Clip.State.ERASED)
    rows = list(new.select_related("clip", "giver__user").prefetch_related("remarks__feedback__clip")[:FEW])
    return Panel("video_feedback/_new_feedback_panel.html", {"new_feedback": rows}) if rows else None


def talentmoment_panel(user: User) -> Panel | None:
    """A talentmoment noted from Vandaag, in twenty seconds."""
    form = TalentmomentForm(actor=user)
    if form.only_author is None:
        return None
    return Panel("video_feedback/_talentmoment_card.html", {"form": form}, is_aside=True)
