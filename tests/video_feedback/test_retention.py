"""How long footage is kept, and that nobody's goes untold (docs/security.md P3)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from pytest_django import Settings

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from tests.factories import local, make_group, make_meeting, make_member
from tests.types import CountQueries, MakeClip, OnCommit, SignIn
from video_feedback.models import Clip, ErasureNotice
from video_feedback.retention import keeping_of, last_days, tell_and_erase

CLOSING = local(2027, 6, 14, 15, 30)
LAST_DAY = date(2027, 7, 14)


@pytest.fixture
def closing(group: NetworkGroup) -> Meeting:
    """The afsluiting, planned on a Monday."""
    return make_meeting(group, Meeting.Kind.CLOSING, starts_at=CLOSING)


@pytest.fixture
def sweep(django_capture_on_commit_callbacks: OnCommit) -> Callable[[datetime], None]:
    """`sweep(moment)`: the workers' minute at that moment, with what follows from it."""

    def _sweep(moment: datetime) -> None:
        with time_machine.travel(moment, tick=False), django_capture_on_commit_callbacks(execute=True):
            tell_and_erase()

    return _sweep


def told() -> list[tuple[str, str]]:
    """To whom, and until when."""
    return [(letter.to[0], letter.body.partition(" tot ")[2].partition(".")[0]) for letter in mail.outbox]


@pytest.mark.parametrize(
    ("fields", "last_day", "has_end"),
    [
        ({}, LAST_DAY, True),
        ({"state": "ended", "ended_at": local(2027, 6, 21, 17, 0)}, date(2027, 7, 21), True),
        ({"state": "ended", "starts_at": None, "ended_at": local(2027, 6, 21, 17, 0)}, date(2027, 7, 21), True),
        ({"state": "cancelled"}, date(2028, 3, 8), False),
        ({"starts_at": None}, date(2028, 3, 8), False),
    ],
    ids=["planned", "ended later than planned", "ended without a date", "cancelled", "without a date"],
)
def test_the_last_day_follows_from_the_end_of_the_traject(
    group: NetworkGroup, make_clip: MakeClip, fields: dict[str, Any], last_day: date, has_end: bool
) -> None:
    NetworkGroup.objects.filter(pk=group.pk).update(created=local(2026, 9, 1, 12, 0))
    make_clip(make_member(group))
    make_meeting(group, starts_at=local(2027, 3, 9, 15, 30), position=1)
    make_meeting(group, starts_at=local(2027, 5, 9, 15, 30), position=2, state="cancelled")
    make_meeting(group, Meeting.Kind.CLOSING, **{"starts_at": CLOSING} | fields)

    keeping = keeping_of(group)

    assert (keeping.last_day, keeping.has_end) == (last_day, has_end)
    assert last_days() == {group.pk: last_day}, "the sweep asks it of all groups at once"


@pytest.mark.parametrize(
    ("closed_at", "last_day"),
    [(local(2027, 6, 1, 9, 0), date(2027, 7, 1)), (local(2027, 9, 1, 9, 0), LAST_DAY)],
    ids=["before the afsluiting", "long after it"],
)
def test_who_closes_a_group_keeps_nobodys_film_longer(
    group: NetworkGroup, closing: Meeting, make_clip: MakeClip, closed_at: datetime, last_day: date
) -> None:
    make_clip(make_member(group))
    NetworkGroup.objects.filter(pk=group.pk).update(closed_at=closed_at)
    group.refresh_from_db()

    assert keeping_of(group).last_day == last_day
    assert last_days() == {group.pk: last_day}


def test_the_sweep_knows_the_last_day_of_each_group_that_has_footage(
    clip: Clip, closing: Meeting, group: NetworkGroup, other_group: NetworkGroup, make_clip: MakeClip
) -> None:
    """One ended by hand, one has no meetings at all; one has no fragments left, one never had any."""
    closed, bare, erased = (
        make_group("Reest", closed_at=local(2027, 1, 12, 9, 0)),
        make_group("Vecht"),
        make_group("Aa"),
    )
    NetworkGroup.objects.filter(pk=bare.pk).update(created=local(2026, 9, 1, 12, 0))
    make_meeting(closed, Meeting.Kind.CLOSING, starts_at=CLOSING)
    for one in (closed, bare):
        make_clip(make_member(one))
    make_clip(make_member(erased), state=Clip.State.ERASED)

    assert last_days() == {group.pk: LAST_DAY, closed.pk: date(2027, 2, 11), bare.pk: date(2027, 9, 1)}


def test_a_minute_in_which_nothing_is_due_asks_as_much_of_30_groups_as_of_one(
    clip: Clip, closing: Meeting, make_clip: MakeClip, django_assert_num_queries: CountQueries
) -> None:
    with time_machine.travel(local(2027, 3, 9, 12, 0), tick=False):
        with django_assert_num_queries(2):
            tell_and_erase()
        for number in range(29):
            other = make_group(f"Groep {number}")
            make_meeting(other, Meeting.Kind.CLOSING, starts_at=CLOSING)
            make_clip(make_member(other))

        with django_assert_num_queries(2):
            tell_and_erase()

    assert mail.outbox == []


def test_a_minute_in_which_all_were_told_asks_as_much_of_30_groups_as_of_two(
    clip: Clip,
    closing: Meeting,
    make_clip: MakeClip,
    sweep: Callable[[datetime], None],
    django_assert_num_queries: CountQueries,
) -> None:
    """Half of them have had the first letter, half the last."""

    def add_group(number: int) -> None:
        group = make_group(f"Groep {number}")
        make_meeting(group, Meeting.Kind.CLOSING, starts_at=CLOSING + timedelta(days=7 * (number % 2)))
        make_clip(make_member(group))

    add_group(1)
    sweep(local(2027, 7, 12, 8, 0))
    with time_machine.travel(local(2027, 7, 12, 8, 1), tick=False), django_assert_num_queries(4):
        tell_and_erase()
    for number in range(2, 30):
        add_group(number)
    sweep(local(2027, 7, 12, 8, 2))
    assert len(mail.outbox) == 30

    with time_machine.travel(local(2027, 7, 12, 8, 3), tick=False), django_assert_num_queries(4):
        tell_and_erase()


def test_each_group_is_told_of_its_own_day_and_erased_on_it(
    clip: Clip, closing: Meeting, make_clip: MakeClip, sweep: Callable[[datetime], None]
) -> None:
    """Three groups: near their last day, a week later, and one of which the day moved after it was told."""
    later, moved = make_group("Reest"), make_group("Vecht")
    make_meeting(later, Meeting.Kind.CLOSING, starts_at=CLOSING + timedelta(days=7))
    was_near = make_meeting(moved, Meeting.Kind.CLOSING, starts_at=CLOSING)
    of_later, of_moved = make_clip(make_member(later)), make_clip(make_member(moved))
    sweep(local(2027, 7, 12, 8, 0))
    Meeting.objects.filter(pk=was_near.pk).update(starts_at=CLOSING + timedelta(days=90))

    assert sorted(told()) == sorted(
        [
            (clip.owner.user.email, "15 juli 2027"),
            (of_later.owner.user.email, "21 juli 2027"),
            (of_moved.owner.user.email, "15 juli 2027"),
        ]
    )
    sweep(local(2027, 7, 15, 8, 1))

    assert set(Clip.objects.not_erased()) == {of_later, of_moved}
    assert set(ErasureNotice.objects.values_list("clip", flat=True)) == {of_later.pk}


def test_the_page_says_until_when_it_is_kept(
    clip: Clip, group: NetworkGroup, participant: Membership, sign_in: SignIn
) -> None:
    NetworkGroup.objects.filter(pk=group.pk).update(created=local(2026, 9, 1, 12, 0))

    def page() -> str:
        answer = sign_in(participant).get(reverse("video_feedback:detail", args=[clip.pk]))
        return " ".join(answer.content.decode().split())

    assert "Bewaard tot 30 dagen na de afsluiting, uiterlijk tot 1 september 2027." in page()
    make_meeting(group, Meeting.Kind.CLOSING, starts_at=CLOSING)
    assert "Bewaard tot 14 juli 2027." in page()
    # Only a day that is still to come is said.
    with time_machine.travel(local(2027, 7, 14, 12, 0), tick=False):
        assert "Bewaard tot 14 juli 2027." in page()
    with time_machine.travel(local(2027, 7, 15, 12, 0), tick=False):
        assert "Bewaard tot" not in page() and "De bewaartijd is om." in page()


def test_the_owner_is_told_14_and_3_days_before_at_a_decent_hour_and_then_it_goes(
    clip: Clip,
    make_clip: MakeClip,
    closing: Meeting,
    participant: Membership,
    colleague: Membership,
    coach: Membership,
    sweep: Callable[[datetime], None],
) -> None:
    make_clip(participant, title="Rekenkring")
    make_clip(colleague)
    both = sorted([participant.user.email, colleague.user.email])
    for early in (local(2027, 6, 29, 12, 0), local(2027, 6, 30, 7, 59)):
        sweep(early)
    assert mail.outbox == []

    for _minute in range(2):
        sweep(local(2027, 6, 30, 8, 0))
    assert sorted(told()) == [(address, "14 juli 2027") for address in both]
    first = mail.outbox[0] if mail.outbox[0].to == [participant.user.email] else mail.outbox[1]
    assert first.subject == "Binnenkort wissen we je fragmenten in De Hondsrug"
    assert first.reply_to == [coach.user.email]
    assert isinstance(first, EmailMultiAlternatives)
    for text in (first.body, str(first.alternatives[0][0])):
        assert "Je hebt nog 2 fragmenten in De Hondsrug." in text
        assert reverse("video_feedback:overview") in text
        assert "laatste bericht" not in text
        assert clip.title not in text
        assert "Rekenkring" not in text

    mail.outbox.clear()
    for moment in (local(2027, 7, 11, 12, 0), local(2027, 7, 12, 8, 0), local(2027, 7, 12, 8, 1)):
        sweep(moment)  # the 11th is a Sunday
    assert sorted(told()) == [(address, "15 juli 2027") for address in both]
    assert all("Dit is ons laatste bericht hierover." in letter.body for letter in mail.outbox)

    sweep(local(2027, 7, 15, 7, 59))
    assert Clip.objects.not_erased().count() == 3
    sweep(local(2027, 7, 15, 8, 1))
    assert not Clip.objects.exists()
    assert len(mail.outbox) == 2


def test_a_date_that_is_a_slip_of_the_pen_erases_nothing(
    clip: Clip, closing: Meeting, participant: Membership, sweep: Callable[[datetime], None]
) -> None:
    """The coach types last September for an afsluiting of next June; the owner is told, and the date is put right."""
    Meeting.objects.filter(pk=closing.pk).update(starts_at=local(2026, 9, 14, 15, 30))
    sweep(local(2027, 1, 18, 9, 0))
    assert told() == [(participant.user.email, "21 januari 2027")]
    assert "Dit is ons laatste bericht hierover." in mail.outbox[0].body
    sweep(local(2027, 1, 20, 9, 0))

    Meeting.objects.filter(pk=closing.pk).update(starts_at=CLOSING)
    for day in (21, 22, 29):
        sweep(local(2027, 1, day, 9, 0))

    assert Clip.objects.not_erased().get() == clip
    Meeting.objects.filter(pk=closing.pk).update(starts_at=local(2026, 9, 14, 15, 30))
    sweep(local(2027, 2, 1, 9, 0))
    assert Clip.objects.not_erased().get() == clip, "what was told of a day that was put right does not count"
    assert len(told()) == 2


def test_no_letter_goes_about_a_day_that_moved_before_it_was_sent(
    clip: Clip, closing: Meeting, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with time_machine.travel(local(2027, 6, 30, 8, 0), tick=False):
        with django_capture_on_commit_callbacks() as callbacks:
            tell_and_erase()
        Meeting.objects.filter(pk=closing.pk).update(starts_at=CLOSING + timedelta(days=7))
        for callback in callbacks:
            callback()

    assert mail.outbox == []


def test_a_fragment_that_came_after_the_last_letter_has_a_letter_of_its_own(
    clip: Clip, closing: Meeting, make_clip: MakeClip, participant: Membership, sweep: Callable[[datetime], None]
) -> None:
    sweep(local(2027, 7, 12, 8, 0))
    with time_machine.travel(local(2027, 7, 14, 9, 0), tick=False):
        late = make_clip(participant)
    sweep(local(2027, 7, 14, 9, 1))
    sweep(local(2027, 7, 16, 9, 0))

    assert Clip.objects.not_erased().get() == late
    assert told()[1:] == [(participant.user.email, "17 juli 2027")]
    sweep(local(2027, 7, 17, 9, 2))
    assert not Clip.objects.exists()


def test_while_no_mail_goes_out_nothing_is_erased_but_not_for_ever(
    clip: Clip, closing: Meeting, settings: Settings, sweep: Callable[[datetime], None]
) -> None:
    settings.EMAIL_BACKEND = "netwerkleren.base.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sweep(local(2027, 7, 12, 8, 0))

    sweep(local(2027, 8, 11, 7, 59))
    assert Clip.objects.not_erased().get() == clip
    sweep(local(2027, 8, 11, 8, 1))
    assert not Clip.objects.exists()
