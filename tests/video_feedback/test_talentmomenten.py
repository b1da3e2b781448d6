"""A talentmoment from the phone, and what pages of meetings and Vandaag show."""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from groups.points import today_panels, todos
from meetings.models import AgendaItem, Meeting
from meetings.points import agenda_tools, meeting_facts, meeting_panels, meeting_readiness
from netwerkleren.base import live
from tests.factories import make_agenda_item, make_group, make_meeting, make_member
from tests.types import CountQueries, MakeClip, Response, SignIn
from tests.video_feedback.test_feedback import remark
from video_feedback.contributions import clip_todos
from video_feedback.models import Clip, Talentmoment
from video_feedback.services import clips, consent, feedback

PAGE = reverse("video_feedback:talentmomenten")


def note(browser: Client, **data: Any) -> Response:
    fields = {"key": str(uuid.uuid4()), "text": "Een leerling legde uit waarom het klopt.", "before": "", "after": ""}
    return browser.post(PAGE, fields | data)


def test_noted_from_the_phone_and_seen_at_the_start_of_the_next_meeting(
    participant: Membership, maatje: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    before = live.version_of(live.topic_of("meeting", meeting))

    response = note(sign_in(participant), signs=["reasons", "curious"])

    assert response["Location"] == PAGE
    moment = Talentmoment.objects.get()
    assert (moment.author, moment.meeting, moment.sign_labels) == (
        participant,
        meeting,
        ["redeneert", "is nieuwsgierig"],
    )
    wall = sign_in(maatje).get(reverse("video_feedback:talentmoment_wall", args=[meeting.pk])).content.decode()
    assert "Een leerling legde uit waarom het klopt." in wall
    assert "Marijke Hoekstra" in wall
    assert live.version_of(live.topic_of("meeting", meeting)) > before


def test_before_any_meeting_is_planned_it_is_kept_all_the_same(participant: Membership, sign_in: SignIn) -> None:
    note(sign_in(participant))

    assert Talentmoment.objects.get().meeting is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"text": ""}, "Schrijf in een paar woorden wat je zag."),
        ({"text": "x" * 5000}, "4000"),
        ({"signs": ["slim"]}, "Selecteer een geldige keuze."),
    ],
)
def test_bad_input_gives_a_sentence(
    participant: Membership, sign_in: SignIn, data: dict[str, Any], sentence: str
) -> None:
    response = note(sign_in(participant), **data)

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert not Talentmoment.objects.exists()


def test_who_is_in_no_group_notes_none(outsider: User, sign_in: SignIn) -> None:
    response = note(sign_in(outsider))

    assert (response.status_code, Talentmoment.objects.exists()) == (422, False)


def test_the_same_form_twice_is_one_talentmoment(participant: Membership, sign_in: SignIn) -> None:
    browser, key = sign_in(participant), str(uuid.uuid4())
    for _press in range(2):
        note(browser, key=key)

    assert Talentmoment.objects.count() == 1


def test_a_closed_group_takes_none_and_what_was_typed_stays_on_the_page(
    participant: Membership, sign_in: SignIn
) -> None:
    NetworkGroup.objects.update(closed_at=timezone.now())
    browser = sign_in(participant)
    assert "Talentmoment noteren" not in browser.get(PAGE).content.decode()

    answer = browser.post(PAGE, {"key": str(uuid.uuid4()), "text": "Hij bouwde een brug."})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Je groep is afgesloten. Er komt niets meer bij." in page and "Hij bouwde een brug." in page
    assert not Talentmoment.objects.exists()
    running = make_member(make_group("Loopt nog"), user=participant.user)
    browser.post(PAGE, {"key": str(uuid.uuid4()), "text": "Zij vroeg door."})
    assert Talentmoment.objects.get().author == running


def test_who_is_in_two_groups_chooses_one(participant: Membership, sign_in: SignIn) -> None:
    other = make_member(make_group("Hunzedal"), user=participant.user)
    browser = sign_in(participant)
    assert "Voor welke groep?" in browser.get(PAGE).content.decode()

    note(browser, author=str(other.pk))

    assert Talentmoment.objects.get().author == other


def test_another_group_sees_none_of_it(
    participant: Membership, other_member: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    note(sign_in(participant))

    assert "legde uit" in sign_in(participant).get(PAGE).content.decode()
    assert "legde uit" not in sign_in(other_member).get(PAGE).content.decode()


def test_only_ones_own_fragment_goes_with_it(
    participant: Membership, maatje: Membership, make_clip: MakeClip, sign_in: SignIn
) -> None:
    theirs, mine = make_clip(maatje), make_clip(participant)
    browser = sign_in(participant)

    assert note(browser, clip=str(theirs.pk)).status_code == 422
    note(browser, clip=str(mine.pk))

    assert Talentmoment.objects.get().clip == mine


def test_who_may_watch_the_fragment_finds_it_with_the_talentmoment(
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    meeting: Meeting,
    make_clip: MakeClip,
    sign_in: SignIn,
) -> None:
    clip = make_clip(participant)
    note(sign_in(participant), clip=str(clip.pk))
    Talentmoment.objects.update(clip_on_wall=True)
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    link, pages = reverse("video_feedback:detail", args=[clip.pk]), [PAGE, wall_of(meeting)]

    def finds(person: Membership) -> list[bool]:
        return [link in sign_in(person).get(page).content.decode() for page in pages]

    assert [finds(person) for person in (participant, maatje, colleague)] == [[True] * 2, [True] * 2, [False] * 2]
    consent.withdraw_clip(actor=participant.user, clip=clip)
    assert [finds(person) for person in (participant, maatje, colleague)] == [[True] * 2, [False] * 2, [False] * 2]


def wall_of(meeting: Meeting) -> str:
    return reverse("video_feedback:talentmoment_wall", args=[meeting.pk])


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow_with_the_rows(
    participant: Membership, meeting: Meeting, sign_in: SignIn, count: int, django_assert_num_queries: CountQueries
) -> None:
    for _number in range(count):
        Talentmoment.objects.create(author=participant, meeting=meeting, text="Een leerling telde hardop.")
    browser = sign_in(participant)

    with django_assert_num_queries(6):
        assert len(browser.get(PAGE).content) < 60_000
    with django_assert_num_queries(6):
        browser.get(reverse("video_feedback:talentmoment_wall", args=[meeting.pk]))


def ours(point: Iterable[Callable[..., Any]]) -> list[Callable[..., Any]]:
    """The functions of this app on an extension point."""
    return [function for function in point if function.__module__.startswith("video_feedback")]


def answers(point: Iterable[Callable[..., Any]], *args: object) -> list[Any]:
    return [answer for function in ours(point) if (answer := function(*args)) is not None]


def test_the_checklist_counts_fragments_and_talentmomenten(
    meeting: Meeting, participant: Membership, maatje: Membership, coach: Membership, make_clip: MakeClip
) -> None:
    clips, moments = answers(meeting_facts, meeting)
    assert (clips.label, clips.detail, clips.done) == ("Fragmenten geplaatst", "0 van 2", False)
    assert (moments.label, moments.done) == ("Talentmomenten verzameld", False)

    make_clip(participant, meeting=meeting)
    make_clip(maatje, meeting=meeting, state=Clip.State.UPLOADING)
    Talentmoment.objects.create(author=maatje, meeting=meeting, text="Een leerling vroeg om hulp.")

    clips, moments = answers(meeting_facts, meeting)
    assert (clips.detail, clips.done) == ("1 van 2", False)
    assert (moments.detail, moments.done) == ("1 talentmoment", True)
    (readiness,) = answers(meeting_readiness, meeting)
    assert (readiness.deadline, readiness.done) == (meeting.clip_deadline, frozenset({participant.pk}))


def test_the_introductie_asks_for_no_fragment(group: NetworkGroup) -> None:
    introduction = make_meeting(group, Meeting.Kind.INTRODUCTION)

    assert answers(meeting_facts, introduction) == answers(meeting_readiness, introduction) == []


def test_the_wall_is_the_tool_of_the_onderdeel_talentmomenten(
    meeting: Meeting, participant: Membership, coach: Membership
) -> None:
    Talentmoment.objects.create(author=participant, meeting=meeting, text="Een leerling telde hardop.")
    talent = make_agenda_item(meeting, AgendaItem.Kind.TALENT)
    pitch = make_agenda_item(meeting, AgendaItem.Kind.PITCH)

    (panel,) = answers(agenda_tools, talent, coach.user)
    assert [moment.text for moment in panel.context["talentmomenten"]] == ["Een leerling telde hardop."]
    assert answers(agenda_tools, pitch, coach.user) == []
    (block,) = answers(meeting_panels, meeting, coach.user)
    assert block.context["count"] == 1


def titles(user: User) -> list[str]:
    return [todo.title for function in ours(todos) for todo in function(user)]


def test_to_dos_follow_the_fragment_from_placing_to_feedback(
    meeting: Meeting, participant: Membership, maatje: Membership, make_clip: MakeClip
) -> None:
    assert titles(participant.user) == ["Plaats een fragment"]
    clip = make_clip(participant, meeting=meeting, state=Clip.State.UPLOADING)
    assert titles(participant.user) == ["Stuur je opname op"]
    clip.delete()

    clip = make_clip(participant, meeting=meeting)
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    assert titles(participant.user) == []
    assert titles(maatje.user) == ["Plaats een fragment", "Geef feedback aan Marijke"]
    made = remark(clip, maatje)
    assert titles(maatje.user) == ["Plaats een fragment", "Maak je feedback voor Marijke af"]

    feedback.send_feedback(actor=maatje.user, feedback=made.feedback)

    assert titles(maatje.user) == ["Plaats een fragment"]
    assert [panel.template for panel in answers(today_panels, participant.user)] == [
        "video_feedback/_new_feedback_panel.html",
        "video_feedback/_talentmoment_card.html",
    ]


def test_a_meeting_that_was_held_on_paper_asks_for_nothing_and_takes_no_talentmoment(
    meeting: Meeting,
    group: NetworkGroup,
    participant: Membership,
    maatje: Membership,
    make_clip: MakeClip,
    sign_in: SignIn,
) -> None:
    clip = make_clip(maatje, meeting=meeting)
    consent.share_clip(actor=maatje.user, clip=clip, audience="maatje", scope="all_parents")
    assert titles(participant.user) == ["Plaats een fragment", "Geef feedback aan Yusuf"]
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(days=3))
    assert titles(participant.user) == []
    note(sign_in(participant))
    assert Talentmoment.objects.get().meeting is None

    coming = make_meeting(group, position=2)
    note(sign_in(participant), text="Een leerling wees aan hoe het moest.")

    assert Talentmoment.objects.get(text__startswith="Een leerling wees").meeting == coming
    (todo,) = [todo for function in ours(todos) for todo in function(participant.user)]
    assert (todo.title, todo.due) == ("Plaats een fragment", coming.clip_deadline)


def test_a_fragment_that_failed_is_not_placed_and_its_sender_and_owner_are_told(
    meeting: Meeting, participant: Membership, maatje: Membership, make_clip: MakeClip
) -> None:
    clip = make_clip(participant, uploaded_by=maatje, meeting=meeting, state=Clip.State.FAILED, reason="damaged")

    assert answers(meeting_readiness, meeting)[0].done == frozenset()
    assert answers(meeting_facts, meeting)[0].detail == "0 van 2"
    assert titles(participant.user) == ["Plaats een fragment", "Je fragment is niet gelukt"]
    assert titles(maatje.user) == ["Plaats een fragment", "Je fragment is niet gelukt"]
    clips.hand_over_clip(actor=maatje.user, clip=clip)
    assert titles(participant.user) == ["Plaats een fragment", "Je fragment is niet gelukt"]
    assert titles(maatje.user) == ["Plaats een fragment"], "it is no longer theirs to see"


def test_what_is_withdrawn_asks_for_nothing(
    meeting: Meeting, participant: Membership, maatje: Membership, make_clip: MakeClip
) -> None:
    clip = make_clip(participant, meeting=meeting)
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    remark(clip, maatje)

    consent.withdraw_clip(actor=participant.user, clip=clip)

    assert titles(maatje.user) == ["Plaats een fragment"]


def test_in_each_group_a_fragment_is_asked_for(participant: Membership, meeting: Meeting) -> None:
    second = make_group("Hunzedal")
    joined = timezone.now() - timedelta(days=30)
    Membership.objects.create(user=participant.user, group=second, joined=joined)
    other = make_meeting(second, starts_at=timezone.now() + timedelta(days=3))

    asked = [todo.due for todo in clip_todos(User.objects.get(pk=participant.user_id))]

    assert asked == [other.clip_deadline, meeting.clip_deadline]


def test_a_sign_is_said_as_draws_out_support(participant: Membership, sign_in: SignIn) -> None:
    page = sign_in(participant).get(PAGE).content.decode()
    assert "lokt hulp uit" in page and "haalt er hulp bij" not in page
    note(sign_in(participant), signs=["draws_help"])
    assert Talentmoment.objects.get().sign_labels == ["lokt hulp uit"]


@pytest.mark.parametrize(
    ("whom", "said"), [("", ""), ("pupil", ""), ("colleague", "een collega"), ("other", "iemand anders")]
)
def test_it_may_be_seen_at_a_colleague_or_someone_else_too(
    participant: Membership, sign_in: SignIn, whom: str, said: str
) -> None:
    note(sign_in(participant), whom=whom)
    assert (Talentmoment.objects.get().whom, Talentmoment.objects.get().whom_label) == (whom or "pupil", said)


def test_the_three_principles_are_one_tap_away(participant: Membership, sign_in: SignIn) -> None:
    browser = sign_in(participant)
    page = browser.get(PAGE).content.decode()
    for principle in ("Bied ruimte", "Bied structuur", "Ondersteun flexibel"):
        assert principle in page
    assert reverse("video_feedback:activation_card") in page
    assert browser.get(reverse("video_feedback:activation_card_pdf")).content[:5] == b"%PDF-"


def test_the_wall_shows_the_fragment_only_after_its_owners_tap(
    participant: Membership, maatje: Membership, colleague: Membership, meeting: Meeting, make_clip: MakeClip,
    sign_in: SignIn,
) -> None:  # fmt: skip
    clip = make_clip(participant)
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    moment = Talentmoment.objects.create(author=participant, meeting=meeting, text="Zij telde hardop.", clip=clip)
    wall, film = reverse("video_feedback:talentmoment_wall", args=[meeting.pk]), f"/media/{clip.pk}/"
    seen_by = {person: sign_in(person) for person in (participant, maatje, colleague)}
    assert not any(film in browser.get(wall).content.decode() for browser in seen_by.values())

    tap = reverse("video_feedback:show_on_wall", args=[moment.pk])
    assert seen_by[maatje].post(tap, {"shown": "1"}).status_code == 403
    seen_by[participant].post(tap, {"shown": "1"})
    shown = [film in browser.get(wall).content.decode() for browser in seen_by.values()]
    assert shown == [True, True, False]  # who may not watch it, sees no more by the tap

    seen_by[participant].post(tap, {"shown": "0"})
    assert film not in seen_by[maatje].get(wall).content.decode()


def test_a_fragment_of_another_does_not_go_on_the_wall(
    participant: Membership, maatje: Membership, make_clip: MakeClip, sign_in: SignIn
) -> None:
    moment = Talentmoment.objects.create(author=participant, text="Zij telde hardop.", clip=make_clip(maatje))
    sign_in(participant).post(reverse("video_feedback:show_on_wall", args=[moment.pk]), {"shown": "1"})
    moment.refresh_from_db()
    assert not moment.clip_on_wall
