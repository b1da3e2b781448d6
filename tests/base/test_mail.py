"""Mail: a row first, sent once, and uncertain after a crash."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail as outbox_module
from django.utils import timezone
from pytest_django import Settings

from groups.models import Membership, User
from netwerkleren.base import mail
from netwerkleren.base.mail import Kind, Letter, letters, queue_mail, resend, send_mail_task, sweep_mail
from netwerkleren.base.models import OutgoingMail
from tests.servers import SmtpSink, free_port
from tests.types import OnCommit

KIND = "tests.greeting"


@pytest.fixture(autouse=True)
def greeting(monkeypatch: pytest.MonkeyPatch, coach: Membership) -> Iterator[None]:
    def render(row: OutgoingMail) -> Letter | None:
        if row.values.get("gone"):
            return None
        return Letter("Dag\nBcc: iedereen@kwaad.example", "tests/greeting", {"name": "Marijke"}, sender=coach.user)

    monkeypatch.setattr(mail, "render_to_string", lambda name, context: f"{name} {context['name']}")
    with letters.temporarily(KIND, Kind("Groet", render)):
        yield


def _queue(capture: OnCommit, **fields: Any) -> OutgoingMail | None:
    with capture(execute=True):
        return queue_mail(KIND, to="marijke@school.example", **fields)


def test_a_mail_goes_out_in_the_coachs_name(django_capture_on_commit_callbacks: OnCommit, coach: Membership) -> None:
    row = _queue(django_capture_on_commit_callbacks)
    assert row is not None

    (sent,) = outbox_module.outbox
    assert sent.to == ["marijke@school.example"]
    assert sent.reply_to == [coach.user.email]
    assert sent.from_email.startswith("Hanneke Dijkstra via Netwerkleren")
    assert sent.extra_headers["Message-ID"] == f"<{row.pk}@127.0.0.1>"
    row.refresh_from_db()
    assert (row.status, row.lease_until) == (OutgoingMail.Status.SENT, None)


def test_an_account_that_was_ended_gives_no_name_and_reads_no_answer(
    django_capture_on_commit_callbacks: OnCommit, coach: Membership
) -> None:
    coach.user.is_active = False

    _queue(django_capture_on_commit_callbacks)

    (sent,) = outbox_module.outbox
    assert (sent.reply_to, sent.from_email) == ([], settings.DEFAULT_FROM_EMAIL)


def test_who_has_no_account_any_more_gets_no_mail_but_as_an_address(
    django_capture_on_commit_callbacks: OnCommit, coach: Membership
) -> None:
    User.objects.create_user("marijke@school.example", name="Marijke", is_active=False)

    row = _queue(django_capture_on_commit_callbacks)
    by_address = Kind("Vraag", letters[KIND].render, by_address=True)
    with letters.temporarily("tests.asked", by_address), django_capture_on_commit_callbacks(execute=True):
        asked = queue_mail("tests.asked", to="marijke@school.example")

    assert row is not None and asked is not None
    row.refresh_from_db()
    assert row.status == OutgoingMail.Status.DROPPED
    (sent,) = outbox_module.outbox
    assert sent.extra_headers["Message-ID"].startswith(f"<{asked.pk}@")


def test_hostile_subject_makes_no_header(django_capture_on_commit_callbacks: OnCommit) -> None:
    _queue(django_capture_on_commit_callbacks)
    assert outbox_module.outbox[0].subject == "Dag Bcc: iedereen@kwaad.example"
    assert outbox_module.outbox[0].recipients() == ["marijke@school.example"]


def test_the_same_key_makes_one_mail(django_capture_on_commit_callbacks: OnCommit) -> None:
    assert _queue(django_capture_on_commit_callbacks, unique_key="a") is not None
    assert _queue(django_capture_on_commit_callbacks, unique_key="a") is None
    assert len(outbox_module.outbox) == 1


def test_running_the_task_twice_sends_once(django_capture_on_commit_callbacks: OnCommit) -> None:
    row = _queue(django_capture_on_commit_callbacks)
    assert row is not None
    send_mail_task(str(row.pk))
    assert len(outbox_module.outbox) == 1


def test_a_later_mail_waits_for_its_hour(django_capture_on_commit_callbacks: OnCommit) -> None:
    hour = timezone.now() + timedelta(hours=3)
    _queue(django_capture_on_commit_callbacks, send_after=hour)
    sweep_mail()
    assert outbox_module.outbox == []
    with time_machine.travel(hour + timedelta(minutes=1)):
        sweep_mail()
    assert len(outbox_module.outbox) == 1


def _an_hour_of_sweeps() -> None:
    start = timezone.now()
    for minute in range(1, 60, 5):
        with time_machine.travel(start + timedelta(minutes=minute)):
            sweep_mail()


def _state(row: OutgoingMail | None) -> tuple[str, int, str]:
    assert row is not None
    row.refresh_from_db()
    return row.status, row.attempts, row.error


def test_a_server_that_is_down_is_tried_again(
    django_capture_on_commit_callbacks: OnCommit, sink: SmtpSink, settings: Settings
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    row = _queue(django_capture_on_commit_callbacks)
    assert row is not None
    assert _state(row) == ("waiting", 1, "ConnectionRefusedError")

    settings.EMAIL_PORT = port
    _an_hour_of_sweeps()
    assert _state(row) == ("sent", 2, "")
    assert len(sink.mails) == 1


def test_a_server_that_says_not_now_is_tried_again(
    django_capture_on_commit_callbacks: OnCommit, sink: SmtpSink
) -> None:
    sink.answers["RCPT"] = "451 4.7.1 Greylisted"
    row = _queue(django_capture_on_commit_callbacks)
    assert row is not None
    assert _state(row) == ("waiting", 1, "SMTPRecipientsRefused 451")

    sink.answers.clear()
    _an_hour_of_sweeps()
    assert _state(row) == ("sent", 2, "")
    assert len(sink.mails) == 1


@pytest.mark.parametrize(
    ("command", "told"), [("RCPT", "SMTPRecipientsRefused 550"), ("DATA", "SMTPDataError 550")], ids=["RCPT", "DATA"]
)
def test_a_server_that_refuses_is_not_asked_again(
    command: str, told: str, django_capture_on_commit_callbacks: OnCommit, sink: SmtpSink
) -> None:
    sink.answers[command] = "550 5.1.1 No such user"
    row = _queue(django_capture_on_commit_callbacks)
    assert row is not None
    sink.answers.clear()
    _an_hour_of_sweeps()
    assert _state(row) == ("failed", 1, told)
    assert sink.mails == []


def test_a_server_that_hangs_up_after_the_mail_gets_no_second_copy(
    django_capture_on_commit_callbacks: OnCommit, sink: SmtpSink
) -> None:
    sink.answers["DATA"] = "drop"
    row = _queue(django_capture_on_commit_callbacks)
    assert row is not None
    sink.answers.clear()
    _an_hour_of_sweeps()
    assert _state(row) == ("uncertain", 1, "SMTPServerDisconnected")
    assert len(sink.mails) == 1

    with django_capture_on_commit_callbacks(execute=True):
        resend(row)
    assert _state(row) == ("sent", 1, "")
    assert [mail.message["Message-ID"] for mail in sink.mails] == [f"<{row.pk}@127.0.0.1>"] * 2


def test_what_a_crash_left_is_uncertain_until_someone_sends_it_again(
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    row = _queue(django_capture_on_commit_callbacks, send_after=timezone.now() + timedelta(hours=1))
    assert row is not None
    OutgoingMail.objects.filter(pk=row.pk).update(
        status=OutgoingMail.Status.BUSY, lease_until=timezone.now() - timedelta(minutes=1)
    )
    sweep_mail()
    row.refresh_from_db()
    assert row.status == OutgoingMail.Status.UNCERTAIN
    assert outbox_module.outbox == []

    with django_capture_on_commit_callbacks(execute=True):
        resend(row)
    assert outbox_module.outbox[0].extra_headers["Message-ID"] == f"<{row.pk}@127.0.0.1>"


class Killed(BaseException):
    """The end of the worker: nothing of ours runs after it."""


def _killed_at(moment: str, patch: pytest.MonkeyPatch) -> None:
    def end(*_arguments: Any) -> None:
        raise Killed

    patch.setattr(f"smtplib.SMTP.{moment}", end)
    # Without a word of farewell to the server.
    patch.setattr("django.core.mail.backends.smtp.EmailBackend.close", lambda server: server.connection.close())


@pytest.mark.parametrize("moment", ["ehlo", "mail", "rcpt"])
def test_a_worker_killed_before_the_server_had_the_text_leaves_a_mail_that_goes_within_a_minute(
    moment: str, django_capture_on_commit_callbacks: OnCommit, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = _queue(django_capture_on_commit_callbacks, send_after=timezone.now() + timedelta(seconds=1))
    assert row is not None
    with time_machine.travel(timezone.now() + timedelta(seconds=2), tick=False), monkeypatch.context() as patch:
        _killed_at(moment, patch)
        with pytest.raises(Killed):
            send_mail_task.call_local(str(row.pk))
        assert _state(row) == ("waiting", 1, "")
        sweep_mail()
        assert _state(row) == ("waiting", 1, ""), "a live lease is left alone"

    with time_machine.travel(timezone.now() + timedelta(seconds=45)):
        sweep_mail()
    assert _state(row) == ("sent", 2, "")
    assert len(sink.mails) == 1


def test_a_worker_killed_while_the_server_gets_the_text_leaves_it_to_a_person_within_a_minute(
    django_capture_on_commit_callbacks: OnCommit, sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = _queue(django_capture_on_commit_callbacks, send_after=timezone.now() + timedelta(seconds=1))
    assert row is not None
    with time_machine.travel(timezone.now() + timedelta(seconds=2), tick=False), monkeypatch.context() as patch:
        _killed_at("data", patch)
        with pytest.raises(Killed):
            send_mail_task.call_local(str(row.pk))

    with time_machine.travel(timezone.now() + timedelta(seconds=45)):
        sweep_mail()
    assert _state(row) == ("uncertain", 1, "")
    assert sink.mails == []


def test_a_mail_that_kills_its_worker_each_time_is_shown_to_a_person(
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    row = _queue(django_capture_on_commit_callbacks, send_after=timezone.now() + timedelta(hours=1))
    assert row is not None
    OutgoingMail.objects.filter(pk=row.pk).update(attempts=mail.MAX_ATTEMPTS, send_after=timezone.now())
    sweep_mail()
    assert _state(row) == ("failed", mail.MAX_ATTEMPTS + 1, "interrupted")
    assert outbox_module.outbox == []


def test_a_mail_that_is_no_longer_needed_is_dropped(django_capture_on_commit_callbacks: OnCommit) -> None:
    row = _queue(django_capture_on_commit_callbacks, gone=True)
    assert row is not None
    row.refresh_from_db()
    assert row.status == OutgoingMail.Status.DROPPED
    assert outbox_module.outbox == []
