"""How each service of meetings is called."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from meetings.models import (
    HANDOUTS,
    AgendaItem,
    AgendaTemplate,
    Display,
    Door,
    FreeWeek,
    Handout,
    Knock,
    LeadingNote,
    Meeting,
    TeamSharing,
)
from meetings.services import (
    absences,
    agenda_changes,
    agenda_items,
    agenda_templates,
    agenda_undo,
    announcing,
    changing,
    checklist,
    day_leading,
    displays,
    doors,
    experts,
    feeds,
    handouts,
    icebreakers,
    inventories,
    keepsakes,
    leading_notes,
    ordering,
    paper,
    placing,
    planning,
    reminders,
    rhythms,
    running,
    sharing,
    slides,
    talk,
    thanking,
    warming_up,
    wishes,
)
from netwerkleren.base.access import NOBODY

from ..scene import Scene

TEXTS = {"tops": "Rust!", "tips": "", "obstacles": ""}


def _undo(on: Scene) -> None:
    agenda_items.remove_item(actor=on.coach.user, item=on.item)
    change = on.meeting.agenda_changes.latest("pk")
    agenda_undo.undo_change(actor=on.coach.user, meeting=on.meeting, change=change.pk)


def _template(on: Scene) -> AgendaTemplate:
    items = [{"kind": "break", "title": "Pauze", "minutes": 10, "means": "", "purpose": ""}]
    return AgendaTemplate.objects.create(owner=on.coach.user, kind=on.meeting.kind, name="Kort", items=items)


def _waiting_display() -> Display:
    display, _secret = displays.add_display(actor=NOBODY)
    return display


def _display(on: Scene) -> Display:
    taken: dict[str, Any] = {"meeting": on.meeting, "taken_by": on.coach, "taken_at": timezone.now()}
    Display.objects.filter(pk=_waiting_display().pk).update(**taken)
    return Display.objects.select_related("meeting").latest("taken_at")


def _door(on: Scene) -> Door:
    return Door.objects.create(meeting=on.meeting, nonce="open", opened_at=timezone.now())


def _knock(on: Scene) -> Knock:
    return Knock.objects.create(door=_door(on), number=1, name="Anna de Vries", email=on.invitation.email)


def _let_in(on: Scene) -> Knock:
    knock = _knock(on)
    return doors.let_in(actor=on.coach.user, knock=knock, version=knock.version)


def _handout(on: Scene) -> Handout:
    return Handout.objects.create(meeting=on.meeting, title="Sheets", kind="link", link="https://a.example/")


def _other(on: Scene) -> UUID:
    """A meeting beside the one of the scene; in some states there is none."""
    other = Meeting.objects.in_row(on.group).exclude(pk=on.meeting.pk).first()
    return other.pk if other else on.meeting.pk


CALLS: dict[str, Callable[[Scene], Any]] = {
    "meetings.absences.set_absent": lambda on: absences.set_absent(
        actor=on.participant.user, meeting=on.meeting, membership=on.participant, absent=True
    ),
    "meetings.agenda_items.add_item": lambda on: agenda_items.add_item(
        actor=on.coach.user, meeting=on.meeting, key=uuid4(), title="Foto", minutes=5, kind="other"
    ),
    "meetings.agenda_items.change_item": lambda on: agenda_items.change_item(
        actor=on.coach.user, item=on.item, version=on.item.version, title="Groepsfoto", minutes=5
    ),
    "meetings.agenda_items.move_item": lambda on: agenda_items.move_item(actor=on.coach.user, item=on.item, position=3),
    "meetings.agenda_items.remove_item": lambda on: agenda_items.remove_item(actor=on.coach.user, item=on.item),
    "meetings.agenda_items.retime_items": lambda on: agenda_items.retime_items(
        actor=on.coach.user, meeting=on.meeting, typed={on.item.pk: agenda_items.Typed(35, on.item.version)}
    ),
    "meetings.agenda_items.restore_part": lambda on: agenda_items.restore_part(
        actor=on.coach.user, meeting=on.meeting, kind="closing"
    ),
    "meetings.agenda_items.replace_agenda": lambda on: agenda_items.replace_agenda(
        actor=on.coach.user, meeting=on.meeting, items=[AgendaItem(kind="break", title="Pauze", minutes=10)]
    ),
    "meetings.agenda_changes.record_change": lambda on: agenda_changes.record_change(
        actor=on.coach.user, meeting=on.meeting, kind="moved", item=on.item, value="2"
    ),
    "meetings.agenda_undo.undo_change": _undo,
    "meetings.agenda_templates.save_template": lambda on: agenda_templates.save_template(
        actor=on.coach.user, meeting=on.meeting, key=uuid4(), name="Met wandeling"
    ),
    "meetings.agenda_templates.use_template": lambda on: agenda_templates.use_template(
        actor=on.coach.user, meeting=on.meeting, template=_template(on)
    ),
    "meetings.agenda_templates.remove_template": lambda on: agenda_templates.remove_template(
        actor=on.coach.user, template=_template(on)
    ),
    "meetings.agenda_templates.copy_agenda": lambda on: agenda_templates.copy_agenda(
        actor=on.coach.user, meeting=on.meeting, source=on.meeting
    ),
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
    "meetings.displays.add_display": lambda on: displays.add_display(actor=NOBODY, instead_of=_display(on)),
    "meetings.displays.renew_code": lambda on: displays.renew_code(actor=NOBODY, display=_waiting_display()),
    "meetings.displays.take_on": lambda on: displays.take_on(
        actor=on.coach.user, meeting=on.meeting, code=_waiting_display().code
    ),
    "meetings.displays.let_go": lambda on: displays.let_go(actor=on.coach.user, display=_display(on)),
    "meetings.displays.end_displays": lambda on: displays.end_displays(meeting=on.meeting),
    "meetings.displays.erase_old_displays": lambda on: displays.erase_old_displays(),
    "meetings.doors.open_door": lambda on: doors.open_door(actor=on.coach.user, meeting=on.meeting),
    "meetings.doors.shut_door": lambda on: doors.shut_door(actor=on.coach.user, meeting=_door(on).meeting),
    "meetings.doors.take_away_door": lambda on: doors.take_away_door(meeting=_door(on).meeting),
    "meetings.doors.erase_old_doors": lambda on: doors.erase_old_doors(),
    "meetings.doors.add_knock": lambda on: doors.add_knock(
        actor=on.invited, door=_door(on), key=uuid4(), name="Anna de Vries", email="anna@school.example"
    ),
    "meetings.doors.let_in": _let_in,
    "meetings.doors.turn_away": lambda on: doors.turn_away(actor=on.coach.user, knock=_knock(on)),
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
    "meetings.announcing.announce_change": lambda on: announcing.announce_change(
        actor=on.coach.user, meeting=on.meeting, before={**on.meeting.facts(), "place": "Elders"}
    ),
    "meetings.announcing.announce_removed": lambda on: announcing.announce_removed(
        actor=on.coach.user, meeting=on.meeting
    ),
    "meetings.feeds.renew_feed": lambda on: feeds.renew_feed(actor=on.participant.user),
    "meetings.feeds.end_feed": lambda on: feeds.end_feed(actor=on.participant.user),
    "meetings.ordering.put_in_order": lambda on: ordering.put_in_order(
        actor=on.coach.user, traject=list(Meeting.objects.in_row(on.group))
    ),
    "meetings.placing.add_meeting": lambda on: placing.add_meeting(
        actor=on.coach.user, group=on.group, key=uuid4(), after=on.meeting.pk
    ),
    "meetings.placing.move_meeting": lambda on: placing.move_meeting(
        actor=on.coach.user, meeting=on.meeting, after=_other(on), starts_at=timezone.now() + timedelta(days=20)
    ),
    "meetings.placing.remove_meeting": lambda on: placing.remove_meeting(
        actor=on.coach.user, meeting=on.meeting, to_next=False
    ),
    "meetings.planning.plan_meetings": lambda on: planning.plan_meetings(
        actor=on.coach.user, group=on.group, introduction_at=None, network_count=2, dates=[None] * 3
    ),
    "meetings.announcing.announce_rule": lambda on: announcing.announce_rule(
        actor=on.coach.user, group=on.group, meetings=[on.meeting], changed=["clip_deadline"]
    ),
    "meetings.reminders.remind_now": lambda on: reminders.remind_now(
        actor=on.coach.user, meeting=on.meeting, field="clip_deadline"
    ),
    "meetings.reminders.send_due_reminders": lambda _on: reminders.send_due_reminders(),
    "meetings.rhythms.change_rule": lambda on: rhythms.change_rule(
        actor=on.coach.user, group=on.group, leervraag_days=7, clip_days=5, feedback_days=2, clock=time(18)
    ),
    "meetings.rhythms.add_free_week": lambda on: rhythms.add_free_week(
        actor=on.coach.user,
        group=on.group,
        key=uuid4(),
        name="kerstvakantie",
        first_day=date(2026, 12, 19),
        last_day=date(2027, 1, 3),
    ),
    "meetings.rhythms.remove_free_week": lambda on: rhythms.remove_free_week(
        actor=on.coach.user,
        week=FreeWeek.objects.create(group=on.group, name="mei", first_day=date(2027, 5, 1), last_day=date(2027, 5, 9)),
    ),
    "meetings.running.take_start_back": lambda on: running.take_start_back(actor=on.coach.user, meeting=on.meeting),
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
    "meetings.leading_notes.jot_down": lambda on: leading_notes.jot_down(
        actor=on.coach.user, key=uuid4(), meeting=on.meeting, writer=on.coach, text="Rustiger beginnen"
    ),
    "meetings.leading_notes.remove_note": lambda on: leading_notes.remove_note(
        actor=on.coach.user, note=LeadingNote.objects.create(meeting=on.meeting, writer=on.coach, text="Rust")
    ),
    "meetings.running.end_meeting": lambda on: running.end_meeting(actor=on.coach.user, meeting=on.meeting),
    "meetings.running.resume_ended": lambda on: running.resume_ended(actor=on.coach.user, meeting=on.meeting),
    "meetings.handouts.add_handout": lambda on: handouts.add_handout(
        actor=on.coach.user, key=uuid4(), meeting=on.meeting, title="Sheets", link="https://a.example/"
    ),
    "meetings.handouts.remove_handout": lambda on: handouts.remove_handout(actor=on.coach.user, handout=_handout(on)),
    "meetings.handouts.erase_loose_files": lambda _on: handouts.erase_loose_files(),
    "meetings.handouts.erase_files_without_row": lambda _on: handouts.erase_files_without_row(
        folder=HANDOUTS, model=Handout
    ),
    "meetings.paper.end_on_paper": lambda on: paper.end_on_paper(actor=on.coach.user, meeting=on.meeting),
    "meetings.paper.record_presence": lambda on: paper.record_presence(
        actor=on.coach.user, meeting=on.meeting, there=[on.participant.pk]
    ),
    "meetings.paper.note_filled_in": lambda on: paper.note_filled_in(
        actor=on.coach.user, meeting=on.meeting, key=uuid4()
    ),
    "meetings.paper.hang_photo": lambda on: paper.hang_photo(
        actor=on.coach.user, meeting=on.meeting, photo=ContentFile(b"WEBP", name="meetlat.webp")
    ),
    "meetings.paper.take_photo_down": lambda on: paper.take_photo_down(actor=on.coach.user, meeting=on.meeting),
    "meetings.sharing.save_text": lambda on: sharing.save_text(
        actor=on.participant.user,
        member=on.participant,
        meeting=on.meeting,
        page="Rust",
        sentences="",
        version="1",
        proposed="1",
    ),
    "meetings.sharing.add_sharing": lambda on: sharing.add_sharing(
        actor=on.participant.user,
        key=uuid4(),
        member=on.participant,
        meeting=on.meeting,
        form="talk",
        words="",
        shared_on=timezone.localdate(),
    ),
    "meetings.sharing.remove_sharing": lambda on: sharing.remove_sharing(
        actor=on.participant.user,
        sharing=TeamSharing.objects.create(
            meeting=on.meeting, member=on.participant, form="talk", shared_on=timezone.localdate()
        ),
    ),
    "meetings.thanking.thank_expert": lambda on: thanking.thank_expert(
        actor=on.coach.user, invitation=on.expert, text="Dank je wel!"
    ),
    "meetings.inventories.save_answers": lambda on: inventories.save_answers(
        actor=on.participant.user, member=on.participant, version=on.inventory.version, goal="Wachten"
    ),
    "meetings.inventories.open_half": lambda on: inventories.open_half(
        actor=on.coach.user, group=on.group, half="film"
    ),
    "meetings.inventories.make_goal": lambda on: inventories.make_goal(
        actor=on.participant.user, inventory=on.inventory
    ),
    "meetings.inventories.make_wishes": lambda on: inventories.make_wishes(
        actor=on.participant.user, inventory=on.inventory, question="topics", with_name=True
    ),
    "meetings.inventories.arrange": lambda on: inventories.arrange(
        actor=on.coach.user, group=on.group, question="camera", owner=on.participant
    ),
    "meetings.wishes.add_wish": lambda on: wishes.add_wish(
        actor=on.participant.user, group=on.group, kind="topic", text="Prikkels", member=on.participant
    ),
    "meetings.wishes.back_wish": lambda on: wishes.back_wish(
        actor=on.maatje.user, wish=on.wish, member=on.maatje, wanted=False
    ),
    "meetings.wishes.merge_wish": lambda on: wishes.merge_wish(actor=on.coach.user, wish=on.wish, into=on.other_wish),
    "meetings.wishes.agree_wish": lambda on: wishes.agree_wish(actor=on.coach.user, wish=on.wish, agreed=True),
    "meetings.talk.become_scribe": lambda on: talk.become_scribe(
        actor=on.participant.user, meeting=on.meeting, membership=on.participant
    ),
    "meetings.talk.save_evaluation": lambda on: talk.save_evaluation(
        actor=on.participant.user, meeting=on.meeting, version=on.evaluation.version_of(TEXTS), **TEXTS
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
    "meetings.talk.write_film_task": lambda on: talk.write_film_task(
        actor=on.coach.user, meeting=on.meeting, film_task="Wachten", version=on.meeting.version_of_film_task
    ),
    "meetings.icebreakers.write_icebreaker": lambda on: icebreakers.write_icebreaker(
        actor=on.coach.user, meeting=on.meeting, icebreaker="Hoi", version=on.meeting.version_of_icebreaker
    ),
    "meetings.slides.show_slide": lambda on: slides.show_slide(actor=on.coach.user, meeting=on.meeting, number=2),
    "meetings.slides.take_slides_off": lambda on: slides.take_slides_off(actor=on.coach.user, meeting=on.meeting),
    "meetings.talk.remove_agreement": lambda on: talk.remove_agreement(
        actor=on.participant.user, agreement=on.agreement
    ),
    "meetings.talk.tick_agreement": lambda on: talk.tick_agreement(
        actor=on.participant.user, agreement=on.agreement, done=True
    ),
    "meetings.warming_up.ask_first": lambda on: warming_up.ask_first(
        actor=on.coach.user, meeting=on.meeting, asked=True
    ),
    "meetings.warming_up.save_warm_up": lambda on: warming_up.save_warm_up(
        actor=on.participant.user, meeting=on.meeting, member=on.participant, went_well="Rust", otherwise="", version=""
    ),
    "meetings.keepsakes.deal_keepsakes": lambda on: keepsakes.deal_keepsakes(
        actor=on.participant.user, meeting=on.meeting
    ),
    "meetings.keepsakes.take_keepsakes_back": lambda on: keepsakes.take_keepsakes_back(
        actor=on.participant.user, meeting=on.meeting
    ),
    "meetings.keepsakes.give_keepsake": lambda on: keepsakes.give_keepsake(
        actor=on.participant.user, keepsake=on.keepsake, text="Jouw rust.", version=on.keepsake.version
    ),
    "meetings.keepsakes.join_ring": lambda on: keepsakes.join_ring(membership=on.colleague),
    "meetings.keepsakes.leave_ring": lambda on: keepsakes.leave_ring(membership=on.maatje),
    "meetings.talk.answer_agreement": lambda on: talk.answer_agreement(
        actor=on.participant.user, agreement=on.agreement, reply="dropped"
    ),
}
