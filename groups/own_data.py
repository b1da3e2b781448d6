"""One's own data as a zip, made while it is sent: no film lies anywhere a second time (docs/security.md P4)."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import RawIOBase
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from netwerkleren.base.access import Actor
from netwerkleren.base.connections import let_go_of_database
from netwerkleren.base.templatetags.ui import clock, full_date, names

from .models import LearningGoal, Membership, OwnDevice, User
from .points import OwnFile, OwnPart, own_data


class Taken(Exception):
    """The gate of a file closed while it went out: the zip ends there, and does not open."""


class _Outgoing(RawIOBase):
    """Where the zip is written to, and taken from piece by piece."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._written += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken


def parts_of(user: User) -> list[OwnPart]:
    """Of every app, in the order of the floors."""
    return own_data.collect(user)


def zip_of(parts: list[OwnPart], actor_now: Callable[[], Actor]) -> Iterator[bytes]:
    """The zip, in pieces. No connection to the database is held while one is sent."""
    outgoing = _Outgoing()
    with ZipFile(outgoing, "w") as archive:
        for name, content in _pages(parts):
            with archive.open(_entry(name, ZIP_DEFLATED), "w") as entry:
                entry.write(content.encode())
            let_go_of_database()
            yield outgoing.take()
        for file in (file for part in parts for file in part.files):
            # A film is as small as it gets.
            with archive.open(_entry(file.name, ZIP_STORED), "w", force_zip64=True) as entry:
                for piece in file.pieces(actor_now):
                    entry.write(piece)
                    let_go_of_database()
                    yield outgoing.take()
    yield outgoing.take()


def _pages(parts: list[OwnPart]) -> Iterator[tuple[str, str]]:
    told = [(part, [{label: _in_words(value) for label, value in row.items()} for row in part.rows]) for part in parts]
    made = _in_words(timezone.now())
    yield "index.html", render_to_string("groups/own_data_pages.html", {"told": told, "made": made})
    for part in parts:
        yield f"{part.name}.json", json.dumps(part.rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _in_words(value: Any) -> str:
    """As its owner reads it, on a Dutch clock; the JSON beside it is for machines."""
    if value is None or value == "" or value == []:
        return "-"
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, datetime):
        return _("%(day)s, %(time)s uur") % {"day": full_date(value), "time": clock(value)}
    if isinstance(value, date):
        return full_date(value)
    return names(value) if isinstance(value, list) else str(value)


def _entry(name: str, method: int) -> ZipInfo:
    entry = ZipInfo(name, timezone.localtime().timetuple()[:6])
    entry.compress_type = method
    return entry


def profile_part(user: User) -> OwnPart:
    row = {
        _("naam"): user.name,
        _("e-mailadres"): user.email,
        _("telefoonnummer"): user.telephone,
        _("coach"): user.is_coach,
        _("beheerder"): user.is_staff,
        _("account sinds"): user.date_joined,
        _("laatst ingelogd"): user.last_login,
        _("gebruiksregels gelezen op"): user.rules_agreed_at,
    }
    row[_("eigen telefoons")] = [
        f"{phone.user_agent}, {phone.created:%Y-%m-%d}" for phone in OwnDevice.objects.filter(user=user)
    ]
    files = (OwnFile("foto.webp", lambda _actor_now: _photo_of(user)),) if user.photo else ()
    return OwnPart("profiel", _("Mijn gegevens"), [row], files)


def _photo_of(user: User) -> Iterator[bytes]:
    with user.photo.open("rb") as photo:
        yield photo.read()


def groups_part(user: User) -> OwnPart:
    memberships = Membership.objects.filter(user=user).select_related("group", "school").order_by("joined")
    rows = [
        {
            _("groep"): member.group.name,
            _("thema"): member.group.theme,
            _("rol"): member.get_role_display(),
            _("school"): str(member.school or ""),
            _("wat je daar doet"): member.discipline,
            _("waar je tegenaan loopt"): member.first_thought,
            _("sinds"): member.joined,
            _("tot"): member.left,
        }
        for member in memberships
    ]
    return OwnPart("groepen", _("Mijn groepen"), rows)


def goals_part(user: User) -> OwnPart:
    goals = LearningGoal.objects.filter(membership__user=user).select_related("membership__group")
    rows = [
        {
            _("groep"): goal.membership.group.name,
            _("leerdoel"): goal.text,
            _("soort"): goal.get_scope_display(),
            _("wie dit ziet"): goal.get_audience_display(),
            _("geschreven op"): goal.created,
        }
        for goal in goals
    ]
    return OwnPart("leerdoelen", _("Mijn leerdoelen"), rows)
