"""What the pages of meetings, and Vandaag, show of fragments and talentmomenten; and what a move undoes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import Membership, NetworkGroup, User, group_ids_of, memberships_of, name_columns
from groups.rules import is_coach_of, memberships_as
from meetings.models import AgendaItem, Meeting, meetings_of, meetings_without
from meetings.pages import came_after, participants_asked
from meetings.points import Readiness
from netwerkleren.base import live
from netwerkleren.base.access import Actor
from netwerkleren.base.extend import Fact, Panel, ToDo
from netwerkleren.base.permissions import has_perm
from netwerkleren.base.templatetags.ui import full_date
from netwerkleren.base.written import written_once

from .forms import TalentmomentForm
from .models import Clip, Feedback, Talentmoment, standing_of, wall_of
from .retention import keeping_if_closed
from .services import clips as clip_services
from .services import consent

FEW = 3
"""The most lines of a panel or a kind of to-do: the rest is on its own page."""
ASKED_FOR = timedelta(days=30)
"""So long Vandaag asks a maatje to respond to a fragment that is for no meeting."""
NOT_THERE = [Clip.State.UPLOADING, Clip.State.TO_CUT, Clip.State.FAILED]
"""Without a film the fragment is not there for others."""


def _placed(meeting: Meeting) -> frozenset[Any]:
    """Whose fragment for this meeting is there. That it is there, not what it shows."""
    return frozenset(_owners_in(meeting.pk))


@written_once
def _owners_in(meeting: UUID) -> QuerySet[Clip, UUID]:
    there = Clip.objects.not_erased().filter(meeting=meeting).exclude(state__in=NOT_THERE)
    return there.order_by().values_list("owner", flat=True)


def clips_readiness(meeting: Meeting) -> Readiness | None:
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    return Readiness(_("Fragment"), meeting.clip_deadline, _placed(meeting), field="clip_deadline")


def clips_fact(meeting: Meeting) -> Fact | None:
    """ "Fragmenten geplaatst": by how many of the deelnemers."""
    if meeting.kind != Meeting.Kind.NETWORK:
        return None
    participants = set(participants_asked(meeting, meeting.clip_deadline).values_list("pk", flat=True))
    placed = len(participants & _placed(meeting))
    return Fact(
        label=_("Fragmenten geplaatst"),
        done=bool(participants) and placed == len(participants),
        detail=_("%(placed)d van %(all)d") % {"placed": placed, "all": len(participants)},
        url=reverse("video_feedback:overview"),
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


@written_once
def _noted_for(meeting: UUID, groups: list[UUID]) -> QuerySet[Talentmoment, UUID]:
    return Talentmoment.objects.in_groups(groups).filter(meeting=meeting).order_by().values_list("pk", flat=True)


def talentmomenten_panel(meeting: Meeting, actor: Actor) -> Panel | None:
    """On the page of a meeting: how many there are, and the way to the wall."""
    if meeting.kind == Meeting.Kind.INTRODUCTION:
        return None
    count = len(_noted_for(meeting.pk, group_ids_of(actor)))
    return Panel("video_feedback/_talentmomenten_panel.html", {"meeting": meeting, "count": count})


def talentmomenten_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """In "Bijeenkomst leiden", while the onderdeel Talentmomenten is on: the wall itself."""
    if item.kind != AgendaItem.Kind.TALENT:
        return None
    context = {
        "meeting": item.meeting,
        "topic": live.topic_of("meeting", item.meeting),
        "talentmomenten": wall_of(item.meeting, actor),
        "puts_on_screen": item.meeting.is_running and has_perm("meetings.lead_meeting", actor, item.meeting),
    }
    return Panel("video_feedback/_talentmomenten_tool.html", context, css=("css/video_feedback.css",))


def practice_tool(item: AgendaItem, actor: Actor) -> Panel | None:
    """In the introductie, while film is on: the oefenfragment, and filming the own table."""
    if item.kind != AgendaItem.Kind.VIDEO or item.meeting.kind != Meeting.Kind.INTRODUCTION:
        return None
    return Panel("video_feedback/_practice_tool.html", {"group_id": item.meeting.group_id})


@written_once
def _given_by(mine: list[UUID]) -> QuerySet[Feedback, tuple[UUID, datetime | None]]:
    return Feedback.objects.filter(giver__in=mine, remarks__isnull=False).order_by().values_list("clip", "sent_at")


@written_once
def _wanted_of(
    user: UUID,
    mine: list[UUID],
    groups: list[UUID],
    pairs: list[UUID],
    coming: list[UUID],
    drafts: list[UUID],
    lately: datetime,
) -> QuerySet[Clip]:
    by_maatje = Q(is_offered=True) | Q(handed_over_at=None, state=Clip.State.READY)
    with_me = Q(audience=Clip.Audience.MAATJE, meeting=None, created__gt=lately)
    asked_anew = Q(asked_anew_at__isnull=False, owner__in=mine)
    wanted = Q(state__in=NOT_THERE) | Q(meeting__in=coming) | asked_anew | by_maatje | with_me | Q(pk__in=drafts)
    shown = ("title", "state", "meeting", "created", "asked_anew_at", "is_offered", "uploaded_by", "handed_over_at")
    rows = Clip.objects.watched_by(user, mine, groups, pairs).filter(wanted).select_related("owner__user").order_by()
    return rows.only(*shown, "owner__user", *name_columns("owner__user"))


def clip_todos(user: User) -> list[ToDo]:
    """Of one's own fragments: to place, failed, or begun and not sent. Of others': feedback to give, or to send.

    Two queries: all fragments of Vandaag pass the gate at once.
    """
    mine = memberships_of(user)
    given = set(_given_by([own.pk for own in mine]))
    drafts = {clip for clip, sent_at in given if sent_at is None}
    responded = {clip for clip, sent_at in given if sent_at is not None}
    coming = [meeting.pk for meeting in meetings_of(user) if meeting.is_to_come]
    people = {own.pk for own in mine}
    # In a group that was closed there is nothing to do with a fragment any more.
    done = {own.pk for own in mine if own.group.closed_at is not None}
    wanted = _wanted_of(*standing_of(user), coming, list(drafts), timezone.now() - ASKED_FOR)
    clips = [clip for clip in wanted if clip.owner_id not in done]
    # Until it is handed over, whoever sent it in sees it to look it over, not to respond.
    on_its_way = [clip for clip in clips if clip.uploaded_by_id in people and not clip.is_handed_over]
    own = [clip for clip in clips if clip.owner_id in people or clip in on_its_way]
    of_others = [clip for clip in clips if clip not in own and clip.owner.user_id != user.pk]
    theirs = [clip for clip in of_others if clip.is_ready and clip.pk not in responded]
    return [
        *_care_todos(user),
        *_anew_todos(own),
        *_place_todos(user, own),
        *_offered_todos([clip for clip in own if clip.owner_id in people]),
        *_failed_todos(own),
        *_send_todos(user, own),
        *_cut_todos(own),
        *_feedback_todos(user, theirs, drafts),
    ]


def _care_todos(user: User) -> list[ToDo]:
    """Once a traject, of its coach: whether the theme asks for the consent of parents inside the own school too."""
    groups = [own.group for own in memberships_as(Membership.Role.COACH, user)]
    return [
        ToDo(
            title=_("Gaat het thema over een zorgbehoefte van leerlingen?"),
            detail=_("Dan vraagt elk fragment in %(group)s toestemming van alle ouders.") % {"group": group.name},
            url=reverse("video_feedback:care_theme", args=[group.pk]),
            action=_("Zeg ja of nee"),
            icon="shield-check",
        )
        for group in groups
        if group.is_about_care is None
    ]


def care_panel(group: NetworkGroup, actor: Actor) -> Panel | None:
    """On the page of the group, for its coach: what was answered, and the way to it."""
    if group.is_draft or not is_coach_of(actor, group):
        return None
    return Panel("video_feedback/_care_panel.html", {"group": group})


def _anew_todos(clips: list[Clip]) -> list[ToDo]:
    """Of each shared fragment whose statement is not enough any more."""
    return [
        ToDo(
            title=_("Leg je verklaring opnieuw vast"),
            detail=_("‘%(title)s’: tot dan ziet niemand anders het.") % {"title": clip.title},
            url=reverse("video_feedback:detail", args=[clip.pk]),
            action=_("Bekijk wat er nodig is"),
            icon="shield-check",
        )
        for clip in [clip for clip in clips if clip.asked_anew_at is not None][:FEW]
    ]


def _place_todos(user: User, clips: list[Clip]) -> list[ToDo]:
    groups = {own.group_id: own for own in memberships_as(Membership.Role.PARTICIPANT, user)}
    owners = {own.pk for own in memberships_of(user)}
    placed = {clip.meeting_id for clip in clips if clip.owner_id in owners and clip.state != Clip.State.FAILED}
    asked = (
        meeting
        for meeting in meetings_of(user)
        if meeting.group_id in groups and meeting.kind == Meeting.Kind.NETWORK
        if meeting.clip_deadline and meeting.is_to_come and meeting.pk not in placed
        if not came_after(meeting.clip_deadline, groups[meeting.group_id])
    )
    next_of_group: dict[UUID, Meeting] = {}
    for meeting in asked:
        next_of_group.setdefault(meeting.group_id, meeting)
    return [
        ToDo(
            title=_("Plaats een fragment"),
            detail=_("Voor %(meeting)s. Kort is genoeg.") % {"meeting": meeting.title},
            url=reverse("video_feedback:add_clip"),
            action=_("Plaats een fragment"),
            icon="film",
            due=meeting.clip_deadline,
        )
        for meeting in next_of_group.values()
        if meeting.pk not in meetings_without(user)
    ]


def _failed_todos(clips: list[Clip]) -> list[ToDo]:
    """For who sent the recording; and for the owner, who may try again or place another."""
    failed = [clip for clip in clips if clip.state == Clip.State.FAILED]
    return [
        ToDo(
            title=_("Je fragment is niet gelukt"),
            detail=_("‘%(title)s’: kijk wat er is en probeer het nog eens.") % {"title": clip.title},
            url=reverse("video_feedback:detail", args=[clip.pk]),
            action=_("Bekijk wat er is"),
            icon="circle-alert",
        )
        for clip in failed[:FEW]
    ]


def _offered_todos(clips: list[Clip]) -> list[ToDo]:
    """Of the own work, made by the maatje: until its owner took it, shared it, kept or erased it."""
    offered = [clip for clip in clips if clip.is_ready and (clip.is_offered or not clip.is_handed_over)]
    return [
        ToDo(
            title=_("Er is een fragment van jou"),
            detail=_("‘%(title)s’: deel het, of houd het voor jezelf.") % {"title": clip.title},
            url=reverse("video_feedback:detail", args=[clip.pk]),
            action=_("Bekijk je fragment"),
            icon="handshake",
        )
        for clip in offered[:FEW]
    ]


def _send_todos(user: User, clips: list[Clip]) -> list[ToDo]:
    senders = {own.pk for own in memberships_of(user)}
    begun = [clip for clip in clips if clip.uploaded_by_id in senders and clip.state == Clip.State.UPLOADING]
    return [
        ToDo(
            title=_("Stuur je opname op"),
            detail=_("‘%(title)s’ wacht op de film.") % {"title": clip.title},
            url=reverse("video_feedback:detail", args=[clip.pk]),
            action=_("Kies de opname"),
            icon="upload",
        )
        for clip in begun[:FEW]
    ]


def _cut_todos(clips: list[Clip]) -> list[ToDo]:
    """A recording that is here whole, for a day at most."""
    return [
        ToDo(
            title=_("Kies je stukje"),
            detail=_("‘%(title)s’: knip je niet, dan wissen we de opname binnen een dag.") % {"title": clip.title},
            url=reverse("video_feedback:detail", args=[clip.pk]),
            action=_("Knip je fragment"),
            icon="scissors",
        )
        for clip in [clip for clip in clips if clip.state == Clip.State.TO_CUT][:FEW]
    ]


def _feedback_todos(user: User, clips: list[Clip], drafts: set[UUID]) -> list[ToDo]:
    """Drafts to send, and shared fragments for a coming meeting to which one did not respond yet."""
    mine = {own.group_id: own for own in memberships_of(user)}
    deadlines: dict[UUID | None, datetime | None] = {
        meeting.pk: meeting.feedback_deadline
        for meeting in meetings_of(user)
        if not came_after(meeting.feedback_deadline, mine[meeting.group_id])
    }
    far = timezone.now().replace(year=9000)
    # Drafts first, then what is wanted soonest; of what is wanted at the same moment the newest.
    newest = sorted(clips, key=lambda clip: clip.created, reverse=True)
    most_needed = sorted(newest, key=lambda clip: (clip.pk not in drafts, deadlines.get(clip.meeting_id) or far))
    return [
        (_finish_todo if clip.pk in drafts else _respond_todo)(clip, due=deadlines.get(clip.meeting_id))
        for clip in most_needed[: 2 * FEW]
    ]


def _finish_todo(clip: Clip, *, due: datetime | None) -> ToDo:
    return ToDo(
        title=_("Maak je feedback voor %(name)s af") % {"name": clip.owner.user.first_name},
        detail=_("Je concept staat klaar. Nog niet verstuurd."),
        url=reverse("video_feedback:detail", args=[clip.pk]),
        action=_("Lees je concept na"),
        icon="send",
        due=due,
    )


def _respond_todo(clip: Clip, *, due: datetime | None) -> ToDo:
    return ToDo(
        title=_("Geef feedback aan %(name)s") % {"name": clip.owner.user.first_name},
        detail=clip.title,
        url=reverse("video_feedback:detail", args=[clip.pk]),
        action=_("Bekijk het fragment"),
        icon="circle-play",
        due=due,
    )


def new_feedback_panel(user: User) -> Panel | None:
    """ "Nieuw bij je fragment": the latest feedback that the owner has not opened yet, fragment by fragment."""
    unseen = Feedback.objects.sent().filter(clip__owner__in=memberships_of(user), seen_at=None)
    new = unseen.exclude(clip__state=Clip.State.ERASED)
    named = new.select_related("clip", "giver__user").only(
        "clip__title", "clip__duration_ms", *name_columns("giver__user")
    )
    by_clip: dict[UUID, list[Feedback]] = {}
    for feedback in named.order_by("-sent_at", "-created").prefetch_related("remarks")[:FEW]:
        by_clip.setdefault(feedback.clip_id, []).append(feedback)
    return Panel("video_feedback/_new_feedback_panel.html", {"new_feedback": by_clip}) if by_clip else None


def talentmoment_panel(user: User) -> Panel | None:
    """A talentmoment noted from Vandaag, in twenty seconds."""
    form = TalentmomentForm(actor=user)
    if not form.has_group:
        return None
    return Panel("video_feedback/_talentmoment_card.html", {"form": form}, is_aside=True)


def ask_anew(membership: Membership) -> None:
    """The parents said yes to this watcher as someone of one school; at another school they have not."""
    consent.forget_watcher(membership=membership)


def until_when_if_closed(group: NetworkGroup) -> str:
    """An afsluiting that ended before today began the days that are left."""
    last_day = keeping_if_closed(group).last_day
    if last_day < timezone.localdate():
        return _("Fragmenten ziet meteen alleen de maker nog. Die hoort van tevoren wanneer ze gewist worden.")
    return _("Fragmenten ziet meteen alleen de maker nog. Ze worden bewaard tot en met %(day)s, en dan gewist.") % {
        "day": full_date(last_day)
    }


def forget_unsent(membership: Membership, actor: Actor) -> None:
    clip_services.forget_unsent(sender=membership)


def has_fragments_in_draft(group: NetworkGroup) -> str | None:
    """A draft goes with all rows of it, and a fragment is its maker's."""
    if not group.is_draft or not Clip.objects.filter(owner__group=group).exists():
        return None
    return _("Je plaatste al een fragment in dit concept. Publiceer de groep, dan kun je haar later afsluiten.")
