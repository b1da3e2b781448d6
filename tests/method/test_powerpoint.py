"""The slides as a file, read back as who opens it sees them."""

from io import BytesIO
from typing import Any

from django.urls import reverse

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from netwerkleren.method.deck import presentation_of
from tests.factories import make_agenda_item
from tests.types import SignIn

LONG = "n" * 160


def opened(content: bytes) -> Any:
    from pptx import Presentation

    return Presentation(BytesIO(content))


def shapes_of(page: Any) -> list[Any]:
    """Also those of its drawing."""
    return [part for shape in page.shapes for part in (shape.shapes if hasattr(shape, "shapes") else [shape])]


def file_of(browser: Any, meeting: Meeting) -> Any:
    return browser.get(reverse("method:presentation_file", args=[meeting.pk]))


def test_the_coach_gets_a_file_with_the_same_slides_that_can_be_changed(
    coach: Membership, participant: Membership, introduction: Meeting, sign_in: SignIn
) -> None:
    answer = file_of(sign_in(coach), introduction)
    assert answer["Content-Disposition"] == 'attachment; filename="de-hondsrug-introductie.pptx"'
    made = opened(answer.content)
    ours = presentation_of(Meeting.objects.with_facts().get(pk=introduction.pk))
    assert [page.shapes.title.text_frame.text for page in made.slides] == [slide.title for slide in ours]
    for page, slide in zip(made.slides, ours, strict=True):
        lines = [paragraph.text for paragraph in page.placeholders[1].text_frame.paragraphs if paragraph.text]
        assert lines == list(slide.lines)
        words = " ".join(shape.text_frame.text for shape in shapes_of(page) if shape.has_text_frame)
        assert len(words.split()) == slide.word_count <= 40


def test_its_drawings_are_shapes_that_stay_within_the_slide(
    coach: Membership, introduction: Meeting, sign_in: SignIn
) -> None:
    made = opened(file_of(sign_in(coach), introduction).content)
    (talent,) = [page for page in made.slides if page.shapes.title.text_frame.text == "TalentKracht"]
    texts = [shape.text_frame.text for shape in shapes_of(talent) if shape.has_text_frame]
    assert {"kind", "volwassene", "taak", "talent"} <= set(texts)
    (drawing,) = [shape for shape in talent.shapes if hasattr(shape, "shapes")]
    assert drawing._element.nvGrpSpPr.cNvPr.get("descr").startswith("Een driehoek met op de hoeken het kind")
    for page in made.slides:
        for shape in shapes_of(page):
            assert 0 <= shape.left <= shape.left + shape.width <= made.slide_width
            assert 0 <= shape.top <= shape.top + shape.height <= made.slide_height


def test_a_word_of_160_letters_gets_letters_that_fit(
    coach: Membership, group: NetworkGroup, introduction: Meeting, sign_in: SignIn
) -> None:
    NetworkGroup.objects.filter(pk=group.pk).update(name=LONG[:80], theme=LONG)
    answer = file_of(sign_in(coach), introduction)
    assert answer.status_code == 200
    welcome = next(iter(opened(answer.content).slides))
    paragraphs = welcome.placeholders[1].text_frame.paragraphs
    assert {len(paragraph.text) for paragraph in paragraphs[:2]} == {60}
    assert all(paragraph.font.size.pt <= 12 for paragraph in paragraphs)


def test_a_meeting_without_slides_has_no_file_and_one_with_an_onderdeel_that_has_them_has_one(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    assert file_of(browser, meeting).status_code == 404
    meeting.current_item = make_agenda_item(meeting, "meetlat")
    meeting.save()
    assert len(opened(file_of(browser, meeting).content).slides) == 2
