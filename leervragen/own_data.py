"""What leervragen give to someone's own data. At the end of an account they stay: the group answered them together."""

from django.utils.translation import gettext as _

from groups.models import User
from groups.points import OwnPart

from .models import Clarification, Leervraag, OutsideMark, PitchNote, StripMove, WrittenAnswer


def leervragen_part(user: User) -> OwnPart:
    asked = Leervraag.objects.filter(author__user=user).select_related("meeting__group", "tried")
    rows = [
        {
            _("groep"): one.meeting.group.name,
            _("bijeenkomst"): one.meeting.starts_at,
            _("waar je tegenaan liep"): one.situation,
            _("vraag"): one.text,
            _("ingeleverd op"): one.created,
            _("plek op de meetlat"): one.number,
            _("antwoord"): one.answer,
            _("hoe het afliep"): one.get_outcome_display(),
            _("waar de vraag heen gaat"): one.destination,
            _("waarom"): one.reason,
            _("geprobeerd"): one.tried.get_reply_display() if hasattr(one, "tried") else "",
            _("wat er gebeurde"): one.tried.happened if hasattr(one, "tried") else "",
            _("mag de groep dat lezen"): hasattr(one, "tried") and one.tried.is_shared,
        }
        for one in asked
    ]
    return OwnPart("leervragen", _("Mijn leervragen"), rows)


def written_answers_part(user: User) -> OwnPart:
    """In words of the writer's own; the question is another's."""
    by_them = WrittenAnswer.objects.filter(author__user=user)
    written = by_them.select_related("leervraag__meeting__group").order_by("written_at")
    rows = [
        {
            _("groep"): one.leervraag.meeting.group.name,
            _("bij de vraag"): one.leervraag.text,
            _("antwoord"): one.text,
            _("geschreven op"): one.written_at,
        }
        for one in written
    ]
    return OwnPart("geschreven-antwoorden", _("Antwoorden die ik schreef"), rows)


def clarifications_part(user: User) -> OwnPart:
    """What someone asked of another's question, as long as that other did not put it aside."""
    asked = Clarification.objects.filter(writer__user=user).select_related("leervraag__meeting__group")
    rows = [
        {
            _("groep"): one.leervraag.meeting.group.name,
            _("bij de vraag"): one.leervraag.text,
            _("bedoel je"): one.text,
            _("gevraagd op"): one.created,
        }
        for one in asked.order_by("created")
    ]
    return OwnPart("bedoel-je", _("Wat ik vroeg bij een leervraag"), rows)


def pitch_notes_part(user: User) -> OwnPart:
    """The own ticks during a pitch; the asker reads them too."""
    ticked = PitchNote.objects.filter(writer__user=user).select_related("leervraag__meeting__group")
    rows = [
        {
            _("groep"): one.leervraag.meeting.group.name,
            _("bij de vraag"): one.leervraag.text,
            _("misschien beantwoord"): one.word,
            _("gezet op"): one.written_at,
        }
        for one in ticked.order_by("written_at")
    ]
    return OwnPart("vinkjes-bij-de-pitch", _("Mijn vinkjes bij een pitch"), rows)


def moves_part(user: User) -> OwnPart:
    """What someone did last on a meetlat that is still laid; it is forgotten when the meeting is over."""
    done = StripMove.objects.filter(by__user=user).select_related("strip__meeting__group")
    rows = [
        {
            _("groep"): one.strip.meeting.group.name,
            _("de vraag"): one.strip.text,
            _("wat je deed"): one.get_kind_display(),
            _("plek op de meetlat"): one.number,
        }
        for one in done
    ]
    return OwnPart("zetten-op-de-meetlat", _("Wat ik verlegde op de meetlat"), rows)


def outside_part(user: User) -> OwnPart:
    """What someone let go out of the group; the answers and afspraken themselves stand elsewhere."""
    marks = OutsideMark.objects.filter(by__user=user).select_related("leervraag", "agreement")
    rows = [
        {
            _("vraag"): mark.leervraag.text if mark.leervraag else None,
            _("afspraak"): mark.agreement.text if mark.agreement else None,
            _("mag naar buiten sinds"): mark.created,
        }
        for mark in marks
    ]
    return OwnPart("mag-naar-buiten", _("Wat van mij naar buiten mag"), rows)
