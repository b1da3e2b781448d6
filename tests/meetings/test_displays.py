"""The digibord: a browser without an account shows the Scherm of one meeting, once who leads took it on."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from groups.services import members
from meetings.displays import DISPLAY_COOKIE
from meetings.models import CODE_FOR, MOST_DISPLAYS, SHOWN_FOR, Display, Meeting
from meetings.services import changing, day_leading, displays, running
from netwerkleren.base import live
from netwerkleren.base.access import NOBODY
from netwerkleren.base.limits import DISPLAY_ADDRESS, DISPLAY_CODE, DISPLAY_CODE_ADDRESS
from netwerkleren.base.models import AuditEvent
from netwerkleren.base.tokens import hash_of
from tests.access.table import leads_to_login
from tests.factories import make_agenda_item, make_meeting, make_member
from tests.types import SignIn

BOARD = "/scherm/"
WORDS = "Koppel dit bord"


@pytest.fixture
def runs(meeting: Meeting, coach: Membership) -> Meeting:
    make_agenda_item(meeting, title="Welkom")
    make_agenda_item(meeting, title="Pitch")
    return running.start_meeting(actor=coach.user, meeting=meeting)


@pytest.fixture
def board() -> Client:
    return Client()


def _code(board: Client) -> str:
    """What stands on it, as someone reads it."""
    shown = re.search(r'class="beamer-code num"[^>]*>([^<]+)<', board.get(BOARD).content.decode())
    assert shown is not None
    return shown[1]


def _couple(person: Client, meeting: Meeting, code: str) -> Any:
    return person.post(f"/bijeenkomsten/{meeting.pk}/leiden/digibord/", {"code": code})


def _shows(board: Client, meeting: Meeting) -> bool:
    """By its page and by its live topic alike."""
    page = board.get(BOARD).content.decode()
    follows = board.get(f"/live/{live.topic_of('meeting', meeting)}/").status_code == 200
    shows = WORDS not in page and meeting.title in page
    assert follows == shows
    return shows


def test_a_board_without_an_account_waits_with_a_code_and_says_nothing_of_any_group(
    runs: Meeting, board: Client
) -> None:
    page = board.get(BOARD)
    assert WORDS in page.content.decode()
    assert runs.group.name not in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page.headers["Cache-Control"]
    assert board.get(f"{BOARD}stand/").content == b"waiting"
    assert _code(board) == _code(board), "a page that comes anew shows the same code"


def test_who_leads_types_the_code_and_the_board_shows_the_scherm_of_that_meeting(
    runs: Meeting, board: Client, coach: Membership, sign_in: SignIn
) -> None:
    code = _code(board)
    lead = sign_in(coach)
    assert "Digibord koppelen" in lead.get(f"/bijeenkomsten/{runs.pk}/leiden/").content.decode()
    answer = _couple(lead, runs, f" {code.upper().replace('-', ' ')} ")
    assert answer.url == f"/bijeenkomsten/{runs.pk}/leiden/"
    assert board.get(f"{BOARD}stand/").content == b"news"
    page = board.get(BOARD)
    assert "Welkom" in page.content.decode()
    assert f'topic="meeting:{runs.pk}"' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert "Koppel los" in lead.get(f"/bijeenkomsten/{runs.pk}/leiden/").content.decode()
    assert AuditEvent.objects.filter(action="display.taken_on", actor_id=coach.user_id).count() == 1


def test_the_qr_asks_who_leads_for_which_meeting_of_today_it_is(
    runs: Meeting, board: Client, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    other = make_meeting(runs.group, position=2, starts_at=timezone.now() + timedelta(days=30))
    code = _code(board)
    page = sign_in(coach).get(f"{BOARD}{code}/").content.decode()
    assert "Dit bord bij de bijeenkomst van vandaag?" in page
    assert code in page
    assert f"/bijeenkomsten/{runs.pk}/leiden/digibord/" in page
    assert f"/bijeenkomsten/{other.pk}/leiden/digibord/" not in page
    assert "Je leidt vandaag geen bijeenkomst" in sign_in(participant).get(f"{BOARD}{code}/").content.decode()
    assert Client().get(f"{BOARD}{code}/").status_code == 302
    assert sign_in(coach).get(f"{BOARD}bel-nu-dit-nummer/").status_code == 404
    assert not Display.objects.live().exists(), "a link that is opened changes nothing"


def test_a_code_that_is_none_one_that_was_used_and_one_that_is_over_are_one_answer(
    runs: Meeting, board: Client, coach: Membership, sign_in: SignIn
) -> None:
    lead, code, late = sign_in(coach), _code(board), Client()
    old = _code(late)
    assert lead.get(_couple(lead, runs, code).url).status_code == 200

    def told(typed: str) -> tuple[int, str]:
        answer = _couple(lead, runs, typed)
        return answer.status_code, re.sub(r'value="[^"]*"|content="[^"]*"', "", answer.content.decode())

    with time_machine.travel(timezone.now() + CODE_FOR, tick=False):
        assert told("zzzzzz") == told(code) == told(old)
        status, page = told(code)
    assert status == 422
    assert "Deze code werkt niet, of niet meer." in page
    assert Display.objects.live().count() == 1


def test_a_code_nobody_took_makes_way_for_another(runs: Meeting, board: Client) -> None:
    first = _code(board)
    with time_machine.travel(timezone.now() + CODE_FOR, tick=False):
        assert board.get(f"{BOARD}stand/").content == b"news"
        assert _code(board) != first
        assert board.get(f"{BOARD}stand/").content == b"waiting"
    assert Display.objects.count() == 1


def test_the_cookie_of_a_board_that_waits_long_lasts_a_day_from_its_last_page(db: None, board: Client) -> None:
    _code(board)
    board.cookies[DISPLAY_COOKIE]["max-age"] = 60
    secret = board.cookies[DISPLAY_COOKIE].value
    _code(board)
    assert (board.cookies[DISPLAY_COOKIE].value, board.cookies[DISPLAY_COOKIE]["max-age"]) == (secret, 86400)


def test_the_board_sees_this_meeting_and_nothing_else(
    runs: Meeting, board: Client, coach: Membership, sign_in: SignIn
) -> None:
    other = make_meeting(runs.group, position=2)
    _couple(sign_in(coach), runs, _code(board))
    assert board.get(f"/live/meeting:{runs.pk}/").status_code == 200
    assert board.get(f"/live/meetlat:{runs.pk}/").status_code == 200
    topics = [f"meeting:{other.pk}", f"meetlat:{other.pk}", f"wishes:{runs.group_id}", f"traject:{runs.group_id}"]
    assert [board.get(f"/live/{topic}/").status_code for topic in topics] == [404, 404, 404, 404]
    for path in ("", "nu/", "leiden/", "scherm/", "evaluatie/"):
        assert leads_to_login(board.get(f"/bijeenkomsten/{runs.pk}/{path}"))
    assert leads_to_login(board.post(f"/bijeenkomsten/{runs.pk}/leiden/einde/"))


@pytest.mark.parametrize("how", ["ended", "put back", "let go", "a day later", "group closed", "coach left"])
def test_it_ends(
    how: str, runs: Meeting, board: Client, coach: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    make_member(group, "Wim Tuin", coach=True)
    _couple(sign_in(coach), runs, _code(board))
    assert _shows(board, runs)
    shown, later = Display.objects.get(), timezone.now()
    if how == "ended":
        running.end_meeting(actor=coach.user, meeting=runs)
    elif how == "put back":
        running.take_start_back(actor=coach.user, meeting=runs)
    elif how == "let go":
        sign_in(coach).post(f"/bijeenkomsten/digibord/{shown.pk}/los/")
        assert AuditEvent.objects.filter(action="display.let_go").count() == 1
    elif how == "a day later":
        later += SHOWN_FOR
    elif how == "group closed":
        NetworkGroup.objects.filter(pk=group.pk).update(closed_at=timezone.now())
    else:
        Membership.objects.filter(pk=coach.pk).update(left=timezone.now())
    with time_machine.travel(later, tick=False):
        assert board.get(f"/live/meeting:{runs.pk}/").status_code == 401
        page = board.get(BOARD).content.decode()
        assert "De bijeenkomst is afgelopen" in page
        assert runs.title not in page
        assert board.cookies[DISPLAY_COOKIE].value not in page
    assert not Display.objects.filter(pk=shown.pk).exists(), "what ended shows nothing again"
    if how == "ended":
        changing.reopen_meeting(actor=coach.user, meeting=Meeting.objects.get(pk=runs.pk))
        assert not _shows(board, runs)


def test_one_that_was_taken_on_before_it_began_ends_when_it_does_not_take_place(
    meeting: Meeting, board: Client, coach: Membership, day_leader: Membership, sign_in: SignIn
) -> None:
    _couple(sign_in(coach), meeting, _code(board))
    assert _shows(board, meeting)
    changing.cancel_meeting(actor=coach.user, meeting=meeting)
    assert not _shows(board, meeting)


def test_of_a_meeting_that_is_not_today_or_over_no_board_is_taken_on(
    meeting: Meeting, board: Client, coach: Membership, sign_in: SignIn
) -> None:
    lead, code = sign_in(coach), _code(board)
    assert "op de dag van de bijeenkomst" in _couple(lead, meeting, code).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED, ended_at=timezone.now())
    assert _couple(lead, meeting, code).status_code == 422
    assert board.get(f"{BOARD}stand/").content == b"waiting"


def test_only_who_leads_takes_on_and_lets_go(
    runs: Meeting,
    board: Client,
    coach: Membership,
    participant: Membership,
    other_coach: Membership,
    day_leader: Membership,
    sign_in: SignIn,
) -> None:
    code = _code(board)
    assert _couple(sign_in(participant), runs, code).status_code == 403
    assert _couple(sign_in(other_coach), runs, code).status_code == 404
    assert _couple(sign_in(day_leader), runs, code).status_code == 302
    shown = Display.objects.get()
    assert shown.taken_by == day_leader
    let_go = f"/bijeenkomsten/digibord/{shown.pk}/los/"
    assert sign_in(participant).post(let_go).status_code == 403
    assert sign_in(other_coach).post(let_go).status_code == 404
    assert _shows(board, Meeting.objects.get(pk=runs.pk))
    assert sign_in(coach).post(let_go).status_code == 302
    assert not Display.objects.live().exists()


def test_of_two_coaches_who_take_on_one_board_the_later_is_refused(
    runs: Meeting, board: Client, coach: Membership, other_coach: Membership, sign_in: SignIn
) -> None:
    theirs = make_meeting(other_coach.group, state=Meeting.State.RUNNING)
    code = _code(board)
    assert _couple(sign_in(other_coach), theirs, code).status_code == 302
    assert _couple(sign_in(coach), runs, code).status_code == 422
    assert Display.objects.get().meeting == theirs


def test_two_coaches_may_each_take_on_a_board_and_a_fifth_is_one_too_many(
    runs: Meeting, coach: Membership, sign_in: SignIn
) -> None:
    second = make_member(runs.group, "Wim Tuin", coach=True)
    boards = [Client() for _ in range(MOST_DISPLAYS + 1)]
    answers = [
        _couple(sign_in((coach, second)[number % 2]), runs, _code(one)).status_code for number, one in enumerate(boards)
    ]
    assert answers == [302] * MOST_DISPLAYS + [422]
    assert [_shows(one, runs) for one in boards[:-1]] == [True] * MOST_DISPLAYS


@pytest.mark.parametrize("limit", [DISPLAY_CODE, DISPLAY_CODE_ADDRESS])
def test_codes_are_not_guessed_without_end(
    limit: Any, runs: Meeting, board: Client, coach: Membership, sign_in: SignIn
) -> None:
    code, lead = _code(board), sign_in(coach)
    who = coach.user_id if limit is DISPLAY_CODE else "127.0.0.1"
    for _ in range(limit.most - 1):
        limit.count(who)
    assert _couple(lead, runs, "zzzzzz").status_code == 422
    refused = _couple(lead, runs, code)
    assert refused.status_code == 429
    assert "Dit ging te vaak achter elkaar." in refused.content.decode()
    assert not Display.objects.live().exists()


def test_right_codes_count_as_no_guess(runs: Meeting, board: Client, coach: Membership, sign_in: SignIn) -> None:
    for _ in range(DISPLAY_CODE.most - 1):
        DISPLAY_CODE.count(coach.user_id)
    assert _couple(sign_in(coach), runs, _code(board)).status_code == 302
    DISPLAY_CODE.check(coach.user_id)


def test_browsers_that_wait_are_not_made_without_end(db: None) -> None:
    for _ in range(DISPLAY_ADDRESS.most):
        DISPLAY_ADDRESS.count("127.0.0.1")
    refused = Client().get(BOARD)
    assert refused.status_code == 429
    assert not Display.objects.exists()


def test_a_browser_of_someone_becomes_no_board(
    runs: Meeting, board: Client, coach: Membership, participant: Membership, sign_in: SignIn, expert_client: Client
) -> None:
    for browser in (sign_in(participant), expert_client):
        assert "Deze browser is van iemand" in browser.get(BOARD).content.decode()
        assert DISPLAY_COOKIE not in browser.cookies
    _couple(sign_in(coach), runs, _code(board))
    board.force_login(participant.user, "django.contrib.auth.backends.ModelBackend")
    assert runs.title not in board.get(BOARD).content.decode()


def test_of_the_secret_only_a_hash_is_kept_and_the_code_stands_in_no_row(db: None, board: Client) -> None:
    code = _code(board).replace("-", "")
    cookie = board.cookies[DISPLAY_COOKIE]
    row = Display.objects.values().get()
    assert row["secret_hash"] == hash_of(cookie.value)
    assert len(cookie.value) >= 43
    assert code not in str(row)
    assert cookie.value not in str(row)
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 86400)


def test_what_ended_and_what_nobody_took_is_erased(
    runs: Meeting, board: Client, coach: Membership, sign_in: SignIn
) -> None:
    _couple(sign_in(coach), runs, _code(board))
    displays.add_display(actor=NOBODY)
    for hours, left in ((1, 2), (2, 1), (24, 1), (26, 0)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
            displays.erase_old_displays()
            assert Display.objects.count() == left, hours


def test_a_day_that_was_handed_over_ends_and_its_board_stays_until_it_is_let_go(
    runs: Meeting, board: Client, day_leader: Membership, coach: Membership, sign_in: SignIn
) -> None:
    meeting = Meeting.objects.get(pk=runs.pk)
    _couple(sign_in(day_leader), meeting, _code(board))
    day_leading.take_day_back(actor=coach.user, meeting=meeting)
    assert _shows(board, meeting)
    assert _couple(sign_in(day_leader), meeting, _code(Client())).status_code == 403
    members.remove_member(actor=coach.user, membership=day_leader)
    assert not _shows(board, meeting)


def test_a_refusal_for_another_reason_leaves_the_board_waiting_with_the_same_code(
    meeting: Meeting, coach: Membership, board: Client
) -> None:
    code = _code(board)
    with pytest.raises(ValidationError):
        displays.take_on(actor=coach.user, meeting=meeting, code=code)
    assert _code(board) == code
