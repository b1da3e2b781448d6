"""The round of a pair: five steps, one next action, and nothing of it for the coach but which step it is."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from groups.models import LearningGoal, Membership, NetworkGroup
from groups.services import pairing
from netwerkleren.base.models import AuditEvent, OutgoingMail
from tests.factories import make_member
from tests.types import CountQueries, MakeClip, OnCommit, SignIn
from video_feedback import documents
from video_feedback.cycle_pages import cycle_page, pair_lines
from video_feedback.models import Clip, Debrief, Feedback, FilmCycle, FilmPlan, FilmStep, How, Remark, plan_of
from video_feedback.services import consent, cycles, film_plans

AT = datetime(2026, 12, 8, 9, 30, tzinfo=UTC)
GOAL = "Na elke vraag tel ik stil tot vijf."


@pytest.fixture
def owners(participant: Membership, maatje: Membership, sign_in: SignIn) -> Client:
    return sign_in(participant)


@pytest.fixture
def maatjes(participant: Membership, maatje: Membership, sign_in: SignIn) -> Client:
    return sign_in(maatje)


@pytest.fixture
def cycle(participant: Membership, maatje: Membership) -> FilmCycle:
    return begun(participant)


def begun(owner: Membership, **facts: Any) -> FilmCycle:
    return cycles.begin_cycle(actor=owner.user, key=uuid4(), owner=owner, **{"goal": GOAL, **facts})


def page_of(browser: Client, cycle: FilmCycle) -> str:
    return browser.get(reverse("video_feedback:film_cycle", args=[cycle.pk])).content.decode()


def tick(browser: Client, cycle: FilmCycle, step: str, how: str) -> None:
    browser.post(reverse("video_feedback:take_step", args=[cycle.pk]), {"step": step, "how": how})
    cycle.refresh_from_db()


def test_a_whole_round_by_two_phones_has_one_next_action_at_a_time(
    owners: Client, maatjes: Client, participant: Membership, maatje: Membership
) -> None:
    body = {"key": str(uuid4()), "goal": GOAL, "shows": "lesson", "filmed_by": "maatje", "at": "2026-12-08T10:30"}
    answer = owners.post(reverse("video_feedback:begin_cycle", args=[participant.group_id]), body)
    cycle = FilmCycle.objects.get()
    assert answer["Location"] == reverse("video_feedback:film_cycle", args=[cycle.pk])
    assert (cycle.goal_step, cycle.next_step(), cycle.at) == (How.DONE, FilmStep.FILM, AT)
    theirs = page_of(maatjes, cycle)
    assert GOAL in theirs and "Noteer wat je ziet" in theirs

    tick(maatjes, cycle, "film", "done")
    assert cycle.next_step() == FilmStep.CLIPS
    tick(maatjes, cycle, "clips", "done")
    said = {"version": Debrief().version, "tops": "Je wachtte vier keer.", "goal_changes": "yes", "task_changes": "no"}
    maatjes.post(reverse("video_feedback:debrief", args=[cycle.pk]), said)
    cycle.refresh_from_db()
    assert cycle.next_step() == FilmStep.ADJUST
    owners.post(reverse("video_feedback:adjust_goal", args=[cycle.pk]), {"goal": "Ik tel tot vijf, ook na een fout."})

    cycle.refresh_from_db()
    assert cycle.next_step() is None and cycle.ended_at is not None
    assert cycle.next_goal is not None and cycle.next_goal.follows == cycle.goal
    assert cycle.goal is not None and cycle.goal.text == GOAL
    assert "Ruil nu van rol: kies jouw doel." in page_of(maatjes, cycle)


def test_a_round_wholly_on_paper_is_a_whole_round(owners: Client, participant: Membership) -> None:
    owners.post(
        reverse("video_feedback:begin_cycle", args=[participant.group_id]),
        {"key": str(uuid4()), "shows": "lesson", "filmed_by": "nobody"},
    )
    cycle = FilmCycle.objects.get()
    assert cycle.next_step() == FilmStep.GOAL
    for step in FilmStep.values:
        tick(owners, cycle, step, "paper")
    assert cycle.ended_at is not None and [cycle.how(step) for step in FilmStep] == ["paper"] * 5


@pytest.mark.parametrize("how", How.values)
def test_the_round_is_over_when_the_fifth_is_whatever_it_is(maatjes: Client, cycle: FilmCycle, how: str) -> None:
    tick(maatjes, cycle, "adjust", how)
    assert cycle.ended_at is not None and cycle.next_step() is None


def test_a_step_that_was_ticked_too_soon_is_open_again(maatjes: Client, cycle: FilmCycle) -> None:
    tick(maatjes, cycle, "adjust", "skipped")
    tick(maatjes, cycle, "adjust", "")
    assert cycle.ended_at is None and cycle.next_step() == FilmStep.FILM


def test_what_is_over_stays_so_when_the_next_one_has_begun(
    maatjes: Client, cycle: FilmCycle, participant: Membership
) -> None:
    tick(maatjes, cycle, "adjust", "done")
    begun(participant)
    tick(maatjes, cycle, "adjust", "")
    assert cycle.ended_at is not None and FilmCycle.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(("step", "how"), [("dans", "done"), ("film", "half"), ("", "done")])
def test_a_step_or_a_way_that_is_not_there_changes_nothing(
    maatjes: Client, cycle: FilmCycle, step: str, how: str
) -> None:
    before = [cycle.how(one) for one in FilmStep]
    tick(maatjes, cycle, step, how)
    assert [cycle.how(one) for one in FilmStep] == before


def test_the_roles_swap_and_the_next_round_begins_with_the_goal_that_was_adjusted(
    owners: Client, maatjes: Client, cycle: FilmCycle, participant: Membership, maatje: Membership
) -> None:
    cycles.adjust_goal(actor=participant.user, cycle=cycle, text="Ik vraag door.")
    assert "Nu ben jij aan de beurt" in maatjes.get("/").content.decode()
    assert "Nu ben jij aan de beurt" not in owners.get("/").content.decode()

    begun(maatje, goal="Ik vat samen.")
    assert "De ronde van Yusuf: Filmen" in owners.get("/").content.decode()
    assert "Jouw ronde: Filmen" in maatjes.get("/").content.decode()
    form = owners.get(reverse("video_feedback:begin_cycle", args=[participant.group_id])).content.decode()
    assert "Ik vraag door." in form


def test_of_three_all_see_a_round_and_take_its_steps(
    owners: Client, cycle: FilmCycle, participant: Membership, coach: Membership, sign_in: SignIn
) -> None:
    third = make_member(participant.group, "Femke Postma")
    assert participant.pair is not None
    pairing.add_to_pair(actor=coach.user, pair=participant.pair, membership=third)
    browser = sign_in(third)
    assert GOAL in page_of(browser, cycle)
    tick(browser, cycle, "film", "done")
    assert cycle.next_step() == FilmStep.CLIPS
    assert "Yusuf Demir en Femke Postma" in page_of(owners, cycle)


def test_with_a_stand_and_the_maatje_at_home_the_road_has_the_same_five_steps(
    owners: Client, maatjes: Client, participant: Membership, maatje: Membership, make_clip: MakeClip
) -> None:
    """The owner films, cuts and shares by the gate; the maatje notes while watching, and they talk by telephone."""
    body = {"key": str(uuid4()), "goal": GOAL, "shows": "lesson", "filmed_by": "stand"}
    owners.post(reverse("video_feedback:begin_cycle", args=[participant.group_id]), body)
    cycle = FilmCycle.objects.get()
    assert "Zet je telefoon stevig neer" in page_of(owners, cycle)
    theirs = page_of(maatjes, cycle)
    assert "Marijke filmt zelf, met een statief" in theirs and "Noteer wat je ziet" not in theirs

    tick(owners, cycle, "film", "done")
    clip = make_clip(participant)
    owners.post(reverse("video_feedback:put_clip", args=[cycle.pk, clip.pk]), {"belongs": "1"})
    link = reverse("video_feedback:detail", args=[clip.pk])
    assert link not in page_of(maatjes, cycle), "the gate comes first"
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    assert link in page_of(maatjes, cycle)
    tick(owners, cycle, "clips", "done")

    said = {"key": str(uuid4()), "kind": "top", "start": "0:05", "text": "Je wachtte.", "principle": ""}
    maatjes.post(reverse("video_feedback:add_remark", args=[clip.pk]), said)
    maatjes.post(reverse("video_feedback:send_feedback", args=[clip.pk]))
    assert "Je wachtte." in owners.get(reverse("video_feedback:debrief", args=[cycle.pk])).content.decode()
    tick(maatjes, cycle, "talk", "spoken")
    owners.post(reverse("video_feedback:adjust_goal", args=[cycle.pk]), {"goal": GOAL})
    cycle.refresh_from_db()
    assert cycle.ended_at is not None and cycle.next_goal == cycle.goal
    assert [cycle.how(step) for step in FilmStep] == ["done", "done", "done", "spoken", "done"]


def test_the_page_of_the_maatjes_leads_to_their_round(
    owners: Client, participant: Membership, colleague: Membership, coach: Membership, sign_in: SignIn
) -> None:
    page, link = (
        reverse("groups:pairs", args=[coach.group_id]),
        reverse("video_feedback:film_cycles", args=[coach.group_id]),
    )
    led = [link in browser.get(page).content.decode() for browser in (owners, sign_in(coach), sign_in(colleague))]
    assert led == [True, True, False], "who has no maatje yet first chooses one"


def test_who_has_no_maatje_films_alone(participant: Membership, sign_in: SignIn) -> None:
    cycle = begun(participant, filmed_by="stand")
    page = page_of(sign_in(participant), cycle)
    assert "met een statief" in page and "Noteer wat je ziet" not in page
    assert OutgoingMail.objects.count() == 0


def test_a_maatje_of_now_does_not_read_the_rounds_with_another(
    cycle: FilmCycle, participant: Membership, maatje: Membership, colleague: Membership, coach: Membership,
    sign_in: SignIn,
) -> None:  # fmt: skip
    assert participant.pair is not None
    pairing.dissolve_pair(actor=coach.user, pair=participant.pair)
    pairing.make_pair(actor=coach.user, group=participant.group, members=[participant, colleague])
    for person, code in ((maatje, 404), (colleague, 404), (participant, 200)):
        assert sign_in(person).get(reverse("video_feedback:film_cycle", args=[cycle.pk])).status_code == code


def test_who_left_sees_it_no_longer(cycle: FilmCycle, maatje: Membership, maatjes: Client) -> None:
    Membership.objects.filter(pk=maatje.pk).update(left=timezone.now(), pair=None)
    assert maatjes.get(reverse("video_feedback:film_cycle", args=[cycle.pk])).status_code == 404


def test_a_goal_that_its_owner_closed_is_not_read_by_the_maatje(cycle: FilmCycle, maatjes: Client) -> None:
    LearningGoal.objects.update(audience=LearningGoal.Audience.ALONE)
    assert GOAL not in page_of(maatjes, cycle)
    assert GOAL not in maatjes.get(reverse("video_feedback:debrief", args=[cycle.pk])).content.decode()


def test_the_coach_sees_the_step_and_no_day_no_goal_and_no_footage(
    coach: Membership, cycle: FilmCycle, participant: Membership, make_clip: MakeClip, sign_in: SignIn
) -> None:
    FilmCycle.objects.update(at=AT, room="lokaal 12")
    cycle.clips.add(make_clip(participant))
    page = sign_in(coach).get(reverse("video_feedback:film_cycles", args=[coach.group_id])).content.decode()
    assert "Ronde van Marijke: Filmen" in page
    for hidden in (GOAL, "lokaal 12", "8 december", "10.30", "Drie tellen wachten", str(cycle.pk)):
        assert hidden not in page


def test_nothing_is_summed_per_person(coach: Membership, participant: Membership, maatje: Membership) -> None:
    for _round in range(3):
        cycles.take_step(actor=participant.user, cycle=begun(participant), step="adjust", how="done")
    [pair] = pair_lines(coach.group, plan_of(coach.group))
    assert [(turn.member, turn.cycle, turn.step) for turn in pair.turns] == [
        (participant, None, None),
        (maatje, None, None),
    ]


def test_the_appointment_goes_into_both_calendars(
    owners: Client, maatjes: Client, cycle: FilmCycle, participant: Membership
) -> None:
    FilmCycle.objects.update(at=AT, room="lokaal 12")
    address = reverse("video_feedback:cycle_calendar", args=[cycle.pk])
    contents = [browser.get(address).content for browser in (owners, maatjes)]
    for content in contents:
        lines = content.decode().splitlines()
        for line in ("DTSTART:20261208T093000Z", "LOCATION:lokaal 12", "SUMMARY:Samen filmen: bij Marijke"):
            assert line in lines
        assert GOAL not in content.decode()
    FilmCycle.objects.update(at=None)
    assert owners.get(address).status_code == 404


def test_the_goal_comes_by_one_mail_and_another_hour_by_one_more(
    participant: Membership, maatje: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    key = uuid4()
    first: dict[str, Any] = {"goal": GOAL, "at": AT}
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            cycle = cycles.begin_cycle(actor=participant.user, key=key, owner=participant, **first)
    [letter] = mail.outbox
    assert letter.to == [maatje.user.email]
    assert letter.subject == "Samen filmen met Marijke" and GOAL not in letter.body
    facts: dict[str, Any] = {"goal": GOAL, "shows": "lesson", "filmed_by": "maatje", "room": ""}
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            cycles.change_cycle(
                actor=participant.user, cycle=cycle, version=cycle.version, at=AT + timedelta(days=1), **facts
            )
    assert [letter.to for letter in mail.outbox] == [[maatje.user.email]] * 2
    assert FilmCycle.objects.get().ics_sequence == 1


def test_a_day_that_is_taken_out_leaves_the_calendar_of_the_maatje_too(
    participant: Membership, maatje: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    facts: dict[str, Any] = {"goal": GOAL, "shows": "lesson", "filmed_by": "maatje", "room": ""}
    with django_capture_on_commit_callbacks(execute=True):
        cycle = begun(participant, at=AT)
    for at in (AT + timedelta(days=1), None):
        with django_capture_on_commit_callbacks(execute=True):
            cycle = cycles.change_cycle(actor=participant.user, cycle=cycle, version=cycle.version, at=at, **facts)

    said = [" ".join(letter.body.split()) for letter in mail.outbox]
    assert ["begint een filmronde" in body for body in said] == [True, False, False]
    assert "is bijgewerkt. Dag, uur en plek staan in het portaal" in said[1]
    assert "is bijgewerkt. Er staat nu geen dag en uur in" in said[2]
    first, _second, last = [str(letter.message()) for letter in mail.outbox]
    assert "METHOD:PUBLISH" in first and "STATUS:CONFIRMED" in first
    uid, *_rest = [line for line in first.splitlines() if line.startswith("UID:film-")]
    assert uid in last and "SEQUENCE:2" in last
    assert "METHOD:CANCEL" in last and "STATUS:CANCELLED" in last and "ORGANIZER" in last


def test_a_coach_reads_that_they_do_not_find_the_way_and_no_more(
    coach: Membership, cycle: FilmCycle, maatjes: Client, sign_in: SignIn, django_capture_on_commit_callbacks: OnCommit
) -> None:
    mail.outbox.clear()
    address = reverse("video_feedback:ask_coach", args=[cycle.pk])
    with django_capture_on_commit_callbacks(execute=True):
        maatjes.post(address, {"stuck": "1"})
        maatjes.post(address, {"stuck": "1"})
    told = [letter for letter in mail.outbox if letter.to == [coach.user.email]]
    assert [letter.subject for letter in told] == ["Een tweetal komt er niet uit"]
    assert "Marijke Hoekstra en Yusuf Demir" in told[0].body and GOAL not in told[0].body
    overview = reverse("video_feedback:film_cycles", args=[coach.group_id])
    assert "Komt er niet uit" in sign_in(coach).get(overview).content.decode()
    maatjes.post(address, {"stuck": "0"})
    assert "Komt er niet uit" not in sign_in(coach).get(overview).content.decode()


def test_a_group_that_dropped_a_step_has_four_and_its_own_words(
    coach: Membership, cycle: FilmCycle, owners: Client, sign_in: SignIn
) -> None:
    keeps = {f"keep_{step}": "on" for step in FilmStep if step != FilmStep.CLIPS}
    body = {"version": FilmPlan().version, "words_talk": "Loop een rondje om de school.", **keeps}
    sign_in(coach).post(reverse("video_feedback:film_plan", args=[coach.group_id]), body)

    page = page_of(owners, cycle)
    assert "Loop een rondje om de school." in page and 'id="stap-clips"' not in page
    tick(owners, cycle, "film", "done")
    assert "Open het nagesprek" in page_of(owners, cycle)


def test_when_the_last_step_is_dropped_the_one_before_it_ends_the_round(
    coach: Membership, cycle: FilmCycle, owners: Client, participant: Membership
) -> None:
    film_plans.change_film_plan(
        actor=coach.user, group=coach.group, version=FilmPlan().version, dropped=["adjust"], words={}
    )
    tick(owners, cycle, "talk", "spoken")
    assert cycle.ended_at is not None
    assert begun(participant).pk != cycle.pk


def test_a_group_keeps_one_step_at_least(coach: Membership, sign_in: SignIn) -> None:
    address = reverse("video_feedback:film_plan", args=[coach.group_id])
    answer = sign_in(coach).post(address, {"version": FilmPlan().version})
    assert (answer.status_code, FilmPlan.objects.count()) == (422, 0)
    assert "Laat ten minste één stap staan." in answer.content.decode()


def test_two_who_write_one_debrief_see_both(owners: Client, maatjes: Client, cycle: FilmCycle) -> None:
    address, version = reverse("video_feedback:debrief", args=[cycle.pk]), Debrief().version
    assert maatjes.post(address, {"version": version, "tops": "Je wachtte."}).status_code == 302
    answer = owners.post(address, {"version": version, "tops": "Ik vroeg door."})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Je wachtte." in page and "Ik vroeg door." in page
    assert Debrief.objects.get().tops == "Je wachtte."


def test_the_debrief_has_goal_fragments_and_remarks_on_one_screen_and_no_tally(
    owners: Client, maatje: Membership, cycle: FilmCycle, participant: Membership, make_clip: MakeClip
) -> None:
    clip = make_clip(participant)
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    cycles.put_clip(actor=maatje.user, cycle=cycle, clip=clip, belongs=True)
    sent = Feedback.objects.create(clip=clip, giver=maatje, sent_at=timezone.now())
    for kind, text in (("tip", "Kijk de kring rond."), ("top", "Je wachtte."), ("top", "Je vroeg door.")):
        Remark.objects.create(feedback=sent, kind=kind, start_ms=1000, text=text)
    page = owners.get(reverse("video_feedback:debrief", args=[cycle.pk])).content.decode()
    assert page.index(GOAL) < page.index("Drie tellen wachten") < page.index("Je wachtte.")
    assert page.index("Je vroeg door.") < page.index("Kijk de kring rond.")
    assert "drie keer iets wat goed ging, tegenover één punt dat anders kan" in page
    assert "2 tops" not in page and "1 tip" not in page
    assert "Moet het leerdoel worden bijgesteld?" in page and "Moet de opdracht voor de leerling anders?" in page


def test_a_fragment_in_a_round_is_seen_by_nobody_more(
    owners: Client, maatjes: Client, cycle: FilmCycle, clip: Clip
) -> None:
    owners.post(reverse("video_feedback:put_clip", args=[cycle.pk, clip.pk]), {"belongs": "1"})
    assert list(cycle.clips.all()) == [clip]
    assert clip.title in page_of(owners, cycle) and clip.title not in page_of(maatjes, cycle)
    assert maatjes.get(reverse("video_feedback:detail", args=[clip.pk])).status_code == 404
    owners.post(reverse("video_feedback:put_clip", args=[cycle.pk, clip.pk]), {"belongs": "0"})
    assert list(cycle.clips.all()) == []


def test_a_fragment_of_another_is_not_put_in_it(
    owners: Client, cycle: FilmCycle, maatje: Membership, make_clip: MakeClip
) -> None:
    theirs = make_clip(maatje)
    consent.share_clip(actor=maatje.user, clip=theirs, audience="maatje", scope="all_parents")
    owners.post(reverse("video_feedback:put_clip", args=[cycle.pk, theirs.pk]), {"belongs": "1"})
    assert list(cycle.clips.all()) == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("goal", "x" * 5000, "4000"),
        ("at", "9999-99-99T10:00", ""),
        ("room", "x" * 300, "200"),
        ("filmed_by", "drone", ""),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_stays_typed(
    owners: Client, participant: Membership, field: str, typed: str, said: str
) -> None:
    body = {"key": str(uuid4()), "shows": "lesson", "filmed_by": "maatje", field: typed}
    answer = owners.post(reverse("video_feedback:begin_cycle", args=[participant.group_id]), body)
    assert (answer.status_code, FilmCycle.objects.count()) == (422, 0)
    assert said in answer.content.decode()


def test_one_has_one_round_open(cycle: FilmCycle, participant: Membership) -> None:
    with pytest.raises(ValidationError, match="Je hebt al een ronde open"):
        begun(participant)
    assert FilmCycle.objects.count() == 1


def test_in_a_group_that_is_closed_a_round_is_only_read(owners: Client, cycle: FilmCycle) -> None:
    NetworkGroup.objects.update(closed_at=timezone.now())
    assert GOAL in page_of(owners, cycle)
    step = reverse("video_feedback:take_step", args=[cycle.pk])
    assert owners.post(step, {"step": "film", "how": "done"}).status_code == 403


def test_a_round_leaves_no_line_in_the_audit(cycle: FilmCycle, participant: Membership) -> None:
    before = AuditEvent.objects.count()
    cycles.take_step(actor=participant.user, cycle=cycle, step="film", how="done")
    assert AuditEvent.objects.count() == before


def test_the_papers_have_no_picture_and_the_form_is_one_page(
    owners: Client, cycle: FilmCycle, participant: Membership
) -> None:
    page = cycle_page(participant.user, participant, FilmCycle.objects.with_people().get())
    made = documents.cycle_pdf(page, Debrief(cycle=cycle, tops="Je wachtte.", goal_changes="yes"))
    assert GOAL in made.html and "Je wachtte." in made.html and made.html.count("<img") == 1
    form = documents.observation_form(participant.group, plan_of(participant.group), page)
    assert GOAL in form.html and len(PdfReader(BytesIO(form.pdf)).pages) == 1
    empty = owners.get(reverse("video_feedback:observation_form", args=[participant.group_id]))
    assert (empty["Content-Type"], empty.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_queries_at_1_and_30_rows(
    number: int, participant: Membership, maatje: Membership, coach: Membership, make_clip: MakeClip,
    sign_in: SignIn, django_assert_num_queries: CountQueries,
) -> None:  # fmt: skip
    for _row in range(number):
        cycle = begun(participant)
        cycle.clips.add(make_clip(participant))
        cycles.take_step(actor=participant.user, cycle=cycle, step="adjust", how="done")
    cycle = begun(participant)
    overview = reverse("video_feedback:film_cycles", args=[participant.group_id])
    for person, address, queries in (
        (participant, overview, 6),
        (coach, overview, 6),
        (participant, reverse("video_feedback:film_cycle", args=[cycle.pk]), 8),
        (maatje, reverse("video_feedback:debrief", args=[cycle.pk]), 8),
    ):
        browser = sign_in(person)
        with django_assert_num_queries(queries):
            assert browser.get(address).status_code == 200
