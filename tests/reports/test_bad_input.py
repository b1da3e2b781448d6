"""What no one expects: texts far too long, hostile ones, a traject with nothing or with forty moments in it."""

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from leervragen.models import QUESTION
from meetings.models import Meeting
from reports.closing.documents import closing_document
from reports.closing.facts import closing_facts
from reports.lines.moments import moments_of
from reports.models import Export, GraphMoment, LinesTalk, ValueStory
from reports.printing.documents import papers_document
from reports.printing.facts import On
from reports.printing.sheets import BY_CODE
from reports.services import lines
from tests.factories import make_member
from tests.reports.factories import make_leervraag, make_line, make_story
from tests.types import SignIn

HOSTILE = (
    "</p></section><img src='http://127.0.0.1:9/a.png'><img src='file:///etc/hostname'>"
    "<link rel='attachment' href='file:///etc/passwd'><style>@import 'http://127.0.0.1:9/b.css'</style>"
    "<script>alert(1)</script>{{ 7|add:7 }}"
)


@pytest.fixture
def closing_pdf(group: NetworkGroup) -> Callable[[], pypdf.PdfReader]:
    def make(**fields: Any) -> pypdf.PdfReader:
        document = closing_document(Export(group=group, **fields), closing_facts(group))
        return pypdf.PdfReader(io.BytesIO(document.pdf))

    return make


def words_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_story_of_thirty_thousand_characters_is_refused_in_words_and_stays_in_its_field(
    sign_in: SignIn, participant: Membership, group: NetworkGroup
) -> None:
    long = "Ik wachtte. " * 2500
    answer = sign_in(participant).post(
        reverse("reports:my_story", args=[group.pk]), {"text": long, "decision": "pdf", "version": ValueStory().version}
    )

    html = answer.content.decode()
    assert (len(long), answer.status_code) == (30_000, 422)
    assert "12000" in html.replace(".", "") and long.strip() in html
    assert not ValueStory.objects.filter(text=long).exists()


def test_the_longest_story_runs_on_over_pages(
    closing_pdf: Callable[..., pypdf.PdfReader], participant: Membership
) -> None:
    make_story(participant, ("Ik wachtte tot er iets kwam. " * 420)[:11_980] + "\nDit is het eind.", "pdf")

    reader = closing_pdf()

    assert "Dit is het eind." in words_of(reader)
    assert len(reader.pages) >= 4


def test_hostile_text_in_every_field_asks_for_nothing_and_carries_nothing(
    closing_pdf: Callable[..., pypdf.PdfReader],
    caplog: pytest.LogCaptureFixture,
    group: NetworkGroup,
    participant: Membership,
    meeting: Meeting,
) -> None:
    """Nothing is asked for: WeasyPrint would say that it may not."""
    NetworkGroup.objects.filter(pk=group.pk).update(name=HOSTILE[:80], theme=HOSTILE[:100])
    group.refresh_from_db()
    participant.user.name = "<img src=x> Hoekstra"
    participant.user.save()
    make_leervraag(participant, meeting, HOSTILE, answer=HOSTILE, outcome="answered", situation=HOSTILE)
    make_story(participant, HOSTILE, ValueStory.Decision.PDF)
    graph = make_line(participant, {meeting: 40}, shared=True)
    graph.points.update(note=HOSTILE[:120])
    LinesTalk.objects.create(group=group, seen=HOSTILE, meaning=HOSTILE, what_now=HOSTILE)

    reader = closing_pdf(quote=HOSTILE[:200], quoted="<b>x</b>", going_on=HOSTILE)

    assert reader.attachments == {}
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []
    text = words_of(reader)
    assert "<script>alert(1)</script>{{ 7|add:7 }}" in text


def test_without_stories_lines_or_questions_there_is_a_pdf_with_who_took_part(
    closing_pdf: Callable[..., pypdf.PdfReader], participant: Membership, meeting: Meeting
) -> None:
    text = words_of(closing_pdf())

    assert participant.user.name in text
    assert "Verhalen" not in text and "Onze lijnen" not in text


def test_a_cancelled_meeting_with_points_is_on_no_axis_and_its_point_stays(
    closing_pdf: Callable[..., pypdf.PdfReader],
    group: NetworkGroup,
    participant: Membership,
    meeting: Meeting,
    second_meeting: Meeting,
) -> None:
    graph = make_line(participant, {meeting: 10, second_meeting: 90}, shared=True)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CANCELLED)
    assert [moment.pk for moment in moments_of(group)] == [second_meeting.pk]

    point = lines.DrawnPoint(80)
    lines.save_line(actor=participant.user, member=participant, points={second_meeting.pk: point})

    assert "zelden" in words_of(closing_pdf())  # the axis; the table has one moment
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.PLANNED)
    assert dict(graph.points.values_list("moment", "value")) == {meeting.pk: 10, second_meeting.pk: 80}


def test_of_a_member_who_left_nothing_is_in_it(
    closing_pdf: Callable[..., pypdf.PdfReader], group: NetworkGroup, meeting: Meeting
) -> None:
    gone = make_member(group, "Wietske Vertrokken")
    make_story(gone, "Mijn verhaal ging mee.", ValueStory.Decision.PDF)
    make_line(gone, {meeting: 50}, shared=True)
    gone.left = gone.joined
    gone.save()

    text = words_of(closing_pdf())

    assert "Mijn verhaal ging mee." not in text
    assert "Wietske" not in text


def test_of_five_thousand_characters_no_question_is_made_and_the_longest_is_read_to_its_end_on_its_strip(
    sign_in: SignIn, participant: Membership, coach: Membership, meeting: Meeting
) -> None:
    asked = reverse("leervragen:leervragen", args=[meeting.pk])
    too_long = "Hoe bied ik rust? " * 278
    answer = sign_in(participant).post(asked, {"key": str(uuid4()), "text": too_long})
    assert (answer.status_code, too_long.strip() in answer.content.decode()) == (422, True)
    longest = too_long[: QUESTION - 14] + " Tot hier toe."
    make_leervraag(participant, meeting, longest)

    made = papers_document(On(meeting.group, coach, meeting), [BY_CODE["strips"]])

    assert (len(longest), longest in words_of(pypdf.PdfReader(io.BytesIO(made.pdf)))) == (QUESTION, True)


def test_forty_moments_are_all_in_the_table_of_the_closing_pdf(
    closing_pdf: Callable[..., pypdf.PdfReader], group: NetworkGroup, participant: Membership, meeting: Meeting
) -> None:
    make_line(participant, {meeting: 40}, shared=True)
    for number in range(1, 41):
        GraphMoment.objects.create(group=group, kind="other", label=f"Moment nummer {number}", after=meeting)

    text = words_of(closing_pdf())

    assert [number for number in range(1, 41) if f"Moment nummer {number}" not in text] == []
