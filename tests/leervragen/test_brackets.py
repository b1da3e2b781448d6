"""What belongs together is seen as such in every step of the meetlat."""

import pytest

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat, StripMove
from leervragen.services import answering, laying, moves
from meetings.models import Meeting
from tests.types import SignIn

Step = Meetlat.Step


@pytest.mark.parametrize("step", [Step.LAYING, Step.ANSWERING, Step.FINISHING])
def test_a_group_has_its_bracket_and_its_name_in_every_step(
    sign_in: SignIn, maatje: Membership, meeting: Meeting, pair_of_questions: tuple[Leervraag, Leervraag], step: Step
) -> None:
    page = sign_in(maatje).get(f"/bijeenkomsten/{meeting.pk}/meetlat/{step.query}").content.decode()
    assert "bracket" in page
    assert ">Uitleg<" in page
    for question in pair_of_questions:
        assert question.text in page


def test_what_is_dropped_on_another_can_be_grouped_and_a_group_goes_as_a_whole(
    sign_in: SignIn, maatje: Membership, meeting: Meeting, pair_of_questions: tuple[Leervraag, Leervraag]
) -> None:
    alone = Leervraag.objects.create(meeting=meeting, author=maatje, text="Hoe begin ik?")
    page = sign_in(maatje).get(f"/bijeenkomsten/{meeting.pk}/meetlat/").content.decode()
    assert f'data-block="{alone.pk}" data-group ' in page
    assert page.count(" data-group ") == 1
    assert page.count("data-block=") == 2


def test_what_waits_together_stands_in_its_bracket_and_comes_back_as_a_whole(
    sign_in: SignIn, maatje: Membership, meeting: Meeting, pair_of_questions: tuple[Leervraag, Leervraag]
) -> None:
    first, second = pair_of_questions
    client, choose = sign_in(maatje), f"/leervragen/{second.pk}/vandaag/"
    address = f"/bijeenkomsten/{meeting.pk}/meetlat/{Step.CHECKING.query}"

    client.post(choose, {"not_today": "1"})

    waiting = client.get(address).content.decode().partition("<h3>Niet voor vandaag</h3>")[2].partition("</ol>")[0]
    assert waiting.count('<div class="bracket"><span class="gl">Uitleg</span>') == 1
    assert waiting.index(first.text) < waiting.index(second.text)
    assert waiting.count("Toch vandaag") == 1
    client.post(choose, {"not_today": "0"})
    assert not Leervraag.objects.filter(not_today=True).exists()


def test_what_was_answered_as_one_stays_in_its_bracket_at_afronden(
    sign_in: SignIn, maatje: Membership, meeting: Meeting, pair_of_questions: tuple[Leervraag, Leervraag]
) -> None:
    for question in pair_of_questions:
        answering.end_question(actor=maatje.user, leervraag=question, outcome="answered")

    page = sign_in(maatje).get(f"/bijeenkomsten/{meeting.pk}/meetlat/{Step.FINISHING.query}").content.decode()

    ended = page.partition("<h3>Klaar</h3>")[2]
    assert ended.count('<div class="bracket"><span class="gl">Uitleg</span>') == 1
    assert all(question.text in ended for question in pair_of_questions)


def test_what_got_its_place_at_once_says_with_what_it_belongs(
    sign_in: SignIn,
    coach: Membership,
    meeting: Meeting,
    next_meeting: Meeting,
    pair_of_questions: tuple[Leervraag, Leervraag],
) -> None:
    answering.finish_open_questions(actor=coach.user, meeting=meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.RUNNING)

    page = sign_in(coach).get(f"/bijeenkomsten/{meeting.pk}/meetlat/{Step.FINISHING.query}").content.decode()

    placed = page.partition('<ol class="finishing lines">')[2].partition("</ol>")[0]
    assert placed.count('<p class="gl">Uitleg</p>') == len(pair_of_questions)


def test_what_comes_to_a_group_is_for_today_as_the_group_is_until_it_is_put_back(
    maatje: Membership, meeting: Meeting, pair_of_questions: tuple[Leervraag, Leervraag]
) -> None:
    late = Leervraag.objects.create(meeting=meeting, author=maatje, text="Hoe begin ik?", not_today=True)

    laying.group_strips(actor=maatje.user, strip=late, version=0, beside=pair_of_questions[0])
    late.refresh_from_db()
    assert not late.not_today
    moves.undo_move(actor=maatje.user, meeting=meeting, move=StripMove.objects.latest("pk").pk)

    late.refresh_from_db()
    assert (late.not_today, late.state) == (True, "tray")
