"""Holding a question back in which a pupil can be recognised: who reads it meanwhile, and how it comes back."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from leervragen import searching
from leervragen.models import Leervraag, NotThisTime
from leervragen.services import answering, asking, clarifying, holding, mailing
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.models import AuditEvent
from tests.types import AskQuestion, OnCommit, Response, SignIn

pytestmark = pytest.mark.django_db

TEXT = "Hoe help ik de jongen met de rode bril?"
WHY = "Er is er maar een met een rode bril."


@pytest.fixture
def held_back(ask: AskQuestion, coach: Membership) -> Leervraag:
    """Of `participant`; it lay on 4."""
    return holding.hold_back(actor=coach.user, leervraag=ask(TEXT, number=4), reason=WHY)


def question_page(sign_in: SignIn, member: Membership, meeting: Meeting) -> str:
    return sign_in(member).get(reverse("leervragen:leervragen", args=[meeting.pk])).content.decode()


def test_the_coach_says_why_and_the_asker_reads_it(
    sign_in: SignIn, coach: Membership, participant: Membership, meeting: Meeting, ask: AskQuestion
) -> None:
    asked = ask(TEXT)
    page = reverse("leervragen:hold_back", args=[asked.pk])
    client = sign_in(coach)
    assert page in question_page(sign_in, coach, meeting)

    assert client.post(page, {"reason": "  "}).status_code == 422
    assert client.post(page, {"reason": WHY}).status_code == 302

    asked.refresh_from_db()
    assert (asked.outcome, asked.reason) == ("held_back", WHY)
    html = question_page(sign_in, participant, meeting)
    assert TEXT in html and WHY in html
    assert reverse("leervragen:change", args=[asked.pk]) in html
    assert AuditEvent.objects.filter(action="leervraag.held_back").count() == 1


def test_nobody_else_reads_it_meanwhile(
    sign_in: SignIn, maatje: Membership, meeting: Meeting, held_back: Leervraag, group: NetworkGroup
) -> None:
    client = sign_in(maatje)
    pages = ["leervragen:leervragen", "leervragen:meetlat"]
    shown = [client.get(reverse(name, args=[meeting.pk])).content.decode() for name in pages]
    shown.append(client.get(reverse("leervragen:group_questions", args=[group.pk])).content.decode())

    assert not any("rode bril" in html for html in shown)
    assert searching.search(group, maatje, "bril").count == 0
    for name in ("answer", "write_answer", "clarify"):
        refused = client.get(reverse(f"leervragen:{name}", args=[held_back.pk]))
        assert (refused.status_code, "rode bril" in refused.content.decode()) == (403, False), name


def test_it_goes_off_the_meetlat(held_back: Leervraag, meeting: Meeting) -> None:
    held_back.refresh_from_db()
    assert (held_back.state, held_back.number) == ("tray", None)
    assert list(meeting.leervragen.in_order()) == []


def test_it_is_not_mailed_meanwhile_and_is_when_it_comes_back(
    held_back: Leervraag,
    expert_invitation: ExpertInvitation,
    coach: Membership,
    participant: Membership,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert mailing.send_now(actor=coach.user, meeting=held_back.meeting) is None

    hand_in_again(participant, held_back)
    with django_capture_on_commit_callbacks(execute=True):
        mailing.send_now(actor=coach.user, meeting=held_back.meeting)

    assert len(mail.outbox) == 1
    assert "Hoe help ik een kind dat minder ziet?" in str(mail.outbox[0].body)


def hand_in_again(asker: Membership, question: Leervraag) -> None:
    asking.change_leervraag(
        actor=asker.user,
        leervraag=question,
        text="Hoe help ik een kind dat minder ziet?",
        situation="",
        version=Leervraag.objects.get(pk=question.pk).version_of_text,
    )


def test_a_mail_that_still_waits_goes_without_it(
    ask: AskQuestion,
    expert_invitation: ExpertInvitation,
    coach: Membership,
    maatje: Membership,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    held, other = ask(TEXT), ask("Hoe begin ik?", author=maatje)
    with django_capture_on_commit_callbacks(execute=True):
        mailing.send_now(actor=coach.user, meeting=held.meeting)
        holding.hold_back(actor=coach.user, leervraag=held, reason=WHY)

    body = str(mail.outbox[0].body)
    assert other.text in body and "rode bril" not in body


def test_the_expert_does_not_read_it_on_the_own_page(
    expert_client: Client, expert_invitation: ExpertInvitation, ask: AskQuestion, coach: Membership
) -> None:
    held = ask(TEXT)
    mailing.send_now(actor=coach.user, meeting=held.meeting)
    get = expert_client.get
    assert TEXT in get(reverse("meetings:guest")).content.decode()

    holding.hold_back(actor=coach.user, leervraag=held, reason=WHY)

    assert TEXT not in get(reverse("meetings:guest")).content.decode()


def test_the_asker_writes_it_otherwise_and_it_is_in_again(
    sign_in: SignIn, participant: Membership, maatje: Membership, held_back: Leervraag
) -> None:
    client, page = sign_in(participant), reverse("leervragen:change", args=[held_back.pk])
    NotThisTime.objects.create(meeting=held_back.meeting, member=participant)
    html = client.get(page).content.decode()
    assert WHY in html
    version = held_back.version_of_text
    body = {"situation": "", "nobody_recognisable": "on", "version": version}

    same = client.post(page, body | {"text": TEXT})
    assert (same.status_code, "nog dezelfde" in same.content.decode()) == (422, True)
    said = client.post(page, body | {"text": "Hoe help ik een kind dat minder ziet?"}, follow=True)

    held_back.refresh_from_db()
    assert (held_back.outcome, held_back.reason) == ("open", "")
    assert "Je leervraag is weer binnen." in said.content.decode()
    assert not NotThisTime.objects.exists()
    assert "minder ziet" in question_page(sign_in, maatje, held_back.meeting)


def test_the_coach_may_let_it_through_after_all(sign_in: SignIn, coach: Membership, held_back: Leervraag) -> None:
    client = sign_in(coach)
    for _twice in range(2):
        answer: Response = client.post(reverse("leervragen:let_through", args=[held_back.pk]))
    assert answer.status_code == 403, "by then it is not held back any more"

    held_back.refresh_from_db()
    assert (held_back.outcome, held_back.reason) == ("open", "")


def test_a_question_that_has_ended_is_not_held_back(ask: AskQuestion, coach: Membership) -> None:
    with pytest.raises(ValidationError, match="al afgerond"):
        holding.hold_back(actor=coach.user, leervraag=ask(TEXT, outcome="answered"), reason=WHY)


def test_vandaag_asks_for_it_and_no_longer_for_another_one(
    sign_in: SignIn, participant: Membership, held_back: Leervraag
) -> None:
    html = sign_in(participant).get("/").content.decode()

    assert "Schrijf je leervraag anders" in html
    assert "Lever je leervraag in" not in html
    assert "rode bril" not in html


def test_vandaag_tells_the_asker_alone_of_bedoel_je(
    sign_in: SignIn, participant: Membership, maatje: Membership, colleague: Membership, ask: AskQuestion
) -> None:
    asked = ask(TEXT)
    assert "bedoel je" not in sign_in(participant).get("/").content.decode()
    for writer in (maatje, colleague):
        key = Leervraag().pk
        clarifying.ask_what_is_meant(actor=writer.user, key=key, leervraag=asked, text="Bedoel je buiten?")

    html = sign_in(participant).get("/").content.decode()

    assert html.count("Iemand vraagt: bedoel je …?") == 1
    assert "bedoel je" not in sign_in(maatje).get("/").content.decode()


@pytest.fixture
def moved_on(ask: AskQuestion, next_meeting: Meeting, coach: Membership) -> Leervraag:
    """It stands in the next meeting now; the one in which it was asked, and laid on 4, is over."""
    first = ask(TEXT, number=4)
    answering.end_question(actor=coach.user, leervraag=first, outcome="moved")
    Meeting.objects.filter(pk=first.meeting_id).update(state="ended")
    return Leervraag.objects.select_related("meeting").get(moved_from=first)


def test_nobody_reads_it_where_it_was_before_it_moved_on(
    sign_in: SignIn,
    moved_on: Leervraag,
    meeting: Meeting,
    group: NetworkGroup,
    coach: Membership,
    participant: Membership,
    maatje: Membership,
) -> None:
    def read_by(member: Membership) -> list[bool]:
        client = sign_in(member)
        first = (
            ("leervragen:leervragen", meeting.pk),
            ("leervragen:meetlat", meeting.pk),
            ("meetings:detail", meeting.pk),
        )
        pages = [*first, ("leervragen:group_questions", group.pk)]
        return ["rode bril" in client.get(reverse(name, args=[pk])).content.decode() for name, pk in pages]

    assert read_by(maatje) == [True, True, True, True]

    holding.hold_back(actor=coach.user, leervraag=moved_on, reason=WHY)

    assert (read_by(maatje), read_by(participant)) == ([False] * 4, [False] * 4), "it waits for its asker in one place"
    assert TEXT in question_page(sign_in, participant, moved_on.meeting)
    first = moved_on.moved_from
    assert first is not None
    assert sign_in(participant).get(reverse("leervragen:change", args=[first.pk])).status_code == 403

    hand_in_again(participant, moved_on)

    assert read_by(maatje) == [False] * 4
    first.refresh_from_db()
    assert (first.outcome, first.text) == ("moved", "Hoe help ik een kind dat minder ziet?")
    assert first.text in question_page(sign_in, maatje, meeting)


def test_let_through_it_is_read_there_again(moved_on: Leervraag, coach: Membership, participant: Membership) -> None:
    holding.hold_back(actor=coach.user, leervraag=moved_on, reason=WHY)
    NotThisTime.objects.create(meeting=moved_on.meeting, member=participant)

    holding.let_through(actor=coach.user, leervraag=moved_on)

    assert [(one.text, one.outcome) for one in Leervraag.objects.order_by("created")] == [
        (TEXT, "moved"),
        (TEXT, "open"),
    ]
    assert not NotThisTime.objects.exists(), "who has a question said no such thing"


def test_what_it_was_answered_with_is_not_read_on_another(
    sign_in: SignIn, ask: AskQuestion, coach: Membership, maatje: Membership, meeting: Meeting
) -> None:
    held, other = ask(TEXT), ask("Hoe begin ik?", author=maatje)
    answering.answer_too(actor=maatje.user, leervraag=held, other=other)
    assert TEXT in question_page(sign_in, maatje, meeting)

    holding.hold_back(actor=coach.user, leervraag=held, reason=WHY)

    assert "rode bril" not in question_page(sign_in, maatje, meeting)


def test_its_asker_takes_it_back_instead(sign_in: SignIn, moved_on: Leervraag, coach: Membership) -> None:
    holding.hold_back(actor=coach.user, leervraag=moved_on, reason=WHY)

    said = sign_in(moved_on.author).post(reverse("leervragen:withdraw", args=[moved_on.pk]), follow=True)

    assert "Je leervraag is ingetrokken." in said.content.decode()
    assert "rode bril" not in said.content.decode()
    assert list(Leervraag.objects.values_list("outcome", flat=True)) == ["withdrawn", "withdrawn"]
