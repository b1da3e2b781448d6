"""The page of a meeting that was held: what came of it, what is agreed, how the time ran; and its week on Vandaag."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat
from meetings.models import Agreement, Evaluation, ImprovementPoint, Meeting
from tests.factories import local, make_agenda_item, make_meeting, make_member, make_topic
from tests.types import CountQueries, SignIn


@pytest.fixture
def held(meeting: Meeting) -> Meeting:
    """Ended an hour ago; the next one has a date."""
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.State.ENDED, started_at=now - timedelta(hours=3), ended_at=now - timedelta(hours=1)
    )
    make_meeting(meeting.group, position=2, topic=make_topic(meeting.group, "Ouders"), place="Het Kompas")
    meeting.refresh_from_db()
    return meeting


def _page(client: Client, meeting: Meeting) -> str:
    return client.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()


def _question(meeting: Meeting, author: Membership, text: str, answer: str = "") -> Leervraag:
    outcome = Leervraag.Outcome.ANSWERED if answer else Leervraag.Outcome.OPEN
    return Leervraag.objects.create(meeting=meeting, author=author, text=text, answer=answer, outcome=outcome)


def test_my_own_question_comes_first_and_then_what_came_out(
    held: Meeting, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    _question(held, participant, "Hoe wacht ik langer?", "Tel tot vijf.")
    _question(held, maatje, "Hoe vraag ik door?", "Herhaal wat je hoort.")
    _question(held, maatje, "Wat doet een stille klas?")
    Meetlat.objects.create(meeting=held, keep="De volgorde.")

    page = _page(sign_in(participant), held)

    order = [
        "Jouw vraag",
        "Hoe wacht ik langer?",
        "Tel tot vijf.",
        "Dit kwam eruit",
        "Herhaal wat je hoort.",
        "De andere vragen",
        "Wat doet een stille klas?",
        "De volgorde.",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    theirs = _page(sign_in(maatje), held)
    assert theirs.index("Jouw vragen") < theirs.index("Hoe vraag ik door?") < theirs.index("Hoe wacht ik langer?")


def test_what_was_said_and_agreed_and_the_next_date_stand_on_it(
    held: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    earlier = make_meeting(held.group, position=0, state=Meeting.State.ENDED)
    ImprovementPoint.objects.create(meeting=earlier, text="Eerder beginnen", done_in=held)
    ImprovementPoint.objects.create(meeting=held, text="Pitch korter")
    Agreement.objects.create(meeting=held, text="Filmpje delen", owner=participant)
    Evaluation.objects.create(meeting=held, tops="Iedereen kwam aan het woord.")

    page = _page(sign_in(participant), held)

    for words in (
        "Pitch korter",
        "Eerder beginnen",
        "Filmpje delen",
        "Iedereen kwam aan het woord.",
        "De volgende keer",
        "Het Kompas",
    ):
        assert words in page
    assert "Dit kun je nog doen" not in page


def test_the_coach_sees_how_the_time_ran_and_a_deelnemer_only_when(
    held: Meeting, coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    began = local(2027, 1, 20, 15, 32)
    make_agenda_item(held, minutes=10, title="Kennismaken", started_at=began, ended_at=began + timedelta(minutes=17))

    told = _page(sign_in(coach), held)
    assert "Gepland" in told and "(7 langer)" in told.replace("\n", "")
    assert "Pas de volgende agenda aan" in told
    shown = _page(sign_in(participant), held)
    assert "15.32" in shown and "Kennismaken" in shown
    assert "Gepland" not in shown and "langer)" not in shown


def test_the_coach_has_what_is_left_for_tonight_until_it_is_done(
    held: Meeting, coach: Membership, sign_in: SignIn
) -> None:
    Meeting.objects.filter(position=2).update(starts_at=None)
    browser = sign_in(coach)
    todos = [todo.url for todo in browser.get(reverse("meetings:detail", args=[held.pk])).context["todos"]]
    assert todos == [
        reverse("meetings:evaluation", args=[held.pk]),
        reverse("meetings:dates", args=[held.group_id]),
        reverse("meetings:film_task", args=[held.pk]),
    ]

    Evaluation.objects.create(meeting=held, tops="Rust")
    Meeting.objects.filter(position=2).update(starts_at=timezone.now() + timedelta(days=30))
    Meeting.objects.filter(pk=held.pk).update(film_task="Wachten")
    assert "Dit kun je nog doen" not in _page(browser, held)


def test_ending_the_meeting_leads_to_it(meeting: Meeting, coach: Membership, sign_in: SignIn) -> None:
    make_agenda_item(meeting)
    browser = sign_in(coach)
    for step in ("start", "end"):
        answer = browser.post(reverse("meetings:step", args=[meeting.pk, step]))
    assert answer["Location"] == reverse("meetings:detail", args=[meeting.pk])
    lead = browser.get(reverse("meetings:lead", args=[meeting.pk])).content.decode()
    assert f'href="{reverse("meetings:detail", args=[meeting.pk])}"' in lead


def test_for_a_week_it_stands_on_vandaag(held: Meeting, participant: Membership, sign_in: SignIn) -> None:
    link = f'href="{reverse("meetings:detail", args=[held.pk])}">Lees wat eruit kwam'
    assert link in sign_in(participant).get("/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=22)):
        assert link in sign_in(participant).get("/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=7, hours=1)):
        assert link not in sign_in(participant).get("/").content.decode()


def test_of_a_cancelled_meeting_nothing_came(held: Meeting, participant: Membership, sign_in: SignIn) -> None:
    Meeting.objects.filter(pk=held.pk).update(state=Meeting.State.CANCELLED)
    assert "Lees wat eruit kwam" not in sign_in(participant).get("/").content.decode()
    assert "Deze bijeenkomst gaat niet door." in _page(sign_in(participant), held)


@pytest.mark.parametrize("kind", [Meeting.Kind.INTRODUCTION, Meeting.Kind.CLOSING])
def test_a_meeting_without_questions_has_its_own_harvest(
    kind: str, held: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=held.pk).update(kind=kind)
    page = _page(sign_in(participant), held)
    assert "Dit kwam eruit" not in page and "De volgende keer" in page


@pytest.mark.parametrize("kind", Meeting.Kind.values)
def test_only_a_netwerkbijeenkomst_has_a_meetlat_to_photograph(
    kind: str, held: Meeting, coach: Membership, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=held.pk).update(kind=kind)
    page = _page(sign_in(coach), held)
    assert "Vul achteraf iets aan" in page
    assert ("Foto van de meetlat" in page) == (kind == Meeting.Kind.NETWORK)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("who", "queries"), [("coach", 15), ("participant", 14)])
def test_it_asks_as_much_for_thirty_as_for_one(
    who: str,
    queries: int,
    rows: int,
    held: Meeting,
    coach: Membership,
    participant: Membership,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
) -> None:
    earlier = make_meeting(held.group, position=0, state=Meeting.State.ENDED)
    Evaluation.objects.create(meeting=held, tops="Rust")
    for number in range(rows):
        member = make_member(held.group)
        make_agenda_item(held, minutes=5, started_at=timezone.now())
        _question(held, member, f"Vraag {number}", "Zo.")
        _question(held, participant, f"Van mij {number}", "Zo.")
        Agreement.objects.create(meeting=held, text=f"Afspraak {number}", owner=member)
        for at in (earlier, held):
            ImprovementPoint.objects.create(meeting=at, text=f"Punt {number}")
    client = sign_in({"coach": coach, "participant": participant}[who])
    with django_assert_num_queries(queries):
        assert client.get(reverse("meetings:detail", args=[held.pk])).status_code == 200
