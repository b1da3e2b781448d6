"""The leervragen to the expert: once, at a decent hour, and then only what is new."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from groups.models import Membership, NetworkGroup
from leervragen.contributions import mailing_fact
from leervragen.models import Leervraag, Mailing
from leervragen.services import mailing
from meetings.actors import ExpertGuest
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.hours import is_decent
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.templatetags.ui import long_date
from tests.factories import local, make_expert_invitation, make_meeting, make_topic
from tests.types import AskQuestion, OnCommit, SignIn

pytestmark = pytest.mark.django_db

DEADLINE = local(2027, 1, 13, 20, 0)  # a Wednesday
NEXT_MORNING = local(2027, 1, 14, 8, 0)


@pytest.fixture
def meeting(group: NetworkGroup) -> Meeting:
    """In a room: the subject of the mail says where."""
    return make_meeting(group, topic=make_topic(group), place="Obs De Lindenhof, lokaal 12", position=1)


@pytest.fixture
def due(meeting: Meeting, expert_invitation: ExpertInvitation, ask: AskQuestion) -> Leervraag:
    """One question, in before the deadline, for a meeting a week after it."""
    meeting.starts_at, meeting.leervraag_deadline = DEADLINE + timedelta(days=7), DEADLINE
    meeting.save()
    return ask("Hoe help ik bij een ruzie?", situation="In de pauze.", created=DEADLINE - timedelta(days=1))


@pytest.fixture
def sweep(django_capture_on_commit_callbacks: OnCommit) -> Callable[[datetime], None]:
    """The worker's minute at a moment: what is due goes out."""

    def _sweep(moment: datetime) -> None:
        with time_machine.travel(moment, tick=False), django_capture_on_commit_callbacks(execute=True):
            mailing.send_what_is_due()

    return _sweep


@pytest.mark.parametrize(
    ("moment", "decent"),
    [
        (local(2027, 1, 14, 7, 59), False),
        (local(2027, 1, 14, 8, 0), True),
        (local(2027, 1, 14, 19, 59), True),
        (local(2027, 1, 14, 20, 0), False),
        (local(2027, 1, 16, 12, 0), False),
        (local(2027, 1, 17, 12, 0), False),
        (local(2027, 7, 14, 8, 30), True),
    ],
)
def test_decent_is_between_8_and_20_of_a_school_day(moment: datetime, decent: bool) -> None:
    assert is_decent(moment) is decent


def test_it_goes_the_first_decent_hour_after_the_deadline_and_once(
    due: Leervraag, sweep: Callable[[datetime], None]
) -> None:
    for moment in (DEADLINE - timedelta(hours=2), DEADLINE, DEADLINE + timedelta(hours=3)):
        sweep(moment)
    assert mail.outbox == []

    for _minute in range(3):
        sweep(NEXT_MORNING)

    assert len(mail.outbox) == 1
    assert Mailing.objects.get().kind == "first"


def _when_and_where(meeting: Meeting) -> str:
    return f"Contact met klasgenoten, {long_date(meeting.starts_at)}, {meeting.place}"


def test_the_mail_has_text_html_and_a_pdf_with_first_names_only(
    due: Leervraag, sweep: Callable[[datetime], None], expert_invitation: ExpertInvitation, participant: Membership
) -> None:
    sweep(NEXT_MORNING)

    (message,) = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    attachment: Any = message.attachments[0]
    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(attachment.content)).pages)
    assert message.to == [expert_invitation.expert.email]
    assert message.subject == f"Leervragen voor {_when_and_where(expert_invitation.meeting)}"
    assert (attachment.filename, attachment.mimetype) == ("leervragen.pdf", "application/pdf")
    for text in (message.body, html, pdf):
        assert "Hoe help ik bij een ruzie?" in text
        assert "Marijke" in text
        assert "Hoekstra" not in text
        assert participant.user.email not in text
    assert "In de pauze." in pdf


def test_the_button_of_the_mail_opens_the_experts_page(
    due: Leervraag, sweep: Callable[[datetime], None], client: Client
) -> None:
    sweep(NEXT_MORNING)
    (address,) = [line for line in mail.outbox[0].body.splitlines() if "/expert/" in line]
    with time_machine.travel(NEXT_MORNING, tick=False):
        answer = client.get(address.partition("127.0.0.1:8000")[2] or address)
    assert answer.status_code in (200, 302)


def test_later_questions_follow_as_one_addition_not_more_than_once_an_hour(
    due: Leervraag, sweep: Callable[[datetime], None], ask: AskQuestion
) -> None:
    sweep(NEXT_MORNING)
    for minutes in (5, 10):
        ask(f"Later {minutes}?", created=NEXT_MORNING + timedelta(minutes=minutes))
        sweep(NEXT_MORNING + timedelta(minutes=minutes + 1))
    assert len(mail.outbox) == 1

    for minutes in (61, 62, 200):
        sweep(NEXT_MORNING + timedelta(minutes=minutes))

    assert len(mail.outbox) == 2
    addition = mail.outbox[1]
    assert addition.subject == f"Nieuwe leervragen voor {_when_and_where(due.meeting)}"
    assert "Later 5?" in addition.body
    assert "Later 10?" in addition.body
    assert "Hoe help ik bij een ruzie?" not in addition.body


def test_the_coach_may_send_now_at_any_hour(
    due: Leervraag, sign_in: SignIn, coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    address = reverse("leervragen:send_to_expert", args=[meeting.pk])
    with time_machine.travel(DEADLINE - timedelta(hours=1), tick=False):
        client = sign_in(coach)
        for _double_click in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                client.post(address)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "change", ["no expert", "said no", "cancelled", "begun", "draft", "moved on", "let go", "no question"]
)
def test_no_mail_where_there_is_nobody_or_nothing_to_mail(
    due: Leervraag,
    sweep: Callable[[datetime], None],
    change: str,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
) -> None:
    if change == "no expert":
        expert_invitation.delete()
    elif change == "said no":
        expert_invitation.answer = "no"
        expert_invitation.save()
    elif change == "cancelled":
        meeting.state = "cancelled"
    elif change == "begun":
        meeting.starts_at = NEXT_MORNING - timedelta(minutes=1)
    elif change == "draft":
        meeting.group.published_at = None
        meeting.group.save()
    elif change in ("moved on", "let go"):
        Leervraag.objects.update(state="parked", outcome="moved" if change == "moved on" else "let_go")
    else:
        due.delete()
    meeting.save()

    sweep(NEXT_MORNING)

    assert mail.outbox == []
    assert not Mailing.objects.exists()


def test_a_question_taken_back_before_the_mail_left_is_not_in_it(due: Leervraag, participant: Membership) -> None:
    sent = mailing.send_now(actor=participant.user, meeting=due.meeting)
    assert sent is not None
    from leervragen.emails import for_expert
    from leervragen.services import asking

    asking.withdraw_leervraag(actor=participant.user, leervraag=due)

    assert for_expert(OutgoingMail.objects.get(about=sent.pk)) is None


def test_a_new_expert_gets_everything(
    due: Leervraag, sweep: Callable[[datetime], None], expert_invitation: ExpertInvitation, meeting: Meeting
) -> None:
    from tests.factories import make_expert_invitation

    sweep(NEXT_MORNING)
    expert_invitation.revoked_at = NEXT_MORNING
    expert_invitation.save()
    other = make_expert_invitation(meeting, "Joris Bakker")

    sweep(NEXT_MORNING + timedelta(minutes=5))

    assert [message.to for message in mail.outbox] == [[expert_invitation.expert.email], [other.expert.email]]
    assert "Hoe help ik bij een ruzie?" in mail.outbox[1].body


def test_the_database_allows_one_first_mail_per_invitation(due: Leervraag, expert_invitation: ExpertInvitation) -> None:
    Mailing.objects.create(invitation=expert_invitation, kind="first")
    with pytest.raises(IntegrityError):
        Mailing.objects.create(invitation=expert_invitation, kind="first")


def test_an_expert_who_cannot_come_reads_nothing_and_no_question_comes_after_that_mail(
    due: Leervraag,
    sweep: Callable[[datetime], None],
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    expert_guest: ExpertGuest,
    ask: AskQuestion,
) -> None:
    from leervragen.contributions import expert_panel

    sweep(NEXT_MORNING)
    expert_invitation.answer = "no"
    expert_invitation.save()
    ask("Later?", created=NEXT_MORNING + timedelta(hours=1))
    other = make_expert_invitation(meeting, "Joris Bakker")
    guest = ExpertGuest(other.pk, meeting.pk, meeting.group_id)

    assert expert_panel(meeting, expert_guest) is None
    panel = expert_panel(meeting, guest)
    assert panel and list(panel.context["leervragen"]) == []
    assert [one.came_after_mail for one in meeting.leervragen.with_first_mail()] == [False, False]

    sweep(NEXT_MORNING + timedelta(hours=2))
    panel = expert_panel(meeting, guest)
    assert panel is not None
    shown = panel.context["leervragen"]
    assert [(one.text, one.came_after_mail) for one in shown] == [
        ("Hoe help ik bij een ruzie?", False),
        ("Later?", False),
    ]
    assert expert_panel(meeting, expert_guest) is None


def test_the_experts_page_shows_them_from_the_first_mail_on_with_later_ones_marked(
    due: Leervraag, sweep: Callable[[datetime], None], expert_guest: ExpertGuest, ask: AskQuestion
) -> None:
    from leervragen.contributions import expert_panel

    def shown() -> list[tuple[str, bool]]:
        panel = expert_panel(Leervraag.objects.get(pk=due.pk).meeting, expert_guest)
        assert panel is not None
        return [(one.text, one.came_after_mail) for one in panel.context["leervragen"]]

    assert shown() == []
    sweep(NEXT_MORNING)
    ask("Later?", created=NEXT_MORNING + timedelta(hours=1))
    assert shown() == [("Hoe help ik bij een ruzie?", False), ("Later?", True)]


@pytest.mark.parametrize(
    ("status", "done", "said"),
    [
        ("sent", True, "heeft alle leervragen"),
        ("failed", False, "niet aangekomen"),
        ("uncertain", False, "niet aangekomen"),
    ],
)
def test_what_the_coach_reads_follows_the_mail(
    due: Leervraag,
    sweep: Callable[[datetime], None],
    sign_in: SignIn,
    coach: Membership,
    status: str,
    done: bool,
    said: str,
) -> None:
    sweep(NEXT_MORNING)
    assert OutgoingMail.objects.filter(kind="leervragen.for_expert").update(status=status) == 1
    fact = mailing_fact(due.meeting)
    assert fact and (fact.done, fact.url.endswith("#mail")) == (done, not done)
    assert said in sign_in(coach).get(reverse("leervragen:leervragen", args=[due.meeting_id])).content.decode()


@pytest.mark.parametrize("status", ["waiting", "busy"])
def test_until_the_mail_left_the_leervragen_are_under_way(
    due: Leervraag, sweep: Callable[[datetime], None], sign_in: SignIn, coach: Membership, status: str
) -> None:
    sweep(NEXT_MORNING)
    OutgoingMail.objects.update(status=status)
    html = sign_in(coach).get(reverse("leervragen:leervragen", args=[due.meeting_id])).content.decode()
    name = due.meeting.expert_invitations.get().expert.name
    assert f"De leervragen zijn onderweg naar {name}." in html
    assert "heeft alle leervragen" not in html


def test_nothing_was_mailed_so_the_expert_does_not_have_it(due: Leervraag, sign_in: SignIn, coach: Membership) -> None:
    Leervraag.objects.update(state="parked", outcome="let_go")
    html = sign_in(coach).get(reverse("leervragen:leervragen", args=[due.meeting_id])).content.decode()
    assert "heeft alle leervragen" not in html


def test_sending_now_asks_first_with_how_many_go(
    due: Leervraag, ask: AskQuestion, sign_in: SignIn, coach: Membership
) -> None:
    ask("Wat vertel ik?")
    address = reverse("leervragen:leervragen", args=[due.meeting_id])
    browser, name = sign_in(coach), due.meeting.expert_invitations.get().expert.name
    assert (
        f"Gaan 2 leervragen nu naar {name}? Wie later inlevert, gaat als aanvulling mee."
        in browser.get(address).content.decode()
    )
    sending = browser.post(reverse("leervragen:send_to_expert", args=[due.meeting_id]), follow=True)
    assert f"De leervragen zijn onderweg naar {name}." in sending.content.decode()


def test_what_waits_for_the_mail_server_is_not_ticked(due: Leervraag, sweep: Callable[[datetime], None]) -> None:
    sweep(NEXT_MORNING)
    OutgoingMail.objects.update(status="waiting")
    fact = mailing_fact(due.meeting)
    assert fact and not fact.done


def test_a_new_expert_does_not_read_that_it_changed_after_the_mail_of_another(
    due: Leervraag, meeting: Meeting, coach: Membership, participant: Membership, expert_invitation: ExpertInvitation
) -> None:
    from leervragen.contributions import expert_panel
    from leervragen.services import asking

    def marks(invitation: ExpertInvitation) -> list[bool]:
        panel = expert_panel(meeting, ExpertGuest(invitation.pk, meeting.pk, meeting.group_id))
        assert panel is not None
        return [one.changed_after_mail for one in panel.context["leervragen"]]

    def change(text: str) -> None:
        version = Leervraag.objects.get(pk=due.pk).version_of_text
        asking.change_leervraag(actor=participant.user, leervraag=due, text=text, situation="", version=version)

    mailing.send_now(actor=coach.user, meeting=meeting)
    change("Hoe begin ik na een ruzie?")
    assert marks(expert_invitation) == [True]
    ExpertInvitation.objects.update(answer="no")
    other = make_expert_invitation(meeting, "Joris Bakker")

    mailing.send_now(actor=coach.user, meeting=meeting)
    assert marks(other) == [False]
    change("Wat doe ik na een ruzie?")
    assert marks(other) == [True]
