"""Mail that did not arrive: its coach reads of it, sends it again, or lets it be."""

import pytest
from django.core import mail as outbox_module
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from meetings.models import ExpertInvitation, Meeting
from meetings.services import experts
from netwerkleren.base.models import AuditEvent, OutgoingMail
from tests.factories import make_lost_mail
from tests.servers import SmtpSink
from tests.types import OnCommit, SignIn

TITLE = "Mail die niet aankwam"


def _resend(group: NetworkGroup, mail: OutgoingMail) -> str:
    return reverse("groups:resend_mail", args=[group.pk, mail.pk])


def test_the_coach_reads_which_mail_to_whom_and_how_sure_it_is(
    coach: Membership, participant: Membership, other_coach: Membership, sign_in: SignIn
) -> None:
    failed = make_lost_mail(coach.group)
    uncertain = make_lost_mail(coach.group, OutgoingMail.Status.UNCERTAIN)
    sent = make_lost_mail(coach.group, OutgoingMail.Status.SENT)
    elsewhere = make_lost_mail(other_coach.group)

    page = sign_in(coach).get(coach.group.get_absolute_url()).content.decode()
    assert (page.count("Niet aangekomen"), page.count("Misschien aangekomen")) == (1, 1)
    assert (_resend(coach.group, failed) in page, _resend(coach.group, uncertain) in page) == (True, True)
    assert (f"aan {failed.recipient}" in page, "<b>Uitnodiging</b>" in page) == (True, True)
    assert (str(sent.pk) in page, str(elsewhere.pk) in page) == (False, False)

    theirs = sign_in(participant).get(coach.group.get_absolute_url()).content.decode()
    assert (TITLE in theirs, failed.recipient in theirs) == (False, False)


def test_five_are_shown_at_once_and_the_rest_is_counted(coach: Membership, sign_in: SignIn) -> None:
    for _ in range(12):
        make_lost_mail(coach.group)
    page = sign_in(coach).get(coach.group.get_absolute_url()).content.decode()
    assert (page.count("Niet aangekomen"), "En nog 7 mails." in page) == (5, True)


def test_vandaag_leads_the_coach_there(coach: Membership, participant: Membership, sign_in: SignIn) -> None:
    said = "Een mail is niet aangekomen"
    assert said not in sign_in(coach).get("/").content.decode()
    make_lost_mail(coach.group)
    page = sign_in(coach).get("/").content.decode()
    assert (said in page, f"{coach.group.get_absolute_url()}#mail" in page) == (True, True)
    assert said not in sign_in(participant).get("/").content.decode()


def test_sent_again_it_is_the_same_mail_once(
    coach: Membership, sign_in: SignIn, sink: SmtpSink, django_capture_on_commit_callbacks: OnCommit
) -> None:
    row = make_lost_mail(coach.group, OutgoingMail.Status.UNCERTAIN)
    browser = sign_in(coach)
    with django_capture_on_commit_callbacks(execute=True):
        first = browser.post(_resend(coach.group, row), follow=True).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        second = browser.post(_resend(coach.group, row), follow=True).content.decode()

    assert ("is onderweg" in first, "is al opnieuw verstuurd" in second, TITLE in second) == (True, True, False)
    (received,) = sink.to(row.recipient)
    assert received.message["Message-ID"] == f"<{row.pk}@127.0.0.1>"
    (event,) = AuditEvent.objects.filter(action="mail.resent")
    assert (event.actor_id, event.object_id, event.group_id) == (coach.user_id, str(row.pk), coach.group_id)


def test_a_mail_that_is_no_longer_needed_leaves_the_list_unsent(
    coach: Membership, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    row = make_lost_mail(coach.group)
    browser = sign_in(coach)
    with django_capture_on_commit_callbacks(execute=True):
        page = browser.post(reverse("groups:let_mail_be", args=[coach.group_id, row.pk]), follow=True)
        browser.post(_resend(coach.group, row))
    row.refresh_from_db()
    assert (row.status, TITLE in page.content.decode(), outbox_module.outbox) == ("dropped", False, [])
    assert AuditEvent.objects.filter(action="mail.let_be", object_id=str(row.pk)).count() == 1


SAYS = {
    "waiting": "De vraag en de uitleg over de pitch gaan per mail.",
    "sent": "Kreeg de vraag en de uitleg over de pitch.",
    "failed": "De mail met de vraag kwam niet aan.",
    "uncertain": "Het is onzeker of de mail met de vraag aankwam.",
}


@pytest.mark.parametrize("status", SAYS)
def test_the_card_of_the_expert_says_how_the_mail_stands(
    status: str, coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    experts.invite_expert(
        actor=coach.user, meeting=meeting, name="Ria Post", email="ria@expert.example", description="", message=""
    )
    assert OutgoingMail.objects.filter(kind="meetings.expert_invitation").update(status=status) == 1
    page = sign_in(coach).get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    assert [said for said in SAYS.values() if said in page] == [SAYS[status]]


def test_the_card_is_not_about_the_mail_of_another_meeting(
    coach: Membership, meeting: Meeting, expert_invitation: ExpertInvitation, sign_in: SignIn
) -> None:
    OutgoingMail.objects.create(
        kind="meetings.expert_invitation",
        recipient=expert_invitation.expert.email,
        group_id=coach.group_id,
        about="5e1a3f0c-0000-4000-8000-000000000000",
        status=OutgoingMail.Status.FAILED,
    )
    page = sign_in(coach).get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    assert [said for said in SAYS.values() if said in page] == [SAYS["waiting"]]
