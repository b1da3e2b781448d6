""" "Bedoel je …?": asked by anyone of the group, read by the asker alone, and nobody rewrites the question."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Clarification, Leervraag
from leervragen.own_data import clarifications_part
from tests.types import AskQuestion, SignIn

pytestmark = pytest.mark.django_db

WORDS = "Bedoel je alleen in de pauze?"


@pytest.fixture
def leervraag(ask: AskQuestion) -> Leervraag:
    return ask("Hoe help ik bij een ruzie?")


def address(leervraag: Leervraag) -> str:
    return reverse("leervragen:clarify", args=[leervraag.pk])


def test_the_asker_alone_reads_it_and_the_question_stays(
    leervraag: Leervraag,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    coach: Membership,
    sign_in: SignIn,
) -> None:
    body = {"key": str(uuid4()), "text": WORDS}
    for _ in range(2):
        html = sign_in(maatje).post(address(leervraag), body, follow=True).content.decode()
        assert "Gevraagd. Alleen Marijke leest het." in html
    page = reverse("leervragen:leervragen", args=[leervraag.meeting_id])

    assert "Yusuf vraagt: bedoel je …? Alleen jij leest dit." in sign_in(participant).get(page).content.decode()
    assert sign_in(participant).get(page).content.decode().count(WORDS) == 1
    for other in (maatje, colleague, coach):
        assert WORDS not in sign_in(other).get(page).content.decode()
    leervraag.refresh_from_db()
    assert leervraag.text == "Hoe help ik bij een ruzie?"


def test_once_read_it_is_put_aside(
    leervraag: Leervraag, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    asked = Clarification.objects.create(leervraag=leervraag, writer=maatje, text=WORDS)
    (row,) = clarifications_part(maatje.user).rows
    assert (row["bij de vraag"], row["bedoel je"]) == (leervraag.text, WORDS)
    html = sign_in(participant).post(reverse("leervragen:put_aside", args=[asked.pk]), follow=True).content.decode()
    assert WORDS not in html
    assert not Clarification.objects.exists()


@pytest.mark.parametrize(("text", "told"), [("", "Dit veld is verplicht."), ("x" * 5000, "500")])
def test_nothing_and_too_much_are_said_beside_the_field(
    leervraag: Leervraag, maatje: Membership, sign_in: SignIn, text: str, told: str
) -> None:
    answer = sign_in(maatje).post(address(leervraag), {"key": str(uuid4()), "text": text})
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert not Clarification.objects.exists()


def test_nobody_asks_it_of_who_left(
    leervraag: Leervraag, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    client, page = sign_in(maatje), reverse("leervragen:leervragen", args=[leervraag.meeting_id])
    assert address(leervraag) in client.get(page).content.decode()

    Membership.objects.filter(pk=participant.pk).update(left=timezone.now())

    assert address(leervraag) not in client.get(page).content.decode()
    assert client.post(address(leervraag), {"key": str(uuid4()), "text": WORDS}).status_code == 403
    assert not Clarification.objects.exists()
