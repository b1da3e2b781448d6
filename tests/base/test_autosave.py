"""What the server answers to saving while someone types: the same for each of the seven forms."""

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from leervragen.models import Leervraag, Meetlat
from meetings.models import ANSWERS, Evaluation, Inventory, Meeting
from netwerkleren.base.conflicts import version_of
from reports.models import GraphPoint, Interview, InterviewNote, ValueStory
from tests.factories import local
from tests.types import Response, SignIn

BY_MODULE = {"Accept": "application/json"}
MINE, THEIRS = "Van mij\nen niet van hen", "Van de ander\nen niet van mij"
TOO_LONG = "é" * 12_001


@dataclass(frozen=True)
class Typing:
    """A form in which someone types: `fields` makes its texts of one, and `stored` answers that one."""

    url: str
    fields: Callable[[str], dict[str, str]]
    stored: Callable[[], str | None]
    version: Callable[[str], str]
    theirs: Callable[[str], dict[str, str]]

    def send(self, client: Client, text: str, started_from: str = "", **options: Any) -> Response:
        """A browser ends its lines in its own way."""
        fields = {name: value.replace("\n", "\r\n") for name, value in self.fields(text).items()}
        return client.post(self.url, {"version": self.version(started_from), **fields}, **options)


@pytest.fixture
def evaluation(meeting: Meeting) -> Typing:
    texts = {"tips": "", "obstacles": ""}
    return Typing(
        reverse("meetings:evaluation", args=[meeting.pk]),
        fields=lambda text: {"tops": text, **texts},
        stored=lambda: Evaluation.objects.values_list("tops", flat=True).first(),
        version=lambda text: version_of(text, "", ""),
        theirs=lambda text: {"tops": text, **texts},
    )


@pytest.fixture
def answer(meeting: Meeting, participant: Membership) -> Typing:
    leervraag = Leervraag.objects.create(meeting=meeting, author=participant, text="Hoe?")
    return Typing(
        reverse("leervragen:answer", args=[leervraag.pk]),
        fields=lambda text: {"answer": text},
        stored=lambda: Leervraag.objects.get().answer or None,
        version=version_of,
        theirs=lambda text: {"answer": text},
    )


@pytest.fixture
def look_back(meeting: Meeting) -> Typing:
    return Typing(
        reverse("leervragen:look_back", args=[meeting.pk]),
        fields=lambda text: {"went": text, "keep": ""},
        stored=lambda: Meetlat.objects.values_list("went", flat=True).first(),
        version=lambda text: version_of(text, ""),
        theirs=lambda text: {"went": text, "keep": ""},
    )


@pytest.fixture
def interview(group: NetworkGroup, participant: Membership, maatje: Membership) -> Typing:
    held = Interview.objects.create(group=group, teller=participant, interviewer=maatje)
    return Typing(
        reverse("reports:interview", args=[held.pk, "A"]),
        fields=lambda text: {"activities": "", "text": text},
        stored=lambda: InterviewNote.objects.values_list("text", flat=True).first(),
        version=lambda text: version_of("", text),
        theirs=lambda text: {"activities": "", "text": text},
    )


@pytest.fixture
def story(group: NetworkGroup) -> Typing:
    """One teller on two devices."""
    return Typing(
        reverse("reports:my_story", args=[group.pk]),
        fields=lambda text: {"text": text, "decision": "private"},
        stored=lambda: ValueStory.objects.values_list("text", flat=True).first(),
        version=lambda text: version_of(text, "private"),
        theirs=lambda text: {"text": text, "decision": "private"},
    )


@pytest.fixture
def line(group: NetworkGroup, meeting: Meeting) -> Typing:
    """A line has one writer, and no version."""
    return Typing(
        reverse("reports:my_line", args=[group.pk]),
        fields=lambda text: {f"value-{meeting.pk}": "50", f"note-{meeting.pk}": " ".join(text.split())},
        stored=lambda: GraphPoint.objects.values_list("note", flat=True).first(),
        version=lambda _text: "",
        theirs=lambda _text: {},
    )


@pytest.fixture
def inventory(group: NetworkGroup) -> Typing:
    """One deelnemer on two devices."""
    empty = {name: "" for name in ANSWERS if name != "struggle"}
    return Typing(
        reverse("meetings:inventory", args=[group.pk]),
        fields=lambda text: {"struggle": text},
        stored=lambda: Inventory.objects.values_list("struggle", flat=True).first(),
        version=lambda text: Inventory(struggle=text, **empty).version,
        theirs=lambda text: {"struggle": text},
    )


CHOSEN = ["evaluation", "inventory", "look_back", "interview", "story"]
"""Of two texts the writer chooses one; of an answer both stay (tests/leervragen/test_two_scribes.py)."""
SHARED = [*CHOSEN, "answer"]


@pytest.fixture
def typing(request: pytest.FixtureRequest) -> Typing:
    chosen: Typing = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
def writer(sign_in: SignIn, participant: Membership) -> Client:
    return sign_in(participant)


@pytest.fixture
def other(sign_in: SignIn, participant: Membership, maatje: Membership, request: pytest.FixtureRequest) -> Client:
    """The same person elsewhere, where nobody else writes."""
    is_own = request.node.callspec.params["typing"] in ("story", "inventory")
    return sign_in(participant if is_own else maatje)


@pytest.mark.parametrize("typing", [*SHARED, "line"], indirect=True)
def test_what_is_typed_is_saved_and_the_next_save_goes_on_from_there(
    typing: Typing, sign_in: SignIn, participant: Membership
) -> None:
    with time_machine.travel(local(2027, 4, 14, 16, 12), tick=False):
        writer = sign_in(participant)
        first = typing.send(writer, "Van", headers=BY_MODULE)
        second = typing.send(writer, MINE, "Van", headers=BY_MODULE)

    assert (first.status_code, first.json()) == (200, {"version": typing.version("Van"), "clock": "16.12"})
    assert (second.status_code, second.json()) == (200, {"version": typing.version(MINE), "clock": "16.12"})
    assert (typing.stored() or "").split() == MINE.split(), "a line's word stands on one line"


@pytest.mark.parametrize("typing", [*SHARED, "line"], indirect=True)
def test_what_is_refused_says_why_and_changes_nothing(typing: Typing, writer: Client) -> None:
    refused = typing.send(writer, TOO_LONG, headers=BY_MODULE)
    page = typing.send(writer, TOO_LONG)

    assert (refused.status_code, list(refused.json())) == (422, ["message"])
    assert "tekens" in refused.json()["message"]
    assert (page.status_code, typing.stored()) == (422, None)
    assert TOO_LONG in page.content.decode()


@pytest.mark.parametrize("typing", CHOSEN, indirect=True)
def test_what_someone_else_wrote_meanwhile_stands_until_the_writer_chose(
    typing: Typing, writer: Client, other: Client
) -> None:
    typing.send(other, THEIRS)

    told = typing.send(writer, MINE, headers=BY_MODULE)

    assert told.status_code == 409
    assert told.json() == {"version": typing.version(THEIRS), "theirs": typing.theirs(THEIRS)}
    assert typing.stored() == THEIRS

    # "Neem over": on top of their version, and of no other.
    assert typing.send(writer, MINE, "iets ouds", headers=BY_MODULE).status_code == 409
    assert typing.send(writer, MINE, THEIRS, headers=BY_MODULE).status_code == 200
    assert typing.stored() == MINE


@pytest.mark.parametrize("typing", CHOSEN, indirect=True)
def test_without_a_module_the_page_shows_both_texts_with_the_same_choices(
    typing: Typing, writer: Client, other: Client
) -> None:
    typing.send(other, THEIRS)

    told = typing.send(writer, MINE)

    page = unescape(told.content.decode())
    assert (told.status_code, typing.stored()) == (409, THEIRS)
    assert f">{THEIRS}</dd>" in page and f"{MINE}</textarea>" in page
    assert f'name="version" value="{typing.version("")}"' in page, "the other buttons choose nothing"
    assert f'name="version" value="{typing.version(THEIRS)}" data-mine>Neem over<' in page
    assert f'href="{typing.url}" data-leave>Laat die van de ander staan<' in page

    # What the link shows, and what the button sends.
    left = unescape(writer.get(typing.url, follow=True).content.decode())
    assert f"{THEIRS}</textarea>" in left and MINE not in left
    assert typing.send(writer, MINE, THEIRS).status_code == 302
    assert typing.stored() == MINE


@pytest.mark.parametrize("typing", SHARED, indirect=True)
def test_saving_what_stands_there_already_is_no_conflict(typing: Typing, writer: Client, other: Client) -> None:
    typing.send(other, MINE)

    assert typing.send(writer, MINE, headers=BY_MODULE).json()["version"] == typing.version(MINE)
    assert typing.send(writer, MINE).status_code == 302


@pytest.mark.parametrize("typing", [*SHARED, "line"], indirect=True)
def test_who_is_signed_out_hears_so_and_saves_nothing(typing: Typing, client: Client) -> None:
    told = typing.send(client, MINE, headers=BY_MODULE)

    assert told.status_code == 401
    assert typing.stored() is None
