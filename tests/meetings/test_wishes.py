"""Wishes for theme, topics and experts: the group decides, a number decides nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting, Topic, Wish
from meetings.own_data import take_away, wishes_part
from meetings.services import wishes
from netwerkleren.base.models import AuditEvent
from tests.factories import make_meeting, make_member
from tests.types import CountQueries, SignIn


def page_of(group: NetworkGroup) -> str:
    return reverse("meetings:wishes", args=[group.pk])


def press(client: Client, button: str, wish: Wish, **body: str) -> str:
    return client.post(reverse(f"meetings:{button}", args=[wish.pk]), body, follow=True).content.decode()


@pytest.fixture
def rest(participant: Membership) -> Wish:
    return wishes.add_wish(
        actor=participant.user, group=participant.group, kind="topic", text="Rust in de gang", member=participant
    )


def test_a_member_wishes_and_another_wants_it_too_and_takes_it_back(
    participant: Membership, colleague: Membership, sign_in: SignIn
) -> None:
    first, second = sign_in(participant), sign_in(colleague)
    for _click in range(2):
        first.post(page_of(participant.group), {"kind": "topic", "text": "Rust in  de gang"})
    wish = Wish.objects.get()

    both = press(second, "back_wish", wish, wanted="1")
    one = press(second, "back_wish", wish, wanted="0")
    press(first, "back_wish", wish, wanted="0")

    assert "Marijke Hoekstra, Anouk Bosma" in " ".join(both.split())
    assert "Anouk Bosma" not in one.split("Dit wil:")[1].split("</p>")[0]
    assert not Wish.objects.exists()


def test_the_same_words_are_one_wish_of_two(participant: Membership, colleague: Membership, rest: Wish) -> None:
    again = wishes.add_wish(
        actor=colleague.user, group=colleague.group, kind="topic", text="rust in de gang ", member=colleague
    )

    assert again == rest and rest.backers.count() == 2


def test_the_order_is_that_of_coming_whoever_wants_it(
    participant: Membership, colleague: Membership, rest: Wish, sign_in: SignIn
) -> None:
    later = wishes.add_wish(
        actor=colleague.user, group=colleague.group, kind="topic", text="Prikkels", member=colleague
    )
    for member in (participant, make_member(participant.group)):
        wishes.back_wish(actor=member.user, wish=later, member=member, wanted=True)

    page = sign_in(participant).get(page_of(participant.group)).content.decode()

    assert page.index("Rust in de gang") < page.index("Prikkels")


def test_the_coach_lays_two_together_and_takes_them_out_again(
    coach: Membership, participant: Membership, colleague: Membership, rest: Wish, sign_in: SignIn
) -> None:
    other = wishes.add_wish(
        actor=colleague.user, group=colleague.group, kind="topic", text="Een stille gang", member=colleague
    )
    browser = sign_in(coach)

    for _click in range(2):
        together = press(browser, "merge_wish", other, into=str(rest.pk))
    assert "Marijke Hoekstra, Anouk Bosma" in " ".join(together.split())
    refused = press(browser, "agree_wish", other, agreed="1")
    apart = press(browser, "merge_wish", other, into="")

    other.refresh_from_db()
    assert "Haal hem daar eerst uit" in refused and "Haal eruit" not in apart
    assert (other.merged_into, other.text, other.agreed_at) == (None, "Een stille gang", None)


def test_who_wants_neither_of_two_that_lie_together_is_named_no_more(
    coach: Membership, colleague: Membership, rest: Wish, sign_in: SignIn
) -> None:
    other = wishes.add_wish(
        actor=colleague.user, group=colleague.group, kind="topic", text="Een stille gang", member=colleague
    )
    wishes.merge_wish(actor=coach.user, wish=other, into=rest)
    browser = sign_in(colleague)
    page = browser.get(page_of(colleague.group)).content.decode()
    assert "Toch niet" in page and "Dit wil ik ook" not in page
    page = press(browser, "back_wish", rest, wanted="0")
    assert "Anouk Bosma" not in page.split("Dit wil:")[1].split("</p>")[0]
    assert "Dit wil ik ook" in page and "Een stille gang" in page


def test_two_who_merge_the_same_pair_both_ways_make_no_ring(
    coach: Membership, participant: Membership, rest: Wish
) -> None:
    other = wishes.add_wish(
        actor=participant.user, group=participant.group, kind="topic", text="Stilte", member=participant
    )
    wishes.merge_wish(actor=coach.user, wish=rest, into=other)

    with pytest.raises(Exception, match="liggen al bij elkaar"):
        wishes.merge_wish(actor=coach.user, wish=other, into=rest)


def test_the_later_of_two_coaches_reads_where_the_other_laid_it(coach: Membership, rest: Wish, sign_in: SignIn) -> None:
    stilte, orde = (
        wishes.add_wish(actor=coach.user, group=coach.group, kind="topic", text=text, member=None)
        for text in ("Stilte", "Orde")
    )
    wishes.merge_wish(actor=coach.user, wish=rest, into=stilte)
    page = press(sign_in(coach), "merge_wish", rest, into=str(orde.pk))
    assert "“Rust in de gang” ligt intussen bij “Stilte”. Haal hem daar eerst uit." in page
    assert Wish.objects.get(pk=rest.pk).merged_into == stilte


def test_what_lies_with_a_wish_moves_along(coach: Membership, participant: Membership, rest: Wish) -> None:
    made = [
        wishes.add_wish(actor=coach.user, group=coach.group, kind="topic", text=text, member=coach)
        for text in ("Stilte", "Prikkels")
    ]
    wishes.merge_wish(actor=coach.user, wish=made[0], into=rest)
    wishes.merge_wish(actor=coach.user, wish=rest, into=made[1])

    assert set(made[1].merged.all()) == {rest, made[0]}


@pytest.mark.parametrize("kind", ["expert", "theme"])
def test_wishes_of_two_kinds_stay_apart(coach: Membership, rest: Wish, kind: str) -> None:
    other = wishes.add_wish(actor=coach.user, group=coach.group, kind=kind, text="Iets", member=coach)

    with pytest.raises(Exception, match="dezelfde soort"):
        wishes.merge_wish(actor=coach.user, wish=other, into=rest)


def test_a_topic_that_was_agreed_stays_on_the_list_without_a_meeting(
    coach: Membership, rest: Wish, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    for _click in range(2):
        page = press(browser, "agree_wish", rest, agreed="1")

    topic = Topic.objects.get()
    assert (topic.title, topic.meetings.count()) == ("Rust in de gang", 0)
    assert "Nog geen bijeenkomst" in page and "Dit spraken we af" in page
    press(browser, "agree_wish", rest, agreed="0")
    assert not Topic.objects.exists()


def test_a_topic_that_has_a_meeting_is_not_taken_from_it(coach: Membership, rest: Wish, sign_in: SignIn) -> None:
    wishes.agree_wish(actor=coach.user, wish=rest, agreed=True)
    make_meeting(coach.group, topic=Topic.objects.get())

    page = press(sign_in(coach), "agree_wish", rest, agreed="0")

    assert "staat al bij een bijeenkomst" in page
    assert Wish.objects.get().agreed_at is not None


def test_a_theme_that_was_agreed_is_the_groups_and_one_at_a_time(coach: Membership) -> None:
    group = coach.group
    rest, stilte = (
        wishes.add_wish(actor=coach.user, group=group, kind="theme", text=text, member=coach)
        for text in ("Rust", "Stilte")
    )
    for wish in (rest, stilte):
        wishes.agree_wish(actor=coach.user, wish=wish, agreed=True)

    group.refresh_from_db()
    rest.refresh_from_db()
    assert (group.theme, rest.agreed_at) == ("Stilte", None)
    wishes.agree_wish(actor=coach.user, wish=stilte, agreed=False)
    group.refresh_from_db()
    assert group.theme == ""


def test_a_theme_that_the_organisation_gave_is_not_asked(coach: Membership, sign_in: SignIn) -> None:
    NetworkGroup.objects.filter(pk=coach.group_id).update(theme="Autisme", theme_is_given=True)
    browser = sign_in(coach)

    page = browser.get(page_of(coach.group)).content.decode()
    answer = browser.post(page_of(coach.group), {"kind": "theme", "text": "Rust"})

    assert "Het thema koos de organisatie: Autisme." in page
    assert answer.status_code == 422 and not Wish.objects.exists()


def test_a_deelnemer_agrees_for_nobody(participant: Membership, rest: Wish, sign_in: SignIn) -> None:
    browser = sign_in(participant)

    page = browser.get(page_of(participant.group)).content.decode()
    answer = browser.post(reverse("meetings:agree_wish", args=[rest.pk]), {"agreed": "1"})

    assert answer.status_code == 403 and "Leg bij een andere wens" not in page
    assert not Topic.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 201])
def test_a_wish_without_words_or_with_too_many_is_refused(participant: Membership, sign_in: SignIn, text: str) -> None:
    answer = sign_in(participant).post(page_of(participant.group), {"kind": "topic", "text": text})

    assert answer.status_code == 422 and not Wish.objects.exists()


def test_who_left_is_named_no_more_and_the_wish_stays(
    coach: Membership, participant: Membership, rest: Wish, sign_in: SignIn
) -> None:
    Membership.objects.filter(pk=participant.pk).update(left=participant.joined)

    page = sign_in(coach).get(page_of(coach.group)).content.decode()

    assert "Rust in de gang" in page and "Marijke" not in page


def test_an_account_takes_its_name_along(participant: Membership, rest: Wish) -> None:
    assert [row["wens"] for row in wishes_part(participant.user).rows] == ["Rust in de gang"]

    take_away(participant.user, participant.user)

    assert not rest.backers.exists() and Wish.objects.exists()


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_much_for_thirty_wishes_as_for_one(
    coach: Membership, sign_in: SignIn, number: int, django_assert_num_queries: CountQueries
) -> None:
    for count in range(number):
        member = make_member(coach.group)
        wish = wishes.add_wish(actor=member.user, group=coach.group, kind="topic", text=f"Wens {count}", member=member)
        wishes.agree_wish(actor=coach.user, wish=wish, agreed=True)
        make_meeting(coach.group, topic=Topic.objects.latest("created"))
    browser = sign_in(coach)
    browser.get(page_of(coach.group))

    with django_assert_num_queries(12):
        browser.get(page_of(coach.group))


def test_an_expert_who_was_agreed_on_is_asked_for_the_next_meeting_without_one(
    coach: Membership, participant: Membership, sign_in: SignIn
) -> None:
    wim = wishes.add_wish(actor=participant.user, group=coach.group, kind="expert", text="Wim & Co", member=participant)
    make_meeting(coach.group, Meeting.Kind.INTRODUCTION)
    meeting = make_meeting(coach.group)
    browser, address = sign_in(coach), reverse("meetings:invite_expert", args=[meeting.pk])
    assert address not in browser.get(page_of(coach.group)).content.decode(), "a wish decides nothing"

    press(browser, "agree_wish", wim, agreed="1")

    assert f'href="{address}?name=Wim%20%26%20Co"' in browser.get(page_of(coach.group)).content.decode()
    assert address not in sign_in(participant).get(page_of(coach.group)).content.decode()
    assert 'value="Wim &amp; Co"' in browser.get(f"{address}?name=Wim%20%26%20Co").content.decode()
    assert AuditEvent.objects.filter(action="wish.agreed", object_id=wim.pk).count() == 1
