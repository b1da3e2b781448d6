"""The closing PDF, read as a person would: what is in it, and above all what is not."""

import io
import logging
from collections.abc import Callable
from typing import Any

import pypdf
import pytest

from groups.models import Membership, NetworkGroup
from leervragen.models import Leervraag
from meetings.models import Agreement, ExpertInvitation, ImprovementPoint, LookBack, Meeting
from reports.closing.documents import closing_document
from reports.closing.facts import closing_facts
from reports.models import Export, ValueStory
from tests.factories import make_member, make_school
from tests.types import CountQueries

from .factories import make_leervraag, make_line, make_story

pytestmark = pytest.mark.on_postgresql  # as tests/reports/test_exports.py


@pytest.fixture
def read(group: NetworkGroup, coach: Membership) -> Callable[..., list[str]]:
    """Makes the PDF of the group as it is now; answers its text as one line per page."""

    def _read(**fields: Any) -> list[str]:
        export = Export(group=group, made_by=coach.user, **fields)
        document = closing_document(export, closing_facts(group))
        pages = pypdf.PdfReader(io.BytesIO(document.pdf)).pages
        assert len(pages) == document.pages
        return [" ".join(page.extract_text().split()) for page in pages]

    return _read


def test_every_member_and_every_meeting_is_on_the_cover(
    read: Callable[..., list[str]],
    participant: Membership,
    maatje: Membership,
    coach: Membership,
    closing: Meeting,
    expert_invitation: ExpertInvitation,
) -> None:
    expert_invitation.answer = "yes"
    expert_invitation.save()

    cover = read(quote="Ik telde tot drie, en toen kwam het.", quoted="Yusuf")[0]

    for expected in [
        "Marijke Hoekstra", "obs De Lindenhof, groep 5", "Yusuf Demir", "Hanneke Dijkstra", "Introductie",
        "Contact met klasgenoten", "met Lotte Meijerink", "Samen met ouders", "Afsluiting",
        "Leerlingen met autisme in de klas", "“Ik telde tot drie, en toen kwam het.”", "geen leerlingen in beeld",
    ]:  # fmt: skip
        assert expected in cover


def test_leervragen_come_with_their_answer_and_what_became_of_them(
    read: Callable[..., list[str]], participant: Membership, meeting: Meeting, second_meeting: Meeting
) -> None:
    make_leervraag(participant, meeting, "Hoe bied ik rust?", answer="Begin met één hoek.", outcome="answered")
    parked = {"state": "parked", "outcome": "parked", "destination": "naar het team", "reason": "te groot"}
    make_leervraag(participant, meeting, "Wie belt de ouders?", **parked)
    moved = make_leervraag(participant, meeting, "Wat doe ik in de pauze?", outcome="moved")
    make_leervraag(participant, second_meeting, "Wat doe ik in de pauze?", moved_from=moved)
    make_leervraag(participant, meeting, "Toch maar niet", outcome=Leervraag.Outcome.WITHDRAWN)

    text = " ".join(read())

    assert "Hoe bied ik rust? Marijke Hoekstra · beantwoord gesteld → antwoord Begin met één hoek." in text
    assert "Wie belt de ouders? Marijke Hoekstra · op de Parkeerplaats: naar het team" in text
    assert "Wat doe ik in de pauze? Marijke Hoekstra · nog open gesteld (eerder in bijeenkomst 1)" in text
    assert text.count("Wat doe ik in de pauze?") == 1
    assert "Toch maar niet" not in text


def test_what_the_group_did_otherwise_when_answering_is_in_it(read: Callable[..., list[str]], meeting: Meeting) -> None:
    ImprovementPoint.objects.create(meeting=meeting, text="Eerst even stil nadenken.", about=LookBack.ANSWERING)

    assert "Bij het beantwoorden van leervragen: Eerst even stil nadenken." in " ".join(read())


def test_only_a_story_that_its_teller_ticked_is_in_it(
    read: Callable[..., list[str]], participant: Membership, maatje: Membership, colleague: Membership, closing: Meeting
) -> None:
    make_story(participant, "Ik durf nu stil te zijn.", ValueStory.Decision.PDF)
    make_story(maatje, "Dit lezen alleen jullie.", ValueStory.Decision.GROUP)
    make_story(colleague, "Dit is van mij alleen.")

    text = " ".join(read())

    assert "Het verhaal van Marijke Hoekstra Ik durf nu stil te zijn." in text
    assert "Dit lezen alleen jullie." not in text
    assert "Dit is van mij alleen." not in text
    assert "Het verhaal van Yusuf" not in text


def test_only_lines_that_are_shared_are_in_it(
    read: Callable[..., list[str]],
    participant: Membership,
    maatje: Membership,
    meeting: Meeting,
    second_meeting: Meeting,
    closing: Meeting,
) -> None:
    make_line(participant, {meeting: 25, second_meeting: None, closing: 100}, shared=True)
    make_line(maatje, {meeting: 50, second_meeting: 50, closing: 50})

    _cover, *pages = read()

    assert "Marijke Hoekstra soms niet geweest heel vaak" in " ".join(pages)
    assert "Yusuf" not in " ".join(pages)


def test_improvements_and_agreements_are_in_it(
    read: Callable[..., list[str]],
    participant: Membership,
    coach: Membership,
    meeting: Meeting,
    second_meeting: Meeting,
) -> None:
    ImprovementPoint.objects.create(meeting=meeting, text="Eerder beginnen", done_in=second_meeting)
    Agreement.objects.create(meeting=meeting, text="Stuurt het boek rond", owner=participant)
    Agreement.objects.create(meeting=meeting, text="Neemt iets lekkers mee")

    text = " ".join(read(going_on="Elke maand koffie."))

    assert "Na bijeenkomst 1 Eerder beginnen (gedaan)" in text
    assert "Stuurt het boek rond Marijke Hoekstra" in text
    assert "Neemt iets lekkers mee wij allemaal" in text
    assert "Hoe we verdergaan Elke maand koffie." in text


def test_what_is_not_there_has_no_heading(
    read: Callable[..., list[str]], participant: Membership, closing: Meeting
) -> None:
    text = " ".join(read())

    for heading in ["Leervragen met antwoorden", "Afspraken", "Verhalen", "Onze lijnen", "Wat we anders deden"]:
        assert heading not in text


def test_a_member_who_left_takes_the_story_along(
    read: Callable[..., list[str]], ex_member: Membership, closing: Meeting
) -> None:
    make_story(ex_member, "Dit was van Tom.", ValueStory.Decision.PDF)

    assert "Tom" not in " ".join(read())


def test_hostile_text_emoji_and_right_to_left_are_written_as_they_are(
    read: Callable[..., list[str]],
    group: NetworkGroup,
    closing: Meeting,
    meeting: Meeting,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING, logger="weasyprint")
    school = make_school("<b>School</b> & Łódź")
    member = make_member(group, "مريم Doğan", school=school)
    make_story(member, "</p><img src='file:///etc/hostname'>\n👍 ştart {{ 7 }} $x$", ValueStory.Decision.PDF)
    make_line(member, {meeting: 40}, shared=True)
    make_leervraag(member, meeting, "<script>alert(1)</script> 🎉?")

    text = " ".join(read(quote="“Ja” 😀", quoted="</blockquote>"))

    assert "<b>School</b> & Łódź" in text
    assert "</p><img src='file:///etc/hostname'> 👍 ştart {{ 7 }} $x$" in text
    assert "<script>alert(1)</script> 🎉?" in text
    assert "مريم" in text
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def test_the_number_of_queries_does_not_grow_with_the_group(
    group: NetworkGroup, coach: Membership, meeting: Meeting, closing: Meeting, django_assert_num_queries: CountQueries
) -> None:
    def grow(count: int) -> None:
        for number in range(count):
            member = make_member(group, f"Lid {number}")
            make_story(member, "Verhaal", ValueStory.Decision.PDF)
            make_line(member, {meeting: 50, closing: 60}, shared=True)
            make_leervraag(member, meeting, f"Vraag {number}?")

    grow(1)
    with django_assert_num_queries(14):
        closing_facts(group)

    grow(29)
    with django_assert_num_queries(14):
        closing_facts(group)
