"""Startvragen: two halves that the introductie opens, read together without names, and what comes of them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import LearningGoal, Membership, NetworkGroup, User
from meetings.models import Agreement, Inventory, InventoryOpening, Meeting, Wish, WishBacker
from meetings.own_data import inventory_part, take_away
from meetings.services import inventories
from netwerkleren.base import live
from tests.factories import make_agenda_item, make_meeting, make_member
from tests.types import CountQueries, SignIn


def own_page(group: NetworkGroup) -> str:
    return reverse("meetings:inventory", args=[group.pk])


def together(group: NetworkGroup) -> str:
    return reverse("meetings:inventory_together", args=[group.pk])


@pytest.fixture
def introduction(group: NetworkGroup) -> Meeting:
    meeting = make_meeting(group, Meeting.Kind.INTRODUCTION, position=0)
    make_agenda_item(meeting, "learning", 30)
    make_agenda_item(meeting, "video", 30)
    return meeting


@pytest.fixture
def answers(participant: Membership) -> Inventory:
    for half in ("learning", "film"):
        InventoryOpening.objects.create(group=participant.group, half=half)
    return Inventory.objects.create(
        member=participant,
        goal="Langer wachten",
        topics="Rust in de gang\n\nPrikkels",
        experts="Een logopedist",
        camera="not_yet",
        sound="yes",
        film_note="Een statief",
    )


def names_on(page: str) -> set[str]:
    return {name for name in ("struggle", "goal", "ask_me", "camera", "cutting") if f'name="{name}"' in page}


def test_before_the_introductie_only_the_first_question_is_asked(
    participant: Membership, introduction: Meeting, sign_in: SignIn
) -> None:
    page = sign_in(participant).get(own_page(participant.group)).content.decode()

    assert names_on(page) == {"struggle"}
    assert "Vragen over leren komen in de introductie." in page


@pytest.mark.parametrize(
    ("kind", "opened"), [("learning", {"struggle", "goal", "ask_me"}), ("video", {"struggle", "camera", "cutting"})]
)
def test_each_onderdeel_opens_its_half_which_stays_open(
    participant: Membership, introduction: Meeting, sign_in: SignIn, kind: str, opened: set[str]
) -> None:
    now = timezone.now()
    introduction.agenda.filter(kind=kind).update(started_at=now, ended_at=now)

    assert names_on(sign_in(participant).get(own_page(participant.group)).content.decode()) == opened


def test_an_onderdeel_of_another_meeting_opens_nothing(
    participant: Membership, introduction: Meeting, meeting: Meeting, sign_in: SignIn
) -> None:
    make_agenda_item(meeting, "video", 30, started_at=timezone.now())

    assert names_on(sign_in(participant).get(own_page(participant.group)).content.decode()) == {"struggle"}


def test_the_coach_opens_a_half_earlier_also_without_an_introductie(
    coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    for half in ("film", "film", "other"):
        sign_in(coach).post(reverse("meetings:open_inventory", args=[coach.group_id]), {"half": half})

    page = sign_in(participant).get(own_page(participant.group)).content.decode()
    assert names_on(page) == {"struggle", "camera", "cutting"}
    assert InventoryOpening.objects.count() == 1


def test_what_is_not_open_is_not_taken_and_not_wiped(participant: Membership, sign_in: SignIn) -> None:
    kept = Inventory.objects.create(member=participant, goal="Wachten")

    sign_in(participant).post(
        own_page(participant.group), {"version": kept.version, "struggle": "Drukte", "goal": "Anders"}
    )

    kept.refresh_from_db()
    assert (kept.struggle, kept.goal) == ("Drukte", "Wachten")


def test_the_coach_reads_all_answers_without_a_name(
    coach: Membership, participant: Membership, answers: Inventory, sign_in: SignIn
) -> None:
    page = sign_in(coach).get(together(coach.group)).content.decode()

    for said in ("Langer wachten", "Rust in de gang", "Een logopedist", "Een statief", "Iets om mee te filmen regelen"):
        assert said in page, said
    # Who may arrange something can be chosen by name; beside an answer no name stands.
    answered = page.partition("Dit regelen we nog")[0]
    assert "Marijke" not in answered and "Zorgen dat het geluid" not in page


def test_what_who_left_wrote_is_read_no_more(coach: Membership, answers: Inventory, sign_in: SignIn) -> None:
    Membership.objects.filter(pk=answers.member_id).update(left=timezone.now())

    assert "Langer wachten" not in sign_in(coach).get(together(coach.group)).content.decode()


@pytest.mark.parametrize("watcher", ["maatje", "colleague", "ex_member", "other_coach", "outsider"])
def test_nobody_else_sees_the_answers(
    request: pytest.FixtureRequest, participant: Membership, answers: Inventory, watcher: str
) -> None:
    person = request.getfixturevalue(watcher)
    user = person if isinstance(person, User) else person.user

    assert not Inventory.objects.visible_to(user).exists()
    assert Inventory.objects.visible_to(participant.user).exists()


def test_not_yet_becomes_an_afspraak_of_the_introductie_once(
    coach: Membership, colleague: Membership, introduction: Meeting, answers: Inventory, sign_in: SignIn
) -> None:
    browser, button = sign_in(coach), reverse("meetings:arrange", args=[coach.group_id])
    refused = browser.post(button, {"question": "camera", "owner": "niemand"}, follow=True).content.decode()
    assert "Kies wie dit regelt." in refused and not Agreement.objects.exists()
    for owner in (colleague, answers.member):
        page = browser.post(button, {"question": "camera", "owner": str(owner.pk)}, follow=True).content.decode()

    agreement = Agreement.objects.get()
    assert (agreement.meeting, agreement.text) == (introduction, "Iets om mee te filmen regelen")
    assert agreement.owner == colleague
    assert "Afgesproken" in page


def test_without_an_introductie_that_goes_on_there_is_no_afspraak(
    coach: Membership, introduction: Meeting, answers: Inventory, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=introduction.pk).update(state=Meeting.State.CANCELLED)

    page = sign_in(coach).post(reverse("meetings:arrange", args=[coach.group_id]), {"question": "camera"}, follow=True)

    assert "Er is geen introductie" in page.content.decode() and not Agreement.objects.exists()


def test_the_owner_makes_a_leerdoel_of_the_own_answer_once(
    participant: Membership, answers: Inventory, sign_in: SignIn
) -> None:
    for _click in range(2):
        sign_in(participant).post(reverse("meetings:make_goal", args=[answers.pk]))

    goal = LearningGoal.objects.get()
    assert (goal.text, goal.membership, goal.audience) == ("Langer wachten", participant, "maatje")


def test_an_answer_becomes_wishes_a_line_each_with_the_owners_name(
    participant: Membership, answers: Inventory, sign_in: SignIn
) -> None:
    for question in ("topics", "topics", "experts"):
        sign_in(participant).post(reverse("meetings:make_wishes", args=[answers.pk]), {"question": question})

    assert sorted(Wish.objects.values_list("kind", "text")) == [
        ("expert", "Een logopedist"),
        ("topic", "Prikkels"),
        ("topic", "Rust in de gang"),
    ]
    assert set(WishBacker.objects.values_list("member", flat=True)) == {participant.pk}


def test_the_coach_puts_an_answer_on_the_list_without_a_name_and_equal_ones_are_one(
    coach: Membership, colleague: Membership, answers: Inventory, sign_in: SignIn
) -> None:
    same = Inventory.objects.create(member=colleague, topics="rust in de gang")
    browser = sign_in(coach)
    for row in (answers, same):
        browser.post(reverse("meetings:make_wishes", args=[row.pk]), {"question": "topics"})

    assert sorted(Wish.objects.values_list("text", flat=True)) == ["Prikkels", "Rust in de gang"]
    assert not WishBacker.objects.exists()


@pytest.mark.parametrize("question", ["goal", "member", ""])
def test_only_topics_and_experts_become_wishes(
    participant: Membership, answers: Inventory, sign_in: SignIn, question: str
) -> None:
    sign_in(participant).post(reverse("meetings:make_wishes", args=[answers.pk]), {"question": question})

    assert not Wish.objects.exists()


@pytest.mark.parametrize(("kind", "is_there"), [("learning", True), ("video", True), ("break", False)])
def test_the_onderdeel_leads_coach_and_phones_to_the_startvragen(
    coach: Membership, participant: Membership, introduction: Meeting, sign_in: SignIn, kind: str, is_there: bool
) -> None:
    item = introduction.agenda.filter(kind=kind).first() or make_agenda_item(introduction, kind, 5)
    Meeting.objects.filter(pk=introduction.pk).update(
        state=Meeting.State.RUNNING, started_at=timezone.now(), current_item=item
    )
    introduction.agenda.filter(pk=item.pk).update(started_at=timezone.now())

    led = sign_in(coach).get(reverse("meetings:lead", args=[introduction.pk])).content.decode()
    followed = sign_in(participant).get(reverse("meetings:now", args=[introduction.pk])).content.decode()

    assert (together(coach.group) in led, own_page(coach.group) in followed) == (is_there, is_there)


def test_the_answers_go_along_and_go_with_the_account(participant: Membership, answers: Inventory) -> None:
    (row,) = inventory_part(participant.user).rows
    assert row["Wat wil je leren in dit traject?"] == "Langer wachten"

    take_away(participant.user, participant.user)

    assert not Inventory.objects.exists()


@pytest.mark.parametrize("number", [1, 30])
def test_reading_together_asks_as_much_for_thirty_as_for_one(
    coach: Membership, answers: Inventory, sign_in: SignIn, number: int, django_assert_num_queries: CountQueries
) -> None:
    for count in range(number):
        Inventory.objects.create(member=make_member(coach.group), topics=f"Onderwerp {count}", cutting="not_yet")
    browser = sign_in(coach)
    browser.get(together(coach.group))

    with django_assert_num_queries(8):
        browser.get(together(coach.group))


def test_the_page_to_read_together_follows_and_only_the_coach_follows_it(
    coach: Membership, participant: Membership, answers: Inventory, sign_in: SignIn
) -> None:
    topic = live.topic_of("inventory", coach.group)
    page = sign_in(coach).get(together(coach.group)).content.decode()
    assert f'<live-region topic="{topic}"' in page
    before = live.version_of(topic)

    inventories.save_answers(
        actor=participant.user, member=participant, version=answers.version, goal="Tot tien tellen"
    )

    assert live.version_of(topic) > before
    fragment = sign_in(coach).get(together(coach.group), headers={"HX-Request": "true"}).content.decode()
    assert "Tot tien tellen" in fragment and "<h1" not in fragment
    assert sign_in(coach).get(f"/live/{topic}/").status_code == 200
    assert sign_in(participant).get(f"/live/{topic}/").status_code == 403


def test_what_was_written_on_joining_is_read_too_without_a_name_and_not_twice(
    coach: Membership, participant: Membership, colleague: Membership, sign_in: SignIn
) -> None:
    Membership.objects.filter(pk=participant.pk).update(first_thought="De overgangen")
    Membership.objects.filter(pk=colleague.pk).update(first_thought="Drukte na de pauze")
    Inventory.objects.create(member=participant, struggle="De overgangen")

    questions = sign_in(coach).get(together(coach.group)).context["read"].questions

    assert [text for _row, text in questions[0].answers] == ["De overgangen", "Drukte na de pauze"]


def test_what_two_need_stands_there_once(
    coach: Membership, colleague: Membership, answers: Inventory, sign_in: SignIn
) -> None:
    Inventory.objects.create(member=colleague, film_note="een statief")

    page = sign_in(coach).get(together(coach.group)).content.decode()

    assert page.lower().count("een statief") == 1


@pytest.mark.parametrize("half", ["learning", "film"])
def test_open_startvragen_without_an_answer_are_what_a_deelnemer_does_next(
    coach: Membership, participant: Membership, introduction: Meeting, sign_in: SignIn, half: str
) -> None:
    pages = [f"/groepen/{coach.group_id}/", f"/bijeenkomsten/{introduction.pk}/"]

    def leads(person: Membership) -> list[bool]:
        found = [sign_in(person).get(page).content.decode() for page in pages]
        return ["Vul de Startvragen in" in found[0], "De Startvragen staan open." in found[1]]

    assert leads(participant) == [False, False]
    InventoryOpening.objects.create(group=coach.group, half=half)
    assert leads(participant) == [True, True]
    assert leads(coach) == [False, False]
    Inventory.objects.create(member=participant, goal="Wachten", camera="yes")
    assert leads(participant) == [False, False]
