"""Handing in: privacy first, late is allowed, twice makes one, bad input is told beside the field."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from groups.points import todos
from leervragen.contributions import (
    leervraag_todos,
    leervragen_fact,
    leervragen_readiness,
    mailing_fact,
    meeting_panel,
)
from leervragen.models import Leervraag, NotThisTime
from leervragen.services import asking
from meetings.models import ExpertInvitation, Meeting
from meetings.services import changing
from tests.factories import make_group, make_meeting, make_member
from tests.types import AskQuestion, CountQueries, SignIn
from video_feedback.models import Clip

pytestmark = pytest.mark.django_db


def anew(meeting: Meeting) -> Meeting:
    """As the next page has it: what a page asked of a meeting, it asks once."""
    return Meeting.objects.get(pk=meeting.pk)


def fields(**changes: str) -> dict[str, str]:
    return {
        "key": str(uuid4()),
        "situation": "In de pauze staat een leerling vaak alleen.",
        "text": "Hoe help ik bij een ruzie?",
        "nobody_recognisable": "on",
    } | changes


@pytest.fixture
def list_page(meeting: Meeting) -> str:
    return reverse("leervragen:leervragen", args=[meeting.pk])


def test_a_question_is_handed_in(sign_in: SignIn, participant: Membership, meeting: Meeting, list_page: str) -> None:
    answer = sign_in(participant).post(list_page, fields(), follow=True)

    leervraag = Leervraag.objects.get()
    assert (leervraag.text, leervraag.author, leervraag.meeting, leervraag.typed_by, leervraag.state) == (
        "Hoe help ik bij een ruzie?",
        participant,
        meeting,
        None,
        "tray",
    )
    assert "Je leervraag is binnen." in answer.content.decode()


def test_the_form_says_who_reads_it_and_shows_what_makes_a_question_stronger(
    sign_in: SignIn, participant: Membership, expert_invitation: ExpertInvitation, list_page: str
) -> None:
    html = sign_in(participant).get(list_page).content.decode()
    name = expert_invitation.expert.name
    for words in (
        f"De groep leest je vraag, en {name} krijgt hem vóór de bijeenkomst.",
        "Zo wordt een vraag sterker",
        "Hoe nodig ik een leerling uit die in een groepje stil blijft?",
        "Kan een ander de leerling herkennen?",
        "Het thema zelf mag je noemen, zoals autisme.",
    ):
        assert words in html
    ExpertInvitation.objects.all().delete()
    assert "en de expert krijgt hem vóór de bijeenkomst." in sign_in(participant).get(list_page).content.decode()


def test_without_the_tick_nothing_is_sent_and_nothing_typed_is_lost(
    sign_in: SignIn, participant: Membership, list_page: str
) -> None:
    answer = sign_in(participant).post(list_page, fields(nobody_recognisable=""))

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Haal weg waaraan je een leerling herkent" in html
    assert "In de pauze staat een leerling vaak alleen." in html
    assert not Leervraag.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": ""}, "Dit veld is verplicht."),
        ({"text": "x" * 5000}, "300"),
        ({"situation": "x" * 5000}, "4000"),
    ],
)
def test_bad_input_is_told_beside_the_field(
    sign_in: SignIn, participant: Membership, list_page: str, changes: dict[str, str], told: str
) -> None:
    answer = sign_in(participant).post(list_page, fields(**changes))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Leervraag.objects.exists()


@pytest.mark.parametrize("text", ["Hoe blij 😀 kan een klas zijn?", "كيف أساعد؟", "<b>Hoe</b> & 'waarom'?"])
def test_emoji_right_to_left_and_markup_come_back_as_they_were_typed(
    sign_in: SignIn, participant: Membership, list_page: str, text: str
) -> None:
    client = sign_in(participant)
    client.post(list_page, fields(text=text))

    assert Leervraag.objects.get().text == text
    assert "<b>Hoe</b>" not in client.get(list_page).content.decode()


def test_line_breaks_in_a_question_become_spaces(sign_in: SignIn, participant: Membership, list_page: str) -> None:
    sign_in(participant).post(list_page, fields(text="Hoe help ik\r\n bij een ruzie?"))
    assert Leervraag.objects.get().text == "Hoe help ik bij een ruzie?"


def test_the_same_form_posted_twice_makes_one_question(
    sign_in: SignIn, participant: Membership, list_page: str
) -> None:
    client, twice = sign_in(participant), fields()
    assert client.post(list_page, twice).status_code == client.post(list_page, twice).status_code == 302
    assert Leervraag.objects.count() == 1


def test_the_key_of_someone_elses_question_makes_nothing(
    sign_in: SignIn, maatje: Membership, ask: AskQuestion, list_page: str
) -> None:
    theirs = ask()
    answer = sign_in(maatje).post(list_page, fields(key=str(theirs.pk), text="Overschreven?"))

    assert answer.status_code == 422
    theirs.refresh_from_db()
    assert (theirs.text, Leervraag.objects.count()) == ("Hoe help ik bij een ruzie?", 1)


def test_a_member_cannot_hand_in_for_another_and_the_coach_can(
    sign_in: SignIn, participant: Membership, coach: Membership, maatje: Membership, list_page: str
) -> None:
    sign_in(participant).post(list_page, fields(author=str(maatje.pk)))
    assert Leervraag.objects.get().author == participant

    client = sign_in(coach)
    client.post(list_page, fields(author=str(maatje.pk), text="Wat doe ik in de pauze?"))
    typed = Leervraag.objects.get(author=maatje)
    assert typed.typed_by == coach
    assert "ingevoerd door Hanneke" in client.get(list_page).content.decode()


def test_the_coach_cannot_pick_someone_of_another_group(
    sign_in: SignIn, coach: Membership, other_member: Membership, list_page: str
) -> None:
    assert sign_in(coach).post(list_page, fields(author=str(other_member.pk))).status_code == 422
    assert not Leervraag.objects.exists()


def test_later_than_the_deadline_is_allowed_and_marked(
    sign_in: SignIn, participant: Membership, meeting: Meeting, list_page: str
) -> None:
    client = sign_in(participant)
    assert meeting.leervraag_deadline is not None
    assert meeting.leervraag_deadline is not None
    assert meeting.leervraag_deadline is not None
    assert meeting.leervraag_deadline is not None
    with time_machine.travel(meeting.leervraag_deadline + timedelta(minutes=1), tick=False):
        client.force_login(participant.user, "django.contrib.auth.backends.ModelBackend")
        client.post(list_page, fields())
        html = client.get(list_page).content.decode()

    assert "Kwam later" in html


def test_a_meeting_that_has_been_takes_no_questions(
    sign_in: SignIn, participant: Membership, meeting: Meeting, list_page: str
) -> None:
    meeting.state = "ended"
    meeting.save()
    assert sign_in(participant).post(list_page, fields()).status_code == 422
    assert not Leervraag.objects.exists()


def test_a_question_is_changed_by_its_author_and_marked_once_it_was_mailed(
    sign_in: SignIn, participant: Membership, ask: AskQuestion, meeting: Meeting, expert_invitation: ExpertInvitation
) -> None:
    from leervragen.services import mailing

    leervraag = ask()
    client, address = sign_in(participant), reverse("leervragen:change", args=[leervraag.pk])
    client.post(address, fields(text="Hoe begin ik?", version=leervraag.version_of_text))
    leervraag.refresh_from_db()
    assert (leervraag.text, leervraag.changed_after_mail_at) == ("Hoe begin ik?", None)

    mailing.send_now(actor=participant.user, meeting=meeting)
    assert "De expert heeft je vraag al." in client.get(address).content.decode()
    client.post(address, fields(text="Hoe ga ik verder?", version=leervraag.version_of_text))

    leervraag.refresh_from_db()
    assert leervraag.changed_after_mail_at is not None


def test_after_the_meeting_a_question_stays_and_shows_its_answer(
    sign_in: SignIn, participant: Membership, ask: AskQuestion, meeting: Meeting, list_page: str
) -> None:
    leervraag, client = ask(outcome="answered", answer="Eerst samen rustig worden."), sign_in(participant)
    meeting.state = "ended"
    meeting.save()

    html = client.get(list_page).content.decode()
    assert "Eerst samen rustig worden." in html and "Beantwoord" in html
    for name in ("change", "withdraw"):
        address = reverse(f"leervragen:{name}", args=[leervraag.pk])
        assert address not in html
        assert client.post(address, fields(text="Iets anders")).status_code == 403
    leervraag.refresh_from_db()
    assert (leervraag.text, leervraag.outcome) == ("Hoe help ik bij een ruzie?", "answered")


def test_a_question_that_went_on_says_where_to(
    sign_in: SignIn, participant: Membership, ask: AskQuestion, meeting: Meeting, list_page: str
) -> None:
    following = make_meeting(meeting.group, position=2)
    moved = ask(outcome="moved")
    ask(meeting=following, moved_from=moved)
    assert "Gaat mee naar Bijeenkomst 2" in sign_in(participant).get(list_page).content.decode()


def test_a_withdrawn_question_is_gone_from_list_and_meetlat(
    sign_in: SignIn, participant: Membership, ask: AskQuestion, meeting: Meeting, list_page: str
) -> None:
    leervraag = ask("Hoe help ik bij een ruzie?", number=4)
    client = sign_in(participant)

    client.post(reverse("leervragen:withdraw", args=[leervraag.pk]))

    for address in (list_page, reverse("leervragen:meetlat", args=[meeting.pk])):
        assert "Hoe help ik bij een ruzie?" not in client.get(address).content.decode()
    leervraag.refresh_from_db()
    assert (leervraag.outcome, leervraag.number) == ("withdrawn", None)
    assert client.post(reverse("leervragen:withdraw", args=[leervraag.pk])).status_code == 403


def test_one_supports_a_question_with_an_own_fragment_only(
    sign_in: SignIn, participant: Membership, maatje: Membership, list_page: str
) -> None:
    own, theirs = (
        Clip.objects.create(
            owner=owner, uploaded_by=owner, title=title, state="ready", video="v", poster="p", duration_ms=1
        )
        for owner, title in ((participant, "In de kring"), (maatje, "Bij het raam"))
    )
    client = sign_in(participant)
    html = client.get(list_page).content.decode()
    assert "In de kring" in html
    assert "Bij het raam" not in html

    assert client.post(list_page, fields(clip=str(theirs.pk))).status_code == 422
    client.post(list_page, fields(clip=str(own.pk)))
    assert Leervraag.objects.get().clip == own


def test_the_to_do_stays_until_the_question_is_in(participant: Membership, meeting: Meeting, ask: AskQuestion) -> None:
    (todo,) = leervraag_todos(participant.user)
    assert (todo.title, todo.due) == ("Lever je leervraag in", meeting.leervraag_deadline)
    assert leervraag_todos in list(todos)

    ask()
    assert leervraag_todos(participant.user) == []


def test_a_meeting_held_on_paper_does_not_stand_before_the_next(participant: Membership, meeting: Meeting) -> None:
    meeting.starts_at = timezone.now() - timedelta(days=3)
    meeting.save()
    following = make_meeting(meeting.group, position=2)

    (todo,) = leervraag_todos(participant.user)

    assert todo.due == following.leervraag_deadline


def test_not_this_time_is_a_normal_answer(
    sign_in: SignIn, participant: Membership, meeting: Meeting, list_page: str
) -> None:
    client = sign_in(participant)
    for _twice in range(2):
        client.post(reverse("leervragen:not_this_time", args=[meeting.pk]))

    assert NotThisTime.objects.get().member == participant
    assert leervraag_todos(participant.user) == []
    client.post(list_page, fields())
    assert not NotThisTime.objects.exists()


def test_coach_outsider_and_ex_member_have_no_to_do(
    coach: Membership, outsider: User, ex_member: Membership, meeting: Meeting
) -> None:
    assert [leervraag_todos(person) for person in (coach.user, outsider, ex_member.user)] == [[], [], []]


def test_readiness_and_the_checklist_say_who_and_how_many(
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    coach: Membership,
    meeting: Meeting,
    ask: AskQuestion,
) -> None:
    ask()
    readiness = leervragen_readiness(meeting)
    assert readiness and readiness.done == frozenset({participant.pk})
    fact = leervragen_fact(anew(meeting))
    assert fact and (fact.done, fact.detail) == (False, "1 leervraag")

    ask(author=colleague)
    NotThisTime.objects.create(meeting=meeting, member=maatje)
    fact = leervragen_fact(anew(meeting))
    assert fact and fact.done


def test_the_list_takes_as_many_queries_at_30_questions_as_at_1(
    sign_in: SignIn,
    coach: Membership,
    participant: Membership,
    group: NetworkGroup,
    ask: AskQuestion,
    list_page: str,
    expert_invitation: ExpertInvitation,
    django_assert_num_queries: CountQueries,
) -> None:
    client = sign_in(coach)
    ask()
    client.get(list_page)
    with django_assert_num_queries(13):
        client.get(list_page)
    for number in range(29):
        ask(f"Vraag {number}?", author=make_member(group))
    with django_assert_num_queries(13):
        answer = client.get(list_page)
    assert len(answer.content) < 60_000


def test_the_to_dos_take_as_many_queries_in_five_groups_as_in_one(
    participant: Membership, meeting: Meeting, django_assert_num_queries: CountQueries
) -> None:
    def count_of_a_fresh_user() -> int:
        user = User.objects.get(pk=participant.user_id)
        user.request_cache = {}  # as in a request: memberships and meetings are asked once
        with django_assert_num_queries(5):
            return len(leervraag_todos(user))

    assert count_of_a_fresh_user() == 1
    for number in range(4):
        other = make_group(f"Groep {number}")
        make_member(other, user=participant.user)
        make_meeting(other)
    assert count_of_a_fresh_user() == 5


def test_who_said_deze_keer_niet_is_done_wherever_one_is_asked(
    sign_in: SignIn, participant: Membership, maatje: Membership, coach: Membership, meeting: Meeting, ask: AskQuestion
) -> None:
    ask()
    NotThisTime.objects.create(meeting=meeting, member=maatje)

    readiness = leervragen_readiness(meeting)
    assert readiness
    assert (readiness.done, readiness.passed) == (frozenset({participant.pk}), frozenset({maatje.pk}))
    panel = meeting_panel(meeting, maatje.user)
    assert panel
    assert panel.context["is_asked"] is False
    for address in ("/", reverse("meetings:detail", args=[meeting.pk])):
        page = " ".join(sign_in(coach).get(address).content.decode().split())
        assert "Yusuf: deze keer niet" in page
        assert "Iedereen is klaar. Deze keer niet: Yusuf." in page
        assert page.count("Nog niet: <b>Marijke en Yusuf</b>.") == 1, "of the fragments"


def test_when_all_said_deze_keer_niet_the_checklist_waits_for_nothing(
    participant: Membership, maatje: Membership, meeting: Meeting, expert_invitation: ExpertInvitation
) -> None:
    NotThisTime.objects.create(meeting=meeting, member=participant)
    facts = [leervragen_fact(anew(meeting)), mailing_fact(anew(meeting))]
    assert [fact and fact.done for fact in facts] == [False, False]

    NotThisTime.objects.create(meeting=meeting, member=maatje)
    facts = [leervragen_fact(anew(meeting)), mailing_fact(anew(meeting))]
    assert [fact and fact.done for fact in facts] == [True, True]


def test_letters_that_cannot_be_printed_are_named_to_the_asker_and_to_the_coach(
    sign_in: SignIn, participant: Membership, coach: Membership, expert_invitation: ExpertInvitation, list_page: str
) -> None:
    answer = sign_in(participant).post(list_page, fields(text="Hoe help ik \U0010fffd?"), follow=True)

    assert "Deze tekens kunnen we niet printen: \U0010fffd." in answer.content.decode()
    page = " ".join(sign_in(coach).get(list_page).content.decode().split())
    assert "Deze tekens kunnen we niet printen: \U0010fffd<br>" in page


def test_a_question_is_late_by_the_deadline_of_when_it_came(
    meeting: Meeting, participant: Membership, maatje: Membership, coach: Membership
) -> None:
    """Whatever the date becomes later: nobody who was in time turns late, and nobody who was late turns in time."""

    def hand_in(author: Membership) -> Leervraag:
        now = Meeting.objects.get(pk=meeting.pk)
        return asking.hand_in(actor=author.user, key=uuid4(), meeting=now, author=author, text="Hoe?")

    in_time = hand_in(participant)
    changing.change_meeting(actor=coach.user, meeting=meeting, leervraag_deadline=timezone.now() - timedelta(hours=1))
    late = hand_in(maatje)

    for deadline in (timezone.now() - timedelta(days=2), timezone.now() + timedelta(days=2), None):
        changing.change_meeting(actor=coach.user, meeting=meeting, leervraag_deadline=deadline)
        assert [Leervraag.objects.get(pk=one.pk).is_late for one in (in_time, late)] == [False, True]
