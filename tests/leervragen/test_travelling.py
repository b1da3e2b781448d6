"""A question travels: its line of life, "Heb je het geprobeerd?", and the PDF of all that a group asked."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from leervragen import documents
from leervragen.contributions import tried_panel
from leervragen.journeys import group_journeys
from leervragen.models import Leervraag, Mailing, Tried
from leervragen.own_data import leervragen_part
from leervragen.services import answering, asking, trying
from meetings.models import Meeting
from tests.factories import make_expert_invitation, make_meeting
from tests.types import AskQuestion, CountQueries, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(ask: AskQuestion, meeting: Meeting) -> Leervraag:
    """Of Marijke, in a meeting of fifteen days ago."""
    leervraag = ask("Hoe help ik bij een ruzie?", answer="Wacht drie tellen.", outcome="answered")
    was = timezone.now() - timedelta(days=15)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED, starts_at=was, ended_at=was)
    return leervraag


def stages(group: NetworkGroup, reader: Membership | None) -> list[list[tuple[str, bool]]]:
    return [[(one.words, one.is_done) for one in journey.stages] for journey in group_journeys(group, reader)]


def tell(leervraag: Leervraag, *, is_shared: bool, happened: str = "Ze kwamen er samen uit.") -> Tried:
    said = Tried.objects.filter(leervraag=leervraag).first() or Tried()
    return trying.tell_tried(
        actor=leervraag.author.user,
        leervraag=leervraag,
        happened=happened,
        is_shared=is_shared,
        version=said.version,
    )


def test_the_line_of_life_says_how_far_a_question_came(
    ask: AskQuestion, meeting: Meeting, participant: Membership
) -> None:
    leervraag = ask("Hoe help ik?")
    assert stages(meeting.group, participant) == [
        [
            ("gesteld", True),
            ("naar de expert", False),
            ("op de meetlat", False),
            ("antwoord", False),
            ("in mijn werk geprobeerd", False),
        ]
    ]

    mailing = Mailing.objects.create(invitation=make_expert_invitation(meeting), kind="first")
    mailing.leervragen.add(leervraag)
    Leervraag.objects.filter(pk=leervraag.pk).update(state="laid", number=3, rank=0, outcome="answered")
    tell(leervraag, is_shared=False)

    name = mailing.invitation.expert.name.split()[0]
    assert stages(meeting.group, participant) == [
        [
            ("gesteld", True),
            (f"naar {name}", True),
            ("op de meetlat", True),
            ("antwoord", True),
            ("in mijn werk geprobeerd", True),
        ]
    ]


def test_what_was_tried_is_the_askers_alone_until_shared(
    answered: Leervraag, participant: Membership, maatje: Membership, coach: Membership, sign_in: SignIn
) -> None:
    group = answered.author.group
    tell(answered, is_shared=False)
    page = reverse("leervragen:group_questions", args=[group.pk])
    for other in (maatje, coach):
        html = sign_in(other).get(page).content.decode()
        assert ("Ze kwamen er samen uit." in html, "geprobeerd" in html) == (False, False)
        assert stages(group, other) == [[("gesteld", True), ("antwoord", True)]]
    assert "Wat er gebeurde. Alleen jij leest dit." in sign_in(participant).get(page).content.decode()

    tell(answered, is_shared=True)

    assert "Ze kwamen er samen uit." in sign_in(maatje).get(page).content.decode()
    assert list(Tried.objects.visible_to(maatje.user)) == [answered.tried]


def test_a_question_that_moved_on_stands_once(
    ask: AskQuestion, meeting: Meeting, next_meeting: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    leervraag = ask("Hoe help ik?", number=4)
    answering.end_question(actor=participant.user, leervraag=leervraag, outcome="moved")

    (journey,) = group_journeys(meeting.group, participant)

    assert journey.meetings == [meeting, next_meeting]
    assert journey.question == leervraag.moved_as
    assert [stage.words for stage in journey.stages if stage.is_done] == ["gesteld", "op de meetlat"]
    html = sign_in(participant).get(reverse("leervragen:group_questions", args=[meeting.group_id])).content.decode()
    assert html.count("Hoe help ik?") == 1


def test_a_question_whose_asker_left_stays_and_says_so(
    answered: Leervraag, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    Membership.objects.filter(pk=participant.pk).update(left=timezone.now())
    html = sign_in(maatje).get(reverse("leervragen:group_questions", args=[maatje.group_id])).content.decode()
    assert "(zit niet meer in de groep)" in html


def test_a_parked_question_says_where_it_lies_and_one_taken_back_is_gone(
    ask: AskQuestion, meeting: Meeting, participant: Membership
) -> None:
    ask("Hoe help ik?", state="parked", outcome="parked", reason="Past beter bij ouders.")
    gone = ask("Wat vertel ik?")
    asking.withdraw_leervraag(actor=participant.user, leervraag=gone)

    (journey,) = group_journeys(meeting.group, None)

    assert [stage.words for stage in journey.stages if stage.is_done] == ["gesteld", "op de Parkeerplaats"]


def test_vandaag_asks_quietly_two_weeks_after_the_meeting(
    answered: Leervraag, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    assert "Heb je het geprobeerd?" in sign_in(participant).get("/").content.decode()
    assert "Heb je het geprobeerd?" not in sign_in(maatje).get("/").content.decode()
    recent = timezone.now() - timedelta(days=13)
    Meeting.objects.update(starts_at=recent, ended_at=recent)
    assert tried_panel(participant.user) is None


@pytest.mark.parametrize("outcome", ["open", "parked", "moved", "withdrawn", "let_go"])
def test_vandaag_does_not_ask_of_a_question_without_an_answer(
    answered: Leervraag, participant: Membership, outcome: str
) -> None:
    Leervraag.objects.update(outcome=outcome, state="parked")
    assert tried_panel(participant.user) is None


@pytest.mark.parametrize("reply", ["not_yet", "no_need"])
def test_each_answer_ends_the_asking(answered: Leervraag, participant: Membership, sign_in: SignIn, reply: str) -> None:
    browser = sign_in(participant)
    answer = browser.post(reverse("leervragen:not_tried", args=[answered.pk]), {"reply": reply}, follow=True)
    assert "Goed, dat is genoteerd." in answer.content.decode()
    assert "Heb je het geprobeerd?" not in answer.content.decode()
    assert Tried.objects.get().reply == reply


def test_yes_tells_what_happened(answered: Leervraag, participant: Membership, sign_in: SignIn) -> None:
    page = reverse("leervragen:tried", args=[answered.pk])
    browser = sign_in(participant)
    version = browser.get(page).context["form"]["version"].value()
    browser.post(page, {"happened": "Ze lachten.", "is_shared": "on", "version": version})
    said = Tried.objects.get()
    assert (said.reply, said.happened, said.is_shared) == ("yes", "Ze lachten.", True)
    assert tried_panel(participant.user) is None


def test_who_takes_it_back_keeps_the_words_for_oneself(answered: Leervraag) -> None:
    tell(answered, is_shared=True)
    trying.answer_not_tried(actor=answered.author.user, leervraag=answered, reply="not_yet")
    said = Tried.objects.get()
    assert (said.reply, said.happened, said.is_shared) == ("not_yet", "Ze kwamen er samen uit.", False)


def test_another_reply_and_a_question_without_an_answer_are_refused(answered: Leervraag) -> None:
    with pytest.raises(ValidationError, match="Kies"):
        trying.answer_not_tried(actor=answered.author.user, leervraag=answered, reply="yes")
    Leervraag.objects.update(outcome="open")
    with pytest.raises(ValidationError, match="nog geen antwoord"):
        tell(answered, is_shared=False)
    assert not Tried.objects.exists()


def test_what_was_tried_is_in_ones_own_data(answered: Leervraag, participant: Membership) -> None:
    tell(answered, is_shared=False)
    (row,) = leervragen_part(participant.user).rows
    assert (row["geprobeerd"], row["wat er gebeurde"], row["mag de groep dat lezen"]) == (
        "geprobeerd",
        "Ze kwamen er samen uit.",
        False,
    )


def test_the_pdf_has_every_question_with_its_answer_and_nothing_that_is_not_shared(
    answered: Leervraag, ask: AskQuestion, participant: Membership, sign_in: SignIn
) -> None:
    group = answered.author.group
    tell(answered, is_shared=False)
    html = documents.group_questions_pdf(group, group_journeys(group, None)).html
    assert ("Hoe help ik bij een ruzie?" in html, "Wacht drie tellen." in html) == (True, True)
    assert "Ze kwamen er samen uit." not in html

    answer = sign_in(participant).get(reverse("leervragen:group_questions_pdf", args=[group.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="leervragen-de-hondsrug.pdf"'
    assert answer.content.startswith(b"%PDF")


def test_a_group_without_questions_reads_what_will_come(meeting: Meeting, coach: Membership, sign_in: SignIn) -> None:
    html = sign_in(coach).get(reverse("leervragen:group_questions", args=[meeting.group_id])).content.decode()
    assert "Er zijn nog geen leervragen" in html


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_as_much_at_1_and_at_30(
    rows: int, ask: AskQuestion, group: NetworkGroup, sign_in: SignIn, django_assert_num_queries: CountQueries
) -> None:
    for position in range(2, 2 + rows):
        meeting = make_meeting(group, position=position)
        leervraag = ask(f"Hoe {position}?", meeting=meeting, outcome="answered")
        tell(leervraag, is_shared=True)
        mailing = Mailing.objects.create(invitation=make_expert_invitation(meeting), kind="first")
        mailing.leervragen.add(leervraag)
    browser = sign_in(leervraag.author)
    with django_assert_num_queries(7):
        assert browser.get(reverse("leervragen:group_questions", args=[group.pk])).status_code == 200
