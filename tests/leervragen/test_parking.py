"""The Parkeerplaats has a home: what lies there, why and whose, and what the group does with it."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from leervragen.contributions import expert_panel
from leervragen.models import Leervraag, Mailing
from leervragen.services import laying, mailing, parking
from meetings.actors import ExpertGuest
from meetings.models import Meeting
from tests.factories import make_expert_invitation, make_group, make_meeting
from tests.types import AskQuestion, CountQueries, OnCommit, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def parked(ask: AskQuestion, meeting: Meeting) -> Leervraag:
    """Of Marijke, from a meeting that was."""
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    meeting.refresh_from_db()
    return ask("Wat vertel ik?", state="parked", outcome="parked", reason="Gaat over ouders.", destination="naar Lotte")


@pytest.fixture
def page(parked: Leervraag) -> str:
    return reverse("leervragen:parked", args=[parked.meeting.group_id])


def test_it_shows_what_lies_there_why_and_whose(
    parked: Leervraag, page: str, maatje: Membership, sign_in: SignIn
) -> None:
    html = sign_in(maatje).get(page).content.decode()
    for words in ("Wat vertel ik?", "Marijke", "Gaat over ouders.", "naar Lotte"):
        assert words in html
    assert "Er komt nu geen netwerkbijeenkomst die de vraag kan opnemen." in html


def test_the_page_of_the_group_leads_there(parked: Leervraag, page: str, maatje: Membership, sign_in: SignIn) -> None:
    html = sign_in(maatje).get(maatje.group.get_absolute_url()).content.decode()
    assert ("Parkeerplaats: 1 vraag" in html, f'href="{page}"' in html) == (True, True)


def test_an_empty_one_says_how_questions_come_there(meeting: Meeting, coach: Membership, sign_in: SignIn) -> None:
    html = sign_in(coach).get(reverse("leervragen:parked", args=[meeting.group_id])).content.decode()
    assert "Er ligt niets op de Parkeerplaats" in html


def test_a_member_takes_one_up_for_a_meeting_to_come_and_lays_it_back(
    parked: Leervraag, page: str, next_meeting: Meeting, maatje: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(maatje)
    body = {f"{parked.pk}-meeting": str(next_meeting.pk)}
    for _ in range(2):
        answer = browser.post(reverse("leervragen:take_up", args=[parked.pk]), body, follow=True)
        assert "De vraag gaat mee naar bijeenkomst 2." in answer.content.decode()

    copy = next_meeting.leervragen.get()
    parked.refresh_from_db()
    assert (copy.text, copy.author, copy.state, copy.outcome) == ("Wat vertel ik?", parked.author, "tray", "open")
    assert (copy.moved_from, parked.outcome) == (parked, "moved")

    answer = browser.post(reverse("leervragen:lay_back", args=[parked.pk]), follow=True)

    assert "De vraag ligt weer op de Parkeerplaats." in answer.content.decode()
    parked.refresh_from_db()
    assert not next_meeting.leervragen.exists()
    assert (parked.outcome, parked.state, parked.reason, parked.destination) == (
        "parked",
        "parked",
        "Gaat over ouders.",
        "naar Lotte",
    )


def test_it_is_not_laid_back_when_the_other_meeting_is_busy_with_it(
    parked: Leervraag, next_meeting: Meeting, maatje: Membership
) -> None:
    copy = parking.take_up(actor=maatje.user, leervraag=parked, meeting=next_meeting)
    laying.lay_strip(actor=maatje.user, strip=copy, version=copy.version, number=3)
    with pytest.raises(ValidationError, match="al iemand bezig"):
        parking.lay_back(actor=maatje.user, leervraag=parked)


def test_a_question_goes_to_no_meeting_that_was_and_to_none_of_another_group(
    parked: Leervraag, group: NetworkGroup, maatje: Membership
) -> None:
    ended = make_meeting(group, position=4, state=Meeting.State.ENDED)
    closing = make_meeting(group, position=5, kind=Meeting.Kind.CLOSING)
    for wrong in (ended, closing, parked.meeting, make_meeting(make_group("Hunzedal"))):
        with pytest.raises(ValidationError):
            parking.take_up(actor=maatje.user, leervraag=parked, meeting=wrong)
    assert Leervraag.objects.count() == 1


def test_a_wrong_choice_is_said_beside_the_question(
    parked: Leervraag, next_meeting: Meeting, maatje: Membership, sign_in: SignIn
) -> None:
    answer = sign_in(maatje).post(reverse("leervragen:take_up", args=[parked.pk]), {f"{parked.pk}-meeting": "x"})
    assert answer.status_code == 422
    assert "Kies een bijeenkomst die nog komt." in answer.content.decode()


def test_the_asker_and_the_coach_let_one_go_and_others_do_not(
    parked: Leervraag, page: str, coach: Membership, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    address = reverse("leervragen:let_go", args=[parked.pk])
    assert sign_in(maatje).post(address).status_code == 403
    assert "Laat los" not in sign_in(maatje).get(page).content.decode()
    for member in (participant, coach):
        for _ in range(2):
            html = sign_in(member).post(address, follow=True).content.decode()
            assert "Losgelaten. Onderaan kun je de vraag terugleggen." in html
        assert Leervraag.objects.get().outcome == "let_go"
        sign_in(member).post(reverse("leervragen:lay_back", args=[parked.pk]))
        assert (Leervraag.objects.get().outcome, Leervraag.objects.get().reason) == ("parked", "Gaat over ouders.")


def test_what_does_not_lie_there_is_neither_taken_up_nor_let_go(
    ask: AskQuestion, next_meeting: Meeting, maatje: Membership
) -> None:
    laid = ask(number=3)
    with pytest.raises(ValidationError, match="niet meer op de Parkeerplaats"):
        parking.take_up(actor=maatje.user, leervraag=laid, meeting=next_meeting)
    with pytest.raises(ValidationError, match="niet meer op de Parkeerplaats"):
        parking.let_go(actor=maatje.user, leervraag=laid)
    with pytest.raises(ValidationError, match="niet meer op de Parkeerplaats"):
        parking.lay_back(actor=maatje.user, leervraag=laid)


def test_one_whose_asker_left_lies_there_and_can_be_taken_up(
    parked: Leervraag, page: str, next_meeting: Meeting, maatje: Membership, sign_in: SignIn
) -> None:
    Membership.objects.filter(pk=parked.author_id).update(left=timezone.now())
    assert "(zit niet meer in de groep)" in sign_in(maatje).get(page).content.decode()
    assert parking.take_up(actor=maatje.user, leervraag=parked, meeting=next_meeting).author_id == parked.author_id


def test_the_coach_sends_one_to_an_expert_of_the_group_once(
    parked: Leervraag,
    page: str,
    next_meeting: Meeting,
    coach: Membership,
    maatje: Membership,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    expert = make_expert_invitation(next_meeting)
    address, body = reverse("leervragen:send_parked", args=[parked.pk]), {f"{parked.pk}-invitation": str(expert.pk)}
    assert sign_in(maatje).post(address, body).status_code == 403
    assert "Naar welke expert?" not in sign_in(maatje).get(page).content.decode()
    browser = sign_in(coach)
    assert browser.post(address, {f"{parked.pk}-invitation": "x"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        html = browser.post(address, body, follow=True).content.decode()
    assert f"De vraag is onderweg naar {expert.expert.name}." in html
    assert f"Ging naar {expert.expert.name.split()[0]}" in html
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([expert.expert.email], "Een leervraag van De Hondsrug")
    assert "Wat vertel ik?" in letter.body

    with django_capture_on_commit_callbacks(execute=True):
        mailing.send_parked(actor=coach.user, leervraag=parked, invitation=expert)
        assert mailing.send_now(actor=coach.user, meeting=next_meeting) is None

    assert len(mail.outbox) == 1
    panel = expert_panel(next_meeting, ExpertGuest(expert.pk, next_meeting.pk, next_meeting.group_id))
    assert panel is not None
    assert (list(panel.context["sent_apart"]), list(panel.context["leervragen"])) == ([parked], [])


def test_what_went_apart_is_not_the_first_mail_of_the_meeting(
    parked: Leervraag, next_meeting: Meeting, ask: AskQuestion, coach: Membership
) -> None:
    expert = make_expert_invitation(next_meeting)
    mailing.send_parked(actor=coach.user, leervraag=parked, invitation=expert)
    ask("Hoe help ik?", meeting=next_meeting)
    sent = mailing.send_now(actor=coach.user, meeting=next_meeting)
    assert sent is not None
    assert sent.kind == "first"
    assert not next_meeting.leervragen.with_first_mail().get().came_after_mail


def test_no_question_goes_to_an_expert_of_another_group_or_one_who_cannot(
    parked: Leervraag, next_meeting: Meeting, coach: Membership
) -> None:
    elsewhere = make_expert_invitation(make_meeting(make_group("Hunzedal")))
    cannot = make_expert_invitation(next_meeting, answer="no")
    for wrong in (elsewhere, cannot):
        with pytest.raises(ValidationError, match="Kies een expert van deze groep"):
            mailing.send_parked(actor=coach.user, leervraag=parked, invitation=wrong)
    assert not Mailing.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_as_much_at_1_and_at_30(
    rows: int,
    parked: Leervraag,
    page: str,
    ask: AskQuestion,
    group: NetworkGroup,
    coach: Membership,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
) -> None:
    for position in range(2, 2 + rows):
        make_meeting(group, position=position)
        ask(f"Hoe {position}?", state="parked", outcome="parked")
        ask(f"Wat {position}?", state="parked", outcome="let_go")
    browser = sign_in(coach)
    with django_assert_num_queries(9):
        assert browser.get(page).status_code == 200
