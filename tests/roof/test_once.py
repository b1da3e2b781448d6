"""A press is one press: sent twice, or ten times at once, each write makes one thing and one mail a person."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.addresses import Address
from groups.models import Invitation, Membership, NetworkGroup, Pair, User
from groups.profiles import Profile
from groups.services import inviting, learning_goals, members, network_groups, pairing
from leervragen.models import Leervraag
from leervragen.services import asking
from meetings.models import Attendance, Evaluation, Expert, ExpertInvitation, Meeting, Topic
from meetings.services import agenda_items, changing, experts, placing, planning, running, talk
from netwerkleren.base.models import AuditEvent, OutgoingMail
from reports.models import BehaviourGraph, Edition, Export, Interview
from reports.services import editions, exports, interviews, lines
from tests.factories import make_agenda_item, make_expert_invitation, make_group, make_meeting, make_member, make_user
from tests.leervragen.test_concurrency import PEOPLE, all_at_once
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip, ConsentStatement, Feedback, Remark
from video_feedback.services import clips, consent, feedback

from .press import Cast, Press
from .press_after import AFTER
from .press_before import BEFORE
from .press_screen import SCREEN


def facts(cast: Cast) -> Press:
    new: dict[str, Any] = {"place": "De Ark", "topic": "Prikkels", "starts_at": timezone.now() + timedelta(days=20)}
    meeting, version = cast.meeting, cast.meeting.version
    return Press(
        lambda: changing.change_meeting(actor=cast.coach.user, meeting=meeting, version=version, **new),
        lambda: (Topic.objects.filter(title="Prikkels").count(), Meeting.objects.get(pk=meeting.pk).ics_sequence),
        (1, 1),
        cast.everyone,
    )


def dates(cast: Cast) -> Press:
    fixed = changing.Fixed(timezone.now() + timedelta(days=20), "De Ark", cast.meeting.version_of_date)
    return Press(
        lambda: changing.record_dates(actor=cast.coach.user, group=cast.group, dates={cast.meeting.pk: fixed}),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).ics_sequence,
        1,
        cast.everyone,
    )


def topic_of_two_meetings(cast: Cast) -> Press:
    """Two meetings get the same new topic at once: it is one topic. In a draft, for each meeting is news of its own."""
    NetworkGroup.objects.filter(pk=cast.group.pk).update(published_at=None)
    both = [cast.meeting, make_meeting(cast.group, position=2, starts_at=timezone.now() + timedelta(days=30))]
    turns = iter(both * PEOPLE)
    return Press(
        lambda: changing.change_meeting(actor=cast.coach.user, meeting=next(turns), topic="Prikkels"),
        lambda: Topic.objects.filter(title="Prikkels").count(),
        1,
    )


def cancel(cast: Cast) -> Press:
    return Press(
        lambda: changing.cancel_meeting(actor=cast.coach.user, meeting=cast.meeting),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).state,
        "cancelled",
        cast.everyone,
    )


def one_more(cast: Cast) -> Press:
    key, starts_at = uuid4(), timezone.now() + timedelta(days=20)
    return Press(
        lambda: placing.add_meeting(
            actor=cast.coach.user, group=cast.group, key=key, after=cast.meeting.pk, starts_at=starts_at
        ),
        lambda: Meeting.objects.filter(group=cast.group).count(),
        2,
        cast.everyone,
    )


def move(cast: Cast) -> Press:
    intro = make_meeting(cast.group, Meeting.Kind.INTRODUCTION, starts_at=None)
    starts_at, version = timezone.now() + timedelta(days=20), cast.meeting.version_of_place
    return Press(
        lambda: placing.move_meeting(
            actor=cast.coach.user, meeting=cast.meeting, after=intro.pk, starts_at=starts_at, version=version
        ),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).ics_sequence,
        1,
        cast.everyone,
    )


def take_out(cast: Cast) -> Press:
    return Press(
        lambda: placing.remove_meeting(actor=cast.coach.user, meeting=cast.meeting),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).state,
        "cancelled",
        cast.everyone,
    )


def reopen(cast: Cast) -> Press:
    Meeting.objects.filter(pk=cast.meeting.pk).update(state="cancelled")
    return Press(
        lambda: changing.reopen_meeting(actor=cast.coach.user, meeting=cast.meeting),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).state,
        "planned",
        cast.everyone,
    )


def expert(cast: Cast) -> Press:
    asked: dict[str, Any] = {"name": "Lotte", "email": "lotte@praktijk.example", "topic": "Rust"}
    return Press(
        lambda: experts.invite_expert(actor=cast.coach.user, meeting=cast.meeting, **asked),
        lambda: (ExpertInvitation.objects.count(), Expert.objects.count()),
        (1, 1),
        {"lotte@praktijk.example"},
    )


def expert_again(cast: Cast) -> Press:
    invitation = make_expert_invitation(cast.meeting)
    return Press(
        lambda: experts.resend_invitation(actor=cast.coach.user, invitation=invitation),
        lambda: OutgoingMail.objects.count(),
        1,
        {invitation.expert.email},
    )


def expert_says_yes(cast: Cast) -> Press:
    invitation = make_expert_invitation(cast.meeting, invited_by=cast.coach.user)
    return Press(
        lambda: experts.answer_invitation(actor=cast.coach.user, invitation=invitation, answer="yes"),
        lambda: ExpertInvitation.objects.get().answer,
        "yes",
        {cast.coach.user.email},
    )


def expert_revoked(cast: Cast) -> Press:
    invitation = make_expert_invitation(cast.meeting)
    return Press(
        lambda: experts.revoke_invitation(actor=cast.coach.user, invitation=invitation),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).ics_sequence,
        1,
        {invitation.expert.email},
    )


def start(cast: Cast) -> Press:
    make_agenda_item(cast.meeting)
    return Press(
        lambda: running.start_meeting(actor=cast.coach.user, meeting=cast.meeting),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).state,
        "running",
    )


def end(cast: Cast) -> Press:
    make_agenda_item(cast.meeting)
    running.start_meeting(actor=cast.coach.user, meeting=cast.meeting)
    return Press(
        lambda: running.end_meeting(actor=cast.coach.user, meeting=cast.meeting),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).state,
        "ended",
    )


def attendance(cast: Cast) -> Press:
    said = {cast.participant.pk: "late", cast.maatje.pk: "online"}
    version = Attendance.objects.of(cast.meeting).version
    return Press(
        lambda: running.record_attendance(actor=cast.coach.user, meeting=cast.meeting, statuses=said, version=version),
        lambda: Attendance.objects.of(cast.meeting).statuses,
        said,
    )


def onderdeel(cast: Cast) -> Press:
    item = make_agenda_item(cast.meeting)
    return Press(
        lambda: agenda_items.change_item(
            actor=cast.coach.user, item=item, version=item.version, title="Groepsfoto", minutes=5
        ),
        lambda: cast.meeting.agenda.get().title,
        "Groepsfoto",
    )


def evaluation(cast: Cast) -> Press:
    texts = {"tops": "Rust", "tips": "", "obstacles": ""}
    version = Evaluation(meeting=cast.meeting).version_of(texts)
    return Press(
        lambda: talk.save_evaluation(actor=cast.coach.user, meeting=cast.meeting, version=version, **texts),
        lambda: Evaluation.objects.get().tops,
        "Rust",
    )


def plan(cast: Cast) -> Press:
    group = make_group("Nieuw")
    return Press(
        lambda: planning.plan_meetings(
            actor=cast.coach.user, group=group, introduction_at=None, network_count=2, dates=[None] * 3
        ),
        lambda: group.meetings.count(),
        4,
        may_be_refused=True,
    )


def share(cast: Cast) -> Press:
    clip = make_clip(cast.participant)
    return Press(
        lambda: consent.share_clip(
            actor=cast.participant.user, clip=clip, audience="group", scope="all_parents", includes_guests=True
        ),
        lambda: (ConsentStatement.objects.count(), Clip.objects.get(pk=clip.pk).audience),
        (1, "group"),
    )


def withdraw(cast: Cast) -> Press:
    clip = make_clip(cast.participant)
    consent.share_clip(actor=cast.participant.user, clip=clip, audience="group", scope="all_parents")
    return Press(
        lambda: consent.withdraw_clip(actor=cast.participant.user, clip=clip),
        lambda: (ConsentStatement.objects.in_force().count(), Clip.objects.get(pk=clip.pk).audience),
        (0, "alone"),
    )


def hand_over(cast: Cast) -> Press:
    clip = make_clip(cast.participant, uploaded_by=cast.maatje)
    return Press(
        lambda: clips.hand_over_clip(actor=cast.maatje.user, clip=clip),
        lambda: Clip.objects.get(pk=clip.pk).handed_over_at is not None,
        True,
    )


def erase(cast: Cast) -> Press:
    clip = make_clip(cast.participant, state=Clip.State.FAILED)
    return Press(
        lambda: clips.erase_clip(actor=cast.participant.user, clip=clip),
        lambda: Clip.objects.not_erased().filter(pk=clip.pk).exists(),
        False,
    )


def remark(cast: Cast) -> Press:
    clip, key = make_clip(cast.participant), uuid4()
    return Press(
        lambda: feedback.add_remark(actor=cast.maatje.user, clip=clip, key=key, kind="top", start=1000, text="Rust"),
        lambda: (Remark.objects.count(), Feedback.objects.count()),
        (1, 1),
    )


def feedback_sent(cast: Cast) -> Press:
    clip = make_clip(cast.participant)
    made = feedback.add_remark(actor=cast.maatje.user, clip=clip, key=uuid4(), kind="top", start=1000, text="Rust")
    return Press(
        lambda: feedback.send_feedback(actor=cast.maatje.user, feedback=made.feedback),
        lambda: Feedback.objects.sent().count(),
        1,
        {cast.participant.user.email},
    )


def line_shared(cast: Cast) -> Press:
    graph = BehaviourGraph.objects.create(member=cast.participant)
    return Press(
        lambda: lines.share_line(actor=cast.participant.user, graph=graph, shared=True),
        lambda: BehaviourGraph.objects.exclude(shared_at=None).count(),
        1,
    )


def papers(cast: Cast) -> Press:
    key = uuid4()
    return Press(
        lambda: editions.order_papers(
            actor=cast.coach.user, group=cast.group, meeting=cast.meeting, key=key, sheets=["agenda"]
        ),
        lambda: Edition.objects.count(),
        1,
    )


def for_me(cast: Cast) -> Press:
    key = uuid4()
    return Press(
        lambda: editions.order_for_me(actor=cast.participant.user, group=cast.group, key=key, kind="team"),
        lambda: Edition.objects.count(),
        1,
    )


def export(cast: Cast) -> Press:
    key, version = uuid4(), Export().version
    texts = {"quote": "Tel tot drie.", "quoted": "", "going_on": ""}
    return Press(
        lambda: exports.order_export(actor=cast.coach.user, group=cast.group, key=key, version=version, **texts),
        lambda: Export.objects.count(),
        1,
    )


def interviews_made(cast: Cast) -> Press:
    return Press(
        lambda: interviews.make_interviews(actor=cast.coach.user, group=cast.group),
        lambda: Interview.objects.count(),
        2,
    )


def named_group(cast: Cast) -> Press:
    named: dict[str, Any] = {"name": "Aa", "theme": "Rust", "theme_is_given": True, "version": cast.group.version}
    return Press(
        lambda: network_groups.change_group(actor=cast.coach.user, group=cast.group, **named),
        lambda: NetworkGroup.objects.get(pk=cast.group.pk).theme,
        "Rust",
    )


def published(cast: Cast) -> Press:
    group = make_group("Concept", draft=True)
    make_member(group, user=cast.coach.user, coach=True)
    make_meeting(group)
    people = [Address("jan@lindenhof.example", "Jan Vos")]
    inviting.invite_people(actor=cast.coach.user, group=group, people=people)
    AuditEvent.objects.all().delete()
    return Press(
        lambda: network_groups.publish_group(actor=cast.coach.user, group=group),
        lambda: NetworkGroup.objects.get(pk=group.pk).is_draft,
        False,
        {"jan@lindenhof.example", cast.coach.user.email},
    )


def coach_invited(cast: Cast) -> Press:
    chief = make_user("Bea Heer", is_staff=True)
    return Press(
        lambda: inviting.invite_coach(actor=chief, email="Nieuw@school.example"),
        lambda: Invitation.objects.count(),
        1,
        {"nieuw@school.example"},
    )


def invited_again(cast: Cast) -> Press:
    invitation = Invitation.objects.create(
        email="jan@school.example",
        group=cast.group,
        invited_by=cast.coach.user,
        expires_at=timezone.now() + timedelta(days=1),
    )
    return Press(
        lambda: inviting.resend_invitation(actor=cast.coach.user, invitation=invitation),
        lambda: OutgoingMail.objects.count(),
        1,
        {"jan@school.example"},
    )


def accepted(cast: Cast) -> Press:
    invitation = Invitation.objects.create(email="jan@school.example", group=cast.group)
    return Press(
        lambda: inviting.accept_as_new(
            actor=cast.coach.user, invitation=invitation, name="Jan", password="een-lang-wachtwoord"
        ),
        lambda: User.objects.filter(email="jan@school.example").count(),
        1,
        {"jan@school.example"},
        may_be_refused=True,
    )


def removed(cast: Cast) -> Press:
    return Press(
        lambda: members.remove_member(actor=cast.coach.user, membership=cast.maatje),
        lambda: Membership.objects.current().filter(group=cast.group).count(),
        2,
    )


def profile(cast: Cast) -> Press:
    user = cast.participant.user
    places = {cast.participant: members.Workplace(cast.participant.school, "logopedist")}
    version = Profile.of(user).version
    return Press(
        lambda: members.save_profile(actor=user, name="Marijke Bos", places=places, version=version),
        lambda: (User.objects.get(pk=user.pk).name, Membership.objects.get(pk=cast.participant.pk).discipline),
        ("Marijke Bos", "logopedist"),
    )


def pairs(cast: Cast) -> Press:
    for one, other in ((cast.participant, cast.maatje), (cast.maatje, cast.participant)):
        pairing.choose_maatje(actor=one.user, membership=one, maatje=other)
    return Press(
        lambda: pairing.confirm_mutual_pairs(actor=cast.coach.user, group=cast.group), lambda: Pair.objects.count(), 1
    )


def third_of_a_pair(cast: Cast) -> Press:
    pair = pairing.make_pair(actor=cast.coach.user, group=cast.group, members=[cast.participant, cast.maatje])
    last = make_member(cast.group)
    AuditEvent.objects.all().delete()
    return Press(
        lambda: pairing.add_to_pair(actor=cast.coach.user, pair=pair, membership=last),
        lambda: pair.members.count(),
        3,
    )


def dissolved(cast: Cast) -> Press:
    pair = pairing.make_pair(actor=cast.coach.user, group=cast.group, members=[cast.participant, cast.maatje])
    return Press(
        lambda: pairing.dissolve_pair(actor=cast.coach.user, pair=pair),
        lambda: pair.members.count(),
        0,
    )


def goal(cast: Cast) -> Press:
    made = learning_goals.add_learning_goal(actor=cast.participant.user, membership=cast.participant, text="Wachten")
    return Press(
        lambda: learning_goals.change_learning_goal(
            actor=cast.participant.user, goal=made, text="Drie tellen", version=made.version
        ),
        lambda: cast.participant.learning_goals.get().text,
        "Drie tellen",
    )


def leervraag(cast: Cast) -> Press:
    own = Leervraag.objects.create(meeting=cast.meeting, author=cast.participant, text="Hoe?")
    version = own.version_of_text
    return Press(
        lambda: asking.change_leervraag(
            actor=cast.participant.user, leervraag=own, text="Hoe begin ik?", situation="", version=version
        ),
        lambda: Leervraag.objects.get().text,
        "Hoe begin ik?",
    )


PRESSES: list[Callable[[Cast], Press]] = [
    facts,
    dates,
    topic_of_two_meetings,
    cancel,
    one_more,
    move,
    take_out,
    reopen,
    expert,
    expert_again,
    expert_says_yes,
    expert_revoked,
    start,
    end,
    attendance,
    onderdeel,
    evaluation,
    plan,
    share,
    withdraw,
    hand_over,
    erase,
    remark,
    feedback_sent,
    line_shared,
    papers,
    for_me,
    export,
    interviews_made,
    named_group,
    published,
    coach_invited,
    invited_again,
    accepted,
    removed,
    profile,
    pairs,
    third_of_a_pair,
    dissolved,
    goal,
    leervraag,
    *BEFORE,
    *AFTER,
    *SCREEN,
]


@pytest.fixture(params=PRESSES, ids=lambda press: press.__name__)
def press(request: pytest.FixtureRequest, coach: Membership, participant: Membership, meeting: Meeting) -> Press:
    maatje = make_member(meeting.group, "Yusuf Demir")
    made: Press = request.param(Cast(coach, participant, maatje, meeting))
    return made


def assert_made_once(press: Press) -> None:
    assert press.left() == press.once
    mails = Counter(OutgoingMail.objects.values_list("kind", "recipient"))
    assert [mail for mail, count in mails.items() if count > 1] == []
    assert press.mails <= {recipient for _kind, recipient in mails}
    events = Counter(AuditEvent.objects.values_list("action", "object_id"))
    assert [event for event, count in events.items() if count > 1] == []


@pytest.mark.django_db
def test_sent_twice_is_sent_once(press: Press) -> None:
    press.send()
    try:
        press.send()
    except ValidationError:
        assert press.may_be_refused

    assert_made_once(press)


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_are_one(press: Press) -> None:
    results = all_at_once(lambda _number: press.send())

    refused = [result for result in results if isinstance(result, Exception)]
    assert [repr(result) for result in refused if not isinstance(result, ValidationError)] == []
    assert len(refused) in ((0, PEOPLE - 1) if press.may_be_refused else (0,))
    assert_made_once(press)
