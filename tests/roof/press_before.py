"""The presses of what a group decides together before its meetings, and of who leads and who cannot come."""

from collections.abc import Callable
from datetime import date, time
from uuid import uuid4

from groups.models import LearningGoal, Membership
from groups.services import coaching
from meetings.models import (
    AgendaTemplate,
    Agreement,
    Attendance,
    DeadlineRule,
    FreeWeek,
    Inventory,
    InventoryOpening,
    Meeting,
    Wish,
    WishBacker,
)
from meetings.services import (
    absences,
    agenda_items,
    agenda_templates,
    day_leading,
    inventories,
    rhythms,
    wishes,
)
from netwerkleren.base.models import AuditEvent
from tests.factories import make_agenda_item, make_meeting

from .press import Cast, Press


def _answers(cast: Cast) -> Inventory:
    return Inventory.objects.create(member=cast.participant, goal="Wachten", topics="Rust\nPrikkels")


def _wish(cast: Cast, text: str = "Rust") -> Wish:
    return wishes.add_wish(
        actor=cast.participant.user, group=cast.group, kind=Wish.Kind.TOPIC, text=text, member=cast.participant
    )


def startvragen(cast: Cast) -> Press:
    version = Inventory(member=cast.participant).version
    return Press(
        lambda: inventories.save_answers(
            actor=cast.participant.user, member=cast.participant, version=version, struggle="De overgangen"
        ),
        lambda: list(Inventory.objects.values_list("struggle", flat=True)),
        ["De overgangen"],
    )


def half_opened(cast: Cast) -> Press:
    return Press(
        lambda: inventories.open_half(actor=cast.coach.user, group=cast.group, half="film"),
        lambda: InventoryOpening.objects.filter(group=cast.group).count(),
        1,
    )


def goal_of_an_answer(cast: Cast) -> Press:
    answers = _answers(cast)
    return Press(
        lambda: inventories.make_goal(actor=cast.participant.user, inventory=answers),
        lambda: list(LearningGoal.objects.values_list("text", flat=True)),
        ["Wachten"],
    )


def wishes_of_an_answer(cast: Cast) -> Press:
    answers = _answers(cast)
    return Press(
        lambda: inventories.make_wishes(
            actor=cast.participant.user, inventory=answers, question="topics", with_name=True
        ),
        lambda: (sorted(Wish.objects.values_list("text", flat=True)), WishBacker.objects.count()),
        (["Prikkels", "Rust"], 2),
    )


def arranged(cast: Cast) -> Press:
    make_meeting(cast.group, Meeting.Kind.INTRODUCTION, starts_at=None)
    return Press(
        lambda: inventories.arrange(actor=cast.coach.user, group=cast.group, question="camera", owner=cast.participant),
        lambda: Agreement.objects.count(),
        1,
    )


def wish(cast: Cast) -> Press:
    return Press(
        lambda: _wish(cast),
        lambda: (Wish.objects.count(), WishBacker.objects.count()),
        (1, 1),
    )


def wish_of_another(cast: Cast) -> Press:
    made = _wish(cast)
    return Press(
        lambda: wishes.back_wish(actor=cast.maatje.user, wish=made, member=cast.maatje, wanted=True),
        lambda: WishBacker.objects.count(),
        2,
    )


def wishes_merged(cast: Cast) -> Press:
    one, other = _wish(cast), _wish(cast, "Stilte")
    return Press(
        lambda: wishes.merge_wish(actor=cast.coach.user, wish=one, into=other),
        lambda: [row.text for row in other.merged.all()],
        ["Rust"],
    )


def wish_agreed(cast: Cast) -> Press:
    made = _wish(cast)
    return Press(
        lambda: wishes.agree_wish(actor=cast.coach.user, wish=made, agreed=True),
        lambda: list(cast.group.topics.filter(title="Rust").values_list("title", flat=True)),
        ["Rust"],
    )


def deadline_rule(cast: Cast) -> Press:
    return Press(
        lambda: rhythms.change_rule(
            actor=cast.coach.user, group=cast.group, leervraag_days=8, clip_days=6, feedback_days=3, clock=time(18)
        ),
        lambda: list(DeadlineRule.objects.values_list("leervraag_days", flat=True)),
        [8],
    )


def free_week(cast: Cast) -> Press:
    key = uuid4()
    return Press(
        lambda: rhythms.add_free_week(
            actor=cast.coach.user,
            group=cast.group,
            key=key,
            name="kerst",
            first_day=date(2026, 12, 19),
            last_day=date(2027, 1, 3),
        ),
        lambda: FreeWeek.objects.count(),
        1,
    )


def free_week_removed(cast: Cast) -> Press:
    week = FreeWeek.objects.create(
        group=cast.group, name="kerst", first_day=date(2026, 12, 19), last_day=date(2027, 1, 3)
    )
    return Press(
        lambda: rhythms.remove_free_week(actor=cast.coach.user, week=week),
        lambda: FreeWeek.objects.count(),
        0,
    )


def template_kept(cast: Cast) -> Press:
    make_agenda_item(cast.meeting)
    key = uuid4()
    return Press(
        lambda: agenda_templates.save_template(actor=cast.coach.user, meeting=cast.meeting, key=key, name="Kort"),
        lambda: list(AgendaTemplate.objects.values_list("name", flat=True)),
        ["Kort"],
    )


def _template(cast: Cast) -> AgendaTemplate:
    items = [{"kind": "break", "title": "Pauze", "minutes": 10, "means": "", "purpose": ""}]
    return AgendaTemplate.objects.create(owner=cast.coach.user, kind=cast.meeting.kind, name="Kort", items=items)


def template_used(cast: Cast) -> Press:
    template = _template(cast)
    return Press(
        lambda: agenda_templates.use_template(actor=cast.coach.user, meeting=cast.meeting, template=template),
        lambda: (list(cast.meeting.agenda.values_list("title", flat=True)), cast.meeting.agenda_changes.count()),
        (["Pauze"], 1),
    )


def template_removed(cast: Cast) -> Press:
    template = _template(cast)
    return Press(
        lambda: agenda_templates.remove_template(actor=cast.coach.user, template=template),
        lambda: AgendaTemplate.objects.count(),
        0,
    )


def agenda_copied(cast: Cast) -> Press:
    source = make_meeting(cast.group, position=2)
    agenda_items.reset_agenda(actor=cast.coach.user, meeting=source)
    return Press(
        lambda: agenda_templates.copy_agenda(actor=cast.coach.user, meeting=cast.meeting, source=source),
        lambda: (cast.meeting.agenda.count(), cast.meeting.agenda_changes.count()),
        (source.agenda.count(), 1),
    )


def day_handed_over(cast: Cast) -> Press:
    return Press(
        lambda: day_leading.hand_over_day(
            actor=cast.coach.user, meeting=cast.meeting, membership=cast.participant, seen=""
        ),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).day_leader_id,
        cast.participant.pk,
        {cast.participant.user.email},
    )


def day_taken_back(cast: Cast) -> Press:
    Meeting.objects.filter(pk=cast.meeting.pk).update(day_leader=cast.participant)
    return Press(
        lambda: day_leading.take_day_back(actor=cast.coach.user, meeting=cast.meeting, seen=str(cast.participant.pk)),
        lambda: Meeting.objects.get(pk=cast.meeting.pk).day_leader_id,
        None,
        {cast.participant.user.email},
    )


def made_coach(cast: Cast) -> Press:
    return Press(
        lambda: coaching.make_coach(actor=cast.coach.user, membership=cast.maatje),
        lambda: Membership.objects.get(pk=cast.maatje.pk).role,
        "coach",
        {cast.maatje.user.email},
    )


def stepped_back(cast: Cast) -> Press:
    coaching.make_coach(actor=cast.coach.user, membership=cast.maatje)
    AuditEvent.objects.all().delete()
    return Press(
        lambda: coaching.step_back(actor=cast.coach.user, membership=cast.coach, leave=False),
        lambda: Membership.objects.get(pk=cast.coach.pk).role,
        "participant",
        {cast.maatje.user.email},
    )


def absent(cast: Cast) -> Press:
    return Press(
        lambda: absences.set_absent(
            actor=cast.participant.user, meeting=cast.meeting, membership=cast.participant, absent=True
        ),
        lambda: Attendance.objects.of(cast.meeting).statuses,
        {cast.participant.pk: "absent"},
        {cast.coach.user.email},
    )


BEFORE: list[Callable[[Cast], Press]] = [
    startvragen,
    half_opened,
    goal_of_an_answer,
    wishes_of_an_answer,
    arranged,
    wish,
    wish_of_another,
    wishes_merged,
    wish_agreed,
    deadline_rule,
    free_week,
    free_week_removed,
    template_kept,
    template_used,
    template_removed,
    agenda_copied,
    day_handed_over,
    day_taken_back,
    made_coach,
    stepped_back,
    absent,
]
