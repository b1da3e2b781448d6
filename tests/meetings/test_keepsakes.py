"""Geef door: everyone writes one card and gets one, and nobody else reads it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from groups.services import members
from meetings.models import Keepsake, Meeting
from meetings.own_data import keepsakes_part, take_away
from meetings.services import keepsakes
from netwerkleren.base.conflicts import version_of
from tests.factories import make_meeting, make_member
from tests.types import CountQueries, SignIn

WORDS = "Hoe jij wacht met helpen."


@pytest.fixture
def closing(group: NetworkGroup) -> Meeting:
    return make_meeting(group, Meeting.Kind.CLOSING, position=4, state=Meeting.State.RUNNING)


@pytest.fixture
def ring(closing: Meeting, coach: Membership, participant: Membership, maatje: Membership) -> list[Membership]:
    """Marijke writes to Yusuf, Yusuf to the coach, and the coach to Marijke."""
    people = [participant, maatje, coach]
    for giver, receiver in zip(people, [maatje, coach, participant], strict=True):
        Keepsake.objects.create(meeting=closing, giver=giver, receiver=receiver)
    return people


def _url(meeting: Meeting, name: str = "keepsakes") -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


def _give(sign_in: SignIn, giver: Membership, text: str = WORDS) -> Keepsake:
    card = Keepsake.objects.get(giver=giver)
    address = reverse("meetings:give_keepsake", args=[card.pk])
    assert sign_in(giver).post(address, {"text": text, "version": card.version}).status_code == 302
    card.refresh_from_db()
    return card


def _is_a_ring(meeting: Meeting) -> bool:
    """Following who writes to whom comes past everyone once."""
    to = dict(meeting.keepsakes.values_list("giver", "receiver"))
    first = at = next(iter(to))
    seen = []
    while at not in seen:
        seen.append(at)
        at = to[at]
    return at == first and len(seen) == len(to)


def test_it_is_off_until_the_group_wants_it_and_then_nobody_is_left_out(
    closing: Meeting, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    people = {coach.pk, participant.pk, *(make_member(closing.group).pk for _number in range(5))}
    make_member(closing.group, "Weg").delete()
    browser = sign_in(participant)
    assert "Deel de kaartjes uit" in browser.get(_url(closing)).content.decode()
    assert not Keepsake.objects.exists()

    for _again in range(2):
        assert browser.post(_url(closing, "deal_keepsakes")).status_code == 302

    assert set(closing.keepsakes.values_list("giver", flat=True)) == people
    assert set(closing.keepsakes.values_list("receiver", flat=True)) == people
    assert _is_a_ring(closing)


def test_only_the_one_it_is_for_reads_it_and_only_once_it_is_given(
    ring: list[Membership], closing: Meeting, colleague: Membership, sign_in: SignIn
) -> None:
    participant, maatje, coach = ring
    Keepsake.objects.filter(giver=participant).update(text=WORDS)  # written and not given
    assert WORDS not in sign_in(maatje).get(_url(closing)).content.decode()

    _give(sign_in, participant, "Jouw rust.")

    shown = sign_in(maatje).get(_url(closing)).content.decode()
    assert "Van Marijke, voor jou" in shown and "Jouw rust." in shown
    assert "Jouw rust." in sign_in(participant).get(_url(closing)).content.decode()
    for other in (coach, colleague):
        for name in ("keepsakes", "detail", "evaluation"):
            assert "Jouw rust." not in sign_in(other).get(_url(closing, name)).content.decode()


def test_it_is_changed_by_its_writer_alone_and_of_two_devices_both_texts_stay(
    ring: list[Membership], sign_in: SignIn
) -> None:
    participant, maatje, coach = ring
    card = _give(sign_in, participant)
    address = reverse("meetings:give_keepsake", args=[card.pk])
    for other, code in ((maatje, 403), (coach, 404)):
        assert sign_in(other).post(address, {"text": "Anders", "version": card.version}).status_code == code

    both = sign_in(participant).post(address, {"text": "Van de telefoon", "version": version_of("")})

    assert both.status_code == 409
    assert WORDS in both.content.decode() and "Van de telefoon" in both.content.decode()
    card.refresh_from_db()
    assert card.text == WORDS


@pytest.mark.parametrize(("text", "words"), [("", "Schrijf eerst wat je meenam."), ("x" * 4001, "tekens")])
def test_nothing_and_too_much_are_said_and_give_nothing(
    ring: list[Membership], sign_in: SignIn, text: str, words: str
) -> None:
    card = Keepsake.objects.get(giver=ring[0])
    address = reverse("meetings:give_keepsake", args=[card.pk])
    refused = sign_in(ring[0]).post(address, {"text": text, "version": card.version})
    assert refused.status_code == 422
    assert words in refused.content.decode()
    card.refresh_from_db()
    assert (card.text, card.given_at) == ("", None)


def test_it_can_be_taken_back_until_someone_gave(ring: list[Membership], closing: Meeting, sign_in: SignIn) -> None:
    _give(sign_in, ring[0])
    page = sign_in(ring[1]).post(_url(closing, "take_keepsakes_back"), follow=True).content.decode()
    assert "Er is al een kaartje gegeven." in page
    assert closing.keepsakes.count() == 3

    Keepsake.objects.update(given_at=None)
    sign_in(ring[1]).post(_url(closing, "take_keepsakes_back"))
    assert not closing.keepsakes.exists()


def test_it_is_of_the_afsluiting_once_that_began(
    closing: Meeting, meeting: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    assert sign_in(participant).get(_url(meeting)).status_code == 404
    with pytest.raises(ValidationError):
        keepsakes.deal_keepsakes(actor=participant.user, meeting=meeting)
    Meeting.objects.filter(pk=closing.pk).update(state=Meeting.State.PLANNED)
    page = sign_in(participant).post(_url(closing, "deal_keepsakes"), follow=True).content.decode()
    assert "Geef door kan zodra de afsluiting begonnen is." in page
    Meeting.objects.filter(pk=closing.pk).update(state=Meeting.State.ENDED)
    page = sign_in(participant).post(_url(closing, "deal_keepsakes"), follow=True).content.decode()
    assert "Voor Geef door zijn er minstens twee mensen nodig." in page


def test_who_joins_late_comes_into_the_ring_and_who_leaves_leaves_no_gap(
    ring: list[Membership], closing: Meeting, coach: Membership, sign_in: SignIn
) -> None:
    late = make_member(closing.group)
    keepsakes.join_ring(membership=late)
    keepsakes.join_ring(membership=late)
    assert closing.keepsakes.count() == 4 and _is_a_ring(closing)

    members.remove_member(actor=coach.user, membership=ring[1])
    assert closing.keepsakes.count() == 3 and _is_a_ring(closing)
    members.remove_member(actor=coach.user, membership=late)
    assert closing.keepsakes.count() == 2 and _is_a_ring(closing)
    members.remove_member(actor=coach.user, membership=ring[0])
    assert not closing.keepsakes.exists()


def test_what_was_given_stays_when_its_writer_leaves(
    ring: list[Membership], closing: Meeting, coach: Membership, sign_in: SignIn
) -> None:
    participant, maatje, _coach = ring
    _give(sign_in, participant)
    members.remove_member(actor=coach.user, membership=participant)
    assert WORDS in sign_in(maatje).get(_url(closing)).content.decode()


def test_when_all_wrote_a_late_comer_reads_why_there_is_no_card(
    ring: list[Membership], closing: Meeting, sign_in: SignIn
) -> None:
    Keepsake.objects.update(text=WORDS, given_at=timezone.now())
    late = make_member(closing.group)
    keepsakes.join_ring(membership=late)
    page = sign_in(late).get(_url(closing)).content.decode()
    assert "De kaartjes waren al verdeeld toen jij erbij kwam." in page and WORDS not in page


def test_it_is_in_ones_own_data_and_goes_with_the_account(ring: list[Membership], sign_in: SignIn) -> None:
    participant, maatje, coach = ring
    Keepsake.objects.filter(giver=coach).update(text="Nog niet gegeven")
    _give(sign_in, participant)
    texts = {person: [row["dit nam ik van jou mee"] for row in keepsakes_part(person.user).rows] for person in ring}
    assert texts == {participant: [WORDS], maatje: [WORDS, ""], coach: ["Nog niet gegeven"]}

    take_away(participant.user, participant.user)
    assert list(Keepsake.objects.values_list("giver", flat=True)) == [maatje.pk]


def test_of_a_closed_group_it_is_read_and_not_written(
    ring: list[Membership], closing: Meeting, sign_in: SignIn
) -> None:
    participant, maatje, _coach = ring
    card = _give(sign_in, participant)
    type(closing.group).objects.update(closed_at=timezone.now())
    assert WORDS in sign_in(maatje).get(_url(closing)).content.decode()
    page = sign_in(participant).get(_url(closing)).content.decode()
    assert WORDS in page and "<textarea" not in page
    address = reverse("meetings:give_keepsake", args=[card.pk])
    assert sign_in(participant).post(address, {"text": "Anders", "version": card.version}).status_code == 403


def test_nobody_writes_to_themselves_or_twice(ring: list[Membership], closing: Meeting, colleague: Membership) -> None:
    for giver, receiver in ((colleague, colleague), (ring[0], colleague), (colleague, ring[0])):
        with pytest.raises(IntegrityError), transaction.atomic():
            Keepsake.objects.create(meeting=closing, giver=giver, receiver=receiver)


def test_the_afsluiting_leads_there(ring: list[Membership], closing: Meeting, sign_in: SignIn) -> None:
    browser, link = sign_in(ring[0]), f'href="{_url(closing)}"'
    for state in (Meeting.State.RUNNING, Meeting.State.ENDED):
        Meeting.objects.filter(pk=closing.pk).update(state=state)
        for name in ("detail", "evaluation"):
            assert link in browser.get(_url(closing, name)).content.decode()


@pytest.mark.parametrize("rows", [2, 30])
def test_it_asks_as_much_for_thirty_as_for_two(
    rows: int, closing: Meeting, participant: Membership, sign_in: SignIn, django_assert_num_queries: CountQueries
) -> None:
    for _number in range(rows):
        make_member(closing.group)
    keepsakes.deal_keepsakes(actor=participant.user, meeting=closing)
    client = sign_in(participant)
    with django_assert_num_queries(5):
        assert client.get(_url(closing)).status_code == 200
