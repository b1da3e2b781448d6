"""Mijn verhaal: from the notes, changed and decided on by its teller."""

import re

import pytest
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from groups.services import coaching
from meetings.models import Meeting
from netwerkleren.base.conflicts import version_of
from netwerkleren.base.models import AuditEvent
from reports.models import BehaviourGraph, Interview, InterviewNote, ValueStory
from tests.types import SignIn

from .factories import make_line, make_story

UNWRITTEN = version_of("", "private")


@pytest.fixture
def mine(group: NetworkGroup) -> str:
    return reverse("reports:my_story", args=[group.pk])


def test_the_story_starts_from_the_notes_of_the_interview(
    sign_in: SignIn, group: NetworkGroup, participant: Membership, colleague: Membership, mine: str
) -> None:
    interview = Interview.objects.create(group=group, teller=participant, interviewer=colleague)
    InterviewNote.objects.create(interview=interview, part="B3", text="Ik tel tot drie.")
    InterviewNote.objects.create(interview=interview, part="A", activities="Filmen", text="Dat hielp.")
    InterviewNote.objects.create(interview=interview, part="B1", skipped=True)

    html = sign_in(participant).get(mine).content.decode()

    assert "Wat was waardevol?\n- Filmen\nDat hielp.\n\nWat doe je anders?\nIk tel tot drie.</textarea>" in html
    assert not ValueStory.objects.exists()


def test_the_teller_changes_and_decides(sign_in: SignIn, participant: Membership, mine: str) -> None:
    client = sign_in(participant)

    client.post(mine, {"text": "Van mij", "decision": "group", "version": UNWRITTEN})
    client.post(mine, {"text": "Van mij, en beter", "decision": "pdf", "version": version_of("Van mij", "group")})

    story = ValueStory.objects.get()
    assert (story.teller, story.text, story.decision) == (participant, "Van mij, en beter", "pdf")
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == ["story.group", "story.pdf"]


def test_an_unfinished_and_even_an_empty_story_may_be_kept(sign_in: SignIn, participant: Membership, mine: str) -> None:
    answer = sign_in(participant).post(mine, {"text": "", "decision": "private", "version": UNWRITTEN})

    assert answer.status_code == 302


TYPING = {"accept": "application/json"}


def test_typing_saves_itself_and_decides_nothing(sign_in: SignIn, participant: Membership, mine: str) -> None:
    client = sign_in(participant)

    answer = client.post(mine, {"text": "Van mij", "decision": "pdf", "version": UNWRITTEN}, headers=TYPING)

    story = ValueStory.objects.get()
    assert (answer.status_code, story.text, story.decision) == (200, "Van mij", "private")


def test_what_is_typed_in_a_shared_story_is_read_only_when_its_teller_says_so(
    sign_in: SignIn, participant: Membership, colleague: Membership, mine: str
) -> None:
    story = make_story(participant, "Dit mag je lezen.", "group")
    client, url = sign_in(participant), reverse("reports:story", args=[story.pk])

    client.post(mine, {"text": "Dit m", "decision": "group", "version": story.version}, headers=TYPING)

    html = client.get(mine).content.decode()
    assert "Dit m</textarea>" in html and f'name="version" value="{version_of("Dit m", "group")}"' in html
    assert "Anderen lezen nog wat je eerder bewaarde." in html
    assert "Dit mag je lezen." in sign_in(colleague).get(url).content.decode()

    client.post(mine, {"text": "Dit mag nu.", "decision": "group", "version": version_of("Dit m", "group")})
    assert "Dit mag nu." in sign_in(colleague).get(url).content.decode()
    assert "Dit mag nu.</textarea>" in client.get(mine).content.decode()


def test_a_page_that_was_open_all_along_does_not_share_again_what_was_taken_back(
    sign_in: SignIn, participant: Membership, mine: str
) -> None:
    seen = make_story(participant, "Van mij", "pdf").version
    client = sign_in(participant)
    client.post(mine, {"text": "Van mij", "decision": "private", "version": seen})

    answer = client.post(mine, {"text": "Van mij", "decision": "pdf", "version": seen})

    html = answer.content.decode()
    assert (answer.status_code, ValueStory.objects.get().decision) == (409, "private")
    assert '<dd class="typed" data-theirs="decision">Alleen ik lees dit</dd>' in html
    assert re.findall(r'<input type="radio" name="decision" value="(\w+)"[^>]* checked', html) == ["private"]


def test_the_same_form_twice_is_saved_once(sign_in: SignIn, participant: Membership, mine: str) -> None:
    client = sign_in(participant)
    codes = [
        client.post(mine, {"text": "Van mij", "decision": "group", "version": UNWRITTEN}).status_code for _ in range(2)
    ]
    assert (codes, AuditEvent.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"text": "x" * 12_001, "decision": "private", "version": UNWRITTEN}, "12000"),
        ({"text": "x", "decision": "everyone", "version": UNWRITTEN}, "geldige keuze"),
        ({"text": "x", "version": UNWRITTEN}, "verplicht"),
    ],
)
def test_bad_input_is_said_beside_the_field(
    sign_in: SignIn, participant: Membership, mine: str, data: dict[str, object], message: str
) -> None:
    answer = sign_in(participant).post(mine, data)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not ValueStory.objects.exists()


def test_others_read_only_what_is_shared(
    sign_in: SignIn,
    participant: Membership,
    colleague: Membership,
    coach: Membership,
    other_member: Membership,
    ex_member: Membership,
) -> None:
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


def test_who_became_coach_still_takes_back_what_was_shared(
    sign_in: SignIn, coach: Membership, participant: Membership, colleague: Membership, meeting: Meeting
) -> None:
    story = make_story(participant, "Ik durf nu stil te zijn.", ValueStory.Decision.PDF)
    make_line(participant, {meeting: 50}, shared=True)
    coaching.make_coach(actor=coach.user, membership=participant)
    client, oogst = sign_in(participant), reverse("reports:harvest", args=[participant.group_id])
    page = client.get(oogst).content.decode()

    for name in ("take_story_back", "take_line_back"):
        address = reverse(f"reports:{name}", args=[participant.group_id])
        assert f'action="{address}"' in page
        page = client.post(address, follow=True).content.decode()
        assert f'action="{address}"' not in page

    assert sign_in(colleague).get(reverse("reports:story", args=[story.pk])).status_code == 404
    assert not BehaviourGraph.objects.shared_in(participant.group).exists()
    assert "toen je deelnemer was" not in sign_in(coach).get(oogst).content.decode()


def test_hostile_text_is_text(sign_in: SignIn, participant: Membership, colleague: Membership) -> None:
    story = make_story(participant, "<script>alert(1)</script> مرحبا 👍", ValueStory.Decision.GROUP)

    html = sign_in(colleague).get(reverse("reports:story", args=[story.pk])).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; مرحبا 👍" in html
