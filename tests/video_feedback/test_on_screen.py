"""A fragment on the Scherm: by its owner's tap alone, for a room that may see it, and gone at the next range."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Leervraag
from meetings.models import AgendaItem, Display, Meeting
from meetings.services import displays, running
from netwerkleren.base.models import AuditEvent, OutgoingMail
from tests.access.table import digibord_of
from tests.factories import make_agenda_item, make_expert_invitation, make_meeting, make_member
from tests.types import MakeClip, SignIn
from tests.video_feedback.factories import FILM
from video_feedback import serving
from video_feedback.models import Clip, OnScreen, ScreenPermit, Talentmoment
from video_feedback.services import clips, consent, on_screen

BOARD = "/scherm/"


@pytest.fixture
def runs(meeting: Meeting, coach: Membership, maatje: Membership, colleague: Membership) -> Meeting:
    """At the onderdeel of the films, with two colleagues there."""
    make_agenda_item(meeting, AgendaItem.Kind.VIDEO, title="Fragmenten")
    make_agenda_item(meeting, AgendaItem.Kind.TALENT, title="Talentmomenten")
    return running.start_meeting(actor=coach.user, meeting=meeting)


@pytest.fixture
def shared(runs: Meeting, clip: Clip, participant: Membership) -> Clip:
    Clip.objects.filter(pk=clip.pk).update(meeting=runs)
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    return Clip.objects.with_people().get(pk=clip.pk)


@pytest.fixture
def board(runs: Meeting, coach: Membership) -> Client:
    return digibord_of(runs, coach)


def _show(person: Membership, clip: Clip, meeting: Meeting) -> OnScreen:
    return on_screen.show_clip(actor=person.user, clip=clip, meeting=meeting)


def _range(board: Client, clip: Clip, start: int = 0) -> Any:
    return board.get(f"/media/{clip.pk}/film.mp4", headers={"Range": f"bytes={start}-{start + 99}"})


def test_a_board_gets_the_film_while_its_owner_shows_it_and_no_other(
    runs: Meeting, shared: Clip, board: Client, participant: Membership, make_clip: MakeClip, sign_in: SignIn
) -> None:
    other = make_clip(participant, meeting=runs)
    consent.share_clip(actor=participant.user, clip=other, audience="group", scope="all_parents")
    assert _range(board, shared).status_code == 404
    assert f"/media/{shared.pk}/" not in board.get(BOARD).content.decode()

    phone = sign_in(participant)
    assert "Speel af op het Scherm" in phone.get(f"/bijeenkomsten/{runs.pk}/nu/").content.decode()
    phone.post(f"/fragmenten/{shared.pk}/scherm/{runs.pk}/toon/")

    page = board.get(BOARD).content.decode()
    assert f'src="/media/{shared.pk}/film.mp4"' in page
    assert "data-playing" in page
    captions = f"/media/{shared.pk}/ondertitels.vtt"
    assert captions not in page
    Clip.objects.filter(pk=shared.pk).update(captions="0:03 Wat zie je?")
    assert f'src="{captions}"' in board.get(BOARD).content.decode()
    assert "Wat zie je?" in board.get(captions).content.decode()
    answer = _range(board, shared, 100)
    assert (answer.status_code, answer.getvalue()) == (206, FILM[100:200])
    assert answer["Cache-Control"] == "private, no-store"
    assert board.get(f"/media/{shared.pk}/beeld.jpg").status_code == 200
    assert _range(board, other).status_code == 404
    assert Client().get(f"/media/{shared.pk}/film.mp4").status_code == 302
    assert AuditEvent.objects.filter(action="clip.shown_on_screen", actor_id=participant.user_id).count() == 1


@pytest.mark.parametrize(
    "how",
    [
        "withdrawn",
        "erased",
        "stopped by its owner",
        "stopped by who leads",
        "the onderdeel goes on",
        "the meeting ends",
        "the board is let go",
        "someone joins",
        "someone changes school",
        "its owner leaves",
        "an expert is asked",
        "shared with the maatje alone",
        "another takes its place",
        "taken back",
    ],
)
def test_the_next_range_is_gone(
    how: str,
    runs: Meeting,
    shared: Clip,
    board: Client,
    coach: Membership,
    participant: Membership,
    colleague: Membership,
    make_clip: MakeClip,
    sign_in: SignIn,
) -> None:
    _show(participant, shared, runs)
    assert _range(board, shared).status_code == 206
    meeting = Meeting.objects.get(pk=runs.pk)
    by: dict[str, Any] = {"actor": participant.user, "clip": shared}
    if how == "withdrawn":
        consent.withdraw_clip(**by)
    elif how == "erased":
        clips.erase_clip(**by)
    elif how == "stopped by its owner":
        sign_in(participant).post(f"/fragmenten/op-het-scherm/{runs.pk}/stop/")
    elif how == "stopped by who leads":
        sign_in(coach).post(f"/fragmenten/op-het-scherm/{runs.pk}/stop/")
    elif how == "the onderdeel goes on":
        running.go_to(actor=coach.user, meeting=meeting, item=runs.agenda.all()[1])
    elif how == "the meeting ends":
        running.end_meeting(actor=coach.user, meeting=meeting)
    elif how == "the board is let go":
        displays.let_go(actor=coach.user, display=Display.objects.get())
    elif how == "someone joins":
        make_member(runs.group, "Noor Nieuw")
    elif how == "someone changes school":
        Membership.objects.filter(pk=colleague.pk).update(school=None)
    elif how == "its owner leaves":
        Membership.objects.filter(pk=participant.pk).update(left=timezone.now())
    elif how == "an expert is asked":
        make_expert_invitation(runs)
    elif how == "shared with the maatje alone":
        consent.share_clip(**by, audience="maatje", scope="all_parents")
    elif how == "another takes its place":
        other = make_clip(participant, meeting=runs)
        consent.share_clip(actor=participant.user, clip=other, audience="group", scope="all_parents")
        _show(participant, other, meeting)
    else:
        on_screen.allow_on_screen(**by, meeting=meeting, allowed=False)
    lost = _range(board, shared, 100)
    assert lost.status_code in (302, 404)
    assert lost.status_code == 404 or how in ("the board is let go", "the meeting ends")
    assert f"/media/{shared.pk}/" not in board.get(BOARD).content.decode()


def test_an_answer_that_is_on_its_way_is_cut(
    runs: Meeting, shared: Clip, board: Client, participant: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "PIECE", 1000)
    _show(participant, shared, runs)
    answer = board.get(f"/media/{shared.pk}/film.mp4")
    pieces = iter(answer)
    assert len(next(pieces)) == 1000
    consent.withdraw_clip(actor=participant.user, clip=shared)
    assert list(pieces) == []


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("not shared", "niet gedeeld met de hele groep"),
        ("with the maatje", "niet gedeeld met de hele groep"),
        ("own school", "Niet iedereen in de groep mag dit zien."),
        ("someone joined", "Niet iedereen in de groep mag dit zien."),
        ("expert", "noemt geen gast"),
        ("not ready", "nog niet klaar"),
    ],
)
def test_only_what_the_whole_room_may_see_is_shown_and_the_reason_is_said(
    how: str, words: str, runs: Meeting, clip: Clip, participant: Membership, sign_in: SignIn
) -> None:
    audience = "maatje" if how == "with the maatje" else "group"
    scope = "own_school" if how == "own school" else "all_parents"
    if how != "not shared":
        consent.share_clip(actor=participant.user, clip=clip, audience=audience, scope=scope)
    if how == "someone joined":
        make_member(runs.group, "Noor Nieuw")
    elif how == "expert":
        make_expert_invitation(runs)
    elif how == "not ready":
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.QUEUED)
    for change in (
        lambda: _show(participant, clip, runs),
        lambda: on_screen.ask_for_clip(actor=participant.user, clip=clip, meeting=runs),
        lambda: on_screen.allow_on_screen(actor=participant.user, clip=clip, meeting=runs, allowed=True),
    ):
        with pytest.raises(ValidationError, match=words):
            change()
    if how != "not ready":
        assert words in sign_in(participant).get(f"/fragmenten/{clip.pk}/scherm/").content.decode()
    assert not OnScreen.objects.exists()


def test_when_the_room_may_see_it_no_longer_neither_phone_nor_leiden_says_that_it_does(
    runs: Meeting, shared: Clip, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    _show(participant, shared, runs)
    phone, leads = f"/bijeenkomsten/{runs.pk}/nu/", f"/bijeenkomsten/{runs.pk}/leiden/"

    def pages() -> tuple[str, str]:
        return sign_in(participant).get(phone).content.decode(), sign_in(coach).get(leads).content.decode()

    of_owner, of_coach = pages()
    assert "De groep ziet dit nu." in of_owner and "Nu te zien: het fragment van" in of_coach

    make_member(runs.group, "Noor Nieuw")

    of_owner, of_coach = pages()
    assert "De groep ziet dit nu." not in of_owner and "De groep ziet dit niet meer" in of_owner
    assert "Nu te zien" not in of_coach and "nu te zien" not in of_coach
    assert "is niet te zien: niet iedereen hier mag dat nu." in of_coach


def test_where_the_statement_names_guests_an_expert_is_no_hindrance(
    runs: Meeting, clip: Clip, participant: Membership, board: Client
) -> None:
    make_expert_invitation(runs)
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents", includes_guests=True)
    _show(participant, clip, runs)
    assert _range(board, clip).status_code == 206


def test_nobody_but_its_owner_shows_it_unless_its_owner_said_so(
    runs: Meeting,
    shared: Clip,
    participant: Membership,
    coach: Membership,
    maatje: Membership,
    day_leader: Membership,
) -> None:
    consent.share_clip(actor=participant.user, clip=shared, audience="group", scope="all_parents")
    for person in (coach, maatje, day_leader):
        with pytest.raises(PermissionDenied):
            _show(person, shared, runs)
    on_screen.allow_on_screen(actor=participant.user, clip=shared, meeting=runs, allowed=True)
    for person in (maatje, day_leader):
        with pytest.raises(PermissionDenied):
            _show(person, shared, runs)
    assert _show(coach, shared, runs).clip == shared
    for person in (coach, maatje):
        with pytest.raises(PermissionDenied):
            on_screen.play_clip(actor=person.user, meeting=runs, playing=False)
    with pytest.raises(PermissionDenied):
        on_screen.clear_screen(actor=maatje.user, meeting=runs)


def test_what_was_said_beforehand_can_be_taken_back(
    runs: Meeting, shared: Clip, participant: Membership, coach: Membership, sign_in: SignIn
) -> None:
    owner, tick = sign_in(participant), f"/fragmenten/{shared.pk}/scherm/{runs.pk}/mag/"
    owner.post(tick, {"allowed": "1"})
    lead = sign_in(coach)
    assert "Speel af op het Scherm" in lead.get(f"/bijeenkomsten/{runs.pk}/leiden/").content.decode()
    owner.post(tick, {"allowed": "0"})
    page = lead.get(f"/bijeenkomsten/{runs.pk}/leiden/").content.decode()
    assert "Speel af op het Scherm" not in page
    assert "Vraag Marijke" in page
    with pytest.raises(PermissionDenied):
        _show(coach, shared, runs)


def test_who_leads_asks_and_its_owner_decides_on_the_phone(
    runs: Meeting, shared: Clip, participant: Membership, maatje: Membership, coach: Membership, sign_in: SignIn
) -> None:
    lead, phone, now = sign_in(coach), sign_in(participant), f"/bijeenkomsten/{runs.pk}/nu/"
    mails = OutgoingMail.objects.count()
    assert "Vraag Marijke" in lead.get(f"/bijeenkomsten/{runs.pk}/leiden/").content.decode()
    lead.post(f"/fragmenten/{shared.pk}/scherm/{runs.pk}/vraag/")
    asked = "Er is gevraagd of de groep dit mag zien."
    assert asked in phone.get(now).content.decode()
    assert asked not in sign_in(maatje).get(now).content.decode()
    assert OutgoingMail.objects.count() == mails
    assert not OnScreen.objects.exists()
    phone.post(f"/fragmenten/{shared.pk}/scherm/{runs.pk}/nu-niet/")
    assert asked not in phone.get(now).content.decode()
    phone.post(f"/fragmenten/{shared.pk}/scherm/{runs.pk}/toon/")
    assert OnScreen.objects.get().is_playing
    phone.post(f"/fragmenten/op-het-scherm/{runs.pk}/speel/", {"playing": "0"})
    assert not OnScreen.objects.get().is_playing
    assert "Speel verder" in phone.get(now).content.decode()


def test_while_a_question_is_answered_leiden_has_its_fragment_at_hand_also_of_an_earlier_meeting(
    runs: Meeting, shared: Clip, participant: Membership, coach: Membership, sign_in: SignIn
) -> None:
    lead, page = sign_in(coach), f"/bijeenkomsten/{runs.pk}/leiden/"
    Clip.objects.filter(pk=shared.pk).update(meeting=make_meeting(runs.group, position=4))
    answering = make_agenda_item(runs, AgendaItem.Kind.ANSWERING)
    running.go_to(actor=coach.user, meeting=runs, item=answering)
    question = Leervraag.objects.create(meeting=runs, author=participant, text="Hoe begin ik?")
    assert "Vraag Marijke" not in lead.get(page).content.decode()
    Leervraag.objects.filter(pk=question.pk).update(clip=shared)
    assert "Vraag Marijke" in lead.get(page).content.decode()
    # It is a door to nothing that the group does not have.
    consent.withdraw_clip(actor=participant.user, clip=shared)
    assert "Vraag Marijke" not in lead.get(page).content.decode()


def test_one_talentmoment_is_shown_large_without_its_film(
    runs: Meeting, shared: Clip, participant: Membership, coach: Membership, board: Client, sign_in: SignIn
) -> None:
    moment = Talentmoment.objects.create(author=participant, meeting=runs, text="Ze telde verder.", clip=shared)
    running.go_to(actor=coach.user, meeting=runs, item=runs.agenda.all()[1])
    lead = sign_in(coach)
    assert "Toon deze" in lead.get(f"/bijeenkomsten/{runs.pk}/leiden/").content.decode()
    assert "Toon deze" not in sign_in(participant).get(f"/bijeenkomsten/{runs.pk}/nu/").content.decode()
    lead.post(f"/talentmomenten/{moment.pk}/scherm/{runs.pk}/")
    page = board.get(BOARD).content.decode()
    assert "Ze telde verder." in page
    assert "gezien door Marijke" in page
    assert f"/media/{shared.pk}/" not in page
    assert _range(board, shared).status_code == 404
    lead.post(f"/fragmenten/op-het-scherm/{runs.pk}/stop/")
    assert "gezien door Marijke" not in board.get(BOARD).content.decode()


def test_what_was_shown_does_not_come_back_with_its_onderdeel(
    runs: Meeting, shared: Clip, participant: Membership, coach: Membership, board: Client
) -> None:
    _show(participant, shared, runs)
    first, second = runs.agenda.all()
    for item in (second, first):
        running.go_to(actor=coach.user, meeting=Meeting.objects.get(pk=runs.pk), item=item)
    assert _range(board, shared).status_code == 404
    assert not OnScreen.objects.exists()


def test_with_the_meeting_all_that_was_asked_and_allowed_for_it_ends(
    runs: Meeting, shared: Clip, participant: Membership, coach: Membership
) -> None:
    on_screen.allow_on_screen(actor=participant.user, clip=shared, meeting=runs, allowed=True)
    running.end_meeting(actor=coach.user, meeting=runs)
    assert not ScreenPermit.objects.exists()
    with pytest.raises(ValidationError):
        _show(participant, shared, Meeting.objects.get(pk=runs.pk))


def test_a_fragment_of_another_group_is_not_shown_here(
    runs: Meeting, other_member: Membership, make_clip: MakeClip
) -> None:
    theirs = make_clip(other_member)
    make_member(theirs.owner.group, joined=timezone.now() - timedelta(days=1))
    consent.share_clip(actor=other_member.user, clip=theirs, audience="group", scope="all_parents")
    with pytest.raises(ValidationError, match="van een andere groep"):
        _show(other_member, theirs, runs)
