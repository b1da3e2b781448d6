"""Handouts: by link or file, from the expert or the coach; what is no PDF or picture does not come in."""

import zipfile
import zlib
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import Settings
from weasyprint import HTML

from groups.models import Membership, NetworkGroup
from meetings.handout_files import HANDOUT_BYTES
from meetings.models import ExpertInvitation, Handout, Meeting
from meetings.paper_urls import WITH_HANDOUT
from meetings.services import handouts
from meetings.views.handouts import TYPES
from netwerkleren.base.models import AuditEvent
from tests.access.table import leads_to_login
from tests.bodies import announce
from tests.servers import S3Server
from tests.types import OnCommit, SignIn
from tests.video_feedback.stores import bucket_of

PDF: bytes = HTML(string="<p>Drie tellen wachten</p>").write_pdf()


def picture(kind: str, **options: Any) -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), (200, 120, 40)).save(made, kind, **options)
    return made.getvalue()


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:handouts", args=[meeting.pk])


def put(
    browser: Client, meeting: Meeting, content: bytes | None = None, name: str = "sheets.pdf", **fields: Any
) -> Any:
    """What the coach's form sends."""
    sent = {"key": str(uuid4()), "title": "Sheets", **fields}
    if content is not None:
        sent["file"] = SimpleUploadedFile(name, content)
    return browser.post(page_of(meeting), sent)


def put_as_expert(browser: Client, invitation: ExpertInvitation, **fields: Any) -> Any:
    sent = {"key": str(uuid4()), "title": "Mijn sheets", "about": str(invitation.pk), **fields}
    return browser.post("/expert/hand-outs/", sent)


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "pdf"), (picture("PNG"), "png"), (picture("JPEG"), "jpeg")], ids=["pdf", "png", "jpeg"]
)
def test_the_group_takes_along_what_the_coach_put_there(
    content: bytes, kind: str, coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    assert put(sign_in(coach), meeting, content, "iets.bin", title="Kaart: rust?").status_code == 302

    reader = sign_in(participant)
    shown = reader.get(page_of(meeting)).content.decode()
    answer = reader.get(reverse("meetings:handout", args=[Handout.objects.get().pk]))
    taken = b"".join(answer)
    assert "Kaart: rust?" in shown and "Van Hanneke." in " ".join(shown.split())
    assert taken == content if kind == "pdf" else Image.open(BytesIO(taken)).size == (40, 30)
    assert answer["Content-Type"] == TYPES[Handout.Kind(kind)]
    assert answer["Content-Disposition"] == f'attachment; filename="kaart-rust.{kind}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_link_leads_away_without_saying_from_where(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    put(browser, meeting, link="https://praktijk.example/sheets")

    shown = browser.get(page_of(meeting)).content.decode()
    assert 'href="https://praktijk.example/sheets" rel="noopener noreferrer"' in shown
    assert browser.get(reverse("meetings:handout", args=[Handout.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://ergens.example/x"])
def test_what_leads_nowhere_on_the_web_is_no_link(
    link: str, coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    assert put(sign_in(coach), meeting, link=link).status_code == 422
    assert not Handout.objects.exists()


def _zipped() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("start.exe", b"MZ")
    return made.getvalue()


def _with_object(body: bytes) -> bytes:
    """A PDF in which one object more stands before the table."""
    at = PDF.rindex(b"startxref")
    return PDF[:at] + b"99 0 obj\n" + body + b"\nendobj\n" + PDF[at:]


def _packed(body: bytes) -> bytes:
    packed = zlib.compress(body)
    said = b"<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>\nstream\n" % len(packed)
    return _with_object(said + packed + b"\nendstream")


HOSTILE = {
    "a program called .pdf": b"MZ\x90\x00" + b"\0" * 60 + PDF,
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a page behind the head of a PDF": b"%PDF-1.7\n<script>alert(1)</script>",
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a ZIP": _zipped(),
    "a PDF and a ZIP in one": PDF + _zipped(),
    "a ZIP in the last words of a PDF": PDF.replace(b"%%EOF", b"%" + _zipped() + b"\nstartxref\n2060\n%%EOF"),
    "half a PDF": PDF[: len(PDF) // 2],
    "a PDF whose table is not there": PDF.replace(b"startxref\n", b"startxref\n9"),
    "a PDF that runs a script": _with_object(b"<</S /JavaScript /JS (app.alert(1))>>"),
    "the same, written by numbers": _with_object(b"<</S /Java#53cript /JS (app.alert(1))>>"),
    "the same, packed": _packed(b"99 0 <</S /JavaScript /JS (app.alert(1))>>"),
    "a PDF that starts a program": _with_object(b"<</S /Launch /F (cmd.exe)>>"),
    "a PDF with a file in it": _with_object(b"<</Type /EmbeddedFile>>"),
    "a PDF with a lock": _with_object(b"<</Encrypt 9 0 R>>"),
    "a PDF of packs that cannot be opened": _with_object(
        b"<</Type /ObjStm /Filter /LZWDecode>>\nstream\nabc\nendstream"
    ),
    "half a picture": picture("JPEG")[:300],
    "an animation": picture("GIF"),
    "a WebP": picture("WEBP"),
    "nothing": b"",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_something_else_is_refused_in_words(
    content: bytes, coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    answer = put(sign_in(coach), meeting, content, "sheets.pdf", title="Mijn titel")

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert 'value="Mijn titel"' in answer.content.decode()
    assert not Handout.objects.exists()


def test_of_a_photo_that_a_phone_kept_as_heic_the_way_out_is_said(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    answer = put(sign_in(coach), meeting, b"\0\0\0\x18ftypheic" + b"\0" * 40, "IMG_1.HEIC")
    assert "Maak een schermafbeelding van de foto" in answer.context["form"].errors["file"][0]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_hangs_behind_a_picture_and_what_a_camera_wrote_is_gone(
    kind: str, coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Telefoon van Lotte"
    put(sign_in(coach), meeting, picture(kind, exif=exif) + _zipped())

    with Handout.objects.get().file.open() as kept:
        content = kept.read()
    assert b"Telefoon" not in content and b"start.exe" not in content
    assert Image.open(BytesIO(content)).getexif() == {}


@pytest.mark.parametrize("given", [{}, {"link": "https://a.example/", "content": PDF}])
def test_it_is_a_link_or_a_file(given: dict[str, Any], coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    assert put(sign_in(coach), meeting, **given).status_code == 422


def test_how_much_may_come_is_known_before_a_byte_is_read(
    participant: Membership, other_coach: Membership, coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    address, strict = page_of(meeting), Client(enforce_csrf_checks=True)

    assert leads_to_login(announce(strict, address, WITH_HANDOUT))
    assert announce(sign_in(participant), address, WITH_HANDOUT).status_code == 403
    assert announce(sign_in(other_coach), address, WITH_HANDOUT).status_code == 404
    assert announce(sign_in(coach), address, WITH_HANDOUT + 1).status_code == 413
    assert announce(strict, "/expert/hand-outs/", WITH_HANDOUT).status_code == 404
    with pytest.raises(AssertionError, match="The body was read"):
        announce(sign_in(coach), address, WITH_HANDOUT)


def test_it_takes_no_form_of_another_site(coach: Membership, meeting: Meeting, expert_client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(coach.user, "django.contrib.auth.backends.ModelBackend")
    by_link = Client(enforce_csrf_checks=True)
    by_link.cookies = expert_client.cookies

    assert put(strict, meeting, PDF).status_code == 403
    assert by_link.post("/expert/hand-outs/", {"title": "x"}).status_code == 403


def test_a_file_over_the_limit_is_refused(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    answer = put(sign_in(coach), meeting, PDF + b"\0" * (HANDOUT_BYTES - len(PDF) + 1))
    assert "hoogstens 20 MB" in str(answer.context["form"].errors["file"])


def test_posted_twice_it_is_one_and_a_meeting_has_twelve_at_most(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser, key = sign_in(coach), str(uuid4())
    for _press in range(2):
        assert put(browser, meeting, PDF, key=key).status_code == 302
    assert len(storages["default"].listdir(f"handouts/{meeting.pk}")[1]) == 1
    for number in range(handouts.MOST_A_MEETING - 1):
        put(browser, meeting, link=f"https://a.example/{number}")

    refused = put(browser, meeting, link="https://a.example/te-veel")
    assert "Er staan al 12 hand-outs." in refused.content.decode()
    assert put(browser, meeting, PDF, key=key).status_code == 302
    assert Handout.objects.count() == handouts.MOST_A_MEETING


def test_the_expert_puts_one_there_without_an_account_and_takes_it_away(
    meeting: Meeting,
    expert_invitation: ExpertInvitation,
    expert_client: Client,
    participant: Membership,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    answer = put_as_expert(expert_client, expert_invitation, file=SimpleUploadedFile("x.pdf", PDF))
    assert answer.status_code == 302
    assert "Mijn sheets" in expert_client.get("/expert/").content.decode()
    assert "Van Lotte Meijerink." in sign_in(participant).get(page_of(meeting)).content.decode()

    kept = Handout.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        expert_client.post("/expert/hand-outs/weg/", {"about": str(expert_invitation.pk), "handout": str(kept.pk)})
    assert not Handout.objects.exists()
    assert not storages["default"].exists(str(kept.file))
    done = AuditEvent.objects.filter(object_id=str(kept.pk)).order_by("pk")
    assert list(done.values_list("action", flat=True)) == ["handout.added", "handout.removed"]


def test_the_experts_adding_ends_with_the_link(expert_invitation: ExpertInvitation, expert_client: Client) -> None:
    with time_machine.travel(expert_invitation.meeting.starts_at + timedelta(days=15), tick=False):  # type: ignore[operator]
        assert put_as_expert(expert_client, expert_invitation, link="https://a.example/").status_code == 404
    ExpertInvitation.objects.update(revoked_at=timezone.now())
    assert put_as_expert(expert_client, expert_invitation, link="https://a.example/").status_code == 404
    assert not Handout.objects.exists()


def test_who_does_not_come_puts_nothing_there(expert_invitation: ExpertInvitation, expert_client: Client) -> None:
    ExpertInvitation.objects.update(answer="no")

    assert "Geef iets mee" not in expert_client.get("/expert/").content.decode()
    assert put_as_expert(expert_client, expert_invitation, link="https://a.example/").status_code == 422


def test_what_is_sent_from_the_page_of_another_meeting_changes_nothing(
    expert_invitation: ExpertInvitation, expert_client: Client
) -> None:
    answer = put_as_expert(expert_client, expert_invitation, link="https://a.example/", about=str(uuid4()))
    assert (answer.status_code, Handout.objects.count()) == (409, 0)


def test_an_expert_reaches_no_handout_of_another(
    coach: Membership, meeting: Meeting, expert_invitation: ExpertInvitation, expert_client: Client
) -> None:
    other = Handout.objects.create(
        meeting=meeting, put_by=coach, title="Van ons", kind="link", link="https://a.example/"
    )
    sent = {"about": str(expert_invitation.pk), "handout": str(other.pk)}

    assert "Van ons" not in expert_client.get("/expert/").content.decode()
    assert expert_client.post("/expert/hand-outs/weg/", sent).status_code == 404
    assert expert_client.post("/expert/hand-outs/weg/", {**sent, "handout": "een"}).status_code == 404
    assert Handout.objects.exists()


def test_the_coach_puts_one_there_for_the_expert_and_it_says_so(
    coach: Membership, meeting: Meeting, expert_invitation: ExpertInvitation, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    put(browser, meeting, link="https://a.example/", for_expert="on")

    shown = " ".join(browser.get(page_of(meeting)).content.decode().split())
    assert "Van Lotte Meijerink. Neergezet door Hanneke." in shown


def test_a_closed_group_keeps_its_handouts_and_takes_none(
    coach: Membership,
    participant: Membership,
    expert_invitation: ExpertInvitation,
    expert_client: Client,
    sign_in: SignIn,
) -> None:
    put(sign_in(coach), expert_invitation.meeting, link="https://a.example/")
    NetworkGroup.objects.update(closed_at=timezone.now())

    assert put(sign_in(coach), expert_invitation.meeting, link="https://b.example/").status_code == 403
    assert put_as_expert(expert_client, expert_invitation, link="https://b.example/").status_code == 403
    assert "https://a.example/" in sign_in(participant).get(page_of(expert_invitation.meeting)).content.decode()


def test_with_its_meeting_a_file_goes_within_the_hour(
    coach: Membership, meeting: Meeting, other_group: NetworkGroup, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    put(browser, meeting, PDF)
    kept = Handout.objects.get()
    store = storages["default"]
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        cache.clear()
        handouts.erase_loose_files()
        assert store.exists(str(kept.file))
        meeting.delete()
        handouts.erase_loose_files()
        assert store.exists(str(kept.file))  # looked through once an hour
        cache.clear()
        handouts.erase_loose_files()
    assert not store.exists(str(kept.file))


def test_in_a_bucket_it_is_kept_read_and_erased_alike(
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    sign_in: SignIn,
    s3_server: S3Server,
    settings: Settings,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    settings.STORAGES = settings.STORAGES | {"default": bucket_of(s3_server)}
    put(sign_in(coach), meeting, PDF)
    kept, reader = Handout.objects.get(), sign_in(participant)
    address = reverse("meetings:handout", args=[kept.pk])
    assert b"".join(reader.get(address)) == PDF
    cache.clear()
    handouts.erase_loose_files()
    assert b"".join(reader.get(address)) == PDF

    with django_capture_on_commit_callbacks(execute=True):
        sign_in(coach).post(reverse("meetings:remove_handout", args=[kept.pk]))
    assert not storages["default"].exists(str(kept.file))


def test_the_page_of_the_meeting_shows_what_there_is(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    detail = reverse("meetings:detail", args=[meeting.pk])
    assert "Hand-outs" not in sign_in(participant).get(detail).content.decode()
    put(sign_in(coach), meeting, PDF)
    assert "Bekijk de hand-outs" in sign_in(participant).get(detail).content.decode()
    Meeting.objects.update(state="ended", ended_at=timezone.now())

    kept = Handout.objects.get()
    assert reverse("meetings:handout", args=[kept.pk]) in sign_in(participant).get(detail).content.decode()
