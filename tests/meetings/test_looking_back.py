"""Looking back on one page: three parts, each opened by its own onderdeel, and one list of what changes."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Meetlat
from meetings.models import Evaluation, ImprovementPoint, LookBack, Meeting
from meetings.services import running
from netwerkleren.base.conflicts import version_of
from tests.factories import make_agenda_item, make_meeting
from tests.shown import fields_of
from tests.types import CountQueries, Response, SignIn

ANSWERING, FILM, WHOLE = "Het beantwoorden van de leervragen", "Het filmen en de feedback", "De bijeenkomst als geheel"


def _url(meeting: Meeting, part: str = "") -> str:
    return reverse("meetings:evaluation", args=[meeting.pk]) + (f"?part={part}" if part else "")


def _parts(page: Response) -> dict[str, bool]:
    """Each part that the page has, and whether it stands open."""
    html = page.content.decode()
    found = {}
    for piece in html.split('<details class="more part sheet pad bleed"')[1:]:
        title = piece.split("<summary>")[1].split("</summary>")[0]
        found[title] = piece.split(">")[0].strip() == "open"
    return found


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        (Meeting.Kind.INTRODUCTION, [WHOLE]),
        (Meeting.Kind.NETWORK, [ANSWERING, FILM, WHOLE]),
        (Meeting.Kind.CLOSING, ["Het filmen en de feedback, het hele traject", WHOLE, "Na dit traject"]),
    ],
)
def test_a_meeting_looks_back_on_what_it_had(
    kind: str, titles: list[str], participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(kind=kind)
    assert _parts(sign_in(participant).get(_url(meeting))) == dict.fromkeys(titles, True)


@pytest.mark.parametrize(
    ("kind", "opened"),
    [("meetlat", ANSWERING), ("answering", ANSWERING), ("evaluation", FILM), ("closing", WHOLE)],
)
def test_each_part_is_opened_by_its_own_onderdeel(
    kind: str, opened: str, coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    make_agenda_item(meeting, kind)
    running.start_meeting(actor=coach.user, meeting=meeting)
    parts = _parts(sign_in(participant).get(_url(meeting)))
    assert [title for title, is_open in parts.items() if is_open] == [opened]


def test_the_address_names_a_part_too_and_another_word_opens_all(
    participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    assert [title for title, is_open in _parts(browser.get(_url(meeting, "film"))).items() if is_open] == [FILM]
    assert all(_parts(browser.get(_url(meeting, "iets"))).values())


def test_two_scribes_in_two_parts_never_meet_and_in_one_part_both_texts_stay(
    participant: Membership, maatje: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    film = {"giving": "Spannend", "getting": "", "portal": "", "open_questions": "", "version": version_of(*[""] * 4)}
    whole = {"tops": "Rust", "tips": "", "obstacles": "", "version": version_of(*[""] * 3)}
    answering = {"went": "Vlot", "keep": "", "version": version_of("", "")}
    first, later = sign_in(participant), sign_in(maatje)

    assert first.post(_url(meeting, "film"), film)["Location"] == _url(meeting, "film")
    assert later.post(_url(meeting, "whole"), whole).status_code == 302
    look_back = reverse("leervragen:look_back", args=[meeting.pk])
    assert first.post(look_back, answering)["Location"] == _url(meeting, "answering")

    written = Evaluation.objects.get()
    assert (written.giving, written.tops, Meetlat.objects.get().went) == ("Spannend", "Rust", "Vlot")
    again = {_url(meeting, "film"): {**film, "giving": "Leuk"}, look_back: {**answering, "went": "Stroef"}}
    for address, mine in again.items():
        both = later.post(address, mine)
        assert both.status_code == 409
        html = both.content.decode()
        assert ("Spannend" in html and "Leuk" in html) or ("Vlot" in html and "Stroef" in html)
    assert Evaluation.objects.get().giving == "Spannend"


def test_what_is_refused_stays_in_its_part(participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    browser, long = sign_in(participant), "a" * 5000
    look_back = reverse("leervragen:look_back", args=[meeting.pk])
    for address, sent in (
        (_url(meeting, "film"), {"giving": long, "version": version_of(*[""] * 4)}),
        (look_back, {"went": long, "version": version_of("", "")}),
    ):
        answer = browser.post(address, sent)
        assert answer.status_code == 422
        assert long in answer.content.decode()
        assert list(_parts(answer)) == [ANSWERING, FILM, WHOLE]
    assert not Evaluation.objects.exists() and not Meetlat.objects.exists()


def test_what_a_meeting_does_not_ask_is_not_kept(participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(kind=Meeting.Kind.INTRODUCTION)
    sent = {"giving": "Stiekem", "ahead": "Ook", "tops": "Rust", "version": version_of(*[""] * 4)}
    sign_in(participant).post(_url(meeting, "film"), sent)
    written = Evaluation.objects.get()
    assert (written.tops, written.giving, written.ahead) == ("Rust", "", "")


def test_the_old_address_of_the_meetlat_leads_to_it(participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    old = reverse("leervragen:look_back", args=[meeting.pk])
    assert sign_in(participant).get(old)["Location"] == _url(meeting, "answering")


def test_one_list_says_what_changes_whatever_it_is_about(
    participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    opened = fields_of(browser.get(_url(meeting, "answering")).content.decode(), "improvement-text")
    add = reverse("meetings:add_point", args=[meeting.pk])
    browser.post(add, {**opened, "improvement-text": "Eerst stil nadenken"})
    browser.post(add, {"improvement-text": "Pitch korter", "improvement-about": "onzin"})

    named = list(ImprovementPoint.objects.values_list("text", "about"))
    assert named == [("Eerst stil nadenken", LookBack.ANSWERING), ("Pitch korter", LookBack.WHOLE)]
    following = make_meeting(meeting.group, position=2)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    for name in ("detail", "evaluation"):
        page = browser.get(reverse(f"meetings:{name}", args=[following.pk])).content.decode()
        assert page.count("Eerst stil nadenken") >= 1 and "Pitch korter" in page


def test_a_phone_in_the_room_is_one_tap_away_from_it(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    make_agenda_item(meeting, "evaluation")
    running.start_meeting(actor=coach.user, meeting=meeting)
    for name in ("now", "detail"):
        page = sign_in(participant).get(reverse(f"meetings:{name}", args=[meeting.pk])).content.decode()
        assert f'href="{_url(meeting)}"' in page, name


def test_of_a_closed_group_it_is_read(participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    Evaluation.objects.create(meeting=meeting, giving="Spannend")
    Meetlat.objects.create(meeting=meeting, went="Vlot")
    type(meeting.group).objects.update(closed_at=timezone.now())
    page = sign_in(participant).get(_url(meeting)).content.decode()
    assert "Spannend" in page and "Vlot" in page and "<textarea" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_it_asks_as_much_for_thirty_as_for_one(
    rows: int, participant: Membership, meeting: Meeting, sign_in: SignIn, django_assert_num_queries: CountQueries
) -> None:
    Meetlat.objects.create(meeting=meeting, went="Vlot")
    earlier = make_meeting(meeting.group, position=0, state=Meeting.State.ENDED)
    for number in range(rows):
        for at in (earlier, meeting):
            ImprovementPoint.objects.create(meeting=at, text=f"Punt {number}")
    client = sign_in(participant)
    with django_assert_num_queries(11):
        assert client.get(_url(meeting)).status_code == 200


def test_what_stood_at_the_meetlat_joins_the_list_and_can_go_back(meeting: Meeting) -> None:
    """The migration, on rows as they were: its column is put back for the test."""
    moving = import_module("leervragen.migrations.0012_bring_changes_into_the_one_list")
    ImprovementPoint.objects.create(meeting=meeting, text="Eerder beginnen")
    rows: list[OldMeetlat] = [OldMeetlat(meeting.pk, "Eerst stil nadenken\n\nEerder beginnen\n" + "lang " * 150)]

    moving.bring_in(OldApps(rows), connection.schema_editor)

    named = list(ImprovementPoint.objects.order_by("created").values_list("text", "about"))
    assert named[:2] == [("Eerder beginnen", "answering"), ("Eerst stil nadenken", "answering")]
    assert " ".join(text for text, _about in named[2:]) == ("lang " * 150).strip()
    assert all(len(text) <= 500 for text, _about in named)

    moving.take_back(OldApps(rows), connection.schema_editor)
    assert rows[0].change.split() == ["Eerder", "beginnen", "Eerst", "stil", "nadenken", *["lang"] * 150]


class OldMeetlat:
    def __init__(self, pk: object, change: str) -> None:
        self.pk, self.change = pk, change


class OldApps:
    """The models of then: a meetlat that has `change`, and the points of now."""

    def __init__(self, rows: list[OldMeetlat]) -> None:
        self.rows = rows
        self.objects = self

    def get_model(self, app: str, name: str) -> object:
        return self if name == "Meetlat" else apps.get_model(app, name)

    def exclude(self, **_words: str) -> list[OldMeetlat]:
        return [row for row in self.rows if row.change]

    def update_or_create(self, *, meeting_id: object, defaults: dict[str, str]) -> None:
        next(row for row in self.rows if row.pk == meeting_id).change = defaults["change"]
