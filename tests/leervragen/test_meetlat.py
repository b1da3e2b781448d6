"""The page of the meetlat: what it shows, moving with plain forms and with htmx, and what it costs."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Membership, NetworkGroup, User
from leervragen.models import Leervraag, Meetlat, StripGroup
from leervragen.services import answering, laying
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base import live
from tests.factories import make_agenda_item, make_member
from tests.types import AskQuestion, CountQueries, Response, SignIn
from video_feedback.models import Clip

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "dock"}


@pytest.fixture
def meetlat(meeting: Meeting) -> str:
    return reverse("leervragen:meetlat", args=[meeting.pk])


def move(client: Client, strip: Leervraag, to: str, *, headers: Any = None, **body: str) -> Response:
    address = reverse("leervragen:move", args=[strip.pk])
    return client.post(address, {"to": to, "version": strip.version} | body, headers=headers)


def test_it_shows_where_every_question_lies(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meetlat: str
) -> None:
    ask("Hoe begin ik?", number=2)
    ask("Hoe ga ik verder?")
    client = sign_in(maatje)

    html = client.get(meetlat).content.decode().partition('class="laying"')[2]

    assert html.index("Leg op 1<") < html.index("Hoe begin ik?") < html.index("Meest complex")
    assert html.index("Nog te leggen") < html.index("Hoe ga ik verder?") < html.index("Parkeerplaats")


def test_without_javascript_one_chooses_by_a_link_and_moves_by_a_form(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meetlat: str
) -> None:
    strip = ask("Hoe begin ik?")
    client = sign_in(maatje)
    assert b'id="move"' not in client.get(meetlat).content
    html = client.get(meetlat, {"kies": str(strip.pk)}).content.decode()
    assert f'action="{reverse("leervragen:move", args=[strip.pk])}"' in html

    answer = move(client, strip, "7")

    assert answer["Location"] == f"{meetlat}?choose={strip.pk}#strook-{strip.pk}"
    strip.refresh_from_db()
    assert (strip.number, strip.rank, strip.version) == (7, 0, 1)


def test_choosing_changes_nothing(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meetlat: str, meeting: Meeting
) -> None:
    strip = ask("Hoe begin ik?", number=3)
    before = live.version_of(f"meetlat:{meeting.pk}")

    sign_in(maatje).get(meetlat, {"kies": str(strip.pk)}, headers=HTMX)

    strip.refresh_from_db()
    assert (strip.version, live.version_of(f"meetlat:{meeting.pk}")) == (1, before)


def test_who_follows_the_meetlat_sees_a_move_and_leiden_does_too(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    strip = ask("Hoe begin ik?")
    client = sign_in(maatje)
    topics = [f"meetlat:{meeting.pk}", f"meeting:{meeting.pk}"]
    before = [live.version_of(topic) for topic in topics]

    move(client, strip, "4")

    assert all(live.version_of(topic) > version for topic, version in zip(topics, before, strict=True))
    assert client.get(f"/live/{topics[0]}/").status_code == 200


def test_an_expert_by_link_and_a_stranger_do_not_follow_it(
    expert_client: Client, sign_in: SignIn, outsider: User, meeting: Meeting
) -> None:
    assert expert_client.get(f"/live/meetlat:{meeting.pk}/").status_code == 403
    assert sign_in(outsider).get(f"/live/meetlat:{meeting.pk}/").status_code == 404


def test_htmx_gets_the_dock_and_the_live_region_gets_the_board(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meetlat: str
) -> None:
    strip = ask("Hoe begin ik?", number=3)
    client = sign_in(maatje)

    dock = client.get(meetlat, {"kies": str(strip.pk)}, headers=HTMX).content.decode()
    board = client.get(meetlat, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in dock + board
    assert 'id="move"' in dock
    assert 'class="ruler"' in board
    moved = move(client, strip, "9", headers=HTMX).content.decode()
    assert "ligt nu op 9" in moved
    told = re.search(r'<template data-board="(\d+)" data-since="\d+">(.*?)</template>', moved, re.S)
    assert told
    assert int(told[1]) == live.version_of(live.topic_of("meetlat", strip.meeting))
    assert 'data-place="9"' in told[2]


def test_a_part_in_which_nothing_changed_is_not_sent_again(
    sign_in: SignIn, maatje: Membership, participant: Membership, ask: AskQuestion, meetlat: str
) -> None:
    strip = ask("Hoe begin ik?", number=3)
    client = sign_in(maatje)
    board = client.get(meetlat, headers={"HX-Request": "true"})
    again = {"HX-Request": "true", "If-None-Match": board["ETag"]}

    same = client.get(meetlat, headers=again)
    move(sign_in(participant), strip, "9")
    other = client.get(meetlat, headers=again)

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", board["ETag"])
    assert other.status_code == 200
    assert other["ETag"] != board["ETag"]


@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_stale_move_is_told_and_shows_the_truth(
    sign_in: SignIn, participant: Membership, maatje: Membership, ask: AskQuestion, headers: dict[str, str] | None
) -> None:
    strip = ask("Hoe begin ik?")
    assert move(sign_in(participant), strip, "8").status_code == 302

    answer = move(sign_in(maatje), strip, "2", headers=headers)

    assert answer.status_code == 409
    assert "ligt nu op 8" in answer.content.decode()
    assert "Iemand anders heeft deze vraag intussen verplaatst." in answer.content.decode()
    assert "HX-Trigger" not in answer, "the line of the last move says it, and nothing lies over the strips"


@pytest.mark.parametrize(
    "body",
    [
        {"to": "0"},
        {"to": "11"},
        {"to": "-1"},
        {"to": "5.5"},
        {"to": "٣"},
        {"to": "9" * 5000},
        {"to": ""},
        {"to": "laid"},
        {"to": "laid; drop"},
        {"version": "x"},
        {"version": ""},
        {"before": "x" * 5000},
    ],
)
def test_a_move_that_makes_no_sense_changes_nothing(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, body: dict[str, str]
) -> None:
    strip = ask("Hoe begin ik?", number=3)
    answer = move(sign_in(maatje), strip, **({"to": "4"} | body))
    assert answer.status_code == 422
    strip.refresh_from_db()
    assert (strip.number, strip.version) == (3, 1)


def test_before_a_strip_of_another_meeting_means_last(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, other_member: Membership, other_group: NetworkGroup
) -> None:
    from tests.factories import make_meeting

    theirs = Leervraag.objects.create(meeting=make_meeting(other_group), author=other_member, text="Van een ander")
    strip = ask("Hoe begin ik?")
    move(sign_in(maatje), strip, "4", before=str(theirs.pk))
    strip.refresh_from_db()
    assert (strip.number, strip.rank) == (4, 0)


def test_one_cannot_group_with_a_question_of_another_group(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, other_member: Membership, other_group: NetworkGroup
) -> None:
    from tests.factories import make_meeting

    theirs = Leervraag.objects.create(
        meeting=make_meeting(other_group), author=other_member, text="Van een ander", state="laid", number=1, rank=0
    )
    strip = ask("Hoe begin ik?", number=1)
    body = {"version": strip.version, "beside": str(theirs.pk), "title": ""}
    assert sign_in(maatje).post(reverse("leervragen:group", args=[strip.pk]), body).status_code == 422
    assert not StripGroup.objects.exists()


def test_grouping_naming_and_taking_out_by_forms(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meetlat: str
) -> None:
    first, second = ask("Hoe begin ik?", number=1), ask("Hoe ga ik verder?", number=5)
    client = sign_in(maatje)
    assert "Hoort bij" in client.get(meetlat, {"kies": str(second.pk), "groepeer": ""}).content.decode()

    body = {"version": second.version, "beside": str(first.pk), "title": "Uitleg"}
    assert client.post(reverse("leervragen:group", args=[second.pk]), body).status_code == 302
    strip_group = StripGroup.objects.get()
    assert "Uitleg" in client.get(meetlat).content.decode()
    name = reverse("leervragen:name_group", args=[strip_group.pk])
    assert name in client.get(meetlat, {"kies": str(second.pk), "groepeer": ""}).content.decode()
    opened = {"version": strip_group.version}
    client.post(name, opened | {"title": "Samen"})
    strip_group.refresh_from_db()
    too_long = client.post(name, {"title": "x" * 5000, "version": strip_group.version})
    assert too_long.status_code == 422 and "x" * 5000 in too_long.content.decode()
    # Who opened it before it was called so sees that first.
    told = client.post(name, opened | {"title": "Anders"})
    assert told.status_code == 409
    assert "Samen</dd>" in told.content.decode() and 'value="Anders"' in told.content.decode()
    strip_group.refresh_from_db()
    assert strip_group.title == "Samen"
    client.post(name, {"title": "Anders", "version": strip_group.version})
    strip_group.refresh_from_db()
    assert strip_group.title == "Anders"

    second.refresh_from_db()
    client.post(reverse("leervragen:ungroup", args=[second.pk]), {"version": second.version})
    assert not StripGroup.objects.exists()


def test_a_question_that_is_ended_stays_in_its_group_and_the_page_says_why(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    first, second = ask("Hoe leg ik het uit?", number=3), ask("Wat vertel ik?", number=3)
    laying.group_strips(actor=maatje.user, strip=second, version=second.version, beside=first)
    answering.end_question(actor=maatje.user, leervraag=second, outcome="answered")
    second.refresh_from_db()

    answer = sign_in(maatje).post(reverse("leervragen:ungroup", args=[second.pk]), {"version": second.version})

    assert answer.status_code == 422
    assert "Deze vraag is al afgerond. Open hem eerst weer bij Afronden." in answer.content.decode()
    assert StripGroup.objects.exists()


def test_a_strip_without_company_is_told_so_instead_of_an_empty_list(
    sign_in: SignIn, participant: Membership, ask: AskQuestion, meeting: Meeting
) -> None:
    strip, client = ask(number=3), sign_in(participant)
    address = reverse("leervragen:meetlat", args=[meeting.pk]) + f"?step=1&choose={strip.pk}&group"
    alone = client.get(address).content.decode()
    assert "Er ligt nog geen andere vraag op de meetlat." in alone and "groepeer-nu" not in alone
    ask("Hoe begin ik?", number=5)
    assert "groepeer-nu" in client.get(address).content.decode()


def test_the_group_goes_through_the_steps_and_may_look_elsewhere(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting, meetlat: str
) -> None:
    ask("Hoe begin ik?")
    client = sign_in(maatje)
    client.post(reverse("leervragen:go_to_step", args=[meeting.pk]), {"step": "2"})

    assert "Kijk samen nog eens" in client.get(meetlat).content.decode()
    elsewhere = client.get(meetlat, {"stap": "4"}).content.decode()
    assert "De groep is nu bij Controleren." in elsewhere
    assert "Elke vraag een plek" in elsewhere
    for wrong in ("9", "0", "x", ""):
        client.post(reverse("leervragen:go_to_step", args=[meeting.pk]), {"step": wrong})
        assert client.get(meetlat, {"stap": wrong}).status_code == 200
    assert Meetlat.objects.get().step == 2


def test_the_meetlat_may_be_skipped(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meeting: Meeting, meetlat: str
) -> None:
    strip = ask("Hoe begin ik?")
    client = sign_in(maatje)
    client.post(reverse("leervragen:go_to_step", args=[meeting.pk]), {"step": "3"})
    assert reverse("leervragen:begin", args=[strip.pk]) in client.get(meetlat).content.decode()

    client.post(reverse("leervragen:begin", args=[strip.pk]))

    assert Meetlat.objects.get().current == strip
    assert "Nu aan de beurt" in client.get(meetlat).content.decode()


def test_a_question_that_is_not_for_today_waits_and_can_come_back(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, meetlat: str
) -> None:
    strip = ask("Hoe begin ik?", number=2)
    client, choose = sign_in(maatje), reverse("leervragen:choose_for_today", args=[strip.pk])
    for value, word in (("1", "Toch vandaag"), ("0", "Niet vandaag")):
        client.post(choose, {"not_today": value})
        assert word in client.get(meetlat, {"stap": "2"}).content.decode()
    strip.refresh_from_db()
    assert (strip.number, strip.not_today) == (2, False)


@pytest.mark.parametrize("minutes", ["", "-1", "61", "veel"])
def test_minutes_that_make_no_sense_are_told(
    sign_in: SignIn, maatje: Membership, meeting: Meeting, minutes: str
) -> None:
    body = {"minutes_kept_back": minutes, "minutes_per_question": ""}
    answer = sign_in(maatje).post(reverse("leervragen:set_minutes", args=[meeting.pk]), body)
    assert answer.status_code == 422
    assert not Meetlat.objects.exists()


@pytest.mark.parametrize("step", ["9" * 5000, "0", "6", "-1", "drie", "٣"])
def test_a_step_that_is_none_shows_where_the_group_is(
    sign_in: SignIn, maatje: Membership, meetlat: str, step: str
) -> None:
    answer = sign_in(maatje).get(meetlat, {"stap": step})
    assert (answer.status_code, answer.context["page"].step) == (200, Meetlat.Step.LAYING)


def test_a_version_of_5000_digits_is_a_stale_one(sign_in: SignIn, maatje: Membership, ask: AskQuestion) -> None:
    url = reverse("leervragen:ungroup", args=[ask(number=3).pk])
    assert sign_in(maatje).post(url, {"version": "9" * 5000}).status_code == 409


def test_the_group_may_divide_the_time_itself(
    sign_in: SignIn, maatje: Membership, meeting: Meeting, meetlat: str
) -> None:
    body = {"minutes_kept_back": "5", "minutes_per_question": "4"}
    client = sign_in(maatje)
    client.post(reverse("leervragen:set_minutes", args=[meeting.pk]), body)
    assert "Ongeveer 4 minuten per vraag" in client.get(meetlat, {"stap": "3"}).content.decode()


def test_a_new_question_on_the_spot_lies_on_the_pile(sign_in: SignIn, maatje: Membership, meeting: Meeting) -> None:
    address = reverse("leervragen:quick_add", args=[meeting.pk])
    client = sign_in(maatje)
    assert "Leg op de stapel" in client.get(reverse("leervragen:meetlat", args=[meeting.pk]) + "?new").content.decode()
    body = {"key": "0b0b0b0b-0000-4000-8000-000000000001", "text": "En nu?", "nobody_recognisable": "on"}
    for _double_click in range(2):
        assert client.post(address, body).status_code == 302
    leervraag = Leervraag.objects.get()
    assert (leervraag.text, leervraag.state, leervraag.author) == ("En nu?", "tray", maatje)


@pytest.mark.parametrize(("step", "queries"), [(1, 9), (2, 9), (3, 9), (4, 9), (5, 8)])
def test_each_step_takes_as_many_queries_at_30_questions_as_at_1(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    meeting: Meeting,
    ask: AskQuestion,
    meetlat: str,
    expert_invitation: ExpertInvitation,
    step: int,
    queries: int,
    django_assert_num_queries: CountQueries,
) -> None:
    make_agenda_item(meeting, "answering", 45)
    client = sign_in(coach)
    ask(number=1)
    client.get(meetlat)
    with django_assert_num_queries(queries):
        client.get(meetlat, {"stap": step})
    for number in range(29):
        ask(f"Vraag {number}?", author=make_member(group), number=number % 10 + 1)
    with django_assert_num_queries(queries):
        answer = client.get(meetlat, {"stap": step})
    assert len(answer.content) < 60_000


def test_afronden_with_a_form_open_takes_as_many_queries_at_30_questions_as_at_1(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    ask: AskQuestion,
    meetlat: str,
    expert_invitation: ExpertInvitation,
    django_assert_num_queries: CountQueries,
) -> None:
    client, shows = sign_in(coach), {"step": "4", "open": str(ask(number=1).pk)}
    client.get(meetlat, shows)
    with django_assert_num_queries(10):
        client.get(meetlat, shows)
    for number in range(29):
        ask(f"Vraag {number}?", author=make_member(group), number=number % 10 + 1)
    with django_assert_num_queries(10):
        answer = client.get(meetlat, shows)
    assert answer.content.decode().count(">Waar gaat de vraag heen?<") == 1


def test_answering_takes_as_many_queries_at_30_questions_as_at_1(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    ask: AskQuestion,
    expert_invitation: ExpertInvitation,
    django_assert_num_queries: CountQueries,
) -> None:
    client = sign_in(coach)
    address = reverse("leervragen:answer", args=[ask(number=1).pk])
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)
    for number in range(29):
        ask(f"Vraag {number}?", author=make_member(group), number=number % 10 + 1)
    with django_assert_num_queries(10):
        client.get(address)


def test_answering_takes_as_many_queries_with_10_fragments_as_with_1(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    ask: AskQuestion,
    participant: Membership,
    expert_invitation: ExpertInvitation,
    django_assert_num_queries: CountQueries,
) -> None:
    def ask_with_fragment() -> Leervraag:
        film = {"title": "Kring", "state": "ready", "video": "v", "poster": "p", "duration_ms": 1}
        clip = Clip.objects.create(owner=participant, uploaded_by=participant, **film)
        return ask(number=1, clip=clip)

    client = sign_in(coach)
    first = ask_with_fragment()
    address = reverse("leervragen:answer", args=[first.pk])
    client.get(address)
    with django_assert_num_queries(14):
        client.get(address)
    for _number in range(9):
        strip = ask_with_fragment()
        laying.group_strips(actor=coach.user, strip=strip, version=strip.version, beside=first, title="")
    with django_assert_num_queries(14):
        assert client.get(address).content.decode().count("heeft er een fragment bij") == 10
