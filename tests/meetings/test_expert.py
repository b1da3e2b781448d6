"""The expert: asked, answers by link without an account, can be taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from meetings import pages
from meetings.guests import COOKIE, mint_link
from meetings.models import ExpertInvitation, ExpertLink, Meeting
from meetings.services import changing, experts
from netwerkleren.base.access import NOBODY
from netwerkleren.base.tokens import hash_of
from tests.factories import make_expert_invitation, make_group, make_meeting, make_member, make_topic
from tests.types import OnCommit, SignIn

LOTTE = {"name": "Lotte Meijerink", "email": "lotte@praktijk.example", "description": "orthopedagoog"}


def _link_in(message: EmailMessage) -> str:
    (link,) = [word for word in str(message.body).split() if "/expert/" in word]
    return str(link).removeprefix("http://127.0.0.1:8000")


def _ask(coach: Membership, meeting: Meeting, commit: OnCommit, **changes: str) -> ExpertInvitation:
    with commit(execute=True):
        return experts.invite_expert(actor=coach.user, meeting=meeting, **{**LOTTE, **changes})


def test_the_mail_holds_what_an_expert_must_know(
    coach: Membership, participant: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    _ask(coach, meeting, django_capture_on_commit_callbacks, message="Fijn als je komt!")
    (message,) = mail.outbox
    body = str(message.body)
    assert message.to == ["lotte@praktijk.example"]
    assert message.reply_to == [coach.user.email]
    assert "Obs De Lindenhof, lokaal 12" in body
    assert "pitch van 15 minuten" in body
    assert "verweef" in body
    assert "Fijn als je komt!" in body
    assert "METHOD:REQUEST" in message.attachments[0][1]
    assert participant.user.email not in str(message.message())


def test_the_logo_leads_an_expert_to_the_own_page_and_never_to_a_login(expert_client: Client) -> None:
    assert '<a class="brand" href="/expert/">' in expert_client.get("/expert/").content.decode()


def test_from_mail_to_yes_in_two_clicks(
    coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    invitation = _ask(coach, meeting, django_capture_on_commit_callbacks)
    browser = Client(enforce_csrf_checks=True)
    link = _link_in(mail.outbox[0])

    landing = browser.get(link)
    assert landing.status_code == 200
    assert landing.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in landing.headers["Cache-Control"]
    assert "noindex" in landing.headers["X-Robots-Tag"]
    assert COOKIE not in browser.cookies

    opened = browser.post(link)
    assert (opened.status_code, opened.headers["Location"]) == (302, "/expert/")
    assert browser.cookies[COOKIE]["httponly"]
    page = browser.get("/expert/")
    assert "no-store" in page.headers["Cache-Control"]
    assert coach.user.email not in page.content.decode()

    sent = {"answer": "yes", "remark": "Leuk!", "about": str(invitation.pk)}
    token = {"csrfmiddlewaretoken": str(page.context["csrf_token"])}
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/expert/antwoord/", sent | token)
        browser.post("/expert/antwoord/", sent | token)
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.remark) == ("yes", "Leuk!")
    assert [message.to for message in mail.outbox[1:]] == [[coach.user.email]]
    assert "komt als expert" in str(mail.outbox[1].body)
    assert "Fijn dat je komt" in browser.get("/expert/").content.decode()


def test_the_answer_needs_a_csrf_token(expert_client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = expert_client.cookies
    assert strict.post("/expert/antwoord/", {"answer": "yes"}).status_code == 403


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_mail_scanner_changes_nothing(expert_invitation: ExpertInvitation, method: str) -> None:
    url = reverse("meetings:expert_link", args=[mint_link(expert_invitation)])
    before = ExpertInvitation.objects.values().get(), list(ExpertLink.objects.values())
    for _ in range(3):
        assert getattr(Client(), method)(url).status_code == 200
    assert (ExpertInvitation.objects.values().get(), list(ExpertLink.objects.values())) == before


def test_a_no_makes_room_for_someone_else(
    coach: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    expert_client: Client,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    sent = {"remark": "", "about": str(expert_invitation.pk)}
    with django_capture_on_commit_callbacks(execute=True):
        expert_client.post("/expert/antwoord/", sent | {"answer": "no"})
    assert "Vraag iemand anders" in str(mail.outbox[0].body)
    page = sign_in(coach).get(reverse("meetings:invite_expert", args=[meeting.pk]))
    assert "Vraag iemand anders" in page.content.decode()
    other = _ask(coach, meeting, django_capture_on_commit_callbacks)
    assert other.expert.name == "Lotte Meijerink"

    # Who said no first cannot change it once another was asked: one expert at a time.
    again = expert_client.post("/expert/antwoord/", sent | {"answer": "yes"})
    assert again.status_code == 422
    assert "al een expert gevraagd" in again.content.decode()


def test_asking_twice_is_asking_once_and_two_at_a_time_is_refused(
    coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    first = _ask(coach, meeting, django_capture_on_commit_callbacks)
    again = _ask(coach, meeting, django_capture_on_commit_callbacks, email="LOTTE@praktijk.example")
    assert first == again
    assert len(mail.outbox) == 1
    with pytest.raises(ValidationError, match="al een expert gevraagd"):
        experts.invite_expert(actor=coach.user, meeting=meeting, name="Jan", email="jan@elders.example")
    assert meeting.expert_invitations.count() == 1


def test_each_mail_has_a_link_of_its_own_of_which_only_a_hash_is_kept(expert_invitation: ExpertInvitation) -> None:
    tokens = [mint_link(expert_invitation) for _mail in range(2)]
    kept = set(ExpertLink.objects.filter(invitation=expert_invitation).values_list("token_hash", flat=True))
    assert kept == {hash_of(token) for token in tokens}
    # 256 bits in letters of six.
    assert all(len(token) == 43 and token not in kept for token in tokens)
    assert {Client().get(f"/expert/{token}/").status_code for token in tokens} == {200}
    assert Client().get(f"/expert/{next(iter(kept))}/").status_code == 404


def test_revoking_ends_every_link_at_once(
    coach: Membership, expert_invitation: ExpertInvitation, django_capture_on_commit_callbacks: OnCommit
) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post(reverse("meetings:expert_link", args=[mint_link(expert_invitation)]))
        assert browser.get("/expert/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        experts.revoke_invitation(actor=coach.user, invitation=expert_invitation)
        experts.revoke_invitation(actor=coach.user, invitation=expert_invitation)
    assert [browser.get("/expert/").status_code for browser in browsers] == [404, 404]
    (message,) = mail.outbox
    assert "METHOD:CANCEL" in message.attachments[0][1]
    assert "SEQUENCE:1" in message.attachments[0][1]


@pytest.mark.parametrize("state", [Meeting.State.ENDED, Meeting.State.CANCELLED])
def test_revoking_after_the_meeting_ends_the_link_and_calls_nothing_off(
    state: str,
    coach: Membership,
    expert_invitation: ExpertInvitation,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    Meeting.objects.filter(pk=expert_invitation.meeting_id).update(state=state)
    browser = Client()
    browser.post(reverse("meetings:expert_link", args=[mint_link(expert_invitation)]))
    with django_capture_on_commit_callbacks(execute=True):
        page = sign_in(coach).post(reverse("meetings:revoke_expert", args=[expert_invitation.pk]), follow=True)
    assert [str(message) for message in page.context["messages"]] == ["Ingetrokken."]
    assert browser.get("/expert/").status_code == 404
    assert mail.outbox == []


def test_who_comes_after_all_stands_before_who_was_asked_later_and_cannot(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    lotte = make_expert_invitation(meeting, "Lotte Meijerink", answer="no")
    make_expert_invitation(meeting, "Jan de Boer", answer="no")
    assert _standing(meeting) == "Jan de Boer"
    experts.answer_invitation(actor=NOBODY, invitation=lotte, answer="yes")
    assert _standing(meeting) == "Lotte Meijerink"
    page = sign_in(coach).get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    assert "Zei ja op" in page and "Jan de Boer" not in page


def _standing(meeting: Meeting) -> str:
    found = [pages.standing_invitation(meeting, with_mail=with_mail) for with_mail in (False, True)]
    assert found[0] is not None and found[0] == found[1]
    return found[0].expert.name


def test_a_link_ends_fourteen_days_after_the_meeting(expert_client: Client, meeting: Meeting) -> None:
    assert meeting.starts_at is not None
    with time_machine.travel(meeting.starts_at + timedelta(days=13, hours=23), tick=False):
        assert expert_client.get("/expert/").status_code == 200
    with time_machine.travel(meeting.starts_at + timedelta(days=14, minutes=1), tick=False):
        gone = expert_client.get("/expert/")
    assert gone.status_code == 404
    assert "Deze link werkt niet (meer)" in gone.content.decode()


def test_a_link_ends_with_the_meeting_as_it_is_planned_now(meeting: Meeting, expert_client: Client) -> None:
    assert meeting.starts_at is not None
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=meeting.starts_at - timedelta(days=10))
    with time_machine.travel(meeting.starts_at + timedelta(days=5), tick=False):
        assert expert_client.get("/expert/").status_code == 404

    Meeting.objects.filter(pk=meeting.pk).update(starts_at=None)
    with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
        assert expert_client.get("/expert/").status_code == 200
        Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED, ended_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=115), tick=False):
        assert expert_client.get("/expert/").status_code == 404


def test_a_mail_that_got_lost_is_sent_again_with_a_fresh_link(
    coach: Membership, meeting: Meeting, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    invitation = _ask(coach, meeting, django_capture_on_commit_callbacks, message="Fijn als je komt!")
    again = reverse("meetings:resend_expert", args=[invitation.pk])
    browser = sign_in(coach)
    assert "net al verstuurd" in browser.post(again, follow=True).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        for said in ("is onderweg", "net al verstuurd"):
            with django_capture_on_commit_callbacks(execute=True):
                assert said in browser.post(again, follow=True).content.decode()
    first, second = mail.outbox
    assert second.subject == first.subject == "Wil je komen als expert? Contact met klasgenoten"
    assert "Fijn als je komt!" in str(second.body)
    assert _link_in(first) != _link_in(second)
    assert [Client().get(_link_in(message)).status_code for message in mail.outbox] == [200, 200]

    ExpertInvitation.objects.filter(pk=invitation.pk).update(answer="yes")
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        browser.post(again)
    assert mail.outbox[2].subject == "Je komt als expert: Contact met klasgenoten"
    ExpertInvitation.objects.filter(pk=invitation.pk).update(answer="no")
    assert "geldt niet meer" in browser.post(again, follow=True).content.decode()


def test_a_wrong_link_gives_a_clear_page_no_cookie_and_no_line_in_the_log(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Client()
    answer = browser.post("/expert/dit-is-geen-token/")
    assert "dit-is-geen-token" not in caplog.text
    assert answer.status_code == 404
    assert "Deze link werkt niet (meer)" in answer.content.decode()
    assert COOKIE not in browser.cookies


def test_a_guest_of_one_meeting_sees_no_other(expert_client: Client, meeting: Meeting) -> None:
    other = make_meeting(meeting.group, position=9)
    for name in ("detail", "evaluation", "lead"):
        for pk in (meeting.pk, other.pk):
            assert expert_client.get(reverse(f"meetings:{name}", args=[pk])).status_code == 302
    assert expert_client.get(f"/live/meeting:{meeting.pk}/").status_code == 200
    assert expert_client.get(f"/live/meeting:{other.pk}/").status_code == 404


def test_a_member_who_is_the_expert_too_can_answer(
    participant: Membership, expert_invitation: ExpertInvitation, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    browser.post(reverse("meetings:expert_link", args=[mint_link(expert_invitation)]))
    sent = {"answer": "yes", "remark": "", "about": str(expert_invitation.pk)}
    assert browser.post("/expert/antwoord/", sent).status_code == 302
    expert_invitation.refresh_from_db()
    assert expert_invitation.answer == "yes"


def test_a_new_date_gives_the_expert_a_fresh_link(
    coach: Membership,
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changing.change_meeting(actor=coach.user, meeting=meeting, starts_at=timezone.now() + timedelta(days=200))
    (message,) = [message for message in mail.outbox if message.to == [expert_invitation.expert.email]]
    with time_machine.travel(timezone.now() + timedelta(days=210), tick=False):
        assert Client().get(_link_in(message)).status_code == 200


def test_without_topic_the_form_asks_for_one(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(topic=None)
    url = reverse("meetings:invite_expert", args=[meeting.pk])
    refused = sign_in(coach).post(url, LOTTE)
    assert refused.status_code == 422
    assert refused.context["form"].errors["topic"]
    taken = sign_in(coach).post(url, {**LOTTE, "topic": "  contact met   KLASGENOTEN "})
    assert taken.status_code == 302
    meeting.refresh_from_db()
    assert meeting.title == "Contact met klasgenoten"


@pytest.mark.parametrize(
    ("field", "value"), [("email", "geen adres"), ("name", "x" * 5000), ("message", "x" * 5000), ("name", "")]
)
def test_bad_input_is_said_beside_the_field(
    coach: Membership, meeting: Meeting, sign_in: SignIn, field: str, value: str
) -> None:
    answer = sign_in(coach).post(reverse("meetings:invite_expert", args=[meeting.pk]), {**LOTTE, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert meeting.expert_invitations.count() == 0


def test_an_expert_is_not_asked_for_a_draft(django_capture_on_commit_callbacks: OnCommit, db: None) -> None:
    draft = make_group("Concept", draft=True)
    coach = make_member(draft, coach=True)
    with pytest.raises(ValidationError, match="nog een concept"):
        experts.invite_expert(actor=coach.user, meeting=make_meeting(draft), **LOTTE)


def _in_two_tabs(coach: Membership, first: Meeting, commit: OnCommit) -> tuple[Client, ExpertInvitation]:
    """A browser with the page of `first` in one tab; then the link of the meeting after it was opened in another."""
    invitation = _ask(coach, first, commit)
    second = make_meeting(first.group, position=2, topic=make_topic(first.group, "Pauzes"))
    later = _ask(coach, second, commit)
    browser = Client()
    for link in (_link_in(message) for message in mail.outbox):
        browser.post(link)
    assert browser.get("/expert/").context["invitation"] == later
    return browser, invitation


def test_an_answer_lands_on_the_meeting_that_it_was_given_for(
    coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    browser, first = _in_two_tabs(coach, meeting, django_capture_on_commit_callbacks)
    sent = len(mail.outbox)

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/expert/antwoord/", {"answer": "no", "remark": "Ik ben ziek", "about": str(first.pk)})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Dit is een andere bijeenkomst" in shown and "“Pauzes”" in shown and "Ik ben ziek" in shown
    assert set(ExpertInvitation.objects.values_list("answer", flat=True)) == {"open"}
    assert len(mail.outbox) == sent

    second = answer.context["invitation"]
    assert f'name="about" value="{second.pk}"' in shown
    assert browser.post("/expert/antwoord/", {"answer": "no", "about": str(second.pk)}).status_code == 302
    assert ExpertInvitation.objects.get(answer="no") == second


def test_an_answer_that_does_not_say_what_it_is_about_changes_nothing(
    expert_client: Client, expert_invitation: ExpertInvitation, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = expert_client.post("/expert/antwoord/", {"answer": "no", "remark": "Ik ben ziek"})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert f"“{expert_invitation.meeting.title}”" in shown and "Ik ben ziek" in shown
    assert ExpertInvitation.objects.get().answer == "open"
    assert mail.outbox == []


def test_nor_does_a_calendar_get_the_other_meeting(
    coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    browser, first = _in_two_tabs(coach, meeting, django_capture_on_commit_callbacks)
    assert browser.get(f"/expert/agenda.ics?about={first.pk}").status_code == 409
    own = browser.get("/expert/").context["invitation"]
    assert browser.get(f"/expert/agenda.ics?about={own.pk}")["Content-Type"].startswith("text/calendar")


def test_a_known_address_under_another_name_leaves_who_came_before_as_they_were(
    coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    first = _ask(coach, meeting, django_capture_on_commit_callbacks)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    second = make_meeting(meeting.group, position=2, topic=make_topic(meeting.group, "Pauzes"))
    third = make_meeting(meeting.group, position=3, topic=make_topic(meeting.group, "Rekenen"))

    other = _ask(coach, second, django_capture_on_commit_callbacks, name="Joost Prins", description="logopedist")
    again = _ask(coach, third, django_capture_on_commit_callbacks, description="")

    first.refresh_from_db()
    assert (first.expert.name, first.expert.description) == ("Lotte Meijerink", "orthopedagoog")
    assert (other.expert.name, other.expert.email) == ("Joost Prins", LOTTE["email"])
    assert again.expert == first.expert
