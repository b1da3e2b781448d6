"""The slides: few words on each, the seven subjects of the introductie, and this traject's own facts on them."""

import pytest

from groups.models import Membership, NetworkGroup, WorkingAgreement
from meetings.models import AgendaItem, Meeting
from netwerkleren.method.deck import SUBJECT_OF_ITEM, deck_of, presentation_of
from netwerkleren.method.slides import WORDS_ON_SLIDE, Slide, shortened, slides_of, spread
from netwerkleren.method.subjects import SUBJECTS
from tests.factories import make_agenda_item, make_meeting, make_member, make_topic
from tests.types import CountQueries

LONG_THEME = "Leerlingen met autisme in de klas en hoe je ze ruimte geeft om zelf te ontdekken wat ze kunnen, ook als "
LONG_THEME = (LONG_THEME * 2)[:160]
ONE_LONG_WORD = "n" * 160


def lines_of(slides: list[Slide], title: str) -> list[str]:
    return [line for slide in slides if slide.title == title for line in slide.lines]


def read_anew(meeting: Meeting) -> Meeting:
    return Meeting.objects.with_facts().get(pk=meeting.pk)


@pytest.mark.parametrize("key", SUBJECTS)
def test_each_subject_has_slides_of_forty_words_at_most(key: str) -> None:
    slides = slides_of(key)
    assert slides
    assert [slide.title for slide in slides if slide.word_count > 40] == []
    assert slides[0].drawing is not None, "which a room looks at first"


def test_the_words_of_a_drawing_count_along() -> None:
    slide = slides_of("moments")[0]
    assert slide.drawing is not None
    drawn = len(" ".join(slide.drawing.words).split())
    assert drawn == 8
    assert slide.word_count == drawn + len(" ".join((slide.title, *slide.lines)).split())


def test_the_presentation_of_the_introductie_has_its_seven_subjects_in_their_order(
    coach: Membership, participant: Membership, introduction: Meeting
) -> None:
    titles = [slide.title for slide in presentation_of(read_anew(introduction))]
    seven = [
        "Netwerkleren",
        "TalentKracht",
        "Filmen in je les",
        "Dit portaal",
        "Een goede leervraag",
        "Onderwerpen en experts",
        "Wanneer zien we elkaar?",
    ]
    assert [title for title in titles if title in seven] == seven
    assert titles[0] == "Welkom"
    assert titles.index("Een leerdoel dat je ziet") == titles.index("Een goede leervraag") + 2
    assert titles.index("Feedback: drie op één") < titles.index("Dit portaal")


def test_it_holds_this_trajects_people_dates_topics_deadlines_and_agreements(
    coach: Membership, participant: Membership, maatje: Membership, introduction: Meeting
) -> None:
    slides = presentation_of(read_anew(introduction))
    assert lines_of(slides, "Welkom") == [
        "De Hondsrug",
        "Leerlingen met autisme in de klas",
        "woensdag 13 januari, 15.30",
    ]
    assert lines_of(slides, "Wie zijn we?") == ["Hanneke Dijkstra", "Marijke Hoekstra", "Yusuf Demir"]
    assert lines_of(slides, "Wie filmt met wie?") == ["Marijke en Yusuf"]
    assert lines_of(slides, "Onderwerpen en experts") == [
        "Bijeenkomst 1: Prikkels (Lotte Meijerink)",
        "Bijeenkomst 2: nog te kiezen",
    ]
    assert lines_of(slides, "Wanneer zien we elkaar?") == [
        "Introductie: woensdag 13 januari, 15.30",
        "Bijeenkomst 1: woensdag 10 februari, 15.30",
        "Bijeenkomst 2: datum volgt",
    ]
    assert lines_of(slides, "Wat lever je wanneer in?") == [
        "Leervraag: maandag 1 februari",
        "Fragment: woensdag 3 februari",
        "Feedback: vrijdag 5 februari",
    ]
    assert lines_of(slides, "Zo werken wij") == ["Wat hier gezegd wordt, blijft hier."]


def test_a_traject_in_which_nothing_is_agreed_yet_asks_the_group(group: NetworkGroup) -> None:
    NetworkGroup.objects.filter(pk=group.pk).update(theme="")
    meeting = make_meeting(group, Meeting.Kind.INTRODUCTION, starts_at=None)
    slides = presentation_of(read_anew(meeting))
    assert lines_of(slides, "Welkom")[1:] == ["Het thema kiezen we samen.", "Fijn dat je er bent."]
    assert lines_of(slides, "Wie zijn we?") == ["Iedereen stelt zich even voor."]
    assert lines_of(slides, "Onderwerpen en experts") == ["Waar willen we het over hebben? Wie vragen we?"]
    assert lines_of(slides, "Wanneer zien we elkaar?") == ["Introductie: datum volgt"]
    assert lines_of(slides, "Wat lever je wanneer in?") == ["Dat spreken we vandaag af."]
    assert lines_of(slides, "Zo werken wij") == ["Wat verwachten we van elkaar?"]


@pytest.mark.parametrize("text", [LONG_THEME, ONE_LONG_WORD], ids=["a sentence", "one word"])
def test_no_slide_has_more_than_forty_words_whatever_was_typed(
    coach: Membership, group: NetworkGroup, introduction: Meeting, text: str
) -> None:
    assert len(text) == 160
    NetworkGroup.objects.filter(pk=group.pk).update(theme=text, name=text[:80])
    for number in range(3, 9):
        make_meeting(group, position=number, topic=make_topic(group, text))
        WorkingAgreement.objects.create(group=group, text=text)
    for number in range(30):
        make_member(group, f"{text[:36]} {number} van der Meulen-Hoekstra tot Langezwaag")

    slides = presentation_of(read_anew(introduction))

    assert max(slide.word_count for slide in slides) <= WORDS_ON_SLIDE == 40
    words = [word for slide in slides for line in slide.lines for word in line.split()]
    assert max(map(len, words)) <= 62
    assert len(lines_of(slides, "Wie zijn we?")) == 31, "nobody is left out"


def test_what_is_longer_than_a_line_ends_in_the_portal() -> None:
    assert shortened("een twee drie vier", 3) == "een twee …"
    assert shortened("een twee drie", 3) == "een twee drie"
    slides = list(spread("Titel", ["a " * 17] * 5, empty=""))
    assert [len(slide.lines) for slide in slides] == [2, 2, 1]
    assert list(spread("Titel", [], empty="Nog niets.")) == [Slide("Titel", ("Nog niets.",))]


def test_another_meeting_has_the_slides_of_its_onderdeel(meeting: Meeting) -> None:
    for kind in AgendaItem.Kind:
        meeting.current_item = make_agenda_item(meeting, kind)
        subject = SUBJECT_OF_ITEM.get(kind)
        assert deck_of(meeting) == (slides_of(subject) if subject else [])
    meeting.current_item = None
    assert deck_of(meeting) == []


@pytest.mark.parametrize("number", [1, 30])
def test_the_presentation_asks_four_queries_however_large_the_group_is(
    group: NetworkGroup, introduction: Meeting, django_assert_num_queries: CountQueries, number: int
) -> None:
    for _each in range(number):
        make_member(group)
        WorkingAgreement.objects.create(group=group, text="Op tijd.")
    found = read_anew(introduction)
    with django_assert_num_queries(4):
        presentation_of(found)
