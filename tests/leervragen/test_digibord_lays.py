"""On a digibord that a coach took on, the strips are laid by hand: while the group lays, and as nobody's move."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat, StripMove
from leervragen.screens import Move, last_move
from leervragen.services import answering, laying, moves, ways
from meetings.models import AgendaItem, Display, Meeting
from meetings.services import displays, running
from netwerkleren.base.access import DisplayThatShows
from tests.access.table import digibord_of
from tests.factories import make_meeting
from tests.screens import be_at
from tests.types import AskQuestion, Response, SignIn

Kind, State, Step = AgendaItem.Kind, Leervraag.State, Meetlat.Step


@pytest.fixture
def board(meeting: Meeting, coach: Membership) -> Client:
    return digibord_of(meeting, coach)


@pytest.fixture
def is_laying(meeting: Meeting, coach: Membership) -> None:
    be_at(coach, meeting, Kind.MEETLAT)


def _lay(board: Client, strip: Leervraag, to: str, **body: Any) -> Response:
    strip.refresh_from_db()
    values = {"to": to, "version": strip.version, **body}
    return board.post(reverse("leervragen:lay_at_board", args=[strip.pk]), values)


def _place(strip: Leervraag) -> tuple[str, int | None]:
    strip.refresh_from_db()
    return strip.state, strip.number


def _actor(meeting: Meeting) -> DisplayThatShows:
    return DisplayThatShows(Display.objects.get(meeting=meeting).pk, meeting.pk)


@pytest.mark.usefixtures("is_laying")
def test_a_hand_lays_a_strip_on_a_number_before_another_on_p_and_back_on_the_pile(
    board: Client, ask: AskQuestion
) -> None:
    first, strip = ask("Hoe eindig ik?", number=4), ask("Hoe begin ik?")
    assert _lay(board, strip, "4", before=str(first.pk)).status_code == 204
    assert (_place(strip), strip.rank) == ((State.LAID, 4), 0)
    for to, place in (("parked", State.PARKED), ("tray", State.TRAY)):
        assert _lay(board, strip, to).status_code == 204
        assert _place(strip) == (place, None)


@pytest.mark.usefixtures("is_laying")
def test_such_a_move_is_told_as_made_at_the_board_on_the_meetlat_and_on_the_scherm(
    board: Client, meeting: Meeting, ask: AskQuestion, participant: Membership, sign_in: SignIn
) -> None:
    strip = ask("Hoe begin ik?")
    _lay(board, strip, "7")
    words = sign_in(participant).get(reverse("leervragen:meetlat", args=[meeting.pk])).content.decode()
    assert "Iemand aan het bord legde ‘Hoe begin ik?’ op 7." in words
    assert last_move(Meetlat.objects.get(pk=meeting.pk)) == Move(strip.pk, "aan het bord")
    assert '<span class="by">aan het bord</span>' in board.get("/scherm/").content.decode()
    assert (StripMove.objects.get().by, StripMove.objects.get().at_board) == (None, True)


@pytest.mark.usefixtures("is_laying")
def test_who_may_lay_puts_back_what_was_laid_at_the_board_unless_someone_touched_it_since(
    board: Client, meeting: Meeting, ask: AskQuestion, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    strip = ask("Hoe begin ik?", number=2)
    _lay(board, strip, "7")
    page, address = sign_in(participant), reverse("leervragen:undo_move", args=[meeting.pk])
    move = StripMove.objects.latest("pk")
    assert (
        f'name="move" value="{move.pk}"' in page.get(reverse("leervragen:meetlat", args=[meeting.pk])).content.decode()
    )
    page.post(address, {"move": str(move.pk)})
    assert _place(strip) == (State.LAID, 2)

    laying.lay_strip(actor=participant.user, strip=strip, version=strip.version, number=3)
    own = StripMove.objects.latest("pk")
    _lay(board, strip, "8")
    with pytest.raises(ValidationError, match="Iemand aan het bord verplaatste deze vraag daarna nog"):
        moves.undo_move(actor=participant.user, meeting=meeting, move=own.pk)
    ways.choose_way(actor=participant.user, meeting=meeting, way=Meetlat.Way.BOARD, layer=participant)
    with pytest.raises(ValidationError, match="Aan het bord legt één persoon de vragen"):
        moves.undo_move(actor=maatje.user, meeting=meeting, move=StripMove.objects.latest("pk").pk)
    assert _place(strip) == (State.LAID, 8)


def test_the_board_lays_only_while_the_group_does(
    board: Client, meeting: Meeting, coach: Membership, ask: AskQuestion
) -> None:
    strip = ask("Hoe begin ik?", number=2)

    def refused() -> bool:
        answer = _lay(board, strip, "9")
        told = (answer.status_code, answer.content.decode()) == (
            422,
            "De groep legt nu niet. De vragen blijven liggen.",
        )
        shown = "data-lays" in board.get("/scherm/").content.decode()
        assert shown != told
        return told and _place(strip) == (State.LAID, 2)

    assert refused(), "before the meeting"
    be_at(coach, meeting, Kind.PITCH)
    assert refused(), "at another onderdeel"
    be_at(coach, meeting, Kind.MEETLAT)
    answering.go_to_step(actor=coach.user, meeting=meeting, step=Step.ANSWERING)
    assert refused(), "while it answers"
    answering.go_to_step(actor=coach.user, meeting=meeting, step=Step.CHECKING)
    assert not refused()
    running.end_meeting(actor=coach.user, meeting=meeting)
    assert _lay(board, strip, "5").status_code == 401, "it is no board any more"


@pytest.mark.usefixtures("is_laying")
def test_the_board_moves_nothing_of_another_meeting_and_neither_does_one_that_was_let_go(
    board: Client, meeting: Meeting, coach: Membership, ask: AskQuestion, participant: Membership
) -> None:
    strip = ask("Hoe begin ik?", number=2)
    next_time = make_meeting(meeting.group, position=8)
    elsewhere = Leervraag.objects.create(meeting=next_time, author=participant, text="Volgende keer?")
    assert _lay(board, elsewhere, "5").status_code == 404
    for name in ("move", "group", "ungroup"):
        assert (
            board.post(reverse(f"leervragen:{name}", args=[strip.pk]), {"to": "5", "version": "0"}).status_code == 302
        )
    displays.let_go(actor=coach.user, display=Display.objects.select_related("meeting").get(meeting=meeting))
    assert _lay(board, strip, "5").status_code == 401
    assert _place(strip) == (State.LAID, 2)


@pytest.mark.usefixtures("is_laying")
def test_a_strip_that_someone_moved_meanwhile_stays_where_it_is_and_the_board_says_so(
    board: Client, ask: AskQuestion, participant: Membership
) -> None:
    strip = ask("Hoe begin ik?")
    laying.lay_strip(actor=participant.user, strip=strip, version=0, number=3)
    answer = _lay(board, strip, "9", version=0)
    assert (answer.status_code, _place(strip)) == (409, (State.LAID, 3))
    assert "Iemand anders heeft deze vraag intussen verplaatst" in answer.content.decode()
    assert _lay(board, strip, "elf").status_code == 422
    with pytest.raises(ValidationError, match="van 1 tot en met 10"):
        laying.lay_strip(actor=_actor(strip.meeting), strip=strip, version=strip.version, number=11)


@pytest.mark.usefixtures("is_laying")
def test_the_board_has_something_to_take_and_the_scherm_of_the_coach_has_not(
    board: Client, meeting: Meeting, coach: Membership, ask: AskQuestion, sign_in: SignIn
) -> None:
    name = ask("Hoe begin ik?", number=2).author.user.first_name
    for count in range(4):
        ask(f"Vraag {count} op de stapel?")
    on_board = board.get("/scherm/").content.decode()
    on_scherm = sign_in(coach).get(reverse("meetings:screen", args=[meeting.pk])).content.decode()
    # One on the ruler, and the two on top of the pile, of which nobody sees whose they are.
    assert len(re.findall("data-block=", on_board)) == 3
    assert on_board.count(f'<span class="who">{name}</span>') == 1
    for hold in ("data-block", "data-lays", "op de stapel?"):
        assert hold in on_board
        assert hold not in on_scherm
