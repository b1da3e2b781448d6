"""Making the closing PDF: by a worker, once, through the gates, and gone when something is taken back."""

import errno
import io
from datetime import timedelta
from time import sleep
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from groups.models import Membership, NetworkGroup
from groups.services import members
from meetings.models import Meeting
from netwerkleren.base import leases
from netwerkleren.base.models import AuditEvent
from netwerkleren.base.pdf import RenderedPdf, render_pdf
from reports import making, sweeping, tasks
from reports.closing import documents
from reports.models import Export
from reports.services import lines, stories
from tests.shown import fields_on
from tests.types import OnCommit, SignIn

from .factories import make_line, make_story

pytestmark = pytest.mark.on_postgresql


@pytest.fixture
def order(group: NetworkGroup) -> str:
    return reverse("reports:exports", args=[group.pk])


def make(client: Client, order: str, django_capture_on_commit_callbacks: OnCommit, **data: str) -> Export:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(order, fields_on(client, order) | data)
    export = Export.objects.first()
    assert export is not None
    return export


def test_the_coach_makes_it_and_every_member_downloads_it(
    sign_in: SignIn,
    coach: Membership,
    participant: Membership,
    closing: Meeting,
    order: str,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    export = make(sign_in(coach), order, django_capture_on_commit_callbacks, quote="Tel tot drie.", going_on="Koffie.")

    assert (export.state, export.step, export.lease_until) == (Export.State.READY, "", None)
    answer = sign_in(participant).get(reverse("reports:download", args=[export.pk]))
    reader = pypdf.PdfReader(io.BytesIO(answer.getvalue()))
    assert len(reader.pages) == export.pages
    assert "Tel tot drie." in reader.pages[0].extract_text()
    assert answer["Content-Disposition"] == 'attachment; filename="wat-wij-meenemen-de-hondsrug.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert AuditEvent.objects.filter(action="export.downloaded", actor_id=participant.user_id).count() == 1


def test_a_double_click_makes_one(sign_in: SignIn, coach: Membership, group: NetworkGroup, order: str) -> None:
    client = sign_in(coach)

    typed = fields_on(client, order)
    answers = {client.post(order, typed)["Location"] for _ in range(2)}

    assert Export.objects.count() == 1
    assert answers == {reverse("reports:export", args=[Export.objects.get().pk])}


def test_the_page_tells_how_far_it_is_and_asks_again_by_itself(
    sign_in: SignIn, coach: Membership, group: NetworkGroup
) -> None:
    export = Export.objects.create(group=group, state=Export.State.RUNNING, step="We tekenen de lijnen.")
    url = reverse("reports:export", args=[export.pk])

    whole = sign_in(coach).get(url).content.decode()
    fragment = sign_in(coach).get(url, headers={"hx-request": "true"}).content.decode()

    assert "We tekenen de lijnen." in whole and "<html" in whole
    assert 'hx-trigger="every 1s"' in fragment and "<html" not in fragment


def test_a_failure_says_so_and_can_be_tried_again(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    closing: Meeting,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    export = Export.objects.create(group=group, made_by=coach.user, going_on="Koffie.")
    with monkeypatch.context() as patch, pytest.raises(OSError, match="disk full"):
        patch.setattr(documents, "render_pdf", lambda *args, **kwargs: (_ for _ in ()).throw(OSError("disk full")))
        tasks.make_export.call_local(str(export.pk))
    client = sign_in(coach)

    page = client.get(reverse("reports:export", args=[export.pk])).content.decode()
    assert "Er ging iets mis bij het opmaken van de bladzijden." in page and "disk full" not in page

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("reports:retry_export", args=[export.pk]))
    export.refresh_from_db()
    assert (export.state, export.going_on) == (Export.State.READY, "Koffie.")


def test_a_killed_worker_is_taken_over_and_after_three_times_a_person_decides(
    group: NetworkGroup, closing: Meeting
) -> None:
    export = Export.objects.create(
        group=group, state=Export.State.RUNNING, attempts=1, lease_until=timezone.now() - timedelta(seconds=1)
    )
    sweeping.sweep_exports()
    export.refresh_from_db()
    assert export.state == Export.State.READY

    Export.objects.update(
        state=Export.State.RUNNING, attempts=3, lease_until=timezone.now() - timedelta(seconds=1), file=""
    )
    sweeping.sweep_exports()
    export.refresh_from_db()
    assert (export.state, export.error) == (Export.State.FAILED, "Het maken werd een paar keer onderbroken.")


def test_a_live_worker_is_left_alone(group: NetworkGroup) -> None:
    export = Export.objects.create(
        group=group, state=Export.State.RUNNING, attempts=1, lease_until=timezone.now() + timedelta(minutes=1)
    )

    sweeping.sweep_exports()
    tasks.make_export(str(export.pk))

    export.refresh_from_db()
    assert (export.state, export.attempts) == (Export.State.RUNNING, 1)


@pytest.mark.parametrize("taken_back", ["story", "changed story", "line", "word on the line"])
def test_what_is_taken_back_is_gone_from_the_pdf_at_once(
    sign_in: SignIn,
    coach: Membership,
    participant: Membership,
    closing: Meeting,
    meeting: Meeting,
    order: str,
    taken_back: str,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    story = make_story(participant, "Dit mag erin.", "pdf")
    graph = make_line(participant, {meeting: 50}, shared=True)
    graph.points.update(note="Toen vertelde ik het de klas.")
    export = make(sign_in(coach), order, django_capture_on_commit_callbacks)
    storage, name = export.file.storage, export.file.name

    with django_capture_on_commit_callbacks(execute=True):
        if taken_back == "line":
            lines.share_line(actor=participant.user, graph=graph, shared=False)
        elif taken_back == "word on the line":
            lines.save_line(actor=participant.user, member=participant, points={meeting.pk: lines.DrawnPoint(50)})
        else:
            text, decision = ("Dit mag erin.", "private") if taken_back == "story" else ("Liever zo.", "pdf")
            stories.save_story(
                actor=participant.user, teller=participant, text=text, decision=decision, version=story.version
            )

    export.refresh_from_db()
    assert (export.state, export.file.name) == (Export.State.OUTDATED, "")
    assert not storage.exists(str(name))
    assert sign_in(coach).get(reverse("reports:download", args=[export.pk])).status_code == 404


@pytest.mark.parametrize(("shares", "state"), [("story", "outdated"), ("line", "outdated"), ("nothing", "ready")])
def test_who_leaves_takes_along_what_they_shared(
    sign_in: SignIn,
    group: NetworkGroup,
    participant: Membership,
    colleague: Membership,
    coach: Membership,
    meeting: Meeting,
    shares: str,
    state: str,
) -> None:
    story = make_story(participant, "Dit mag erin.", "pdf" if shares == "story" else "private")
    make_line(participant, {meeting: 50}, shared=shares == "line")
    export = Export.objects.create(group=group, state=Export.State.READY, file="exports/here.pdf", pages=1)

    members.remove_member(actor=coach.user, membership=participant)

    export.refresh_from_db()
    assert export.state == state
    assert sign_in(colleague).get(reverse("reports:story", args=[story.pk])).status_code == 404


def test_saving_a_shared_line_as_it_was_leaves_the_pdf(
    group: NetworkGroup, participant: Membership, closing: Meeting, meeting: Meeting
) -> None:
    make_line(participant, {meeting: 50}, shared=True)
    export = Export.objects.create(group=group, state=Export.State.READY, file="exports/here.pdf", pages=1)

    lines.save_line(actor=participant.user, member=participant, points={meeting.pk: lines.DrawnPoint(50)})

    export.refresh_from_db()
    assert export.state == Export.State.READY


def files_of(export: Export) -> list[str]:
    storage = export.file.storage
    return storage.listdir("exports")[1] if storage.exists("exports") else []


def test_what_is_taken_back_while_the_pdf_is_made_is_not_in_it(
    group: NetworkGroup, participant: Membership, closing: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = make_story(participant, "Dit mag erin.", "pdf")
    export = Export.objects.create(group=group)
    rendered: list[RenderedPdf] = []

    def take_back_meanwhile(*args: Any, **kwargs: Any) -> RenderedPdf:
        if not rendered:
            stories.save_story(
                actor=participant.user, teller=participant, text=story.text, decision="private", version=story.version
            )
        rendered.append(render_pdf(*args, **kwargs))
        return rendered[-1]

    monkeypatch.setattr(documents, "render_pdf", take_back_meanwhile)
    tasks.make_export.call_local(str(export.pk))
    assert "Dit mag erin." in rendered[0].html

    export.refresh_from_db()
    assert (export.state, export.lease_until, files_of(export)) == (Export.State.QUEUED, None, [])

    sweeping.sweep_exports()
    export.refresh_from_db()
    assert (export.state, len(files_of(export))) == (Export.State.READY, 1)
    assert "Dit mag erin." not in rendered[1].html


def test_a_file_that_outlives_a_crash_is_removed_by_the_sweep(
    sign_in: SignIn,
    coach: Membership,
    participant: Membership,
    closing: Meeting,
    order: str,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    """The transaction was committed, and then the power went."""
    story = make_story(participant, "Dit mag erin.", "pdf")
    export = make(sign_in(coach), order, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=False):
        stories.save_story(
            actor=participant.user, teller=participant, text="Dit mag erin.", decision="private", version=story.version
        )
    assert len(files_of(export)) == 1

    sweeping.remove_files()

    export.refresh_from_db()
    assert (export.state, export.file.name, files_of(export)) == (Export.State.OUTDATED, "", [])


def test_a_worker_that_lost_its_row_leaves_the_other_ones_pdf_alone(
    group: NetworkGroup, closing: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = Export.objects.create(group=group)
    taken_over: list[bool] = []

    def slowly(*args: Any, **kwargs: Any) -> RenderedPdf:
        if not taken_over:
            taken_over.append(True)
            Export.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
            tasks.make_export.call_local(str(export.pk))
        return render_pdf(*args, **kwargs)

    monkeypatch.setattr(documents, "render_pdf", slowly)
    tasks.make_export.call_local(str(export.pk))

    export.refresh_from_db()
    assert (export.state, export.attempts) == (Export.State.READY, 2)
    assert [f"exports/{name}" for name in files_of(export)] == [export.file.name]


@pytest.mark.django_db(transaction=True)
def test_a_living_worker_keeps_its_pdf_however_long_it_takes(
    group: NetworkGroup, closing: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = Export.objects.create(group=group)
    for module in (leases, making, tasks):
        monkeypatch.setattr(module, "LEASE", timedelta(seconds=2))
    leases_left: list[timedelta] = []

    def slowly(*args: Any, **kwargs: Any) -> RenderedPdf:
        for _lease in range(2):
            sleep(2)
            lease_until = Export.objects.values_list("lease_until", flat=True).get()
            assert lease_until is not None
            leases_left.append(lease_until - timezone.now())
            sweeping.sweep_exports()
        return render_pdf(*args, **kwargs)

    monkeypatch.setattr(documents, "render_pdf", slowly)
    tasks.make_export.call_local(str(export.pk))

    export.refresh_from_db()
    assert (export.state, export.attempts, len(leases_left)) == (Export.State.READY, 1, 2)
    assert min(leases_left) > timedelta(0)


def test_on_a_full_disk_a_pdf_waits_and_is_made_when_there_is_room(
    group: NetworkGroup, closing: Meeting, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = Export.objects.create(group=group)
    reserve, settings.DISK_RESERVE = settings.DISK_RESERVE, 10**18
    tasks.make_export(str(export.pk))
    export.refresh_from_db()
    assert (export.state, export.attempts) == (Export.State.QUEUED, 0)

    settings.DISK_RESERVE = reserve
    with monkeypatch.context() as patch:
        # It fills up while the pages are made.
        full = OSError(errno.ENOSPC, "No space left on device")
        patch.setattr(documents, "render_pdf", lambda *args, **kwargs: (_ for _ in ()).throw(full))
        tasks.make_export(str(export.pk))
    export.refresh_from_db()
    assert (export.state, export.attempts, export.error) == (Export.State.RUNNING, 1, "")

    Export.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweeping.sweep_exports()
    export.refresh_from_db()
    assert (export.state, len(files_of(export))) == (Export.State.READY, 1)


def test_a_pdf_that_is_not_ready_or_not_there_cannot_be_downloaded(
    sign_in: SignIn, coach: Membership, group: NetworkGroup
) -> None:
    busy = Export.objects.create(group=group)
    lost = Export.objects.create(group=group, state=Export.State.READY, file="exports/lost.pdf", pages=1)

    for pk in (busy.pk, lost.pk, uuid4()):
        assert sign_in(coach).get(reverse("reports:download", args=[pk])).status_code == 404


def test_too_long_a_quote_is_said_beside_the_field(sign_in: SignIn, coach: Membership, order: str) -> None:
    answer = sign_in(coach).post(order, {"quote": "x" * 5000, "going_on": "Blijft staan."})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "200" in html and "Blijft staan." in html
    assert not Export.objects.exists()


def test_letters_that_cannot_be_printed_are_named_before_the_pdf_is_made(
    sign_in: SignIn, coach: Membership, participant: Membership, order: str
) -> None:
    participant.user.name = "Marijke \U0010fffd"
    participant.user.save()
    client = sign_in(coach)

    fields = {"key": str(uuid4()), "version": Export().version, "quote": "Tel tot drie \U0010fffc."}
    answer = client.post(order, {**fields, "going_on": "王小明"})

    page = " ".join(answer.content.decode().split())
    assert "Deze tekens kunnen we niet printen: \U0010fffd \U0010fffc" in page
    assert "Tel tot drie \U0010fffc." in page
    assert not Export.objects.exists()
    client.post(order, {**fields, "anyway": "yes"})
    assert Export.objects.get().quote == "Tel tot drie \U0010fffc."
