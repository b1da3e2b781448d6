"""Two who fill in the same form, or one in two tabs: the later one sees both, and nothing goes in silence.

The forms that save while someone types are in tests/base/test_autosave.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import LearningGoal, Membership, NetworkGroup
from leervragen.models import Leervraag, Tried, WrittenAnswer
from meetings.models import Attendance, DeadlineRule, Evaluation, Keepsake, Meeting, WarmUp
from meetings.services import running
from reports.models import Export, Protocol
from tests.factories import local, make_agenda_item, make_meeting, make_member
from tests.shown import fields_of, fields_on
from tests.types import SignIn
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip, Debrief, Feedback, FilmCycle, FilmPlan, PracticeTop, Remark
from video_feedback.services import consent


@dataclass(frozen=True)
class Cast:
    coach: Membership
    second_coach: Membership
    participant: Membership
    maatje: Membership
    meeting: Meeting

    @property
    def group(self) -> NetworkGroup:
        return self.meeting.group


@dataclass(frozen=True)
class Shared:
    """A form of `url`: what the one and the other fill in, what stands there then, and how the later one reads that."""

    url: str
    theirs: dict[str, Any]
    mine: dict[str, Any]
    stands: Callable[[], Any]
    words: tuple[str, ...]
    own: str = ""
    """Whose form it is, who has it open in two tabs; else two coaches have it."""
    version: str = "version"
    button: dict[str, str] = field(default_factory=dict)
    """The one that saves, where another only shows what will change."""
    page: str = ""
    """Where the form stands, when it is sent to another address."""

    @property
    def where(self) -> str:
        return self.page or self.url


def facts(on: Cast) -> Shared:
    Meeting.objects.filter(pk=on.meeting.pk).update(starts_at=local(2027, 1, 20, 15, 30), minutes_available=120)
    return Shared(
        reverse("meetings:edit", args=[on.meeting.pk]),
        {"place": "De Ark", "starts_at": "2027-01-21T15:30", "minutes_available": "100", "topic": "Prikkels"},
        {"place": "De Brink"},
        lambda: Meeting.objects.values_list("place", flat=True).get(pk=on.meeting.pk),
        ("De Ark", "donderdag 21 januari, 15.30 uur", "100", "Prikkels"),
    )


def dates(on: Cast) -> Shared:
    line = str(on.meeting.pk)
    return Shared(
        reverse("meetings:dates", args=[on.meeting.group_id]),
        {f"{line}-starts_at": "2027-01-21T15:30", f"{line}-place": "De Ark"},
        {f"{line}-starts_at": "2027-01-28T15:30", f"{line}-place": "De Brink"},
        lambda: Meeting.objects.values_list("place", flat=True).get(pk=on.meeting.pk),
        ("De Ark", "donderdag 21 januari, 15.30 uur"),
        version=f"{line}-version",
    )


def film_task(on: Cast) -> Shared:
    return Shared(
        reverse("meetings:film_task", args=[on.meeting.pk]),
        {"film_task": "Drie tellen wachten"},
        {"film_task": "Een open vraag"},
        lambda: Meeting.objects.get(pk=on.meeting.pk).film_task,
        ("Drie tellen wachten",),
    )


def icebreaker(on: Cast) -> Shared:
    return Shared(
        reverse("meetings:icebreaker", args=[on.meeting.pk]),
        {"icebreaker": "Wat zag je onderweg?"},
        {"icebreaker": "Wat staat er op je bureau?"},
        lambda: Meeting.objects.get(pk=on.meeting.pk).icebreaker,
        ("Wat zag je onderweg?",),
    )


def place(on: Cast) -> Shared:
    make_meeting(on.group, Meeting.Kind.INTRODUCTION, starts_at=None)
    return Shared(
        reverse("meetings:move", args=[on.meeting.pk]),
        {"starts_at": "2027-01-21T15:30"},
        {"starts_at": "2027-01-28T15:30"},
        lambda: Meeting.objects.values_list("starts_at", flat=True).get(pk=on.meeting.pk),
        ("donderdag 21 januari, 15.30 uur",),
        button={"seen": "1"},
    )


def onderdeel(on: Cast) -> Shared:
    item = make_agenda_item(on.meeting)
    return Shared(
        reverse("meetings:edit_item", args=[on.meeting.pk, item.pk]),
        {"purpose": "Samen kijken", "minutes": "25"},
        {"purpose": "Alleen luisteren", "minutes": "30"},
        lambda: on.meeting.agenda.get().purpose,
        ("Samen kijken", "25"),
    )


def attendance(on: Cast) -> Shared:
    return Shared(
        reverse("meetings:attendance", args=[on.meeting.pk]),
        {str(on.participant.pk): "absent"},
        {str(on.participant.pk): "late"},
        lambda: Attendance.objects.filter(membership=on.participant).values_list("status", flat=True).first(),
        ("Marijke Hoekstra", "afgemeld"),
    )


def named_group(on: Cast) -> Shared:
    return Shared(
        reverse("groups:edit", args=[on.group.pk]),
        {"theme": "Rust in de klas", "theme_is_given": "on"},
        {"theme": "Prikkels"},
        lambda: NetworkGroup.objects.get(pk=on.group.pk).theme,
        ("Rust in de klas", "ja"),
    )


def goal(on: Cast) -> Shared:
    own = LearningGoal.objects.create(membership=on.participant, text="Wachten")
    return Shared(
        reverse("groups:edit_goal", args=[own.pk]),
        {"text": "Drie tellen\nwachten"},
        {"text": "Langer wachten"},
        lambda: LearningGoal.objects.get().text,
        ("Drie tellen\nwachten",),
        own="participant",
    )


def first_thought(on: Cast) -> Shared:
    return Shared(
        reverse("groups:first_thought", args=[on.participant.group_id]),
        {"first_thought": "De overgangen"},
        {"first_thought": "Het begin van de dag"},
        lambda: Membership.objects.get(pk=on.participant.pk).first_thought,
        ("De overgangen",),
        own="participant",
    )


def written_answer(on: Cast) -> Shared:
    asked = Leervraag.objects.create(meeting=on.meeting, author=on.participant, text="Hoe?")
    return Shared(
        reverse("leervragen:write_answer", args=[asked.pk]),
        {"text": "Wacht even."},
        {"text": "Vraag door."},
        lambda: WrittenAnswer.objects.values_list("text", flat=True).first(),
        ("Wacht even.",),
        own="maatje",
    )


def tried(on: Cast) -> Shared:
    own = Leervraag.objects.create(meeting=on.meeting, author=on.participant, text="Hoe?", outcome="answered")
    return Shared(
        reverse("leervragen:tried", args=[own.pk]),
        {"happened": "Ze lachten.", "is_shared": "on"},
        {"happened": "Ze zwegen."},
        lambda: Tried.objects.values_list("happened", flat=True).first(),
        ("Ze lachten.", "ja"),
        own="participant",
    )


def leervraag(on: Cast) -> Shared:
    own = Leervraag.objects.create(meeting=on.meeting, author=on.participant, text="Hoe?", situation="In de pauze.")
    return Shared(
        reverse("leervragen:change", args=[own.pk]),
        {"text": "Hoe begin ik?", "situation": "Buiten", "nobody_recognisable": "on"},
        {"text": "Hoe stop ik?", "situation": "Binnen", "nobody_recognisable": "on"},
        lambda: Leervraag.objects.get().text,
        ("Hoe begin ik?", "Buiten"),
        own="participant",
    )


def practice_top(on: Cast) -> Shared:
    return Shared(
        reverse("video_feedback:practice", args=[on.participant.group_id]),
        {"start": "0:24", "text": "Je wachtte"},
        {"start": "0:30", "text": "Een open vraag"},
        lambda: PracticeTop.objects.values_list("text", flat=True).first(),
        ("0:24", "Je wachtte"),
        own="participant",
    )


def remark_of_draft(on: Cast) -> Shared:
    clip = make_clip(on.maatje)
    consent.share_clip(actor=on.maatje.user, clip=clip, audience="group", scope="all_parents")
    draft = Feedback.objects.create(clip=clip, giver=on.participant)
    remark = Remark.objects.create(feedback=draft, kind="top", start_ms=1000, text="Mooi")
    return Shared(
        reverse("video_feedback:change_remark", args=[remark.pk]),
        {"text": "Je wachtte", "kind": "tip"},
        {"text": "Een open vraag"},
        lambda: Remark.objects.values_list("text", flat=True).first(),
        ("Je wachtte", "Tip"),
        own="participant",
    )


def answer(on: Cast) -> Shared:
    sent = Feedback.objects.create(clip=make_clip(on.participant), giver=on.maatje, sent_at=timezone.now())
    remark = Remark.objects.create(feedback=sent, kind="vraag", start_ms=1000, text="Wat dacht je?")
    return Shared(
        reverse("video_feedback:answer_remark", args=[remark.pk]),
        {"answer": "Ik telde"},
        {"answer": "Ik keek rond"},
        lambda: Remark.objects.values_list("answer", flat=True).first(),
        ("Ik telde",),
        own="participant",
    )


def captions(on: Cast) -> Shared:
    clip = make_clip(on.participant)
    return Shared(
        reverse("video_feedback:captions", args=[clip.pk]),
        {"captions": "0:03 Wat zie je?"},
        {"captions": "0:04 Hoe kan dat?"},
        lambda: Clip.objects.values_list("captions", flat=True).first(),
        ("0:03 Wat zie je?",),
        own="participant",
    )


def film_appointment(on: Cast) -> Shared:
    cycle = FilmCycle.objects.create(owner=on.participant)
    return Shared(
        reverse("video_feedback:change_cycle", args=[cycle.pk]),
        {"goal": "Drie tellen wachten", "room": "lokaal 12"},
        {"goal": "Een open vraag"},
        lambda: FilmCycle.objects.values_list("goal__text", flat=True).first(),
        ("Drie tellen wachten", "lokaal 12"),
        own="participant",
    )


def debrief(on: Cast) -> Shared:
    cycle = FilmCycle.objects.create(owner=on.participant)
    return Shared(
        reverse("video_feedback:debrief", args=[cycle.pk]),
        {"tops": "Je wachtte", "goal_changes": "no"},
        {"tops": "Een open vraag"},
        lambda: Debrief.objects.values_list("tops", flat=True).first(),
        ("Je wachtte",),
        own="participant",
    )


def film_plan(on: Cast) -> Shared:
    return Shared(
        reverse("video_feedback:film_plan", args=[on.group.pk]),
        {"words_talk": "Bel elkaar"},
        {"words_talk": "Loop een rondje"},
        lambda: FilmPlan.objects.values_list("words__talk", flat=True).first(),
        ("Bel elkaar",),
    )


def protocol(on: Cast) -> Shared:
    return Shared(
        reverse("reports:interviews", args=[on.group.pk]),
        {"parts": ["A", "B3"], "theme": "rust"},
        {"parts": ["A"], "theme": "stilte"},
        lambda: Protocol.objects.values_list("theme", flat=True).first(),
        ("Wat was waardevol?, Wat doe je anders?", "rust"),
    )


def cover(on: Cast) -> Shared:
    return Shared(
        reverse("reports:exports", args=[on.group.pk]),
        {"quote": "Tel tot drie.", "going_on": "Koffie."},
        {"quote": "Toen kwam het.", "going_on": "Thee."},
        lambda: Export.objects.values_list("quote", flat=True).first(),
        ("Tel tot drie.", "Koffie."),
    )


def profile(on: Cast) -> Shared:
    line = f"place-{on.participant.pk}"
    return Shared(
        reverse("groups:profile"),
        {"name": "Marijke de Boer", f"{line}-discipline": "logopedist"},
        {"name": "Marijke Bos", f"{line}-discipline": "groep 8"},
        lambda: Membership.objects.select_related("user").get(pk=on.participant.pk).user.name,
        ("Marijke de Boer", "logopedist"),
        own="participant",
    )


def deadline_rule(on: Cast) -> Shared:
    return Shared(
        reverse("meetings:rhythm", args=[on.meeting.group_id]),
        {"leervraag_days": "10", "clip_days": "6"},
        {"leervraag_days": "8"},
        lambda: DeadlineRule.objects.values_list("leervraag_days", flat=True).first(),
        ("10", "6"),
    )


def from_paper(on: Cast) -> Shared:
    starts_at = timezone.now() - timedelta(days=1)
    Meeting.objects.filter(pk=on.meeting.pk).update(starts_at=starts_at)
    strip = Leervraag.objects.create(meeting=on.meeting, author=on.participant, text="Hoe?")
    return Shared(
        reverse("leervragen:afterwards", args=[on.meeting.pk]),
        {f"place-{strip.pk}": "4", f"outcome-{strip.pk}": "answered", f"answer-{strip.pk}": "Tel tot drie."},
        {f"place-{strip.pk}": "7", f"answer-{strip.pk}": "Kijk eerst."},
        lambda: Leervraag.objects.values_list("number", "answer").get(pk=strip.pk),
        ("Plek van “Hoe?”", "4", "beantwoord", "Tel tot drie."),
    )


def card_to_give(on: Cast) -> Shared:
    Meeting.objects.filter(pk=on.meeting.pk).update(kind=Meeting.Kind.CLOSING, state=Meeting.State.ENDED)
    card = Keepsake.objects.create(meeting=on.meeting, giver=on.participant, receiver=on.maatje)
    return Shared(
        reverse("meetings:give_keepsake", args=[card.pk]),
        {"text": "Je geduld."},
        {"text": "Je vragen."},
        lambda: Keepsake.objects.get().text,
        ("Je geduld.",),
        own="participant",
        page=reverse("meetings:keepsakes", args=[on.meeting.pk]),
    )


def two_lines(on: Cast) -> Shared:
    Evaluation.objects.create(meeting=on.meeting, asks_first=True)
    return Shared(
        reverse("meetings:warm_up", args=[on.meeting.pk]),
        {"went_well": "De rust", "otherwise": "Korter"},
        {"went_well": "De vragen", "otherwise": "Langer"},
        lambda: WarmUp.objects.values_list("went_well", flat=True).first(),
        ("De rust", "Korter"),
        own="participant",
    )


FORMS: list[Callable[[Cast], Shared]] = [
    facts,
    dates,
    film_task,
    icebreaker,
    place,
    onderdeel,
    attendance,
    named_group,
    goal,
    first_thought,
    leervraag,
    practice_top,
    remark_of_draft,
    answer,
    captions,
    film_appointment,
    debrief,
    film_plan,
    tried,
    written_answer,
    protocol,
    cover,
    profile,
    deadline_rule,
    from_paper,
    card_to_give,
    two_lines,
]


@pytest.fixture
def second_coach(group: NetworkGroup) -> Membership:
    return make_member(group, "Karim Bos", coach=True)


@pytest.fixture
def on(
    coach: Membership, second_coach: Membership, participant: Membership, maatje: Membership, meeting: Meeting
) -> Cast:
    return Cast(coach, second_coach, participant, maatje, meeting)


@dataclass(frozen=True)
class Opened:
    """The form twice in two browsers: of who is first, and of who is later."""

    first: Client
    later: Client


@pytest.fixture(params=FORMS, ids=lambda form: form.__name__)
def shared(request: pytest.FixtureRequest, on: Cast) -> Shared:
    made: Shared = request.param(on)
    return made


@pytest.fixture
def opened(shared: Shared, on: Cast, sign_in: SignIn) -> Opened:
    one, other = (getattr(on, shared.own),) * 2 if shared.own else (on.second_coach, on.coach)
    return Opened(sign_in(one), sign_in(other))


def section(html: str) -> str:
    """What stands in the part that shows the other's words."""
    shown = [part.split("</section>")[0] for part in html.split('<section class="meanwhile')[1:]]
    return unescape(next(part for part in shown if " hidden>" not in part.split(">")[0] + ">"))


def test_the_later_one_sees_both_and_nothing_is_saved_until_the_choice(shared: Shared, opened: Opened) -> None:
    first, later = opened.first, opened.later
    theirs, mine = (
        fields_on(first, shared.where, shared.version) | shared.theirs | shared.button,
        fields_on(later, shared.where, shared.version) | shared.mine | shared.button,
    )
    assert first.post(shared.url, theirs).status_code == 302
    stood = shared.stands()

    told = later.post(shared.url, mine)

    html = told.content.decode()
    assert (told.status_code, shared.stands()) == (409, stood)
    for words in shared.words:
        assert words in section(html), words
    shown = fields_of(html, shared.version) | shared.button
    typed = {name: value[0] if value == ["A"] else value for name, value in shared.mine.items()}
    assert {name: shown.get(name) for name in typed} == typed

    # The page's own button chooses nothing; "Neem over" carries their version, and saves mine.
    assert later.post(shared.url, shown).status_code == 409
    button = html.split(f'name="{shared.version}" value="')[2].split('"')[0]
    assert later.post(shared.url, shown | {shared.version: button}).status_code == 302
    assert shared.stands() not in (stood, None)


def test_who_lets_the_others_stand_finds_them_in_the_form(shared: Shared, opened: Opened) -> None:
    first, later = opened.first, opened.later
    mine = fields_on(later, shared.where, shared.version) | shared.mine | shared.button
    first.post(shared.url, fields_on(first, shared.where, shared.version) | shared.theirs | shared.button)

    page = unescape(later.post(shared.url, mine).content.decode())

    assert f'href="{shared.where}" data-leave>Laat die van de ander staan<' in page
    # One is asked anew each time, one has no value, one is a button.
    ticked = {"nobody_recognisable", "theme_is_given", "seen"}
    left = fields_on(later, shared.where, shared.version)
    assert {name: left[name] for name in shared.theirs if name not in ticked} == {
        name: value for name, value in shared.theirs.items() if name not in ticked
    }


def test_the_same_form_twice_is_no_conflict_and_one_state(shared: Shared, opened: Opened) -> None:
    client = opened.later
    typed = fields_on(client, shared.where, shared.version) | shared.mine | shared.button

    assert [client.post(shared.url, typed).status_code for _twice in range(2)] == [302, 302]


def test_a_form_without_a_version_saves_nothing(shared: Shared, opened: Opened) -> None:
    client, stood = opened.later, shared.stands()
    typed = fields_on(client, shared.where, shared.version) | shared.mine | shared.button
    del typed[shared.version]

    assert client.post(shared.url, typed).status_code == 422
    assert shared.stands() == stood


def test_two_lines_of_the_page_of_dates_are_each_chosen(
    coach: Membership, second_coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    other = make_meeting(meeting.group, position=2, starts_at=local(2027, 3, 3, 15, 30))
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=local(2027, 1, 20, 15, 30))
    url = reverse("meetings:dates", args=[meeting.group_id])
    first, later = sign_in(second_coach), sign_in(coach)
    one, two = f"{meeting.pk}-place", f"{other.pk}-place"
    mine = fields_on(later, url, f"{meeting.pk}-version") | {one: "Mijn A", two: "Mijn B"}
    first.post(url, fields_on(first, url, f"{meeting.pk}-version") | {one: "De Ark", two: "De Brink"})

    told = later.post(url, mine)

    assert told.status_code == 409
    assert [line.meanwhile is not None for line in told.context["form"].lines] == [True, True]
    assert set(Meeting.objects.values_list("place", flat=True)) == {"De Ark", "De Brink"}
    versions = {f"{line.pk}-version": Meeting.objects.get(pk=line.pk).version_of_date for line in (meeting, other)}
    assert later.post(url, mine | {f"{meeting.pk}-version": versions[f"{meeting.pk}-version"]}).status_code == 409
    assert later.post(url, mine | versions).status_code == 302
    assert set(Meeting.objects.values_list("place", flat=True)) == {"Mijn A", "Mijn B"}


@pytest.mark.parametrize("step", ["groep", "mensen", "bijeenkomsten"])
def test_the_wizard_in_two_tabs_shows_both(step: str, coach: Membership, sign_in: SignIn) -> None:
    filled: dict[str, tuple[dict[str, str], dict[str, str], str]] = {
        "groep": ({"name": "Aa", "theme": "Rust"}, {"name": "Aa", "theme": "Prikkels"}, "Rust"),
        "mensen": ({"people": "anna@school.example"}, {"people": "bo@school.example"}, "anna@school.example"),
        "bijeenkomsten": (
            {"network_count": "2", "date": "2027-12-02", "time": "15:30", "place": "De Ark"},
            {"network_count": "3", "date": "2027-12-02", "time": "15:30", "place": "De Brink"},
            "De Ark",
        ),
    }
    theirs, mine, words = filled[step]
    client, url = sign_in(coach), f"/groepen/nieuw/{step}/"
    opened = fields_on(client, url)

    assert client.post(url, opened | theirs).status_code == 302
    told = client.post(url, opened | mine)

    html = told.content.decode()
    assert told.status_code == 409
    assert words in section(html)
    assert {name: fields_of(html)[name] for name in mine} == mine
    button = html.split('name="version" value="')[2].split('"')[0]
    assert client.post(url, fields_of(html)).status_code == 409
    assert client.post(url, fields_of(html) | {"version": button}).status_code == 302
    assert {name: fields_on(client, url)[name] for name in mine} == mine


def test_what_a_busy_pdf_is_to_say_is_not_lost(
    group: NetworkGroup, coach: Membership, sign_in: SignIn, client: Client
) -> None:
    url, order = reverse("reports:exports", args=[group.pk]), sign_in(coach)
    order.post(url, fields_on(order, url) | {"quote": "Tel tot drie."})

    order.post(url, fields_on(order, url) | {"quote": "Toen kwam het."})

    assert [(export.quote, export.state) for export in Export.objects.all()] == [("Toen kwam het.", "queued")]


def test_the_meetlats_terugkijken_is_saved_over_by_the_button_without_a_module(
    meeting: Meeting, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    """As a browser sends it: of two versions the last one counts."""
    url, page = reverse("leervragen:look_back", args=[meeting.pk]), reverse("meetings:evaluation", args=[meeting.pk])
    first, later = sign_in(participant), sign_in(maatje)
    opened = fields_on(later, page, "went")
    first.post(url, fields_on(first, page, "went") | {"went": "Van Marijke"})

    html = later.post(url, opened | {"went": "Van Yusuf"}).content.decode()

    form = html[html.index('id="terugkijken-beantwoorden"') :].split("</form>")[0]
    sent = [part.split('"')[0] for part in form.split('name="version" value="')[1:]]
    assert len(sent) == 2 and sent[0] == opened["version"] != sent[1], "the button stands behind the field"


def test_attendance_that_nobody_recorded_stays_so_until_someone_says_who_is_there(
    meeting: Meeting, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    url = reverse("meetings:attendance", args=[meeting.pk])
    client = sign_in(coach)
    assert client.post(url, fields_on(client, url)).status_code == 302
    assert Attendance.objects.of(meeting).statuses == {}
    running.record_attendance(actor=coach.user, meeting=meeting, statuses={participant.pk: "late"})
    assert Attendance.objects.get(membership=participant).status == "late"
