"""Which questions may be about the same: a pure function, and the page that shows what it found."""

import pytest
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from leervragen.models import Leervraag, StripGroup
from leervragen.overlaps import MOST, likely_overlaps
from meetings.models import Meeting
from tests.factories import make_member
from tests.types import AskQuestion, CountQueries, SignIn


def found(*texts: str, theme: str = "") -> list[tuple[int, int]]:
    return [(one.first, one.second) for one in likely_overlaps(list(enumerate(texts)), theme=theme)]


def test_two_questions_with_words_in_common_may_overlap() -> None:
    texts = (
        "Hoe help ik bij een ruzie in de pauze?",
        "Wat zeg ik tegen een ouder die boos is?",
        "Wat doe ik als ruzies na de pauze doorgaan?",
    )

    (overlap,) = likely_overlaps(list(enumerate(texts)))

    assert (overlap.first, overlap.second, set(overlap.words)) == (0, 2, {"ruzie", "pauze"})


@pytest.mark.parametrize(
    "texts",
    [
        ("Hoe kan ik een leerling helpen die niet wil?", "Wat kan ik een leerling vragen die niet wil?"),
        ("Hoe begin ik?", "Hoe stop ik?"),
        ("", "?!"),
    ],
)
def test_words_that_say_nothing_are_no_overlap(texts: tuple[str, str]) -> None:
    assert found(*texts) == []


def test_words_of_the_theme_are_left_out() -> None:
    texts = ("Hoe leg ik autisme uit bij de overgangen?", "Wat vertel ik een invaller over autisme?")

    assert found(*texts, "Hoe bereid ik een overgang voor?", theme="Autisme in de klas") == [(0, 2)]


def test_a_word_that_most_of_many_questions_have_is_left_out() -> None:
    many = [f"Wat doet prikkels met onderwerp{chr(97 + number) * 3}?" for number in range(12)]

    assert found(*many) == []
    assert found(*many[:2]) == [(0, 1)]


def test_case_accents_and_forms_of_a_word_are_one() -> None:
    assert found("RUZIËS en Knikkers", "ruzie om een knikker") == [(0, 1)]


def test_the_same_words_are_the_likeliest() -> None:
    texts = ("Ruzie om knikkers?", "Ruzie om knikkers buiten?", "Hoe dan?", "hoe, dan", "Ruzie om knikkers?")

    assert found(*texts)[:2] == [(0, 4), (2, 3)]


def test_no_more_than_a_group_can_read() -> None:
    assert len(found(*["Ruzie om knikkers"] * 10)) == MOST


# --- the page ---


@pytest.fixture
def questions(ask: AskQuestion, group: NetworkGroup, maatje: Membership) -> list[Leervraag]:
    """Twelve, of which the first two are alike."""
    texts = ["Hoe help ik bij een ruzie om knikkers?", "Wat doe ik bij ruzies om een knikker?"]
    texts += [f"Onderwerp{chr(97 + number) * 3}?" for number in range(10)]
    return [ask(text) for text in texts]


@pytest.mark.django_db
def test_above_ten_questions_controleren_leads_there(
    sign_in: SignIn, maatje: Membership, questions: list[Leervraag], meeting: Meeting
) -> None:
    client, address = sign_in(maatje), reverse("leervragen:overlaps", args=[meeting.pk])
    checking = reverse("leervragen:meetlat", args=[meeting.pk]) + "?step=2"
    assert address in client.get(checking).content.decode()
    assert not StripGroup.objects.exists(), "nothing is merged by itself"

    Leervraag.objects.filter(pk__in=[one.pk for one in questions[-2:]]).delete()

    assert address not in client.get(checking).content.decode()


@pytest.mark.django_db
def test_one_tap_lays_two_together_on_a_number(
    sign_in: SignIn, maatje: Membership, questions: list[Leervraag], meeting: Meeting
) -> None:
    client, address = sign_in(maatje), reverse("leervragen:overlaps", args=[meeting.pk])
    html = client.get(address).content.decode()
    assert html.count("Leg samen op") == 1
    assert "Allebei: ruzie, knikkers" in " ".join(html.split())
    chosen = [f"{one.pk}:0" for one in questions[:2]]

    body = {"chosen": chosen, "number": "4", "is_from_overlaps": "1"}
    said = client.post(reverse("leervragen:lay_together", args=[meeting.pk]), body)

    assert said["Location"] == address
    laid = Leervraag.objects.filter(state="laid")
    assert {(one.number, one.strip_group_id) for one in laid} == {(4, StripGroup.objects.get().pk)}
    assert "Leg samen op" not in client.get(address).content.decode()


@pytest.mark.django_db
def test_the_page_costs_as_many_queries_at_30_questions_as_at_1(
    sign_in: SignIn,
    maatje: Membership,
    group: NetworkGroup,
    ask: AskQuestion,
    meeting: Meeting,
    django_assert_num_queries: CountQueries,
) -> None:
    client, address = sign_in(maatje), reverse("leervragen:overlaps", args=[meeting.pk])
    ask("Ruzie?")
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)
    for number in range(29):
        ask(f"Ruzie {number}?", author=make_member(group))
    with django_assert_num_queries(6):
        client.get(address)
