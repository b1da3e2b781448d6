"""Interviews: prepared by the coach, held by two, and read by nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from groups.services import members
from meetings.models import AgendaItem, Meeting
from netwerkleren.base import live
from netwerkleren.base.conflicts import version_of
from reports.contributions import protocol_fact
from reports.models import Interview, InterviewNote, Protocol
from reports.services import interviews
from tests.factories import local, make_agenda_item, make_member
from tests.types import SignIn

UNWRITTEN = version_of("", "")


@pytest.fixture
def interview(group: NetworkGroup, participant: Membership, colleague: Membership) -> Interview:
    """Anouk asks, Marijke tells."""
    return Interview.objects.create(group=group, teller=participant, interviewer=colleague)


def page(interview: Interview, part: str = "B3") -> str:
    return reverse("reports:interview", args=[interview.pk, part])


WHOLE = {"parts": ["A", "B1", "B2", "B3", "B4", "B5", "B6"], "has_clock": "on"}


def test_the_coach_is_warned_that_a_whole_interview_does_not_fit(
    sign_in: SignIn, coach: Membership, group: NetworkGroup
) -> None:
    client, url = sign_in(coach), reverse("reports:interviews", args=[group.pk])
    client.post(url, WHOLE | {"version": Protocol().version})

    html = client.get(url).content.decode()

    assert "duurt 29 minuten per persoon. Met z'n tweeën is dat 58 minuten, en er is 20 minuten" in html


def test_who_left_interviews_nobody_and_another_may(
    sign_in: SignIn,
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    interview: Interview,
) -> None:
    harvest = reverse("reports:harvest", args=[interview.group_id])
    assert "Anouk interviewt jou" in sign_in(participant).get(harvest).content.decode()

    members.remove_member(actor=coach.user, membership=colleague)

    assert "Iemand interviewt jou" in sign_in(participant).get(harvest).content.decode()
    pairs = sign_in(coach).get(reverse("reports:interviews", args=[interview.group_id])).content.decode()
    assert "nog niemand vraagt" in pairs and colleague.name not in pairs
    interviews.change_interviewer(actor=coach.user, interview=interview, interviewer=maatje)
    assert Interview.objects.get().interviewer == maatje


def test_a_ring_of_three_needs_more(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
) -> None:
    client, url = sign_in(coach), reverse("reports:interviews", args=[group.pk])
    client.post(reverse("reports:make_pairs", args=[group.pk]))
    client.post(url, WHOLE | {"version": Protocol().version})

    html = client.get(url).content.decode()

    assert "Eén groepje houdt 3 gesprekken na elkaar, en heeft 87 minuten nodig." in html


def test_ten_minutes_a_person_do_not_fit_for_three(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    closing: Meeting,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
) -> None:
    client = sign_in(coach)
    url = reverse("reports:interviews", args=[group.pk])
    chosen = {"parts": ["A", "B3", "B5"], "part_a_before": "on"}

    client.post(url, chosen | {"version": Protocol().version})

    html = client.get(url).content.decode()
    assert "Dit past" not in html
    assert "en heeft 30 minuten nodig" in html
    assert "samen hoogstens 6 minuten" in html
    fact = protocol_fact(closing)
    assert fact and fact.done is False
    assert fact.detail == "Nu 10 minuten per persoon; er is tijd voor 6."

    make_member(group, "Ruben de Groot")
    assert "Dit past: 10 minuten per persoon" in client.get(url).content.decode()
    fact = protocol_fact(closing)
    assert fact and fact.done is True


def test_what_fits_for_three_says_so(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
) -> None:
    client = sign_in(coach)
    url = reverse("reports:interviews", args=[group.pk])
    client.post(url, {"parts": ["B3"], "version": Protocol().version})

    html = client.get(url).content.decode()

    assert "Dit past: 5 minuten per persoon" in html
    assert "Eén groepje houdt 3 gesprekken na elkaar, en heeft 15 minuten nodig." in html


def test_a_longer_slot_on_the_agenda_counts(
    sign_in: SignIn, coach: Membership, group: NetworkGroup, closing: Meeting
) -> None:
    make_agenda_item(closing, AgendaItem.Kind.STORIES, 58)

    html = sign_in(coach).get(reverse("reports:interviews", args=[group.pk])).content.decode()

    assert "Dit past: 29 minuten per persoon, dus beiden komen aan bod in 58 minuten." in html


def test_a_choice_that_fits_says_so(sign_in: SignIn, coach: Membership, group: NetworkGroup) -> None:
    client = sign_in(coach)
    url = reverse("reports:interviews", args=[group.pk])

    chosen = {"parts": ["A", "B3", "B5"], "part_a_before": "on", "theme": "stille kinderen"}
    answer = client.post(url, chosen | {"version": Protocol().version})

    assert (answer.status_code, answer["Location"]) == (302, url)
    assert "Dit past: 10 minuten per persoon" in client.get(url).content.decode()
    assert Protocol.objects.get(group=group).theme == "stille kinderen"


def test_no_part_chosen_is_explained_beside_the_field(sign_in: SignIn, coach: Membership, group: NetworkGroup) -> None:
    answer = sign_in(coach).post(reverse("reports:interviews", args=[group.pk]), {"theme": ""})

    assert "Kies ten minste één onderdeel." in answer.content.decode()
    assert not Protocol.objects.exists()


def test_pairs_are_made_once_and_newcomers_are_added(
    sign_in: SignIn,
    coach: Membership,
    group: NetworkGroup,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
) -> None:
    client = sign_in(coach)
    fourth = make_member(group, "Ruben de Groot")
    url = reverse("reports:make_pairs", args=[group.pk])

    client.post(url)
    client.post(url)

    made = {one.teller: one.interviewer for one in Interview.objects.all()}
    assert set(made) == {participant, maatje, colleague, fourth}
    assert made[participant] != maatje

    late = make_member(group, "Ingrid Postma")
    client.post(url)
    assert Interview.objects.filter(teller=late).exists()
    assert {one.teller: one.interviewer for one in Interview.objects.exclude(teller=late)} == made


def test_the_coach_chooses_another_interviewer(
    sign_in: SignIn, coach: Membership, interview: Interview, maatje: Membership, other_member: Membership
) -> None:
    client = sign_in(coach)
    url = reverse("reports:change_interviewer", args=[interview.pk])

    client.post(url, {"interviewer": str(maatje.pk)})
    interview.refresh_from_db()
    assert interview.interviewer == maatje

    for wrong in (interview.teller, coach, other_member):
        answer = client.post(url, {"interviewer": str(wrong.pk)}, follow=True)
        assert "Kies een deelnemer uit de groep, en niet de verteller zelf." in answer.content.decode()
    interview.refresh_from_db()
    assert interview.interviewer == maatje


def test_what_was_told_to_one_interviewer_is_not_for_the_next(
    sign_in: SignIn, coach: Membership, interview: Interview, maatje: Membership, colleague: Membership
) -> None:
    interviews.save_note(
        actor=colleague.user,
        interview=interview,
        part="B3",
        text="Alleen voor Anouk.",
        activities="",
        version=UNWRITTEN,
    )
    url = reverse("reports:change_interviewer", args=[interview.pk])

    for another in (str(maatje.pk), ""):
        answer = sign_in(coach).post(url, {"interviewer": another}, follow=True)
        assert "Marijke kan zelf verder schrijven." in answer.content.decode()

    interview.refresh_from_db()
    assert interview.interviewer == colleague
    assert sign_in(maatje).get(page(interview)).status_code == 404


def test_a_coach_reads_no_interview_not_even_as_its_interviewer(
    sign_in: SignIn, coach: Membership, interview: Interview
) -> None:
    Interview.objects.update(interviewer=coach)

    assert sign_in(coach).get(page(interview)).status_code == 403


def test_who_no_longer_asks_writes_nothing_any_more(
    interview: Interview, maatje: Membership, colleague: Membership
) -> None:
    """The page was opened before; the next one would read it."""
    seen = Interview.objects.get(pk=interview.pk)
    interviews.change_interviewer(actor=colleague.user, interview=interview, interviewer=maatje)

    with pytest.raises(PermissionDenied):
        interviews.save_note(
            actor=colleague.user, interview=seen, part="B3", text="Nog iets", activities="", version=UNWRITTEN
        )


def test_the_activities_of_a_stay_in_view_on_every_page_of_b(
    sign_in: SignIn, interview: Interview, colleague: Membership
) -> None:
    client = sign_in(colleague)
    client.post(page(interview, "A"), {"activities": "Filmen\r\n- De pitch\r\n\r\n", "text": "", "version": UNWRITTEN})

    for part in ("B1", "B2", "B3", "B4", "B5", "B6"):
        html = client.get(page(interview, part)).content.decode()
        assert "<li>Filmen</li><li>De pitch</li>" in html.replace("\n", "").replace("  ", "")


def test_the_next_part_opens_and_the_clock_goes_along_once_it_runs(
    sign_in: SignIn, interview: Interview, colleague: Membership
) -> None:
    with time_machine.travel(local(2027, 4, 14, 16, 9), tick=False):
        client = sign_in(colleague)
        client.post(reverse("reports:start_part", args=[interview.pk, "B3"]))
    with time_machine.travel(local(2027, 4, 14, 16, 12), tick=False):
        html = client.get(page(interview)).content.decode()
        answer = client.post(page(interview), {"text": "Telt tot drie.", "version": UNWRITTEN, "go": "next"})
        saved = client.get(page(interview)).content.decode()

    assert f'<count-down ends="{int(local(2027, 4, 14, 16, 14).timestamp()) * 1000}">' in html
    assert f'<meta name="server-now" content="{int(local(2027, 4, 14, 16, 12).timestamp()) * 1000}">' in html
    assert answer["Location"] == page(interview, "B4")
    assert InterviewNote.objects.get(part="B4").started_at == local(2027, 4, 14, 16, 12)
    assert "Bewaard om 16.12 uur" in saved


def test_starting_twice_does_not_start_the_clock_again(
    sign_in: SignIn, interview: Interview, colleague: Membership
) -> None:
    url = reverse("reports:start_part", args=[interview.pk, "B3"])
    with time_machine.travel(local(2027, 4, 14, 16, 9), tick=False):
        client = sign_in(colleague)
        client.post(url)
    with time_machine.travel(local(2027, 4, 14, 16, 12), tick=False):
        client.post(url)

    assert InterviewNote.objects.get().started_at == local(2027, 4, 14, 16, 9)


def test_a_part_may_be_skipped_and_what_was_written_stays(
    sign_in: SignIn, interview: Interview, colleague: Membership
) -> None:
    client = sign_in(colleague)
    client.post(page(interview), {"text": "Al iets.", "version": UNWRITTEN})

    answer = client.post(reverse("reports:skip_part", args=[interview.pk, "B3"]))

    note = InterviewNote.objects.get()
    assert (answer["Location"], note.skipped, note.text) == (page(interview, "B4"), True, "Al iets.")


def test_of_two_writers_the_later_one_sees_each_text_of_the_other(
    sign_in: SignIn, interview: Interview, participant: Membership, colleague: Membership
) -> None:
    sign_in(participant).post(
        page(interview, "A"), {"activities": "Filmen", "text": "Van Marijke", "version": UNWRITTEN}
    )

    told = sign_in(colleague).post(
        page(interview, "A"), {"activities": "De pitch", "text": "Van Anouk", "version": UNWRITTEN}
    )

    shown = [(field.label, theirs) for field, theirs in told.context["form"].beside()]
    assert shown == [("Welke momenten? Eén op een regel", "Filmen"), ("En waarom juist die?", "Van Marijke")]


def test_the_one_sees_where_the_other_went_on(
    sign_in: SignIn, interview: Interview, participant: Membership, colleague: Membership
) -> None:
    asker, teller = sign_in(colleague), sign_in(participant)
    asker.post(page(interview, "B3"), {"text": "Ik wacht nu langer.", "version": UNWRITTEN})

    assert "Jullie zijn nu bij ‘Wat doe je anders?’." in teller.get(page(interview, "A")).content.decode()
    assert "Jullie zijn nu bij" not in teller.get(page(interview, "B3")).content.decode()
    assert "Jullie zijn nu bij" not in asker.get(page(interview, "A")).content.decode()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert "Jullie zijn nu bij" not in teller.get(page(interview, "A")).content.decode()


def test_what_the_one_saves_starts_or_skips_is_news_to_the_other(
    sign_in: SignIn, interview: Interview, participant: Membership, colleague: Membership, outsider: User
) -> None:
    topic = f"interview:{interview.pk}"
    asker, seen = sign_in(colleague), [live.version_of(topic)]
    for name, data in [("interview", {"text": "Rustig.", "version": UNWRITTEN}), ("start_part", {}), ("skip_part", {})]:
        address = reverse(f"reports:{name}", args=[interview.pk, "B3"])
        asker.post(address, data)
        asker.post(address, data | {"version": version_of("", "Rustig.")})
        seen.append(live.version_of(topic))
    assert seen == [0, 1, 2, 4]  # saving or starting twice is no news; skipping twice is harmless

    assert sign_in(participant).get(f"/live/{topic}/").json() == {"version": 4}
    assert sign_in(outsider).get(f"/live/{topic}/").status_code == 404


def test_too_much_text_is_said_beside_the_field_and_kept_there(
    sign_in: SignIn, interview: Interview, colleague: Membership
) -> None:
    answer = sign_in(colleague).post(page(interview), {"text": "é" * 5000, "version": UNWRITTEN})

    assert answer.status_code == 422
    assert "é" * 5000 in answer.content.decode()
    assert not InterviewNote.objects.exists()


def test_the_themes_words_stand_in_the_questions(
    sign_in: SignIn, interview: Interview, participant: Membership
) -> None:
    interviews.save_protocol(
        actor=participant.user,
        group=interview.group,
        parts=["B5"],
        part_a_before=False,
        theme="<i>rust</i> 100%",
        has_clock=True,
        version=Protocol().version,
    )

    html = sign_in(participant).get(page(interview, "B5")).content.decode()

    assert "Wat weet je nu over &lt;i&gt;rust&lt;/i&gt; 100% dat je eerst niet wist?" in html


def test_an_unknown_part_does_not_exist(sign_in: SignIn, interview: Interview, colleague: Membership) -> None:
    client = sign_in(colleague)

    assert client.get(page(interview, "B9")).status_code == 404
    assert client.post(reverse("reports:start_part", args=[interview.pk, "C"])).status_code == 404
    assert client.post(reverse("reports:skip_part", args=[interview.pk, "C"])).status_code == 404
