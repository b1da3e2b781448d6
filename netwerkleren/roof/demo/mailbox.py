"""Reads the mail that the demo wrote to files; Django puts the messages of one connection in one file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

SEPARATOR = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class DemoMail:
    name: str
    number: int
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def sender(self) -> str:
        return str(self.message["From"])

    @property
    def sent_at(self) -> datetime:
        """Aware. A mail that does not tell its zone ("-0000") is in UTC."""
        sent = parsedate_to_datetime(str(self.message["Date"]))
        return sent if sent.tzinfo else sent.replace(tzinfo=UTC)

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return body.get_content() if body is not None else ""

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]


def _messages(path: Path) -> list[DemoMail]:
    pieces = [piece for piece in path.read_bytes().split(SEPARATOR) if piece.strip()]
    found = []
    for number, piece in enumerate(pieces):
        message = message_from_bytes(piece, policy=policy.default)
        if isinstance(message, EmailMessage) and message["Subject"]:
            found.append(DemoMail(path.stem, number, message))
    return found


def all_mail() -> list[DemoMail]:
    """Every mail, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    found = [mail for path in folder.glob("*.log") for mail in _messages(path)] if folder.is_dir() else []
    return sorted(found, key=lambda mail: mail.sent_at, reverse=True)


def find_mail(name: str, number: int) -> DemoMail | None:
    return next((mail for mail in all_mail() if (mail.name, mail.number) == (name, number)), None)
