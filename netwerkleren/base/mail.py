"""Mail: a row first, then sent by a worker; never twice by itself (docs/architecture.md#add-a-mail).

An app has one function per mail in its `emails.py`: it gets the row and answers a `Letter`, or None when the mail is no
longer needed. Its `AppConfig.ready()` registers them in `letters`, by the kind "<app>.<mail>". `queue_mail()` writes
the row. What did not arrive stands on the page of its group, where the coach sends it again or lets it be.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from smtplib import SMTPDataError, SMTPHeloError, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise

from .extend import Named
from .faults import Missing, what_is_missing
from .leases import LEASE, kept_alive
from .models import OutgoingMail, OutgoingMailQuerySet
from .points import reader_gone
from .smtp import EmailBackend
from .tasks import after_commit, background, mail_queue

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 9
MOST_MAILS_WAITING = 200
"""Mails that wait on the queue."""
RESEND_PAUSE = timedelta(minutes=1)
"""A second click on "Verstuur opnieuw" within this time sends nothing."""


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Letter:
    """A mail as it goes out. `template` has a `.txt` and a `.html`; `sender` is the User in whose name it goes.

    `calendar` is the one calendar item that the mail brings. It goes as a form of the text too, beside the HTML: only
    then do Outlook and Gmail show an invitation, and only of one item a mail.
    """

    subject: str
    template: str
    context: dict[str, Any]
    sender: Any = None
    attachments: tuple[Attachment, ...] = ()
    calendar: Attachment | None = None


Render = Callable[[OutgoingMail], Letter | None]


@dataclass(frozen=True)
class Kind:
    """A kind of mail: `words` say to the coach what it is, `render` makes the letter when it goes out.

    It is for who has an account, and not sent once that was ended; `by_address` it goes to an address as it is, such as
    that of an expert, whoever had an account with it before.
    """

    words: str | Promise
    render: Render
    by_address: bool = False


letters: Named[Kind] = Named("base.letters")


def words_of(mail: OutgoingMail) -> str:
    """What this mail is, for its coach."""
    return str(letters[mail.kind].words)


def absolute(path: str) -> str:
    """An address for in a mail."""
    return f"{settings.BASE_URL}{path}"


def queue_mail(
    kind: str,
    *,
    to: str,
    about: UUID | None = None,
    group_id: UUID | None = None,
    send_after: datetime | None = None,
    unique_key: str | None = None,
    **values: Any,
) -> OutgoingMail | None:
    """Writes a mail to send after commit, or at `send_after`. None when `unique_key` was used before.

    `about` is the id of the row that the mail is about, `values` what else its letter needs: anything that JSON can
    carry. An id, and a date or time, arrive as text.
    """
    if kind not in letters:
        raise LookupError(f"No letter is registered for {kind!r}")
    fields = {
        "kind": kind,
        "recipient": to,
        "about": about,
        "group_id": group_id,
        "values": values,
        "send_after": send_after or timezone.now(),
    }
    if unique_key is None:
        mail, created = OutgoingMail.objects.create(**fields), True
    else:
        mail, created = OutgoingMail.objects.get_or_create(unique_key=unique_key, defaults=fields)
    if created and mail.send_after <= timezone.now():
        after_commit(send_mail_task, str(mail.pk))
    return mail if created else None


def resend(mail: OutgoingMail) -> bool:
    """Sends an uncertain or failed mail again, at someone's request, with the same Message-ID. False when it is not."""
    again = (
        OutgoingMail.objects.undelivered()
        .filter(pk=mail.pk)
        .update(status=OutgoingMail.Status.WAITING, attempts=0, lease_until=None, send_after=timezone.now(), error="")
    )
    if again:
        after_commit(send_mail_task, str(mail.pk))
    return bool(again)


def let_be(mail: OutgoingMail) -> bool:
    """An uncertain or failed mail is no longer needed, says a person. False when it was neither."""
    return bool(OutgoingMail.objects.undelivered().filter(pk=mail.pk).update(status=OutgoingMail.Status.DROPPED))


def drop_waiting(kind: str, *, about: UUID, **values: Any) -> int:
    """What nobody took up yet is no longer needed. Answers how many mails did not go out."""
    held = {f"values__{name}": str(value) for name, value in values.items()}
    waiting = OutgoingMail.objects.filter(status=OutgoingMail.Status.WAITING, send_after__gt=timezone.now())
    return waiting.filter(kind=kind, about=about, **held).update(status=OutgoingMail.Status.DROPPED)


def send_elsewhere(*, old: str, new: str) -> None:
    """Someone has another address now: what waits, and what someone may send again, goes there."""
    OutgoingMail.objects.unfinished().filter(recipient__iexact=old).update(recipient=new)


@background(mail_queue)
def send_mail_task(pk: str) -> None:
    """Sends one waiting mail. Running it twice sends once: the claim is one statement.

    A worker that has it keeps it alive. Killed before the server is given the text, it leaves a mail that still waits,
    and the sweeper sends it soon; from then on nobody knows (BUSY), and a person decides.
    """
    due = OutgoingMail.objects.filter(status=OutgoingMail.Status.WAITING, send_after__lte=timezone.now())
    if not due.claim(UUID(pk), lease=LEASE):
        return
    mail = OutgoingMail.objects.get(pk=pk)
    if mail.attempts > MAX_ATTEMPTS:
        _finish(mail, OutgoingMail.Status.FAILED, mail.error or "interrupted")
        return
    with kept_alive(lambda: bool(_ours(mail).update(lease_until=timezone.now() + LEASE))):
        _send(mail)


def _send(mail: OutgoingMail) -> None:
    try:
        message = _message(mail)
        if message is not None:
            message.message()
    except Exception as problem:
        if what_is_missing(problem):
            _postpone(mail, type(problem).__name__)
            raise
        # A fault of ours: nothing was sent, and the next attempt would fail the same way.
        logger.exception("Mail %s of kind %s could not be rendered", mail.pk, mail.kind)
        _finish(mail, OutgoingMail.Status.FAILED, "rendering")
        raise
    if message is None:
        _finish(mail, OutgoingMail.Status.DROPPED)
    else:
        _hand_over(mail, message)


class _NoLongerOurs(Exception):
    """The lease lapsed before the server was given anything: another worker has the mail now."""


def _hand_over(mail: OutgoingMail, message: EmailMultiAlternatives) -> None:
    """Gives the mail to the server, and writes down what is known of it: it has it, it has it not, or nobody knows."""
    server = get_connection()
    is_given = False

    def give() -> None:
        nonlocal is_given
        if not _ours(mail).filter(status=OutgoingMail.Status.WAITING).update(status=OutgoingMail.Status.BUSY):
            raise _NoLongerOurs
        is_given = True

    try:
        server.open()
        if isinstance(server, EmailBackend):
            server.before_text = give
        else:
            give()
        server.send_messages([message])
    except _NoLongerOurs:
        logger.info("Mail %s is no longer sent here", mail.pk)
    except (SMTPHeloError, SMTPSenderRefused, SMTPRecipientsRefused, SMTPDataError) as refusal:
        code = _code_of(refusal)
        told = f"{type(refusal).__name__} {code}"
        if 400 <= code < 500:
            _postpone(mail, told)
        elif 500 <= code < 600:
            _finish(mail, OutgoingMail.Status.FAILED, told)
        else:
            _finish(mail, OutgoingMail.Status.UNCERTAIN, told)
    except Exception as problem:
        if not is_given or what_is_missing(problem) is Missing.DISK:
            # All of smtplib's faults are an OSError; of a file that does not fit on the disk, half stays.
            _postpone(mail, type(problem).__name__)
        else:
            # Cut off, or no answer in time: the server may have it all the same. Only a person sends it again.
            _finish(mail, OutgoingMail.Status.UNCERTAIN, type(problem).__name__)
        if not isinstance(problem, OSError):
            raise
    else:
        _finish(mail, OutgoingMail.Status.SENT)
    finally:
        with suppress(OSError):
            server.close()


def _ours(mail: OutgoingMail) -> OutgoingMailQuerySet:
    """The row, until another worker has it."""
    return OutgoingMail.objects.filter(pk=mail.pk, attempts=mail.attempts, lease_until__isnull=False)


def _code_of(refusal: SMTPHeloError | SMTPSenderRefused | SMTPRecipientsRefused | SMTPDataError) -> int:
    """What the server answered; a mail has one recipient."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return min(code for code, _text in refusal.recipients.values())
    return refusal.smtp_code


def _message(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    kind = letters[mail.kind]
    if not kind.by_address and reader_gone.collect(mail.recipient):
        return None
    rendered = kind.render(mail)
    if rendered is None:
        return None
    portal_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    # An account that was ended gives no name to a mail, and nobody reads what is answered to it.
    sender = rendered.sender if rendered.sender and rendered.sender.is_active else None
    sender_name = f"{sender.name} via {portal_name}" if sender else portal_name
    context = {"base_url": settings.BASE_URL, **rendered.context}
    message = EmailMultiAlternatives(
        subject=" ".join(rendered.subject.split()),
        body=render_to_string(f"{rendered.template}.txt", context),
        from_email=formataddr((" ".join(sender_name.split()), address)),
        to=[mail.recipient],
        reply_to=[sender.email] if sender else None,
        headers={"Message-ID": f"<{mail.pk}@{urlsplit(settings.BASE_URL).hostname}>"},
    )
    message.attach_alternative(render_to_string(f"{rendered.template}.html", context), "text/html")
    attachments = rendered.attachments
    if rendered.calendar is not None:
        # Last, as the richest form of the text (RFC 2046); and as a file, for who opens that.
        message.attach_alternative(rendered.calendar.content.decode(), rendered.calendar.mime_type)
        attachments += (rendered.calendar,)
    for attachment in attachments:
        message.attach(attachment.name, attachment.content, attachment.mime_type)
    return message


def _finish(mail: OutgoingMail, status: OutgoingMail.Status, error: str = "") -> None:
    sent_at = timezone.now() if status == OutgoingMail.Status.SENT else None
    OutgoingMail.objects.filter(pk=mail.pk).update(status=status, lease_until=None, sent_at=sent_at, error=error)


def _postpone(mail: OutgoingMail, error: str) -> None:
    """The server does not have it, so trying again cannot send it twice."""
    if mail.attempts >= MAX_ATTEMPTS:
        _finish(mail, OutgoingMail.Status.FAILED, error)
        return
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=OutgoingMail.Status.WAITING,
        lease_until=None,
        send_after=timezone.now() + timedelta(minutes=2 ** (mail.attempts - 1)),
        error=error,
    )


def sweep_mail() -> None:
    """Sends what is due, and marks as uncertain what a crash left while the server was being given it."""
    left = OutgoingMail.objects.filter(status=OutgoingMail.Status.BUSY).lease_expired()
    if left.exists():  # Asked first, so that a sweep that finds none writes nothing.
        left.update(status=OutgoingMail.Status.UNCERTAIN, lease_until=None)
    now = timezone.now()
    due = OutgoingMail.objects.filter(status=OutgoingMail.Status.WAITING, send_after__lte=now)
    due = due.exclude(lease_until__gt=now)
    # What is on the queue already waits for a server that is slow to answer, and need not be put there again.
    most = max(0, MOST_MAILS_WAITING - mail_queue.pending_count())
    for pk in due.order_by("send_after").values_list("pk", flat=True)[:most]:
        send_mail_task(str(pk))
