"""What fragments give to someone's own data, and what of them goes with an account."""

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from groups.models import Membership, User
from groups.own_data import Taken
from groups.points import OwnFile, OwnPart
from netwerkleren.base.access import Actor

from .models import (
    Clip,
    ClipView,
    Feedback,
    FilmCycle,
    NotesStart,
    ObserverNote,
    PracticeTop,
    Remark,
    Talentmoment,
    footage,
)
from .services import clips
from .serving import pieces_of


def films_part(user: User) -> OwnPart:
    own = list(Clip.objects.owned_by(user).with_people().order_by("created"))
    rows = [
        {
            _("groep"): clip.group.name,
            _("fragment"): clip.title,
            _("leerdoel van deze les"): clip.goal,
            _("ondertitels"): clip.captions,
            _("wie mag kijken"): clip.get_audience_display(),
            _("geplaatst op"): clip.created,
            _("bestand"): _name_of(clip) if clip.is_ready else "",
        }
        for clip in own
    ]
    films = tuple(OwnFile(_name_of(clip), partial(_film, clip)) for clip in own if clip.is_ready)
    return OwnPart("fragmenten", _("Mijn fragmenten"), rows, films)


def _name_of(clip: Clip) -> str:
    return f"films/{clip.pk}.mp4"


def _film(clip: Clip, actor_now: Callable[[], Actor]) -> Iterator[bytes]:
    """The film through its own gate, asked anew before each piece. Raises Taken when it says no."""
    store, name = footage(), str(clip.video)
    with closing(pieces_of(store, name, 0, store.size(name) - 1)) as pieces:
        for piece in pieces:
            if not Clip.objects.owned_by(actor_now()).filter(pk=clip.pk, state=Clip.State.READY).exists():
                raise Taken
            yield piece


def views_part(user: User) -> OwnPart:
    views = ClipView.objects.filter(clip__owner__user=user).select_related("clip", "watcher__user").order_by("pk")
    rows = [{_("fragment"): view.clip.title, _("bekeken door"): view.watcher.name, **_when(view)} for view in views]
    return OwnPart("bekeken", _("Wie mijn fragmenten bekeek"), rows)


def _when(view: ClipView) -> dict[str, Any]:
    return {_("eerst"): view.first_at, _("laatst"): view.last_at}


def given_part(user: User) -> OwnPart:
    given = Remark.objects.filter(feedback__giver__user=user)
    return OwnPart("feedback-gegeven", _("Feedback die ik gaf"), _rows_of(given))


def received_part(user: User) -> OwnPart:
    received = Remark.objects.filter(feedback__clip__owner__user=user, feedback__sent_at__isnull=False)
    return OwnPart(
        "feedback-gekregen", _("Feedback die ik kreeg"), _rows_of(received.exclude(feedback__giver__user=user))
    )


def _rows_of(remarks: Any) -> list[dict[str, Any]]:
    """Of a fragment of another, the title is no part of one's own data."""
    found = remarks.select_related("feedback__giver__user", "feedback__clip").order_by("feedback__created", "start_ms")
    return [
        {
            _("van"): remark.feedback.giver.name,
            _("soort"): remark.kind_name,
            _("op seconde"): remark.start_ms // 1000,
            _("wat er staat"): remark.text,
            _("antwoord"): remark.answer,
            _("geschreven op"): remark.created,
            _("verstuurd op"): remark.feedback.sent_at,
        }
        for remark in found
    ]


def talentmomenten_part(user: User) -> OwnPart:
    seen = Talentmoment.objects.filter(author__user=user).select_related("author__group")
    rows = [
        {
            _("groep"): moment.author.group.name,
            _("bij wie"): moment.get_whom_display(),
            _("wat je zag"): moment.text,
            _("waaraan je het zag"): moment.sign_labels,
            _("wat je net daarvoor deed"): moment.before,
            _("wat erna kwam"): moment.after,
            _("opgeschreven op"): moment.created,
        }
        for moment in seen
    ]
    return OwnPart("talentmomenten", _("Mijn talentmomenten"), rows)


def observer_notes_part(user: User) -> OwnPart:
    seen = ObserverNote.objects.filter(observer__user=user).select_related("observed__user", "observer__group")
    rows = [
        {
            _("groep"): note.observer.group.name,
            _("bij wie"): note.observed.name,
            _("moment"): note.seen_at,
            _("soort"): note.get_kind_display(),
            _("wat er staat"): note.text,
        }
        for note in seen
    ]
    return OwnPart("kijknotities", _("Mijn kijknotities"), rows)


def practice_part(user: User) -> OwnPart:
    given = PracticeTop.objects.filter(giver__user=user).select_related("giver__group")
    rows = [
        {_("groep"): top.giver.group.name, _("op seconde"): top.start_ms // 1000, _("wat er staat"): top.text}
        for top in given
    ]
    return OwnPart("oefenfragment", _("Mijn top op het oefenfragment"), rows)


def cycles_part(user: User) -> OwnPart:
    """Of the own rounds; what the two wrote of the nagesprek is of both."""
    own = FilmCycle.objects.filter(owner__user=user).with_people().select_related("debrief")
    rows = [
        {
            _("groep"): cycle.owner.group.name,
            _("doel"): cycle.goal.text if cycle.goal else "",
            _("wanneer"): cycle.at,
            _("waar"): cycle.room,
            _("begonnen op"): cycle.created,
            **_debrief_rows(cycle),
        }
        for cycle in own.order_by("created")
    ]
    return OwnPart("filmrondes", _("Mijn filmrondes"), rows)


def _debrief_rows(cycle: FilmCycle) -> dict[str, Any]:
    debrief = getattr(cycle, "debrief", None)
    if debrief is None:
        return {}
    return {
        _("wat ging goed"): debrief.tops,
        _("wat kan anders"): debrief.tips,
        _("leerdoel bijstellen"): [debrief.get_goal_changes_display(), debrief.goal_words],
        _("opdracht anders"): [debrief.get_task_changes_display(), debrief.task_words],
    }


def take_away(user: User, actor: Actor) -> None:
    """Own films, talentmomenten, what was not sent, and that one watched. What was told to another stays theirs."""
    for clip in Clip.objects.owned_by(user).select_related("owner"):
        clips.erase_clip(actor=actor, clip=clip)
    for sender in Membership.objects.filter(user=user):
        clips.forget_unsent(sender=sender)
    for clip in Clip.objects.not_erased().filter(uploaded_by__user=user).select_related("owner"):
        clips.hand_over_clip(actor=actor, clip=clip)
    Talentmoment.objects.filter(author__user=user).delete()
    ObserverNote.objects.filter(Q(observer__user=user) | Q(observed__user=user)).delete()
    NotesStart.objects.filter(observer__user=user).delete()
    PracticeTop.objects.filter(giver__user=user).delete()
    FilmCycle.objects.filter(owner__user=user).delete()
    Feedback.objects.drafts().filter(giver__user=user).delete()
    ClipView.objects.filter(Q(watcher__user=user) | Q(clip__owner__user=user)).delete()
