"""Changing what was planned: facts and their order, the agenda, the checklist."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from meetings.models import AgendaItem, Meeting
from meetings.points import meeting_cancelled, meeting_reopened
from meetings.services import agenda_items, changing, checklist, planning, running
from meetings.timeline import run_of
from tests.factories import local, make_group, make_meeting, make_member
from tests.shown import fields_on
from tests.types import SignIn


@pytest.fixture
def traject(coach: Membership) -> list[Meeting]:
    return planning.plan_meetings(
        actor=coach.user,
        group=coach.group,
        introduction_at=local(2026, 12, 2, 15, 30),
        network_count=2,
        dates=[local(2027, 1, 20, 15, 30), None, local(2027, 6, 2, 15, 30)],
    )


def _form(meeting: Meeting, **changes: str) -> dict[str, str]:
    def written(moment: datetime | None) -> str:
        return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""

    return {
        "topic": "",
        "starts_at": written(meeting.starts_at),
        "minutes_available": "140",
        "place": meeting.place,
        "online_url": "",
        "leervraag_deadline": written(meeting.leervraag_deadline),
        "clip_deadline": written(meeting.clip_deadline),
        "feedback_deadline": written(meeting.feedback_deadline),
        "version": meeting.version,
        **changes,
    }


def _edit(browser: Client, meeting: Meeting, **changes: str) -> dict[str, list[str]]:
    """The errors per field; empty when it was saved."""
    now = Meeting.objects.get(pk=meeting.pk)
    answer = browser.post(reverse("meetings:edit", args=[meeting.pk]), _form(now, **changes))
    if answer.status_code == 302:
        return {}
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def test_everything_on_one_form(coach: Membership, traject: list[Meeting], sign_in: SignIn) -> None:
    network = traject[1]
    changes = {"topic": "Prikkels", "place": "De Ark", "online_url": "meet.example/x", "minutes_available": "120"}
    assert _edit(sign_in(coach), network, **changes) == {}
    network.refresh_from_db()
    assert (network.title, network.place, network.minutes_available) == ("Prikkels", "De Ark", 120)
    assert network.online_url == "https://meet.example/x"


def test_a_moved_date_takes_its_default_deadlines_along(
    coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    network = traject[1]
    own = local(2027, 1, 12, 12)
    changing.change_meeting(actor=coach.user, meeting=network, clip_deadline=own)
    network.refresh_from_db()
    assert _edit(sign_in(coach), network, starts_at="2027-04-07T15:30") == {}
    network.refresh_from_db()
    assert network.leervraag_deadline == local(2027, 3, 29, 20)
    assert network.feedback_deadline == local(2027, 4, 2, 20)
    assert network.clip_deadline == own


def test_the_first_date_brings_the_deadlines(coach: Membership, traject: list[Meeting], sign_in: SignIn) -> None:
    undated = traject[2]
    assert _edit(sign_in(coach), undated, starts_at="2027-04-14T15:30") == {}
    undated.refresh_from_db()
    assert undated.clip_deadline == local(2027, 4, 7, 20)


def test_the_form_says_how_many_days_before_the_deadlines_are(
    coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    page = sign_in(coach).get(reverse("meetings:edit", args=[traject[1].pk])).content.decode()
    assert "dan vullen we 9, 7 en 5 dagen ervoor in." in page


@pytest.mark.parametrize(
    ("index", "changes", "field", "said"),
    [
        (1, {"starts_at": "2026-11-01T15:30"}, "starts_at", "moet na Introductie"),
        (1, {"starts_at": "2027-07-01T15:30"}, "starts_at", "Afsluiting is op 2 juni 2027"),
        (3, {"starts_at": "2026-12-01T15:30"}, "starts_at", "Afsluiting is op 1 december 2026"),
        (1, {"clip_deadline": "2027-01-20T15:30"}, "clip_deadline", "vóór de bijeenkomst"),
        (1, {"starts_at": "morgen"}, "starts_at", "geldige"),
        (1, {"starts_at": "0001-01-01T00:00"}, "starts_at", "jaartal"),
        (0, {"starts_at": "0026-12-02T15:30"}, "starts_at", "jaartal"),
        (3, {"starts_at": "9999-12-31T23:59"}, "starts_at", "jaartal"),
        (1, {"clip_deadline": "0001-01-01T00:00"}, "clip_deadline", "jaartal"),
        (1, {"minutes_available": "0"}, "minutes_available", "15"),
        (1, {"place": "x" * 5000}, "place", "200"),
        (1, {"online_url": "javascript:alert(1)"}, "online_url", "geen link"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(
    coach: Membership,
    traject: list[Meeting],
    sign_in: SignIn,
    index: int,
    changes: dict[str, str],
    field: str,
    said: str,
) -> None:
    errors = _edit(sign_in(coach), traject[index], **changes)
    assert list(errors) == [field]
    assert said in " ".join(errors[field])
    before = traject[index]
    after = Meeting.objects.get(pk=before.pk)
    assert (after.starts_at, after.ics_sequence) == (before.starts_at, 0)


def test_a_cancelled_meeting_does_not_hold_up_the_order(coach: Membership, traject: list[Meeting]) -> None:
    Meeting.objects.filter(pk=traject[1].pk).update(state=Meeting.State.CANCELLED)
    changing.change_meeting(actor=coach.user, meeting=traject[2], starts_at=local(2027, 1, 10, 15))


def test_the_page_of_dates_says_what_is_wrong_and_keeps_what_was_typed(
    coach: Membership, traject: list[Meeting], sign_in: SignIn, group: NetworkGroup
) -> None:
    url = reverse("meetings:dates", args=[group.pk])
    data = {f"{meeting.pk}-place": "De Ark" for meeting in traject}
    data |= {f"{meeting.pk}-version": Meeting.objects.get(pk=meeting.pk).version_of_date for meeting in traject}
    data[f"{traject[0].pk}-starts_at"] = "2026-12-02T15:30"
    data[f"{traject[2].pk}-starts_at"] = "2026-11-30T10:00"
    answer = sign_in(coach).post(url, data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Bijeenkomst 2 is op 30 november 2026" in page
    assert 'value="2026-11-30T10:00"' in page
    assert not Meeting.objects.filter(place="De Ark").exists()
    data[f"{traject[2].pk}-starts_at"] = "2027-04-14T15:30"
    assert sign_in(coach).post(url, data).status_code == 302
    assert Meeting.objects.filter(place="De Ark").count() == 4


def _titles(meeting: Meeting) -> list[str]:
    return list(meeting.agenda.values_list("title", flat=True))


def test_an_onderdeel_moves_by_buttons_that_name_the_place(
    coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    network = traject[1]
    before = _titles(network)
    pitch = network.agenda.get(kind=AgendaItem.Kind.PITCH)
    url = reverse("meetings:move_item", args=[network.pk, pitch.pk])
    for _twice in range(2):
        assert sign_in(coach).post(url, {"position": "2"}).status_code == 302
    assert _titles(network)[:3] == [before[0], before[2], before[1]]
    for position, place in [("0", 0), ("99", 8), ("x", 8)]:
        sign_in(coach).post(url, {"position": position})
        assert _titles(network)[place] == pitch.title
    assert list(network.agenda.values_list("position", flat=True)) == list(range(1, 10))


def test_an_onderdeel_is_added_once_before_the_last(coach: Membership, traject: list[Meeting], sign_in: SignIn) -> None:
    network = traject[1]
    url = reverse("meetings:agenda", args=[network.pk])
    data = {"key": str(uuid4()), "title": "Groepsfoto", "minutes": "5", "kind": "other"}
    for _twice in range(2):
        assert sign_in(coach).post(url, data).status_code == 302
    assert _titles(network)[-2:] == ["Groepsfoto", "Afsluiting"]
    page = sign_in(coach).get(reverse("meetings:detail", args=[network.pk])).content.decode()
    assert "5 minuten langer dan de tijd die er is" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "999"}, "minutes"),
        ({"title": ""}, "title"),
        ({"title": "x" * 5000}, "title"),
    ],
)
def test_a_bad_onderdeel_is_said_beside_the_field(
    coach: Membership, traject: list[Meeting], sign_in: SignIn, changes: dict[str, str], field: str
) -> None:
    network = traject[1]
    new = {"key": str(uuid4()), "title": "Groepsfoto", "minutes": "5", "kind": "other", **changes}
    answer = sign_in(coach).post(reverse("meetings:agenda", args=[network.pk]), new)
    assert list(answer.context["form"].errors) == [field]
    first = network.agenda.first()
    assert first is not None
    changed = {"title": "Start", "minutes": "15", "means": "", "purpose": "", "version": first.version, **changes}
    answer = sign_in(coach).post(reverse("meetings:edit_item", args=[network.pk, first.pk]), changed)
    assert list(answer.context["form"].errors) == [field]
    assert network.agenda.count() == 9


def test_a_key_of_another_meetings_onderdeel_takes_nothing(
    coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    theirs = traject[2].agenda.first()
    assert theirs is not None
    data = {"key": str(theirs.pk), "title": "Gekaapt", "minutes": "5", "kind": "other"}
    answer = sign_in(coach).post(reverse("meetings:agenda", args=[traject[1].pk]), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert _titles(traject[2])[0] == "Start"
    assert traject[1].agenda.count() == 9


def test_the_standard_comes_back_unless_the_meeting_began(
    coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    network = traject[1]
    network.agenda.exclude(kind=AgendaItem.Kind.START).delete()
    url = reverse("meetings:reset_agenda", args=[network.pk])
    sign_in(coach).post(url)
    assert len(_titles(network)) == 9
    running.start_meeting(actor=coach.user, meeting=network)
    page = sign_in(coach).post(url, follow=True).content.decode()
    assert "al begonnen" in page
    current = network.agenda.first()
    assert current is not None
    refused = sign_in(coach).post(reverse("meetings:remove_item", args=[network.pk, current.pk]), follow=True)
    assert "nu bezig" in refused.content.decode()
    assert len(_titles(network)) == 9


def test_the_checklist_knows_and_a_person_ticks(coach: Membership, traject: list[Meeting], sign_in: SignIn) -> None:
    network = traject[1]
    url = reverse("meetings:preparation", args=[network.pk])
    before = sign_in(coach).get(url).context["checklist"]
    done = {line.label for line in before.done_lines}
    assert "Datum en uur staan vast" in done
    assert "Onderwerp ligt vast" not in done
    for _twice in range(2):
        sign_in(coach).post(reverse("meetings:tick", args=[network.pk]), {"key": "room", "done": "1"})
    after = sign_in(coach).get(url).context["checklist"]
    assert after.done == before.done + 1
    with pytest.raises(ValidationError):
        checklist.tick_line(actor=coach.user, meeting=network, key="explain-talent", done=True)


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (0, ["In de presentatie: TalentKracht, met volwassene, kind en taak"]),
        (1, ["Talentmomenten verzameld"]),
        (
            3,
            [
                "Interviewprotocol aangepast",
                "Interviewprotocol geprint",
                "Papier en pennen klaar voor de lijnen",
                "Talentmomenten verzameld",
            ],
        ),
    ],
)
def test_the_checklist_of_each_kind_has_a_line_once(
    coach: Membership, traject: list[Meeting], sign_in: SignIn, index: int, expected: list[str]
) -> None:
    page = sign_in(coach).get(reverse("meetings:preparation", args=[traject[index].pk]))
    labels = [line.label for line in page.context["checklist"].lines]
    assert set(expected) <= set(labels)
    assert len(labels) == len(set(labels))


def test_cancel_asks_for_a_post_and_can_be_undone(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    page = browser.post(reverse("meetings:cancel", args=[meeting.pk]), follow=True).content.decode()
    assert "Deze bijeenkomst gaat niet door." in page
    browser.post(reverse("meetings:reopen", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.PLANNED


def test_a_cancelled_meeting_that_no_longer_fits_stays_cancelled(
    coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=traject[1].pk).update(state=Meeting.State.CANCELLED)
    changing.change_meeting(actor=coach.user, meeting=traject[2], starts_at=local(2027, 1, 10, 15))
    page = sign_in(coach).post(reverse("meetings:reopen", args=[traject[1].pk]), follow=True).content.decode()
    assert "moet na" in page
    assert Meeting.objects.get(pk=traject[1].pk).state == Meeting.State.CANCELLED


def test_an_extra_meeting_in_the_past_is_no_news(coach: Membership) -> None:
    held = make_meeting(coach.group, position=4, state=Meeting.State.ENDED)
    changing.change_meeting(actor=coach.user, meeting=held, place="Achteraf ingevuld")
    held.refresh_from_db()
    assert held.place == "Achteraf ingevuld"


def test_cancelling_and_reopening_are_told_to_higher_apps_once_and_undone_with_them(
    coach: Membership, meeting: Meeting
) -> None:
    heard: list[tuple[str, str]] = []
    with (
        meeting_cancelled.temporarily(lambda told, actor, to_next: heard.append(("cancelled", told.state))),
        meeting_reopened.temporarily(lambda told, actor: heard.append(("reopened", told.state))),
    ):
        for _twice in range(2):
            changing.cancel_meeting(actor=coach.user, meeting=meeting)
        for _twice in range(2):
            changing.reopen_meeting(actor=coach.user, meeting=meeting)
    assert heard == [("cancelled", Meeting.State.CANCELLED), ("reopened", Meeting.State.PLANNED)]

    def fails(told: Meeting, actor: object, to_next: bool) -> None:
        raise ValidationError("nee")

    with meeting_cancelled.temporarily(fails), pytest.raises(ValidationError):
        changing.cancel_meeting(actor=coach.user, meeting=meeting)
    assert Meeting.objects.get(pk=meeting.pk).is_planned


def test_a_date_that_passes_a_chosen_deadline_is_refused_on_the_page_of_dates_too(
    coach: Membership, traject: list[Meeting], sign_in: SignIn, group: NetworkGroup
) -> None:
    network = traject[1]
    changing.change_meeting(actor=coach.user, meeting=network, clip_deadline=local(2027, 1, 19, 12))
    data = {f"{meeting.pk}-place": "De Ark" for meeting in traject}
    data |= {f"{meeting.pk}-version": Meeting.objects.get(pk=meeting.pk).version_of_date for meeting in traject}
    data[f"{network.pk}-starts_at"] = "2027-01-18T15:30"
    page = sign_in(coach).post(reverse("meetings:dates", args=[group.pk]), data).content.decode()
    assert "Bijeenkomst 1 begint dan vóór “fragmenten plaatsen tot”" in page
    assert not Meeting.objects.filter(place="De Ark").exists()


@pytest.mark.parametrize("state", ["running", "ended"])
def test_the_date_of_a_meeting_that_is_on_or_was_held_stays_and_its_place_may_change(
    coach: Membership, traject: list[Meeting], sign_in: SignIn, state: str
) -> None:
    network = traject[1]
    Meeting.objects.filter(pk=network.pk).update(state=state)
    network.refresh_from_db()
    browser, url = sign_in(coach), reverse("meetings:edit", args=[network.pk])
    sent = {field.html_name: field.value() or "" for field in browser.get(url).context["form"]}
    sent = {name: f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value for name, value in sent.items()}
    later = timezone.localtime(network.starts_at) + timedelta(days=1)
    page = browser.post(url, {**sent, "starts_at": f"{later:%Y-%m-%dT%H:%M}"})
    assert page.status_code == 422
    assert page.context["form"].errors["starts_at"] == [
        "Bijeenkomst 1 is bezig of geweest. Haar datum en begin blijven zoals ze zijn."
    ]
    with pytest.raises(ValidationError, match="bezig of geweest"):
        changing.change_meeting(actor=coach.user, meeting=network, starts_at=None)
    changing.change_meeting(actor=coach.user, meeting=network, place="De Ark", minutes_available=90)
    stands = Meeting.objects.get(pk=network.pk)
    assert (stands.starts_at, stands.place, stands.minutes_available) == (network.starts_at, "De Ark", 90)


def test_on_the_page_of_dates_the_one_that_is_on_keeps_its_date_and_says_so_beside_it(
    coach: Membership, traject: list[Meeting], sign_in: SignIn, group: NetworkGroup
) -> None:
    introduction = traject[0]
    running.start_meeting(actor=coach.user, meeting=introduction)
    starts_at = timezone.localtime(introduction.starts_at)
    browser, url = sign_in(coach), reverse("meetings:dates", args=[group.pk])
    data = {f"{meeting.pk}-version": Meeting.objects.get(pk=meeting.pk).version_of_date for meeting in traject}
    data |= {f"{m.pk}-starts_at": f"{timezone.localtime(m.starts_at):%Y-%m-%dT%H:%M}" for m in traject if m.starts_at}
    data |= {f"{meeting.pk}-place": "De Ark" for meeting in traject}
    moved = {f"{introduction.pk}-starts_at": f"{starts_at - timedelta(days=1):%Y-%m-%dT%H:%M}"}
    answer = browser.post(url, {**data, **moved})
    beside = next(line for line in answer.context["form"].lines if line.meeting.pk == introduction.pk)
    assert beside.errors["starts_at"] == ["Introductie is bezig of geweest. Haar datum en begin blijven zoals ze zijn."]
    assert not Meeting.objects.filter(place="De Ark").exists()
    assert browser.post(url, data).status_code == 302
    assert set(Meeting.objects.values_list("place", flat=True)) == {"De Ark"}


def test_a_meeting_that_is_on_is_not_cancelled(coach: Membership, traject: list[Meeting], sign_in: SignIn) -> None:
    network = traject[1]
    running.start_meeting(actor=coach.user, meeting=network)
    page = sign_in(coach).post(reverse("meetings:cancel", args=[network.pk]), follow=True).content.decode()
    assert "Deze bijeenkomst is bezig. Rond haar af, dan blijft staan wat jullie deden." in page
    assert Meeting.objects.get(pk=network.pk).is_running


def test_a_meeting_that_was_begun_by_mistake_is_planned_as_before(
    coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    network = traject[1]
    browser = sign_in(coach)
    running.start_meeting(actor=coach.user, meeting=network)
    running.stop_time(actor=coach.user, meeting=network)
    assert "Toch niet begonnen" in browser.get(reverse("meetings:lead", args=[network.pk])).content.decode()
    for _press in range(2):
        browser.post(reverse("meetings:step", args=[network.pk, "not_begun"]))
        network.refresh_from_db()
        assert (network.state, network.started_at, network.paused_at) == (Meeting.State.PLANNED, None, None)
    agenda_items.reset_agenda(actor=coach.user, meeting=network)
    running.start_meeting(actor=coach.user, meeting=network)
    network.refresh_from_db()
    run = run_of(network, list(network.agenda.all()))
    assert run is not None
    assert run.minutes_left == 15


def test_past_its_first_onderdeel_a_meeting_was_begun(
    coach: Membership, traject: list[Meeting], sign_in: SignIn
) -> None:
    network = traject[1]
    browser = sign_in(coach)
    running.start_meeting(actor=coach.user, meeting=network)
    running.go_to(actor=coach.user, meeting=network, item=network.agenda.all()[1])
    assert "Toch niet begonnen" not in browser.get(reverse("meetings:lead", args=[network.pk])).content.decode()
    with pytest.raises(ValidationError, match="Jullie zijn al verder"):
        running.take_start_back(actor=coach.user, meeting=network)
    assert Meeting.objects.get(pk=network.pk).is_running


def test_of_a_cancelled_meeting_nothing_is_put_back_once_it_is_open_again(
    coach: Membership, traject: list[Meeting]
) -> None:
    network = traject[1]
    item = network.agenda.all()[0]
    agenda_items.remove_item(actor=coach.user, item=item)
    assert network.agenda_changes.exists()
    changing.cancel_meeting(actor=coach.user, meeting=network)
    changing.reopen_meeting(actor=coach.user, meeting=network)
    assert not network.agenda_changes.exists()


def test_no_mail_is_promised_for_a_draft(sign_in: SignIn, db: None) -> None:
    draft = make_group("Concept", draft=True)
    browser = sign_in(make_member(draft, coach=True))
    meeting = make_meeting(draft, position=1)
    dates = fields_on(browser, reverse("meetings:dates", args=[draft.pk]), f"{meeting.pk}-version")
    said = [
        browser.post(reverse("meetings:dates", args=[draft.pk]), dates, follow=True),
        browser.post(reverse("meetings:edit", args=[meeting.pk]), _form(meeting, topic="Rust"), follow=True),
        browser.post(reverse("meetings:cancel", args=[meeting.pk]), follow=True),
    ]
    told = [[str(message) for message in page.context["messages"]] for page in said]
    assert told == [["Vastgelegd."], ["Bewaard."], ["De bijeenkomst vervalt."]]
    assert "Iedereen krijgt een mail" not in said[-1].content.decode()


def test_what_is_put_right_of_a_held_meeting_is_mailed_to_nobody_and_says_so(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    page = sign_in(coach).post(
        reverse("meetings:edit", args=[meeting.pk]), _form(meeting, topic="Rust", place="De Ark"), follow=True
    )
    assert [str(message) for message in page.context["messages"]] == ["Bewaard."]


def test_a_meeting_that_was_ended_meanwhile_is_not_said_to_be_cancelled(
    coach: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    page = sign_in(coach).post(reverse("meetings:cancel", args=[meeting.pk]), follow=True)
    assert list(page.context["messages"]) == []
    assert Meeting.objects.get(pk=meeting.pk).state == Meeting.State.ENDED
