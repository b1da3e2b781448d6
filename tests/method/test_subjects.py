"""The explanations: short, in our own words, and with where they come from."""

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from netwerkleren.method.shapes import WIDTH, Drawing, Stroke
from netwerkleren.method.slides import slides_of
from netwerkleren.method.subjects import SUBJECTS, SUBJECTS_IN_ADDRESS
from tests.types import CountQueries, SignIn

from .words import KNOWN, RUN, blocks_of, runs_of, sentences_of, taken_over

pytestmark = pytest.mark.django_db


def page_of(key: str) -> str:
    return Client().get(reverse("method:subject", args=[key])).content.decode()


def test_each_subject_of_the_list_leads_to_its_page_and_each_page_to_the_next() -> None:
    listed = Client().get(reverse("method:subjects")).content.decode()
    keys = list(SUBJECTS)
    assert keys == list(SUBJECTS_IN_ADDRESS)
    assert len(keys) == 13
    for place, key in enumerate(keys):
        assert f'href="{reverse("method:subject", args=[key])}"' in listed
        assert f'href="{reverse("method:subject", args=[keys[(place + 1) % 13]])}"' in page_of(key)


@pytest.mark.parametrize("key", SUBJECTS)
def test_a_page_is_read_in_sentences_of_less_than_twelve_words_on_average(key: str) -> None:
    """The measure is the average number of words of a sentence, in the paragraphs and lists of the page itself."""
    sentences = sentences_of(blocks_of(page_of(key), "p", "li"))
    lengths = [len(sentence.split()) for sentence in sentences]
    assert len(sentences) > 10
    assert sum(lengths) / len(lengths) < 12
    assert max(lengths) <= 20
    assert sum(lengths) < 280, "or it is no short page"


@pytest.mark.parametrize("key", SUBJECTS)
def test_no_run_of_eight_words_is_the_playbooks(key: str) -> None:
    subject = SUBJECTS[key]
    slides = [text for slide in slides_of(key) for text in (slide.title, *slide.lines)]
    drawn = [text for drawing in subject.drawings for text in (str(drawing.label), *drawing.words)]
    texts = [*blocks_of(page_of(key), "p", "li", "h2", "text"), *slides, *drawn, str(subject.lead)]
    sources = [str(source) for source in subject.literature]
    assert [run for text in [*texts, *sources] for run in taken_over(text)] == []
    assert len(texts) > 15


def test_a_run_of_the_playbook_would_be_found() -> None:
    assert len(KNOWN) > 4000
    # Its own title page, as the name of the project that it came from.
    theirs = "Innovatieve handvatten voor het werken met kinderen met autisme spectrum stoornis in de klas"
    assert len(list(runs_of(theirs))) == len(theirs.split()) - RUN + 1
    assert taken_over(theirs)


@pytest.mark.parametrize("key", SUBJECTS)
def test_the_methods_own_word_stands_once_beside_ours_with_its_source(key: str) -> None:
    subject, page = SUBJECTS[key], page_of(key)
    assert page.count("De methode noemt dit:") == 1
    assert f"De methode noemt dit: {subject.own_word}. Bron: Draaiboek TalentKrachtig Netwerkleren" in " ".join(
        page.split()
    )
    for source in subject.literature:
        assert str(source) in page
    for words, address in subject.others:
        assert f'href="{address}"' in page
        assert str(words) in page
    assert page.count("(kan verhuisd zijn)") == len(subject.others)


def test_the_literature_of_the_playbook_is_named() -> None:
    named = " ".join(str(source) for subject in SUBJECTS.values() for source in subject.literature)
    for who in ("Korenhof", "Veenker", "Steenbeek", "Wetzels", "Wood", "Van den Heijkant", "Keizer", "Veenhoven"):
        assert who in named
    for who in ("De Kruif, De Laat, Simons", "Jutten", "Geveke", "Van Geert"):
        assert who in named


def all_drawings() -> list[Drawing]:
    return [drawing for subject in SUBJECTS.values() for drawing in subject.drawings]


def test_each_subject_has_a_drawing_that_says_in_words_what_it_shows() -> None:
    assert len(all_drawings()) == 17
    for key, subject in SUBJECTS.items():
        page = page_of(key)
        for drawing in subject.drawings:
            assert len(str(drawing.label).split()) > 6
            assert f'role="img" aria-label="{drawing.label}"' in page


def test_the_words_of_a_drawing_are_read_on_a_phone_of_320_pixels() -> None:
    on_phone = (320 - 40) / WIDTH
    shapes = [shape for drawing in all_drawings() for shape in drawing.shapes if not isinstance(shape, Stroke)]
    assert min(shape.size * on_phone for shape in shapes if shape.words) > 10


def test_a_page_asks_no_more_of_who_is_in_a_group_than_who_it_is_and_what_the_coach_added(
    participant: Membership, sign_in: SignIn, django_assert_num_queries: CountQueries
) -> None:
    address = reverse("method:subject", args=["ruler"])
    with django_assert_num_queries(0):
        assert Client().get(address).status_code == 200
    browser = sign_in(participant)
    with django_assert_num_queries(4):
        assert browser.get(address).status_code == 200


def test_who_has_no_account_yet_and_the_expert_are_led_to_what_this_is(expert_client: Client) -> None:
    assert f'href="{reverse("method:subjects")}"' in Client().get(reverse("account_login")).content.decode()
    page = expert_client.get(reverse("meetings:guest")).content.decode()
    address = reverse("method:subject", args=["expert"])
    assert f'href="{address}"' in page
    assert expert_client.get(address).status_code == 200
