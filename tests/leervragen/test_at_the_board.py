"""Who lays: at the board one person, by phone everyone; what was done last, put back; and what a move brings along."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat, StripGroup, StripMove
from leervragen.moves import MOST_MOVES_KEPT
from leervragen.own_data import moves_part
from leervragen.services import answering, laying, moves, ways
from meetings.models import Meeting
from meetings.services import running
from netwerkleren.base import live, watching
from netwerkleren.base.listeners import Gate, Listener
from netwerkleren.base.points import sweepers
from netwerkleren.base.streams import PULSE
from tests.factories import make_agenda_item
from tests.types import AskQuestion, Response, SignIn

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "dock"}


@pytest.fixture
def at_the_board(meeting: Meeting) -> Meeting:
    meeting.place, meeting.online_url = "Obs De Lindenhof", ""
    meeting.save()
    return meeting


def address_of(meeting: Meeting) -> str:
    return reverse("leervragen:meetlat", args=[meeting.pk])


def move(client: Client, strip: Leervraag, to: str, **extra: Any) -> Response:
    strip.refresh_from_db()
    body = {"to": to, "version": strip.version}
    return client.post(reverse("leervragen:move", args=[strip.pk]), body, **extra)


def undo(client: Client, meeting: Meeting, which: StripMove, **extra: Any) -> Response:
    return client.post(reverse("leervragen:undo_move", args=[meeting.pk]), {"move": str(which.pk)}, **extra)


def last() -> StripMove:
    return StripMove.objects.latest("pk")


@pytest.mark.parametrize(
    ("place", "online_url", "way"),
    [
        ("Lokaal 12", "", "board"),
        ("Lokaal 12", "https://video.example/x", "board"),
        ("", "https://video.example/x", "phones"),
        ("", "", "phones"),
    ],
)
def test_in_a_room_one_person_lays_and_online_everyone(meeting: Meeting, place: str, online_url: str, way: str) -> None:
    meeting.place, meeting.online_url = place, online_url
    assert Meetlat(meeting=meeting).way == way


def test_at_the_board_a_deelnemer_sees_the_meetlat_and_has_nothing_to_lay_with(
    at_the_board: Meeting, ask: AskQuestion, sign_in: SignIn, maatje: Membership, coach: Membership
) -> None:
    strip = Leervraag.objects.create(meeting=at_the_board, author=maatje, text="Hoe begin ik?")
    laying.lay_strip(actor=coach.user, strip=strip, version=0, number=4)
    address = address_of(at_the_board) + f"?choose={strip.pk}"

    seen = sign_in(maatje).get(address).content.decode()
    leads = sign_in(coach).get(address).content.decode()

    assert "Hoe begin ik?" in seen and "Zeg hardop waar een vraag hoort" in seen and "<live-region" in seen
    for control in ('id="move"', "data-block", 'class="lay"', "Zet terug"):
        assert control not in seen
        assert control in leads


@pytest.mark.parametrize(
    ("name", "body"),
    [("move", {"to": "7"}), ("move", {"to": "parked"}), ("move", {"to": "up"}), ("ungroup", {}), ("group", {})],
)
def test_at_the_board_a_post_of_another_is_refused_in_a_clear_sentence(
    name: str, body: dict[str, str], at_the_board: Meeting, sign_in: SignIn, maatje: Membership, coach: Membership
) -> None:
    strip, other = (Leervraag.objects.create(meeting=at_the_board, author=maatje, text=text) for text in "AB")
    for one in (strip, other):
        laying.lay_strip(actor=coach.user, strip=one, version=0, number=4)
    sent = {"version": "1", "beside": str(other.pk)} | body

    answer = sign_in(maatje).post(reverse(f"leervragen:{name}", args=[strip.pk]), sent)

    assert answer.status_code == 422
    assert (
        "Aan het bord legt één persoon de vragen: je coach. Zeg hardop waar de vraag hoort." in answer.content.decode()
    )
    strip.refresh_from_db()
    assert (strip.number, strip.rank, strip.strip_group, strip.version) == (4, 0, None, 1)


def test_whom_the_coach_lets_lay_lays_and_another_reads_who_it_is(
    at_the_board: Meeting, sign_in: SignIn, maatje: Membership, participant: Membership, coach: Membership
) -> None:
    strip = Leervraag.objects.create(meeting=at_the_board, author=maatje, text="Hoe begin ik?")
    choose = reverse("leervragen:choose_way", args=[at_the_board.pk])
    assert "Wie legt de vragen?" in sign_in(coach).get(address_of(at_the_board) + "?way").content.decode()

    sign_in(coach).post(choose, {"way": "board", "layer": str(maatje.pk)})

    assert move(sign_in(maatje), strip, "3").status_code == 302
    told = move(sign_in(participant), strip, "5")
    assert (told.status_code, "één persoon de vragen: Yusuf." in told.content.decode()) == (422, True)
    assert "Yusuf legt. Zeg hardop" in sign_in(participant).get(address_of(at_the_board)).content.decode()


def test_on_every_phone_everyone_lays_and_only_who_leads_chooses_so(
    at_the_board: Meeting, sign_in: SignIn, maatje: Membership, coach: Membership
) -> None:
    strip = Leervraag.objects.create(meeting=at_the_board, author=maatje, text="Hoe begin ik?")
    choose = reverse("leervragen:choose_way", args=[at_the_board.pk])
    assert sign_in(maatje).post(choose, {"way": "phones"}).status_code == 403

    sign_in(coach).post(choose, {"way": "phones"})

    assert move(sign_in(maatje), strip, "3").status_code == 302


def test_nobody_of_another_group_is_let_lay(
    at_the_board: Meeting, coach: Membership, other_member: Membership, sign_in: SignIn
) -> None:
    with pytest.raises(ValidationError):
        ways.choose_way(actor=coach.user, meeting=at_the_board, way="board", layer=other_member)
    body = {"way": "board", "layer": str(other_member.pk)}
    sign_in(coach).post(reverse("leervragen:choose_way", args=[at_the_board.pk]), body)
    assert Meetlat.objects.get().layer is None


def test_laying_ends_with_the_question_whether_all_agree_and_one_tap_of_who_leads(
    meeting: Meeting, ask: AskQuestion, sign_in: SignIn, maatje: Membership, coach: Membership
) -> None:
    ask(number=3)
    question, onward = "Zijn we het eens over de volgorde?", "Verder naar Controleren"

    seen = sign_in(maatje).get(address_of(meeting)).content.decode()
    leads = sign_in(coach).get(address_of(meeting)).content.decode()

    assert question in seen and onward not in seen
    assert leads.index(question) < leads.index(onward)


@pytest.mark.parametrize("to", ["7", "up", "tray", "parked", "pitch"])
def test_what_one_did_last_is_put_back(
    to: str, meeting: Meeting, ask: AskQuestion, sign_in: SignIn, maatje: Membership
) -> None:
    ask("A", number=5)
    strip, _below = ask("B", number=5), ask("C", number=5)
    before = [(one.text, one.number, one.rank, one.outcome) for one in meeting.leervragen.in_order()]
    client = sign_in(maatje)
    move(client, strip, to)
    page = client.get(address_of(meeting)).content.decode()
    assert "Jij legde ‘B’" in page and f'name="move" value="{last().pk}"' in page
    mine = last()

    for _twice_is_once in range(2):
        assert undo(client, meeting, mine).status_code == 302

    assert [(one.text, one.number, one.rank, one.outcome) for one in meeting.leervragen.in_order()] == before
    assert "Jij zette ‘B’ terug op 5." in client.get(address_of(meeting)).content.decode()


def test_grouping_and_taking_apart_are_put_back_with_the_name_of_the_group(
    meeting: Meeting, pair_of_questions: tuple[Leervraag, Leervraag], ask: AskQuestion, maatje: Membership
) -> None:
    first, second = pair_of_questions
    third = ask("C", number=8)
    for strip in (first, second, third):
        strip.refresh_from_db()
    values: dict[str, Any] = {"actor": maatje.user}

    def lies() -> list[Any]:
        return [(one.text, one.number, one.rank, one.strip_group_id) for one in meeting.leervragen.in_order()]

    before = lies()
    laying.group_strips(**values, strip=third, version=third.version, beside=first, title="Anders")
    assert StripGroup.objects.get().title == "Anders"
    moves.undo_move(**values, meeting=meeting, move=last().pk)
    assert (lies(), StripGroup.objects.get().title) == (before, "Uitleg")

    laying.ungroup_strip(**values, strip=first, version=first.version)
    assert not StripGroup.objects.exists()
    moves.undo_move(**values, meeting=meeting, move=last().pk)
    assert (lies(), StripGroup.objects.get().title) == (before, "Uitleg")

    second.refresh_from_db()
    laying.put_away(**values, strip=second, version=second.version, state="parked")
    moves.undo_move(**values, meeting=meeting, move=last().pk)
    assert (lies(), StripGroup.objects.get().title) == (before, "Uitleg")


@pytest.mark.parametrize("headers", [None, HTMX])
def test_what_another_moved_since_stays_and_it_says_who(
    headers: dict[str, str] | None,
    meeting: Meeting,
    ask: AskQuestion,
    sign_in: SignIn,
    maatje: Membership,
    coach: Membership,
) -> None:
    strip = ask("Hoe begin ik?", number=2)
    move(sign_in(coach), strip, "4")
    mine = last()
    move(sign_in(maatje), strip, "9")

    answer = undo(sign_in(coach), meeting, mine, headers=headers)

    assert answer.status_code == 422
    assert "Yusuf verplaatste deze vraag daarna nog. Er is niets teruggezet." in answer.content.decode()
    strip.refresh_from_db()
    assert strip.number == 9


def test_a_neighbour_that_moved_stands_in_nobodys_way(
    meeting: Meeting, ask: AskQuestion, sign_in: SignIn, maatje: Membership, coach: Membership
) -> None:
    strip, neighbour = ask("A", number=2), ask("B", number=2)
    move(sign_in(coach), strip, "4")
    mine = last()
    move(sign_in(maatje), neighbour, "4")

    assert undo(sign_in(coach), meeting, mine).status_code == 302

    strip.refresh_from_db()
    neighbour.refresh_from_db()
    assert (strip.number, neighbour.number) == (2, 4)


def test_one_puts_back_nothing_of_another_nor_what_was_ended_since(
    meeting: Meeting, ask: AskQuestion, sign_in: SignIn, maatje: Membership, coach: Membership
) -> None:
    strip = ask("Hoe begin ik?", number=2)
    move(sign_in(coach), strip, "4")
    mine = last()
    undo(sign_in(maatje), meeting, mine)
    strip.refresh_from_db()
    assert strip.number == 4

    answering.end_question(actor=maatje.user, leervraag=strip, outcome="answered")
    answer = undo(sign_in(coach), meeting, mine)

    assert "Deze vraag is intussen veranderd. Er is niets teruggezet." in answer.content.decode()
    strip.refresh_from_db()
    assert (strip.number, strip.outcome) == (4, "answered")


@pytest.mark.parametrize("wrong", ["", "x", "9" * 5000, "-1", "٣"])
def test_a_move_that_is_none_puts_nothing_back(
    wrong: str, meeting: Meeting, ask: AskQuestion, sign_in: SignIn, maatje: Membership
) -> None:
    ask(number=2)
    address = reverse("leervragen:undo_move", args=[meeting.pk])
    assert sign_in(maatje).post(address, {"move": wrong}).status_code == 302
    assert Leervraag.objects.get().number == 2


def test_the_status_line_says_what_another_did_with_a_name(
    meeting: Meeting, ask: AskQuestion, sign_in: SignIn, maatje: Membership, coach: Membership
) -> None:
    move(sign_in(maatje), ask("Hoe begin ik?"), "5")
    page = sign_in(coach).get(address_of(meeting)).content.decode()
    assert '<p id="meetlat-status" role="status">Yusuf legde ‘Hoe begin ik?’ op 5.</p>' in page


def test_so_many_moves_are_kept_and_they_go_with_the_meeting(
    meeting: Meeting, ask: AskQuestion, participant: Membership
) -> None:
    strip = ask(number=1)
    for number in range(MOST_MOVES_KEPT + 5):
        laying.lay_strip(actor=participant.user, strip=strip, version=number + 1, number=number % 10 + 1)
    assert StripMove.objects.count() == MOST_MOVES_KEPT

    meeting.delete()
    assert not StripMove.objects.exists()


def test_when_the_meeting_is_over_nobody_knows_who_laid_what(
    meeting: Meeting, ask: AskQuestion, coach: Membership
) -> None:
    ask(number=1)
    make_agenda_item(meeting)
    running.start_meeting(actor=coach.user, meeting=meeting)
    moves.erase_old_moves()
    assert StripMove.objects.count() == 1

    running.end_meeting(actor=coach.user, meeting=meeting)

    assert not StripMove.objects.exists()


def test_of_a_meeting_that_nobody_ended_the_moves_go_when_its_day_is_by(meeting: Meeting, ask: AskQuestion) -> None:
    ask(number=1)
    moves.erase_old_moves()
    assert StripMove.objects.count() == 1

    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(days=2))
    moves.erase_old_moves()

    assert not StripMove.objects.exists()
    assert moves.erase_old_moves in sweepers


def test_what_one_laid_is_in_ones_own_data_and_not_in_anothers(
    ask: AskQuestion, meeting: Meeting, participant: Membership, maatje: Membership
) -> None:
    ask("Hoe begin ik?", number=3)
    row = {"groep": meeting.group.name, "de vraag": "Hoe begin ik?", "wat je deed": "gelegd", "plek op de meetlat": 3}
    assert moves_part(participant.user).rows == [row]
    assert moves_part(maatje.user).rows == []


def test_a_move_brings_the_rows_that_changed_and_not_the_board(
    meeting: Meeting, ask: AskQuestion, sign_in: SignIn, maatje: Membership
) -> None:
    strips = [ask(f"Vraag nummer {number}, over de klas?", number=number % 10 + 1) for number in range(60)]
    client = sign_in(maatje)
    before = live.version_of(live.topic_of("meetlat", meeting))

    answer = move(client, strips[2], "7", headers=HTMX)

    html = answer.content.decode()
    told = re.search(r'<template data-board="(\d+)" data-since="(\d+)">(.*?)</template>', html, re.S)
    assert told
    assert (int(told[1]), int(told[2])) == (before + 1, before)
    assert set(re.findall(r'id="(rij-\d+|plek-\w+|laatste-zet)"', told[3])) == {"rij-3", "rij-7", "laatste-zet"}
    assert "Jij legde ‘Vraag nummer 2, over de klas?’ op 7." in told[3]
    board = client.get(address_of(meeting), headers={"HX-Request": "true"})
    assert len(answer.content) < len(board.content) / 2


def test_who_comes_from_the_pile_or_from_p_brings_those_along(
    ask: AskQuestion, sign_in: SignIn, maatje: Membership
) -> None:
    strip, client = ask(), sign_in(maatje)
    parts = {}
    for to in ("3", "parked", "pitch", "tray"):
        html = move(client, strip, to, headers=HTMX).content.decode()
        parts[to] = set(re.findall(r'id="(rij-\d+|plek-\w+|eens)"', html))
    assert parts == {
        "3": {"plek-tray", "rij-3", "eens"},
        "parked": {"rij-3", "plek-parked"},
        "pitch": {"plek-parked", "plek-pitch"},
        "tray": {"plek-pitch", "plek-tray", "eens"},
    }


def test_the_head_says_how_many_look_of_those_whose_page_asks(
    meeting: Meeting, sign_in: SignIn, maatje: Membership, participant: Membership, coach: Membership
) -> None:
    for member in (maatje, participant, maatje):
        sign_in(member).get(f"/live/meetlat:{meeting.pk}/")
    sign_in(coach).get(f"/live/meeting:{meeting.pk}/")

    assert "3 kijken mee" in sign_in(coach).get(address_of(meeting)).content.decode()
    everyone = [member.user_id for member in (maatje, participant, coach)]
    assert watching.who(live.topic_of("meeting", meeting), everyone) == frozenset()


def test_who_listens_to_a_stream_is_counted_though_it_asks_nothing_more(meeting: Meeting, maatje: Membership) -> None:
    topic, other = live.topic_of("meetlat", meeting), live.topic_of("meeting", meeting)
    listeners = [Listener({}, (topic, other), account=str(maatje.user_id)), Listener({}, (topic,))]
    gate, looking = Gate(get_wsgi_application()), []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _pulse in range(4):
            gate.note_who_looks(listeners)
            clock.shift(PULSE)
            looking.append(len(watching.who(topic, [maatje.user_id])))
        clock.shift(watching.LASTS)
        looking.append(len(watching.who(topic, [maatje.user_id])))
    assert looking == [1, 1, 1, 1, 0]
    assert watching.who(other, [maatje.user_id]) == frozenset()


def test_a_page_that_stays_open_is_counted_without_a_write_at_every_look(
    meeting: Meeting, sign_in: SignIn, maatje: Membership, django_assert_num_queries: Any
) -> None:
    client, address = sign_in(maatje), f"/live/meetlat:{meeting.pk}/"
    client.get(address)
    with django_assert_num_queries(4):  # session, user, gate, version
        client.get(address)
