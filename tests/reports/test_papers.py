"""The papers themselves, read as a person would: what stands on them, and that odd texts fit."""

import io
import logging
import re
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from django.template.loader import render_to_string

from groups.models import Membership, NetworkGroup
from leervragen.documents import leervragen_pdf
from leervragen.services import outside
from meetings.agendas import standard_agenda
from meetings.cue_cards import cues_for
from meetings.models import AgendaItem, Agreement, Attendance, LeadingNote, Meeting
from reports.closing import personal
from reports.closing.attended import meetings_attended
from reports.closing.own import own_pages
from reports.closing.typesetting import blocks_of
from reports.models import Edition, GraphMoment, Interview, InterviewNote
from reports.printing import facts
from reports.printing.documents import papers_document
from reports.printing.facts import On, Strip
from reports.printing.sheets import BY_CODE
from tests.factories import local, make_meeting, make_topic

from .factories import make_leervraag, make_line, make_story


@pytest.fixture
def printed(group: NetworkGroup) -> Callable[..., list[str]]:
    """Prints sheets for a member; answers the text of each page in one line."""

    def _printed(member: Membership, meeting: Meeting | None, *codes: str) -> list[str]:
        found = Meeting.objects.with_facts().get(pk=meeting.pk) if meeting else None
        pdf = papers_document(On(group, member, found), [BY_CODE[code] for code in codes]).pdf
        return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]

    return _printed


def test_the_run_sheet_has_clock_times_the_spiekbriefje_and_notes_on_one_page(
    printed: Callable[..., list[str]], coach: Membership, meeting: Meeting
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=local(2026, 11, 18, 15, 30))
    items = AgendaItem.objects.bulk_create(standard_agenda(meeting))
    LeadingNote.objects.create(meeting=meeting, item=items[0], writer=coach, text="Eerst de beamer aan.")

    (page,) = printed(coach, meeting, "run_sheet")

    for clock in ("15.30", "15.45", "16.00", "16.15", "16.25", "16.35", "17.20", "17.25", "17.40", "17.50"):
        assert clock in page, clock
    assert "Eerst de beamer aan." in page
    assert all(cue.split()[0] in page for item in items for cue in cues_for(item, meeting.kind))


def test_without_a_date_the_run_sheet_counts_from_the_beginning(coach: Membership, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=None)
    AgendaItem.objects.bulk_create(standard_agenda(meeting))
    undated = Meeting.objects.with_facts().get(pk=meeting.pk)

    steps = facts.run_sheet(On(coach.group, coach, undated))["steps"]

    assert [step.after for step in steps] == [0, 15, 30, 45, 55, 65, 110, 115, 130]


def test_notes_of_who_leads_are_on_nobody_elses_run_sheet(
    coach: Membership, participant: Membership, meeting: Meeting
) -> None:
    item = AgendaItem.objects.bulk_create(standard_agenda(meeting))[0]
    LeadingNote.objects.create(meeting=meeting, item=item, writer=coach, text="Van de coach.")

    steps = facts.run_sheet(On(coach.group, participant, meeting))["steps"]

    assert [step.notes for step in steps if step.notes] == []


@pytest.mark.parametrize(
    ("length", "size"), [(10, "giant"), (61, "huge"), (121, "large"), (300, "middle"), (900, "small"), (5000, "tiny")]
)
def test_the_letters_of_a_strip_are_as_large_as_its_question_lets_them(length: int, size: str) -> None:
    assert Strip("x" * length, "Marijke").size == size


def test_a_strip_is_one_page_each_and_hostile_text_stays_text(
    printed: Callable[..., list[str]],
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING, logger="weasyprint")
    make_leervraag(participant, meeting, "<img src='file:///etc/hostname'> Łódź مرحبا 王 👍?")
    make_leervraag(participant, meeting, "Hoe dan toch? " * 21)

    pages = printed(coach, meeting, "strips")

    assert len(pages) == 2
    assert "<img src='file:///etc/" in pages[0] and "Marijke" in pages[0]
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def test_a_line_form_of_forty_moments_is_one_page_with_a_number_and_a_name_for_each(
    printed: Callable[..., list[str]], participant: Membership, meeting: Meeting
) -> None:
    for number in range(39):
        GraphMoment.objects.create(group=meeting.group, kind="coaching", label=f"Coaching {number}", after=meeting)

    (page,) = printed(participant, None, "line_form")

    assert all(f"Coaching {number}" in page for number in range(39)) and "40" in page


@pytest.mark.parametrize("count", [1, 7, 13, 26])
def test_the_afternoon_in_one_picture_is_one_page_whatever_the_traject(
    printed: Callable[..., list[str]], coach: Membership, group: NetworkGroup, count: int
) -> None:
    topic = make_topic(group, "Rust en ruimte voor wie niet tegen de drukte van het buitenspelen kan " * 2)
    for number in range(1, count + 1):
        last = make_meeting(group, position=number, topic=topic, starts_at=local(2027, 3, 24, 15))
    AgendaItem.objects.bulk_create(standard_agenda(last))

    (page,) = printed(coach, last, "afternoon")

    assert f"Bijeenkomst {count}" in page and "Leervragen beantwoorden" in page and "17.10" in page


def test_the_filled_interview_is_the_tellers_own(
    printed: Callable[..., list[str]], participant: Membership, maatje: Membership, closing: Meeting
) -> None:
    interview = Interview.objects.create(group=closing.group, teller=participant, interviewer=maatje)
    InterviewNote.objects.create(interview=interview, part="A", text="Het filmen hielp.", activities="Filmen\nPitch")

    assert "Het filmen hielp." in " ".join(printed(participant, None, "protocol_filled"))
    assert not BY_CODE["protocol_filled"].needs(On(closing.group, maatje, None))
    assert "Het filmen hielp." not in " ".join(printed(participant, None, "protocol"))


def test_forms_and_cards_are_on_one_page(printed: Callable[..., list[str]], participant: Membership) -> None:
    pages = printed(participant, None, "goal_form", "activation_card", "working_agreements", "school_leader")

    starts = ("Leerdoel en observatie", "Activeringskaart", "Zo werken wij", "Voor je schoolleider")
    assert [any(start in page for page in pages) for start in starts] == [True] * 4
    assert len(pages) == 4
    assert "Er wordt niets teruggemeld." in pages[3]


def test_a_page_keeps_ten_millimetres_clear_at_each_side() -> None:
    css = render_to_string("reports/print/print.css")
    pages = [line for line in css.splitlines() if line.startswith("@page")]

    margins = [float(size) for line in pages for size in re.findall(r"([\d.]+)mm", line)]
    assert len(pages) == 4 and min(margins) >= 10


def test_the_head_of_leervragen_pdf_has_air_between_its_lines(participant: Membership, meeting: Meeting) -> None:
    question = make_leervraag(participant, meeting, "Hoe bied ik rust?")
    page = pypdf.PdfReader(io.BytesIO(leervragen_pdf(meeting, [question]).pdf)).pages[0]
    heights: dict[str, float] = {}

    def note(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        if text.strip():
            heights.setdefault(text.strip().split()[0], cm[5] + tm[5] * cm[3])

    page.extract_text(visitor_text=note)

    assert heights["Leervragen"] - heights["Contact"] > 20
    assert heights["Contact"] - heights["1"] > 26


def test_a_story_is_set_as_headings_lists_and_text() -> None:
    blocks = blocks_of("Wat was waardevol?\n- Filmen\n- Pitch\n\nIk wachtte.\nTot drie.\n\n* Nog een")

    assert [(block.kind, block.lines) for block in blocks] == [
        ("heading", ("Wat was waardevol?",)),
        ("list", ("Filmen", "Pitch")),
        ("text", ("Ik wachtte.", "Tot drie.")),
        ("list", ("Nog een",)),
    ]


def test_a_certificate_counts_what_was_held_and_where_one_was(participant: Membership, meeting: Meeting) -> None:
    AgendaItem.objects.bulk_create(standard_agenda(meeting))
    Attendance.objects.create(meeting=meeting, membership=participant, status=Attendance.Status.PRESENT)
    assert meetings_attended(participant) == []

    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    taken = meetings_attended(participant)
    assert [(each.meeting, each.length) for each in taken] == [(meeting, "2 uur en 20 minuten")]

    Attendance.objects.update(status=Attendance.Status.ABSENT)
    assert meetings_attended(participant) == []


def test_the_page_for_the_team_holds_of_others_only_what_may_leave_the_group(
    participant: Membership, maatje: Membership, meeting: Meeting
) -> None:
    make_leervraag(participant, meeting, "Mijn vraag?", answer="Mijn antwoord.")
    theirs = make_leervraag(maatje, meeting, "Wat doe ik met Bram?", answer="Tel tot drie.")
    agreed = Agreement.objects.create(meeting=meeting, text="Elke week een rustmoment", owner=maatje)

    def page() -> str:
        return personal.render_team(Edition(group=meeting.group, member=participant), lambda step: None).html

    html = page()
    assert "Mijn antwoord." in html
    for foreign in ("Bram", "Tel tot drie", "rustmoment", "Yusuf"):
        assert foreign not in html

    outside.mark_answer(actor=maatje.user, leervraag=theirs, outside=True)
    outside.mark_agreement(actor=maatje.user, agreement=agreed, outside=True)
    html = page()
    for marked in ("Mijn vraag?", "Tel tot drie.", "Elke week een rustmoment"):
        assert marked in html
    # The question is about somebody's class; only the answer was marked.
    assert "Bram" not in html and "Yusuf" not in html


def test_the_page_for_the_team_stays_one_page_and_keeps_what_is_ones_own(
    participant: Membership, maatje: Membership, meeting: Meeting
) -> None:
    for number in range(12):
        make_leervraag(participant, meeting, f"Vraag {number}? {'Hoe dan? ' * 30}", answer="Zo gaat dat goed. " * 90)
        theirs = make_leervraag(maatje, meeting, "Zijn vraag?", answer=f"Antwoord {number}. {'Rustig aan. ' * 50}")
        outside.mark_answer(actor=maatje.user, leervraag=theirs, outside=True)

    made = personal.render_team(Edition(group=meeting.group, member=participant), lambda step: None)

    assert made.pages == 1
    assert "Vraag 0?" in made.html and "Zijn vraag" not in made.html


def test_the_own_edition_has_ones_own_private_story_and_line(participant: Membership, meeting: Meeting) -> None:
    make_story(participant, "Van mij alleen.")
    make_line(participant, {meeting: 100})

    own = own_pages(participant)

    assert own.story is not None and own.story.text == "Van mij alleen."
    assert own.points == [("Bijeenkomst 1", "heel vaak")]
