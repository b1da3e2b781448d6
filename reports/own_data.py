"""What stories, interviews and lines give to someone's own data; all of them go with an account."""

from collections.abc import Callable, Iterator
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import Membership, User
from groups.own_data import Taken
from groups.points import OwnFile, OwnPart
from netwerkleren.base.access import Actor

from .models import (
    BehaviourGraph,
    Edition,
    GraphPoint,
    Interview,
    InterviewNote,
    LinesTalk,
    PackMail,
    StorySheet,
    ValueStory,
)
from .services import exports, stories


def stories_part(user: User) -> OwnPart:
    told = ValueStory.objects.filter(teller__user=user).select_related("teller__group")
    rows = [
        {
            _("groep"): story.teller.group.name,
            _("verhaal"): story.text,
            _("nog niet bewaard"): story.draft,
            _("wie mag het lezen"): story.get_decision_display(),
            _("bewaard op"): story.saved_at,
        }
        for story in told
    ]
    sheets = StorySheet.objects.filter(teller__user=user).select_related("teller__group")
    rows += [
        {
            _("groep"): sheet.teller.group.name,
            _("foto van mijn blaadje"): sheet.created,
            _("bestand"): _name_of(sheet),
        }
        for sheet in sheets
    ]
    photos = tuple(OwnFile(_name_of(sheet), partial(_photo, sheet)) for sheet in sheets)
    return OwnPart("verhalen", _("Mijn verhaal"), rows, photos)


def _name_of(sheet: StorySheet) -> str:
    return f"blaadjes/{sheet.pk}.webp"


def _photo(sheet: StorySheet, actor_now: Callable[[], Actor]) -> Iterator[bytes]:
    """A photo is small: one piece. Raises Taken when it was erased, or the reader signed out, before its turn came."""
    now = StorySheet.objects.filter(pk=sheet.pk, teller__user=actor_now().pk).first()
    if now is None:
        raise Taken
    with now.file.open("rb") as opened:
        yield opened.read()


def interviews_part(user: User) -> OwnPart:
    notes = InterviewNote.objects.filter(interview__teller__user=user).select_related("interview__group")
    rows = [
        {
            _("groep"): note.interview.group.name,
            _("onderdeel"): note.part,
            _("activiteiten"): note.activities,
            _("aantekeningen"): note.text,
        }
        for note in notes.order_by("interview", "part")
    ]
    return OwnPart("interview", _("Wat ik vertelde in het interview"), rows)


def lines_part(user: User) -> OwnPart:
    points = GraphPoint.objects.filter(graph__member__user=user)
    found = points.select_related("graph__member__group", "moment__meeting__topic").order_by("graph", "pk")
    rows = [
        {
            _("groep"): point.graph.member.group.name,
            _("moment"): point.moment.name,
            _("hoogte, van 0 tot 100"): point.value,
            _("waarom hier"): point.note,
            _("gedeeld met de groep op"): point.graph.shared_at,
        }
        for point in found
    ]
    written = LinesTalk.objects.filter(scribe__user=user).select_related("group")
    rows += [{_("groep"): talk.group.name, _("ik schreef voor de groep"): _said_in(talk)} for talk in written]
    return OwnPart("lijn", _("Mijn lijn"), rows)


def _said_in(talk: LinesTalk) -> str:
    return "\n".join(f"{question} {answer}" for question, answer in talk.said)


def papers_part(user: User) -> OwnPart:
    """What was printed of late, and whether a mail tells of what can be."""
    rows = [
        {_("groep"): one.group.name, _("wat"): one.get_kind_display(), _("bladen"): one.sheets, _("op"): one.created}
        for one in Edition.objects.filter(member__user=user).select_related("group")
    ]
    wishes = PackMail.objects.filter(member__user=user).select_related("member__group")
    rows += [
        {_("groep"): wish.member.group.name, _("wat"): _("een mail de dag voor elke bijeenkomst")} for wish in wishes
    ]
    return OwnPart("printen", _("Wat ik liet printen"), rows)


def take_away(user: User, actor: Actor) -> None:
    """The PDF of a group that has them in it is made anew."""
    for membership in Membership.objects.filter(user=user).select_related("group"):
        exports.withdraw_exports(group=membership.group)
    for edition in Edition.objects.filter(member__user=user).exclude(file=""):
        transaction.on_commit(partial(edition.file.storage.delete, str(edition.file.name)))
    Edition.objects.filter(member__user=user).delete()
    PackMail.objects.filter(member__user=user).delete()
    ValueStory.objects.filter(teller__user=user).delete()
    stories.erase_sheets(sheets=StorySheet.objects.filter(teller__user=user))
    BehaviourGraph.objects.filter(member__user=user).delete()
    Interview.objects.filter(teller__user=user).delete()
