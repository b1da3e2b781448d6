"""How each service of meetings is called."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from meetings.services import (
    agenda_items,
    announcing,
    changing,
    checklist,
    day_leading,
    experts,
    planning,
    running,
    talk,
)

from ..scene import Scene

TEXTS = {"tops": "Rust!", "tips": "", "obstacles": "", "open_questions": ""}
CALLS: dict[str, Callable[[Scene], Any]] = {
    "meetings.agenda_items.add_item": lambda on: agenda_items.add_item(
        actor=on.coach.user, meeting=on.meeting, key=uuid4(), title="Foto", minutes=5, kind="other"
    ),
    "meetings.agenda_items.change_item": lambda on: agenda_items.change_item(
        actor=on.coach.user, item=on.item, version=on.item.version, title="Groepsfoto", minutes=5
    ),
    "meetings.agenda_items.move_item": lambda on: agenda_items.move_item(actor=on.coach.user, item=on.item, position=3),
    "meetings.agenda_items.remove_item": lambda on: agenda_items.remove_item(actor=on.coach.user, item=on.item),
    "meetings.agenda_items.reset_agenda": lambda on: agenda_items.reset_agenda(actor=on.coach.user, meeting=on.meeting),
    "meetings.agenda_items.number_anew": lambda on: agenda_items.number_anew(
        actor=on.coach.user, items=list(on.meeting.agenda.all())[::-1]
    ),
    "meetings.announcing.announce_facts": lambda on: announcing.announce_facts(
        actor=on.coach.user, meetings=[on.meeting], changed=["place"]
    ),
    "meetings.announcing.announce_to_new_member": lambda on: announcing.announce_to_new_member(
        membership=on.participant
    ),
    "meetings.announcing.announce_published": lambda on: announcing.announce_published(
        actor=on.coach.user, group=on.group
    ),
    "meetings.announcing.announce_cancelled": lambda on: announcing.announce_cancelled(
        actor=on.coach.user, meeting=on.meeting
    ),
    "meetings.announcing.announce_to_expert": lambda on: announcing.announce_to_expert(
        actor=on.coach.user, meeting=on.meeting, news=True
    ),
    "meetings.announcing.mail_day_leader": lambda on: announcing.mail_day_leader(
        actor=on.coach.user, meeting=on.meeting, membership=on.participant, leads=True
    ),
    "meetings.announcing.mail_expert_again": lambda on: announcing.mail_expert_again(
        actor=on.coach.user, invitation=on.expert
    ),
    "meetings.announcing.mail_expert_cancelled": lambda on: announcing.mail_expert_cancelled(
        actor=on.coach.user, invitation=on.expert
    ),
    "meetings.announcing.mail_expert_answered": lambda on: announcing.mail_expert_answered(
        actor=on.coach.user, invitation=on.expert
    ),
    "meetings.changing.change_meeting": lambda on: changing.change_meeting(
        actor=on.coach.user,
        meeting=on.meeting,
        starts_at=timezone.now() + timedelta(days=20),
        place="De Ark",
        topic="Prikkels",
        version=on.meeting.version,
    ),
    "meetings.changing.record_dates": lambda on: changing.record_dates(
        actor=on.coach.user,
        group=on.group,
        dates={on.meeting.pk: changing.Fixed(timezone.now() + timedelta(days=20), "De Ark")},
    ),
    "meetings.changing.cancel_meeting": lambda on: changing.cancel_meeting(actor=on.coach.user, meeting=on.meeting),
    "meetings.changing.reopen_meeting": lambda on: changing.reopen_meeting(actor=on.coach.user, meeting=on.meeting),
    "meetings.checklist.tick_line": lambda on: checklist.tick_line(
        actor=on.coach.user, meeting=on.meeting, key="room", done=True
    ),
    "meetings.day_leading.hand_over_day": lambda on: day_leading.hand_over_day(
        actor=on.coach.user, meeting=on.meeting, membership=on.participant
    ),
    "meetings.day_leading.take_day_back": lambda on: day_leading.take_day_back(actor=on.coach.user, meeting=on.meeting),
    "meetings.day_leading.forget_leader": lambda on: day_leading.forget_leader(membership=on.participant),
    "meetings.experts.topic_named": lambda on: experts.topic_named(
        actor=on.coach.user, group=on.group, title="Prikkels"
    ),
    "meetings.experts.invite_expert": lambda on: experts.invite_expert(
        actor=on.coach.user, meeting=on.meeting, name="Ria", email="ria@praktijk.example", topic="Prikkels"
    ),
    "meetings.experts.resend_invitation": lambda on: experts.resend_invitation(
        actor=on.coach.user, invitation=on.expert
    ),
    "meetings.experts.revoke_invitation": lambda on: experts.revoke_invitation(
        actor=on.coach.user, invitation=on.expert
    ),
    "meetings.experts.answer_invitation": lambda on: experts.answer_invitation(
        actor=on.coach.user, invitation=on.expert, answer="yes", remark="Leuk"
    ),
    "meetings.planning.plan_meetings": lambda on: planning.plan_meetings(
        actor=on.coach.user, group=on.group, introduction_at=None, network_count=2, dates=[None] * 3
    ),
    "meetings.running.start_meeting": lambda on: running.start_meeting(actor=on.coach.user, meeting=on.meeting),
    "meetings.running.go_to": lambda on: running.go_to(actor=on.coach.user, meeting=on.meeting, item=on.next_item),
    "meetings.running.stop_time": lambda on: running.stop_time(actor=on.coach.user, meeting=on.meeting),
    "meetings.running.resume_time": lambda on: running.resume_time(actor=on.coach.user, meeting=on.meeting),
    "meetings.running.set_extra_minutes": lambda on: running.set_extra_minutes(
        actor=on.coach.user, meeting=on.meeting, item=on.item, minutes=5
    ),
    "meetings.running.put_off": lambda on: running.put_off(actor=on.coach.user, meeting=on.meeting, item=on.item),
    "meetings.running.record_attendance": lambda on: running.record_attendance(
        actor=on.coach.user, meeting=on.meeting, statuses={on.participant.pk: "late"}
    ),
    "meetings.running.end_meeting": lambda on: running.end_meeting(actor=on.coach.user, meeting=on.meeting),
    "meetings.running.resume_ended": lambda on: running.resume_ended(actor=on.coach.user, meeting=on.meeting),
    "meetings.talk.become_scribe": lambda on: talk.become_scribe(
        actor=on.participant.user, meeting=on.meeting, membership=on.participant
    ),
    "meetings.talk.save_evaluation": lambda on: talk.save_evaluation(
        actor=on.participant.user, meeting=on.meeting, version=on.evaluation.version, **TEXTS
    ),
    "meetings.talk.add_improvement": lambda on: talk.add_improvement(
        actor=on.participant.user, meeting=on.meeting, text="Eerder beginnen"
    ),
    "meetings.talk.remove_improvement": lambda on: talk.remove_improvement(actor=on.participant.user, point=on.point),
    "meetings.talk.tick_improvement": lambda on: talk.tick_improvement(
        actor=on.coach.user, point=on.point, meeting=on.meeting, done=True
    ),
    "meetings.talk.add_agreement": lambda on: talk.add_agreement(
        actor=on.participant.user, meeting=on.meeting, text="Koffie", owner=on.maatje
    ),
    "meetings.talk.remove_agreement": lambda on: talk.remove_agreement(
        actor=on.participant.user, agreement=on.agreement
    ),
    "meetings.talk.tick_agreement": lambda on: talk.tick_agreement(
        actor=on.participant.user, agreement=on.agreement, done=True
    ),
}
