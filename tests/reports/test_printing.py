"""Printen: what is offered to whom, made by a worker and one's own for a day; and the mail of the day before."""

import io
from datetime import timedelta
from uuid import uuid4

import pypdf
import pytest
import time_machine
from django.core import mail as outbox_module
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from leervragen.services import asking, holding, outside, writing
from meetings.models import Agreement, Attendance, Meeting
from netwerkleren.base.conflicts import version_of
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.pdf import RenderedPdf
from reports import sweeping, tasks
from reports.models import Edition, Export, PackMail
from reports.printing import the_day_before
from reports.printing.the_day_before import days_told_on
from reports.services import editions, stories
from tests.factories import local, make_meeting
from tests.shown import fields_on
from tests.types import CountQueries, OnCommit, SignIn

from .factories import make_leervraag, make_line, make_story

TUESDAY = local(2026, 11, 24, 9)


def page_of(meeting: Meeting) -> str:
    return reverse("reports:print_meeting", args=[meeting.pk])


def order(client: Client, url: str, on_commit: OnCommit, **data: object) -> Edition:
    """Presses the button of one sheet, or of what is ticked, and the worker makes it."""
    with on_commit(execute=True):
        client.post(url, {**fields_on(client, url, "key"), **data})
    return Edition.objects.get()


def test_a_coach_finds_the_pack_ticked_and_a_deelnemer_no_sheet_of_who_leads(
    sign_in: SignIn, coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    make_leervraag(participant, meeting, "Hoe bied ik rust?")

    own = sign_in(coach).get(page_of(meeting)).content.decode()
    theirs = sign_in(participant).get(page_of(meeting)).content.decode()

    for code in ("run_sheet", "agenda", "attendance", "strips", "cards", "parking_a4"):
        assert f'value="{code}" checked' in own, code
    for code in ("checklist", "parking_a3", "afternoon"):
        assert f'value="{code}">' in own, code
    assert "Maak het Printpakket" in own
    for code in ("run_sheet", "checklist", "attendance"):
        assert f'value="{code}"' not in theirs, code
    assert 'value="strips"' in theirs and "checked" not in theirs


def test_without_leervragen_no_strips_are_offered(sign_in: SignIn, coach: Membership, meeting: Meeting) -> None:
    assert 'value="strips"' not in sign_in(coach).get(page_of(meeting)).content.decode()


def test_one_page_of_the_traject_leads_to_the_papers_of_each_meeting(
    sign_in: SignIn, participant: Membership, closing: Meeting, meeting: Meeting, introduction: Meeting
) -> None:
    html = sign_in(participant).get(reverse("reports:print_group", args=[closing.group_id])).content.decode()

    assert all(page_of(each) in html for each in (introduction, meeting, closing))
    for code in ("goal_form", "activation_card", "protocol", "line_form", "working_agreements", "school_leader"):
        assert f'value="{code}"' in html, code
    # The own interview is printed by who has one.
    assert 'value="protocol_filled"' not in html


@pytest.mark.parametrize("page", ["meetings:detail", "roof:group", "reports:harvest"])
def test_printen_is_found_where_one_looks_for_it(
    sign_in: SignIn, participant: Membership, meeting: Meeting, page: str
) -> None:
    about = meeting.pk if page == "meetings:detail" else meeting.group_id
    printing = page_of(meeting) if page == "meetings:detail" else reverse("reports:print_group", args=[about])

    assert printing in sign_in(participant).get(reverse(page, args=[about])).content.decode()


def test_a_worker_makes_it_and_who_asked_alone_takes_it_along(
    sign_in: SignIn,
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    edition = order(sign_in(coach), page_of(meeting), django_capture_on_commit_callbacks, only="agenda")

    assert (edition.state, edition.sheets, edition.fetched_at) == ("ready", ["agenda"], None)
    pdf = reverse("reports:edition_pdf", args=[edition.pk])
    answer = sign_in(coach).get(pdf)
    assert "Agenda" in pypdf.PdfReader(io.BytesIO(answer.getvalue())).pages[0].extract_text()
    assert answer["Content-Disposition"] == 'attachment; filename="agenda-contact-met-klasgenoten.pdf"'
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert sign_in(participant).get(pdf).status_code == 404
    assert Edition.objects.get().fetched_at is not None


def test_who_does_not_wait_for_it_is_told_by_mail_and_who_took_it_is_not(
    sign_in: SignIn, coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    client = sign_in(coach)
    edition = order(client, page_of(meeting), django_capture_on_commit_callbacks, only="agenda")
    told = OutgoingMail.objects.get(kind="reports.edition_ready", about=edition.pk)
    assert (told.recipient, told.status) == (coach.user.email, "waiting")
    assert timezone.now() < told.send_after <= timezone.now() + tasks.TOLD_AFTER

    OutgoingMail.objects.update(send_after=timezone.now())
    send_mail(told)
    assert reverse("reports:edition", args=[edition.pk]) in str(outbox_module.outbox[-1].body)

    client.get(reverse("reports:edition_pdf", args=[edition.pk])).getvalue()
    OutgoingMail.objects.filter(pk=told.pk).update(status="waiting", lease_until=None)
    send_mail(told)
    told.refresh_from_db()
    assert (told.status, len(outbox_module.outbox)) == ("dropped", 1)


def test_a_worker_that_dies_leaves_no_pdf_of_which_nobody_is_told(
    coach: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*letter: object, **values: object) -> None:
        raise SystemExit

    edition = Edition.objects.create(kind="papers", sheets=["cards"], group=coach.group, member=coach)
    monkeypatch.setattr(tasks, "render_edition", lambda row, tell: RenderedPdf("", b"%PDF-1.7", 1))
    with monkeypatch.context() as at_its_end:
        at_its_end.setattr(tasks, "queue_mail", dies)
        with pytest.raises(SystemExit):
            tasks.make_edition(str(edition.pk))
    edition.refresh_from_db()
    assert edition.state == "running"

    Edition.objects.update(lease_until=timezone.now())
    tasks.make_edition(str(edition.pk))
    edition.refresh_from_db()
    assert edition.state == "ready"
    assert OutgoingMail.objects.filter(kind="reports.edition_ready", about=edition.pk).count() == 1


def send_mail(letter: OutgoingMail) -> None:
    from netwerkleren.base.mail import send_mail_task

    send_mail_task(str(letter.pk))


def test_a_leaders_sheet_is_not_made_for_a_deelnemer_and_nothing_chosen_is_said(
    sign_in: SignIn, participant: Membership, meeting: Meeting
) -> None:
    client, url = sign_in(participant), page_of(meeting)

    for sheets in (["run_sheet"], [], ["no_such_sheet"]):
        answer = client.post(url, {"key": str(uuid4()), "sheets": sheets})
        assert answer.status_code == 422, sheets
    refused = client.post(url, {"key": str(uuid4()), "only": "run_sheet"}).content.decode()
    assert "Kies wat je wilt printen." in refused
    assert not Edition.objects.exists()


def test_a_day_later_it_is_gone_with_its_file(
    sign_in: SignIn, coach: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    edition = order(sign_in(coach), page_of(meeting), django_capture_on_commit_callbacks, only="agenda")
    storage, name = edition.file.storage, str(edition.file.name)

    sweeping.erase_editions()
    assert storage.exists(name)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        sweeping.erase_editions()

    assert not storage.exists(name) and not Edition.objects.exists()


def test_a_file_whose_row_went_with_its_group_is_erased_within_the_hours(
    group: NetworkGroup, participant: Membership
) -> None:
    edition = Edition(group=group, member=participant, kind="team", state="ready")
    edition.file.save("here.pdf", io.BytesIO(b"%PDF"), save=False)  # type: ignore[arg-type]
    edition.save()
    storage, name = edition.file.storage, str(edition.file.name)

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        sweeping.erase_loose_files()
        assert storage.exists(name)
        Edition.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(hours=4), tick=False):
        sweeping.erase_loose_files()
    assert not storage.exists(name)


def test_what_is_taken_back_is_gone_from_the_own_editions_of_others(
    participant: Membership, maatje: Membership, meeting: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    story = make_story(participant, "Dit mag erin.", "pdf")
    of_group = {"group": maatje.group, "member": maatje, "state": "ready"}
    own = Edition.objects.create(kind="own", file="exports/own.pdf", **of_group)
    certificate = Edition.objects.create(kind="certificate", **of_group)

    with django_capture_on_commit_callbacks(execute=True):
        stories.save_story(
            actor=participant.user, teller=participant, text=story.text, decision="private", version=story.version
        )

    own.refresh_from_db()
    certificate.refresh_from_db()
    assert (own.state, own.file.name, certificate.state) == ("outdated", "", "ready")


@pytest.mark.parametrize("taken_back", ["withdrawn", "held back", "other words", "answer removed", "answer changed"])
def test_a_question_that_is_taken_back_is_gone_from_every_pdf_and_paper(
    group: NetworkGroup,
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    meeting: Meeting,
    django_capture_on_commit_callbacks: OnCommit,
    taken_back: str,
) -> None:
    question = make_leervraag(participant, meeting, "Hoe help ik die ene leerling?")
    writing.write_answer(actor=maatje.user, leervraag=question, text="Vraag het.", version=version_of(""))
    of_coach = {"group": group, "member": coach, "kind": "papers", "state": "ready"}
    export = Export.objects.create(group=group, state=Export.State.READY, file="exports/here.pdf", pages=1)
    strips = Edition.objects.create(meeting=meeting, file="exports/strips.pdf", sheets=["strips"], **of_coach)
    of_traject = Edition.objects.create(sheets=["line_form"], **of_coach)

    with django_capture_on_commit_callbacks(execute=True):
        if taken_back == "withdrawn":
            asking.withdraw_leervraag(actor=participant.user, leervraag=question)
        elif taken_back == "held back":
            holding.hold_back(actor=coach.user, leervraag=question, reason="Zijn bijnaam")
        elif taken_back == "other words":
            asking.change_leervraag(
                actor=participant.user,
                leervraag=question,
                text="Anders",
                situation="",
                version=question.version_of_text,
            )
        else:
            text = "" if taken_back == "answer removed" else "Wacht even."
            writing.write_answer(actor=maatje.user, leervraag=question, text=text, version=version_of("Vraag het."))

    for row in (export, strips, of_traject):
        row.refresh_from_db()
    assert (export.state, export.file.name, of_traject.state) == ("outdated", "", "ready")
    assert (strips.state, strips.file.name) == ("outdated", "")


@pytest.mark.parametrize("of", ["answer", "afspraak"])
def test_what_may_no_longer_go_outside_is_gone_from_the_pages_for_a_team(
    participant: Membership,
    maatje: Membership,
    meeting: Meeting,
    django_capture_on_commit_callbacks: OnCommit,
    of: str,
) -> None:
    answered = make_leervraag(participant, meeting, "Hoe wacht ik?", answer="Tel tot drie.")
    agreed = Agreement.objects.create(meeting=meeting, text="Elke week rust", owner=participant)

    def mark(value: bool) -> None:
        if of == "answer":
            outside.mark_answer(actor=participant.user, leervraag=answered, outside=value)
        else:
            outside.mark_agreement(actor=participant.user, agreement=agreed, outside=value)

    mark(True)
    of_maatje = {"group": maatje.group, "member": maatje, "state": "ready"}
    team = Edition.objects.create(kind="team", file="exports/team.pdf", **of_maatje)

    with django_capture_on_commit_callbacks(execute=True):
        mark(False)

    team.refresh_from_db()
    assert (team.state, team.file.name) == ("outdated", "")


@pytest.mark.parametrize("kind", ["own", "team", "certificate"])
def test_a_deelnemer_asks_for_what_is_theirs_and_a_coach_does_not(
    sign_in: SignIn, participant: Membership, coach: Membership, group: NetworkGroup, meeting: Meeting, kind: str
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    Attendance.objects.create(meeting=meeting, membership=participant, status=Attendance.Status.PRESENT)
    url, body = reverse("reports:for_me", args=[group.pk]), {"key": str(uuid4()), "kind": kind}

    assert sign_in(coach).post(url, body).status_code == 403
    answer = sign_in(participant).post(url, body)

    assert answer["Location"] == reverse("reports:edition", args=[Edition.objects.get().pk])
    assert (Edition.objects.get().kind, Edition.objects.get().member) == (kind, participant)
    assert 'value="own"' not in sign_in(coach).get(reverse("reports:harvest", args=[group.pk])).content.decode()


def test_no_certificate_says_that_who_was_at_nothing_took_part(
    sign_in: SignIn, participant: Membership, group: NetworkGroup, meeting: Meeting
) -> None:
    Attendance.objects.create(
        meeting=meeting, membership=participant, status=Attendance.Status.PRESENT
    )  # It is to come.
    body = {"key": str(uuid4()), "kind": "certificate"}

    answer = sign_in(participant).post(reverse("reports:for_me", args=[group.pk]), body, follow=True)

    assert "Je bewijs kan nog niet" in answer.content.decode()
    assert not Edition.objects.exists()


def test_papers_are_not_asked_for_by_the_button_of_what_is_ones_own(
    sign_in: SignIn, participant: Membership, group: NetworkGroup
) -> None:
    url = reverse("reports:for_me", args=[group.pk])

    answer = sign_in(participant).post(url, {"key": str(uuid4()), "kind": "papers"})

    assert (answer.status_code, Edition.objects.count()) == (302, 0)


def test_no_more_than_a_few_wait_for_one_member(participant: Membership, group: NetworkGroup) -> None:
    for _number in range(editions.MOST_EDITIONS):
        editions.order_for_me(actor=participant.user, group=group, key=uuid4(), kind="team")

    with pytest.raises(Exception, match="Wacht daar even op"):
        editions.order_for_me(actor=participant.user, group=group, key=uuid4(), kind="team")


@pytest.mark.parametrize(
    ("today", "last"),
    [(TUESDAY, "2026-11-25"), (local(2026, 11, 27), "2026-11-30"), (local(2026, 11, 26), "2026-11-27")],
)
def test_the_day_before_a_monday_is_the_friday(today: object, last: str) -> None:
    first, until = days_told_on(timezone.localtime(today).date())  # type: ignore[arg-type]

    assert str(until) == last and first <= until


def test_a_coach_who_wishes_so_is_mailed_once_the_day_before_with_a_link_and_no_attachment(
    sign_in: SignIn,
    coach: Membership,
    participant: Membership,
    group: NetworkGroup,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        tomorrow = make_meeting(group, starts_at=local(2026, 11, 25, 15, 30))
        make_meeting(group, starts_at=local(2026, 11, 26, 15, 30))
        sign_in(coach).post(reverse("reports:mail_pack", args=[group.pk]), {"wished": "1"})
        for _twice in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                sweeping.mail_packs()

    (letter,) = outbox_module.outbox
    assert letter.to == [coach.user.email]
    assert page_of(tomorrow) in str(letter.body) and letter.attachments == []


def test_a_sweep_that_dies_mails_again_about_every_meeting(
    coach: Membership, group: NetworkGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def dies_at_the_second(kind: str, **values: object) -> None:
        if sent:
            raise SystemExit
        sent.append(kind)

    with time_machine.travel(local(2026, 11, 27, 9), tick=False):
        for day in (29, 30):
            make_meeting(group, starts_at=local(2026, 11, day, 15, 30))
        editions.wish_pack_mail(actor=coach.user, group=group, wished=True)
        with monkeypatch.context() as at_its_end:
            at_its_end.setattr(the_day_before, "queue_mail", dies_at_the_second)
            with pytest.raises(SystemExit):
                sweeping.mail_packs()
        sweeping.mail_packs()

    assert OutgoingMail.objects.filter(kind="reports.pack_tomorrow").count() == 2


@pytest.mark.parametrize("why_not", ["nobody wishes", "not any more", "cancelled", "at night", "coach has left"])
def test_nobody_is_mailed_where_there_is_no_reason(
    coach: Membership, group: NetworkGroup, why_not: str, django_capture_on_commit_callbacks: OnCommit
) -> None:
    state = Meeting.State.CANCELLED if why_not == "cancelled" else Meeting.State.PLANNED
    now = local(2026, 11, 24, 23) if why_not == "at night" else TUESDAY
    with time_machine.travel(now, tick=False), django_capture_on_commit_callbacks(execute=True):
        make_meeting(group, starts_at=local(2026, 11, 25, 15, 30), state=state)
        if why_not != "nobody wishes":
            editions.wish_pack_mail(actor=coach.user, group=group, wished=True)
        if why_not == "not any more":
            editions.wish_pack_mail(actor=coach.user, group=group, wished=False)
        if why_not == "coach has left":
            Membership.objects.filter(pk=coach.pk).update(left=timezone.now())
        sweeping.mail_packs()

    assert outbox_module.outbox == []
    assert PackMail.objects.count() == (0 if why_not in ("nobody wishes", "not any more") else 1)


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_as_much_for_thirty_as_for_one(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    meeting: Meeting,
    count: int,
    participant: Membership,
    django_assert_num_queries: CountQueries,
) -> None:
    for number in range(count):
        make_leervraag(participant, meeting, f"Vraag {number}?")
    if count > 1:
        make_line(participant, {meeting: 50}, shared=True)
        for number in range(2, count):
            make_meeting(group, position=number)
    client = sign_in(coach)

    with django_assert_num_queries(6):
        client.get(page_of(meeting))
    with django_assert_num_queries(7):
        client.get(reverse("reports:print_group", args=[group.pk]))
