"""Who joins a group that is on its way: what was agreed is there, and nothing that was due before is theirs."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from groups.models import Invitation, Membership, WorkingAgreement
from groups.services import inviting
from leervragen.contributions import leervraag_todos, leervragen_fact
from meetings.models import Meeting
from meetings.pages import members_of, readiness_of
from tests.factories import make_meeting, make_user
from tests.types import OnCommit, SignIn
from tests.video_feedback.factories import make_clip
from video_feedback.contributions import clip_todos, clips_fact
from video_feedback.models import Clip
from video_feedback.services import consent


@pytest.fixture
def running(coach: Membership, participant: Membership, meeting: Meeting) -> Meeting:
    """A netwerkbijeenkomst of which all deadlines but that for feedback passed; the introductie was a month ago."""
    now = timezone.now()
    Membership.objects.filter(group=coach.group).update(joined=now - timedelta(days=40))
    make_meeting(
        coach.group,
        kind=Meeting.Kind.INTRODUCTION,
        position=0,
        starts_at=now - timedelta(days=30),
        state=Meeting.State.ENDED,
        ended_at=now - timedelta(days=30),
    )
    Meeting.objects.filter(pk=meeting.pk).update(
        leervraag_deadline=now - timedelta(days=2), clip_deadline=now - timedelta(days=1)
    )
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def late(running: Meeting, coach: Membership, django_capture_on_commit_callbacks: OnCommit) -> Membership:
    user = make_user("Anna de Vries")
    invitation = Invitation.objects.create(group=coach.group, email=user.email, invited_by=coach.user)
    with django_capture_on_commit_callbacks(execute=True):
        inviting.accept_signed_in(actor=user, invitation=invitation)
    return Membership.objects.get(user=user)


def test_nothing_that_was_due_before_is_asked(running: Meeting, late: Membership, participant: Membership) -> None:
    assert [todo.title for todo in leervraag_todos(participant.user)] == ["Lever je leervraag in"]
    assert [todo.title for todo in clip_todos(participant.user)] == ["Plaats een fragment"]
    assert leervraag_todos(late.user) == clip_todos(late.user) == []


def test_a_deadline_that_is_still_to_come_is_theirs_too(running: Meeting, late: Membership) -> None:
    soon = timezone.now() + timedelta(days=1)
    Meeting.objects.filter(pk=running.pk).update(leervraag_deadline=soon, clip_deadline=soon)
    assert [todo.title for todo in leervraag_todos(late.user)] == ["Lever je leervraag in"]
    assert [todo.title for todo in clip_todos(late.user)] == ["Plaats een fragment"]


def test_the_coach_waits_for_nothing_of_theirs(running: Meeting, late: Membership) -> None:
    rows = readiness_of(running, members_of(running))
    assert [row.label for row in rows] == ["Leervraag", "Fragment"]
    assert {tuple(row.missing) for row in rows} == {("Marijke",)}
    assert {tuple(row.passed) for row in rows} == {("Anna",)}
    fact = clips_fact(running)
    assert fact is not None
    assert fact.detail == "0 van 1"
    assert leervragen_fact(running) is not None


def test_feedback_that_was_due_before_has_no_date_that_passed(
    running: Meeting, late: Membership, participant: Membership
) -> None:
    clip = make_clip(participant, meeting=running)
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    Meeting.objects.filter(pk=running.pk).update(feedback_deadline=timezone.now() - timedelta(hours=1))
    assert Clip.objects.visible_to(late.user).exists()
    assert [(todo.title, todo.due) for todo in clip_todos(late.user) if "feedback" in todo.title] == [
        ("Geef feedback aan Marijke", None)
    ]


def test_mail_tells_of_what_is_to_come_and_the_group_page_of_what_was_agreed(
    running: Meeting, late: Membership, sign_in: SignIn
) -> None:
    assert [letter.subject for letter in mail.outbox] == [f"Zet in je agenda: {running.title}"]
    WorkingAgreement.objects.create(group=late.group, text="We bellen als het niet lukt")
    browser = sign_in(late)
    page = browser.get(f"/groepen/{late.group_id}/").content.decode()
    assert "We bellen als het niet lukt" in page
    assert browser.get("/").status_code == 200


def test_who_comes_back_joins_anew(running: Meeting, participant: Membership, coach: Membership) -> None:
    Membership.objects.filter(pk=participant.pk).update(left=timezone.now() - timedelta(days=10))
    invitation = Invitation.objects.create(group=coach.group, email=participant.user.email, invited_by=coach.user)
    inviting.accept_signed_in(actor=participant.user, invitation=invitation)
    assert leervraag_todos(participant.user) == []
