"""The slides of a meeting: the introductie has its seven subjects, filled in with this traject; the others have the
subject of the onderdeel that is on.
"""

from collections.abc import Iterator
from itertools import chain

from django.conf import settings
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from meetings.models import AgendaItem, ExpertInvitation, Meeting
from netwerkleren.base.templatetags.ui import clock, long_date, names

from .slides import Slide, shortened, slides_of, spread

Kind = AgendaItem.Kind

SUBJECT_OF_ITEM = {
    Kind.TALENT: "moments",
    Kind.PITCH: "expert",
    Kind.MEETLAT: "ruler",
    Kind.ANSWERING: "ruler",
    Kind.VIDEO: "feedback",
    Kind.EVALUATION: "feedback",
    Kind.STORIES: "stories",
    Kind.GRAPH: "line",
}
"""What is explained at an onderdeel of a netwerkbijeenkomst or the afsluiting."""
TITLE_WORDS = 10


def has_slides(meeting: Meeting, item: AgendaItem | None) -> bool:
    """Without a query."""
    if meeting.kind == Meeting.Kind.INTRODUCTION:
        return item is None or not item.is_break
    return item is not None and item.kind in SUBJECT_OF_ITEM


def deck_of(meeting: Meeting) -> list[Slide]:
    """All slides of the meeting as it is now. `meeting` comes with its group, topic and current onderdeel.

    Four queries at the introductie, however large the group is, and none at another meeting.
    """
    if meeting.kind == Meeting.Kind.INTRODUCTION:
        return presentation_of(meeting)
    item = meeting.current_item
    return slides_of(SUBJECT_OF_ITEM[Kind(item.kind)]) if item is not None and has_slides(meeting, item) else []


def presentation_of(meeting: Meeting) -> list[Slide]:
    """The seven subjects of the introductie (docs/domain.md#preparation), in their order."""
    group = meeting.group
    meetings = list(Meeting.objects.of_group(group).not_cancelled().select_related("topic"))
    members = list(Membership.objects.current().filter(group=group).with_names())
    return [
        _welcome(meeting),
        *_people(members),
        # One: netwerkleren. Two: TalentKracht.
        *chain.from_iterable(slides_of(key) for key in ("network", "talent", "moments", "space")),
        # Three: filming and feedback, with who films whom. Four: the portal.
        *chain.from_iterable(slides_of(key) for key in ("filming", "feedback")),
        *_pairs(members),
        *slides_of("portal"),
        _address(),
        # Five: how one writes a leervraag and a leerdoel.
        *chain.from_iterable(slides_of(key) for key in ("question", "goal")),
        # Six: the topics and whom to ask. Seven: dates and deadlines.
        *_topics(meetings, group),
        *_dates(meetings),
        *_deadlines(meetings),
        *_agreements(group),
        Slide(_("Wat wil je nog weten?"), (_("Alles staat ook in het portaal, bij “Hoe werkt dit?”."),)),
    ]


def _welcome(meeting: Meeting) -> Slide:
    theme = shortened(meeting.group.theme, TITLE_WORDS) or _("Het thema kiezen we samen.")
    when = _moment(meeting) if meeting.starts_at else _("Fijn dat je er bent.")
    return Slide(_("Welkom"), (shortened(meeting.group.name, TITLE_WORDS), theme, when))


def _people(members: list[Membership]) -> Iterator[Slide]:
    return spread(
        _("Wie zijn we?"), (str(member.user) for member in members), empty=_("Iedereen stelt zich even voor.")
    )


def _pairs(members: list[Membership]) -> Iterator[Slide]:
    pairs: dict[object, list[str]] = {}
    for member in members:
        if member.pair_id is not None:
            pairs.setdefault(member.pair_id, []).append(member.user.first_name)
    couples = (names(people) for people in pairs.values())
    return spread(_("Wie filmt met wie?"), couples, empty=_("We kiezen vandaag een maatje. Jij kiest zelf."))


def _address() -> Slide:
    address = settings.BASE_URL.partition("://")[2]
    return Slide(_("Zo kom je erin"), (address, _("Pak je telefoon en kijk mee.")))


def _topics(meetings: list[Meeting], group: NetworkGroup) -> Iterator[Slide]:
    asked = ExpertInvitation.objects.asked().filter(meeting__group=group).select_related("expert")
    experts = {one.meeting_id: one.expert.name for one in asked}
    lines = []
    for one in meetings:
        if one.kind == Meeting.Kind.NETWORK:
            topic = shortened(one.topic.title, 8) if one.topic else _("nog te kiezen")
            expert = shortened(experts.get(one.pk, ""), 5)
            lines.append(f"{one.number_name}: {topic}" + (f" ({expert})" if expert else ""))
    return spread(_("Onderwerpen en experts"), lines, empty=_("Waar willen we het over hebben? Wie vragen we?"))


def _dates(meetings: list[Meeting]) -> Iterator[Slide]:
    lines = (f"{one.number_name}: {_moment(one) or _('datum volgt')}" for one in meetings)
    return spread(_("Wanneer zien we elkaar?"), lines, empty=_("We prikken de data vandaag samen."))


def _deadlines(meetings: list[Meeting]) -> Iterator[Slide]:
    """Of the first netwerkbijeenkomst: the others have the same rhythm."""
    first = next((one for one in meetings if one.kind == Meeting.Kind.NETWORK), None)
    moments = (
        (_("Leervraag"), first.leervraag_deadline if first else None),
        (_("Fragment"), first.clip_deadline if first else None),
        (_("Feedback"), first.feedback_deadline if first else None),
    )
    lines = [f"{what}: {long_date(moment)}" for what, moment in moments if moment]
    return spread(_("Wat lever je wanneer in?"), lines, empty=_("Dat spreken we vandaag af."))


def _agreements(group: NetworkGroup) -> Iterator[Slide]:
    texts = group.working_agreements.values_list("text", flat=True)
    return spread(_("Zo werken wij"), texts, empty=_("Wat verwachten we van elkaar?"))


def _moment(meeting: Meeting) -> str:
    return f"{long_date(meeting.starts_at)}, {clock(meeting.starts_at)}" if meeting.starts_at else ""
