"""Every figure of the method, against what is installed: the agendas, the preparation, the interview and the line.

They are written out here by hand (docs/domain.md), so that a slip in the standards is seen.
"""

import pytest

from groups.models import NetworkGroup
from leervragen.models import MINUTES_KEPT_BACK, NUMBERS
from meetings.agendas import STANDARD, minutes_of
from meetings.checklist import BY_HAND
from meetings.models import AgendaItem, Meeting
from reports.interviews.protocol import PARTS, SLOT_MINUTES, plan
from reports.lines.heights import WORDS
from reports.lines.moments import all_moments, moments_of
from reports.models import GraphMoment
from tests.factories import make_meeting

INTRODUCTION, NETWORK, CLOSING = Meeting.Kind.INTRODUCTION, Meeting.Kind.NETWORK, Meeting.Kind.CLOSING

AGENDAS = {
    INTRODUCTION: [
        ("Start", 30),
        ("Netwerkleren", 30),
        ("Pauze", 10),
        ("Videovoorbeelden en collegiale feedback", 30),
        ("Voorbereiding volgende bijeenkomst", 20),
        ("Afsluiting", 20),
    ],
    NETWORK: [
        ("Start", 15),
        ("Talentmomenten", 15),
        ("Pitch van de expert", 15),
        ("Pauze", 10),
        ("Leervragen langs de meetlat", 10),
        ("Leervragen beantwoorden", 45),
        ("Pauze", 5),
        ("Evaluatie video, feedback en leeromgeving", 15),
        ("Afsluiting", 10),
    ],
    CLOSING: [
        ("Start", 10),
        ("Talentmomenten", 15),
        ("Videovoorbeelden en collegiale feedback", 10),
        ("Waardecreatieverhalen", 20),
        ("Pauze", 15),
        ("Gedragspatroongrafiek", 15),
        ("Afsluiting", 20),
    ],
}
TOTALS = {INTRODUCTION: 140, NETWORK: 140, CLOSING: 105}
INTERVIEW = [
    ("A", "Wat was waardevol?", 8),
    ("B1", "Hoe was het?", 2),
    ("B2", "Wat had je eraan?", 2),
    ("B3", "Wat doe je anders?", 5),
    ("B4", "Wat zie je ervan?", 2),
    ("B5", "Wat weet je nu?", 5),
    ("B6", "Hoe verder?", 5),
]


@pytest.mark.parametrize("kind", AGENDAS)
def test_an_agenda_has_the_onderdelen_of_the_method_in_its_order_with_its_minutes(kind: str) -> None:
    expected = AGENDAS[Meeting.Kind(kind)]

    assert [(str(item.title), item.minutes) for item in STANDARD[kind]] == expected
    assert minutes_of(kind) == TOTALS[Meeting.Kind(kind)] == sum(minutes for _title, minutes in expected)


def test_there_are_three_kinds_of_meeting_and_each_has_an_agenda() -> None:
    assert list(STANDARD) == list(AGENDAS) == [INTRODUCTION, NETWORK, CLOSING]


@pytest.mark.parametrize("kind", AGENDAS)
def test_what_the_means_of_an_onderdeel_are_is_said_where_the_method_says_so(kind: str) -> None:
    without = {"Pauze", "Afsluiting", "Leervragen beantwoorden"}

    assert {str(item.title) for item in STANDARD[kind] if not item.means} == without & {
        title for title, _minutes in AGENDAS[Meeting.Kind(kind)]
    }
    assert all(item.purpose for item in STANDARD[kind] if item.kind != AgendaItem.Kind.BREAK)


def test_an_introductie_prepares_seven_subjects() -> None:
    assert len([key for key in BY_HAND[INTRODUCTION] if key.startswith("explain-")]) == 7


def test_the_meetlat_runs_from_one_to_ten_and_eight_minutes_are_kept() -> None:
    assert (NUMBERS[0], NUMBERS[-1], len(NUMBERS), MINUTES_KEPT_BACK) == (1, 10, 10, 8)


def test_the_interview_has_the_parts_titles_and_minutes_of_the_method() -> None:
    assert [(part.code, str(part.title), part.minutes) for part in PARTS] == INTERVIEW


@pytest.mark.parametrize(("turns", "minutes"), [(1, 29), (2, 58), (3, 87)])
def test_one_interview_is_29_minutes_two_are_58_and_three_are_87(turns: int, minutes: int) -> None:
    assert plan([], part_a_before=False, turns=turns).all_minutes == minutes


def test_the_whole_interview_does_not_fit_its_slot_of_twenty_minutes_and_ten_a_person_do() -> None:
    whole, part = plan([], part_a_before=False), plan(["A", "B1"], part_a_before=False)

    assert (SLOT_MINUTES, whole.room, whole.fits) == (20, 10, False)
    assert (part.minutes, part.fits) == (10, True)


def test_every_part_has_follow_ups() -> None:
    assert all(part.follow_up_texts for part in PARTS)


def test_the_line_is_drawn_over_the_netwerkbijeenkomsten_and_the_afsluiting(group: NetworkGroup) -> None:
    make_meeting(group, INTRODUCTION)
    for position in range(1, 5):
        make_meeting(group, position=position)
    make_meeting(group, CLOSING, position=5)

    assert [moment.name for moment in moments_of(group)] == [
        "Bijeenkomst 1",
        "Bijeenkomst 2",
        "Bijeenkomst 3",
        "Bijeenkomst 4",
        "Afsluiting",
    ]
    assert [moment.name for moment in all_moments(group) if moment.hidden] == ["Introductie"]
    assert {"Educatiebijeenkomst", "Coaching", "Eigen moment"} <= {kind.label for kind in GraphMoment.Kind}


def test_the_heights_of_a_line_are_five_words_from_few_to_many() -> None:
    assert [(height, str(word)) for height, word in WORDS] == [
        (0, "zelden"),
        (25, "soms"),
        (50, "regelmatig"),
        (75, "vaak"),
        (100, "heel vaak"),
    ]
