"""Controleren says one true thing about the time, and lets a group choose several questions at once."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat, StripGroup
from leervragen.services import choosing, laying
from leervragen.timing import Division
from meetings.models import AgendaItem, Meeting
from netwerkleren.base.conflicts import WrittenMeanwhile
from tests.factories import make_agenda_item
from tests.types import AskQuestion, CountQueries, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def nine(ask: AskQuestion) -> list[Leervraag]:
    return [ask(f"Vraag {number}?", number=number) for number in range(1, 10)]


def checking(client: Client, meeting: Meeting, words: str = "") -> str:
    query = {"step": "2"} | ({"words": words} if words else {})
    html = client.get(reverse("leervragen:meetlat", args=[meeting.pk]), query).content.decode()
    return " ".join(html.split())


def seen(*strips: Leervraag) -> list[str]:
    return [f"{strip.pk}:{Leervraag.objects.get(pk=strip.pk).version}" for strip in strips]


def pairs(*strips: Leervraag) -> choosing.Chosen:
    return [(strip.pk, Leervraag.objects.get(pk=strip.pk).version) for strip in strips]


@pytest.mark.parametrize(
    ("minutes", "kept_back", "said"),
    [
        (38, 8, "Er is tijd voor ongeveer 6 van de 9: welke niet vandaag?"),
        (38, 0, "Er is tijd voor ongeveer 7 van de 9: welke niet vandaag?"),
        (53, 8, "Er is ruim tijd voor alle vragen."),
    ],
)
def test_it_says_one_true_thing(
    minutes: int,
    kept_back: int,
    said: str,
    sign_in: SignIn,
    maatje: Membership,
    nine: list[Leervraag],
    meeting: Meeting,
) -> None:
    make_agenda_item(meeting, AgendaItem.Kind.ANSWERING, minutes=minutes)
    Meetlat.objects.filter(pk=meeting.pk).update(minutes_kept_back=kept_back)

    html = checking(sign_in(maatje), meeting)

    assert said in html
    assert html.count("Er is tijd voor") + html.count("Er is ruim tijd") == 1


def test_a_group_of_questions_counts_as_one(nine: list[Leervraag], maatje: Membership, meeting: Meeting) -> None:
    choosing.lay_together(actor=maatje.user, meeting=meeting, chosen=pairs(*nine[:3]))

    assert not Division(38, 8, 9).has_room
    assert Division(53, 8, 9).has_room
    assert StripGroup.objects.get().leervragen.count() == 3


def test_the_minutes_kept_back_are_changed_from_here(
    sign_in: SignIn, maatje: Membership, nine: list[Leervraag], meeting: Meeting
) -> None:
    client, address = sign_in(maatje), reverse("leervragen:set_minutes", args=[meeting.pk])

    saved = client.post(address, {"minutes_kept_back": "12", "step": "2"})

    assert saved["Location"].endswith("?step=2")
    assert Meetlat.objects.get().minutes_kept_back == 12
    assert "Kijk samen nog eens" in client.post(address, {"minutes_kept_back": "99", "step": "2"}).content.decode()


def test_several_wait_in_one_press(
    sign_in: SignIn, maatje: Membership, nine: list[Leervraag], meeting: Meeting
) -> None:
    client, address = sign_in(maatje), reverse("leervragen:choose_several", args=[meeting.pk])
    body = {"chosen": seen(*nine[:3]), "not_today": "1"}

    for _twice in range(2):
        assert client.post(address, body).status_code == 302

    assert list(Leervraag.objects.filter(not_today=True).order_by("number")) == nine[:3]
    assert "Er is ruim tijd voor alle vragen." in checking(client, meeting)


def test_a_group_waits_as_a_whole(pair_of_questions: tuple[Leervraag, Leervraag], maatje: Membership) -> None:
    first, _second = pair_of_questions

    choosing.choose_several(actor=maatje.user, meeting=first.meeting, chosen=pairs(first), not_today=True)

    assert Leervraag.objects.filter(not_today=True).count() == 2


def test_no_tick_is_told(sign_in: SignIn, maatje: Membership, nine: list[Leervraag], meeting: Meeting) -> None:
    for name in ("choose_several", "lay_together"):
        for body in ({}, {"chosen": "x"}, {"chosen": f"{uuid4()}:x"}):
            said = sign_in(maatje).post(reverse(f"leervragen:{name}", args=[meeting.pk]), body)
            assert (said.status_code, "Kijk samen nog eens" in said.content.decode()) == (422, True), (name, body)


def test_chosen_questions_are_laid_together_beside_the_first_on_the_meetlat(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    pile, on_7, on_4 = ask("Stapel?"), ask("Zeven?", number=7), ask("Vier?", number=4)

    said = sign_in(maatje).post(
        reverse("leervragen:lay_together", args=[meeting.pk]), {"chosen": seen(pile, on_7, on_4)}
    )

    assert said.status_code == 302
    group = StripGroup.objects.get()
    assert set(Leervraag.objects.values_list("number", "strip_group")) == {(4, group.pk)}


def test_what_lies_on_the_pile_needs_a_number(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    chosen = seen(ask("Een?"), ask("Twee?"))
    client, address = sign_in(maatje), reverse("leervragen:lay_together", args=[meeting.pk])

    refused = client.post(address, {"chosen": chosen})
    assert (refused.status_code, "Kies op welk getal" in refused.content.decode()) == (422, True)
    client.post(address, {"chosen": chosen, "number": "3"})

    assert list(Leervraag.objects.values_list("number", flat=True)) == [3, 3]


@pytest.mark.parametrize("number", ["0", "11", "drie"])
def test_a_number_that_is_not_on_the_meetlat_lays_nothing(
    number: str, sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    body = {"chosen": seen(ask("Een?"), ask("Twee?")), "number": number}

    said = sign_in(maatje).post(reverse("leervragen:lay_together", args=[meeting.pk]), body)

    assert said.status_code == 422
    assert not Leervraag.objects.filter(state="laid").exists()


def test_a_strip_that_another_moved_meanwhile_is_not_taken_along(
    sign_in: SignIn, maatje: Membership, nine: list[Leervraag], meeting: Meeting
) -> None:
    chosen = seen(*nine[:2])
    laying.lay_strip(actor=maatje.user, strip=nine[1], version=nine[1].version, number=10)

    said = sign_in(maatje).post(reverse("leervragen:lay_together", args=[meeting.pk]), {"chosen": chosen})

    assert said.status_code == 409
    assert not StripGroup.objects.exists()


def test_a_strip_of_another_meeting_is_not_taken_along(
    ask: AskQuestion, next_meeting: Meeting, maatje: Membership, meeting: Meeting
) -> None:
    here, elsewhere = ask("Hier?", number=1), ask("Daar?", meeting=next_meeting)

    with pytest.raises(WrittenMeanwhile):
        choosing.lay_together(actor=maatje.user, meeting=meeting, chosen=pairs(here, elsewhere))


def test_one_question_makes_no_group(nine: list[Leervraag], maatje: Membership, meeting: Meeting) -> None:
    with pytest.raises(ValidationError, match="twee vragen"):
        choosing.lay_together(actor=maatje.user, meeting=meeting, chosen=pairs(nine[0]))


def test_24_questions_are_filtered_by_the_beginning_of_a_word(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    for number in range(22):
        ask(f"Vraag {number}?")
    ask("Hoe help ik bij een ruzie?"), ask("Wat als de Rúzies doorgaan?", author=maatje)
    client = sign_in(maatje)
    assert checking(client, meeting).count('name="chosen"') == 24

    html = checking(client, meeting, "RUZIE")

    assert html.count('name="chosen"') == 2
    assert 'src="' + reverse("leervragen:meetlat", args=[meeting.pk]) + "?step=2&amp;words=RUZIE" in html
    assert checking(client, meeting, maatje.user.first_name).count('name="chosen"') == 1
    assert "Geen vraag met deze woorden." in checking(client, meeting, "olifant")


def test_it_costs_as_many_queries_at_24_questions_as_at_1(
    sign_in: SignIn,
    maatje: Membership,
    ask: AskQuestion,
    meeting: Meeting,
    django_assert_num_queries: CountQueries,
) -> None:
    client = sign_in(maatje)
    ask("Een?")
    checking(client, meeting)
    with django_assert_num_queries(9):
        checking(client, meeting)
    for number in range(23):
        ask(f"Vraag {number}?", not_today=number % 2 == 0)
    with django_assert_num_queries(9):
        checking(client, meeting)


# --- skipping, and a meeting that was held ---


def test_who_does_not_lead_is_asked_before_the_group_skips_the_meetlat(
    sign_in: SignIn, maatje: Membership, coach: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    ask()
    Meeting.objects.filter(pk=meeting.pk).update(state="running")
    page = reverse("leervragen:meetlat", args=[meeting.pk])
    question = "Sla je de meetlat over voor de hele groep?"

    assert question in sign_in(maatje).get(page).content.decode()
    assert question not in sign_in(coach).get(page).content.decode()


def test_one_click_brings_the_group_back_from_skipping(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    ask()
    client, go = sign_in(maatje), reverse("leervragen:go_to_step", args=[meeting.pk])
    page = reverse("leervragen:meetlat", args=[meeting.pk])
    client.post(go, {"step": "3"})
    html = client.get(page).content.decode()
    back = html.split("De meetlat is overgeslagen.")[0].rsplit("<form", 1)[1]
    assert go in back and "data-confirm" not in back

    client.post(go, {"step": "1"})

    assert "Nog te leggen" in client.get(page).content.decode()


def test_a_meetlat_on_which_something_lies_was_not_skipped(
    sign_in: SignIn, maatje: Membership, nine: list[Leervraag], meeting: Meeting
) -> None:
    html = sign_in(maatje).get(reverse("leervragen:meetlat", args=[meeting.pk]), {"step": "3"}).content.decode()

    assert "overgeslagen" not in html
