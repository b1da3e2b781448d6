"""Mijn verhaal: from the notes, changed and decided on by its teller."""

import pytest
from django.urls import reverse

from netwerkleren.base.models import AuditEvent
from reports.models import Interview, InterviewNote, ValueStory

from .factories import make_story


@pytest.fixture
def mine(group) -> str:
    return reverse("reports:my_story", args=[group.pk])


def test_the_story_starts_from_the_notes_of_the_interview(sign_in, group, participant, colleague, mine):
    interview = Interview.objects.create(group=group, teller=participant, interviewer=colleague)
    InterviewNote.objects.create(interview=interview, part="B3", text="Ik tel tot drie.")
    InterviewNote.objects.create(interview=interview, part="A", activities="Filmen", text="Dat hielp.")
    InterviewNote.objects.create(interview=interview, part="B1", skipped=True)

    html = sign_in(participant).get(mine).content.decode()

    assert "Wat was waardevol?\n- Filmen\nDat hielp.\n\nWat doe je anders?\nIk tel tot drie.</textarea>" in html
    assert not ValueStory.objects.exists()


def test_the_teller_changes_and_decides(sign_in, participant, mine):
    client = sign_in(participant)

    client.post(mine, {"text": "Van mij", "decision": "group", "version": 0})
    client.post(mine, {"text": "Van mij, en beter", "decision": "pdf", "version": 1})

    story = ValueStory.objects.get()
    assert (story.teller, story.text, story.decision) == (participant, "Van mij, en beter", "pdf")
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == ["story.group", "story.pdf"]


def test_an_unfinished_and_even_an_empty_story_may_be_kept(sign_in, participant, mine):
    answer = sign_in(participant).post(mine, {"text": "", "decision": "private", "version": 0})

    assert answer.status_code == 302


def test_what_was_saved_elsewhere_is_shown_beside_ones_own(sign_in, participant, mine):
    client = sign_in(participant)
    client.post(mine, {"text": "Van de laptop", "decision": "private", "version": 0})

    answer = client.post(mine, {"text": "Van de telefoon", "decision": "private", "version": 0})

    html = answer.content.decode()
    assert (answer.status_code, ValueStory.objects.get().text) == (409, "Van de laptop")
    assert "Van de laptop" in html and "Van de telefoon" in html


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"text": "x" * 12_001, "decision": "private", "version": 0}, "12000"),
        ({"text": "x", "decision": "everyone", "version": 0}, "geldige keuze"),
        ({"text": "x", "version": 0}, "verplicht"),
    ],
)
def test_bad_input_is_said_beside_the_field(sign_in, participant, mine, data, message):
    answer = sign_in(participant).post(mine, data)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not ValueStory.objects.exists()


def test_others_read_only_what_is_shared(sign_in, participant, colleague, coach, other_member, ex_member):
    story = make_story(participant, "Ik durf nu stil te zijn.")
    url = reverse("reports:story", args=[story.pk])

    def codes() -> list[int]:
        readers = (participant, colleague, coach, other_member, ex_member)
        return [sign_in(reader).get(url).status_code for reader in readers]

    assert codes() == [200, 404, 404, 404, 404]
    ValueStory.objects.update(decision=ValueStory.Decision.GROUP)
    assert codes() == [200, 200, 200, 404, 404]
    ValueStory.objects.update(decision=ValueStory.Decision.PRIVATE)
    assert codes() == [200, 404, 404, 404, 404]


def test_hostile_text_is_text(sign_in, participant, colleague):
    story = make_story(participant, "<script>alert(1)</script> مرحبا 👍", ValueStory.Decision.GROUP)

    html = sign_in(colleague).get(reverse("reports:story", args=[story.pk])).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; مرحبا 👍" in html
