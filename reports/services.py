"""What people do with interviews, stories, lines and the closing PDF. Each is one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup, User
from meetings.models import Meeting
from netwerkleren.base import audit, live
from netwerkleren.base.access import require
from netwerkleren.base.tasks import after_commit

from .models import BehaviourGraph, Export, GraphMoment, GraphPoint, Interview, InterviewNote, Protocol, ValueStory
from .moments import moments_of, write_moments
from .pairing import propose_pairs


class WrittenMeanwhile(Exception):
    """Someone else saved this text after the writer opened it; `current` is what stands there now."""

    def __init__(self, current: InterviewNote | ValueStory) -> None:
        super().__init__(str(current))
        self.current = current


# --- The interview ---


@transaction.atomic
def save_protocol(
    *, actor: User, group: NetworkGroup, parts: Sequence[str], part_a_before: bool, theme: str
) -> Protocol:
    protocol, _created = Protocol.objects.select_for_update().get_or_create(group=group)
    protocol.parts = list(parts)
    protocol.part_a_before = part_a_before
    protocol.theme = theme
    protocol.full_clean()
    protocol.save()
    return protocol


@transaction.atomic
def make_interviews(*, actor: User, group: NetworkGroup) -> int:
    """Proposes an interviewer for every deelnemer who has no interview yet. Answers how many were made."""
    NetworkGroup.objects.select_for_update().get(pk=group.pk)
    tellers = list(group.memberships.current().participants().with_people())
    have_one = set(Interview.objects.filter(group=group).values_list("teller", flat=True))
    proposed = propose_pairs(tellers) or dict.fromkeys(tellers)
    missing = [
        Interview(group=group, teller=teller, interviewer=interviewer)
        for teller, interviewer in proposed.items()
        if teller.pk not in have_one
    ]
    Interview.objects.bulk_create(missing)
    return len(missing)


@transaction.atomic
def change_interviewer(*, actor: User, interview: Interview, interviewer: Membership | None) -> None:
    """As long as nothing was written: what a teller told one member is not for the next (domain.md section 6)."""
    now = Interview.objects.select_for_update().get(pk=interview.pk)
    if now.interviewer == interviewer:
        return
    if any(note.is_written for note in now.notes.all()):
        raise ValidationError(
            _("Er is al iets opgeschreven, en dat is alleen voor deze twee. %(teller)s kan zelf verder schrijven.")
            % {"teller": interview.teller.user.first_name}
        )
    now.interviewer = interviewer
    now.full_clean()
    now.save(update_fields=["interviewer"])


@transaction.atomic
def save_note(
    *, actor: User, interview: Interview, part: str, text: str, activities: str, version: int
) -> InterviewNote:
    """Raises WrittenMeanwhile when the stored text is newer than `version` and says something else."""
    # Locked, so that nobody else becomes the interviewer while the first words are saved.
    require(actor, "reports.write_interview", Interview.objects.select_for_update().get(pk=interview.pk))
    note, _created = InterviewNote.objects.select_for_update().get_or_create(interview=interview, part=part)
    if (note.text, note.activities) == (text, activities):
        return note
    if note.version != version:
        raise WrittenMeanwhile(note)
    note.text, note.activities = text, activities
    note.version += 1
    note.saved_at = timezone.now()
    note.saved_by = _member(actor, interview.group)
    note.skipped = False
    note.full_clean()
    note.save()
    live.touch(live.topic_of("interview", interview))
    return note


@transaction.atomic
def start_part(*, actor: User, interview: Interview, part: str) -> InterviewNote:
    """Starts the clock of a part. A part that was started keeps its clock."""
    note, _created = InterviewNote.objects.select_for_update().get_or_create(interview=interview, part=part)
    if note.started_at is None:
        note.started_at = timezone.now()
        note.save(update_fields=["started_at"])
        live.touch(live.topic_of("interview", interview))
    return note


@transaction.atomic
def skip_part(*, actor: User, interview: Interview, part: str) -> None:
    """Marks a part as skipped; what was written in it stays."""
    note, _created = InterviewNote.objects.select_for_update().get_or_create(interview=interview, part=part)
    note.skipped = True
    note.save(update_fields=["skipped"])
    live.touch(live.topic_of("interview", interview))


# --- The story ---


@transaction.atomic
def save_story(*, actor: User, teller: Membership, text: str, decision: str, version: int) -> ValueStory:
    """What the teller decides. Raises WrittenMeanwhile when something else was saved after this page was opened."""
    story, _created = ValueStory.objects.select_for_update().get_or_create(teller=teller)
    if (story.text, story.decision, story.draft) == (text, decision, ""):
        return story
    if story.version != version:
        raise WrittenMeanwhile(story)
    before = story.text, story.decision
    story.text, story.decision, story.draft = text, decision, ""
    _save_story(story)
    if story.decision != before[1]:
        audit.record(actor, f"story.{decision}", story, group_id=teller.group_id)
    if before[1] == ValueStory.Decision.PDF and before != (text, decision):
        _withdraw_exports(teller.group)
    return story


@transaction.atomic
def keep_story_typed(*, actor: User, teller: Membership, text: str, version: int) -> ValueStory:
    """Saves what the teller typed so far, without deciding anything: what others read stays as it is.

    Raises WrittenMeanwhile when the teller saved another text elsewhere after opening this one.
    """
    story, _created = ValueStory.objects.select_for_update().get_or_create(teller=teller)
    if story.text_to_go_on_with == text:
        return story
    if story.version != version:
        raise WrittenMeanwhile(story)
    if story.is_shared:
        story.draft = "" if text == story.text else text
    else:
        story.text = text
    _save_story(story)
    return story


def _save_story(story: ValueStory) -> None:
    story.version += 1
    story.saved_at = timezone.now()
    story.full_clean()
    story.save()


# --- The line ---


@dataclass(frozen=True)
class Place:
    """Where a line goes at a moment: a height from 0 to 100, or None for "niet geweest", with a word on why."""

    value: int | None
    note: str = ""


@transaction.atomic
def save_line(*, actor: User, member: Membership, places: Mapping[UUID, Place]) -> BehaviourGraph:
    """Replaces the points of the member's line. Moments that are not in `places` are not drawn (yet)."""
    graph, _created = BehaviourGraph.objects.select_for_update().get_or_create(member=member)
    before = _drawn(graph)
    moments = {moment.pk: moment for moment in moments_of(member.group) if moment.pk in places}
    write_moments(list(moments.values()))
    # Held, so that none of them is removed before the points are written.
    there = set(GraphMoment.objects.select_for_update().filter(pk__in=moments).values_list("pk", flat=True))
    # Points at moments that the coach took out stay as they are, for when a moment comes back.
    graph.points.filter(moment__hidden=False).delete()
    points = [
        GraphPoint(graph=graph, moment=moment, value=places[pk].value, note=places[pk].note)
        for pk, moment in moments.items()
        if pk in there
    ]
    for point in points:
        point.full_clean(exclude=["graph", "moment"])
    GraphPoint.objects.bulk_create(points)
    graph.saved_at = timezone.now()
    graph.save(update_fields=["saved_at"])
    if graph.shared_at and _drawn(graph) != before:
        _withdraw_exports(member.group)
    return graph


def _drawn(graph: BehaviourGraph) -> set[tuple[UUID, int | None, str]]:
    return set(graph.points.filter(moment__hidden=False).values_list("moment", "value", "note"))


@transaction.atomic
def share_line(*, actor: User, graph: BehaviourGraph, shared: bool) -> None:
    if shared == (graph.shared_at is not None):
        return
    graph.shared_at = timezone.now() if shared else None
    graph.save(update_fields=["shared_at"])
    audit.record(actor, "line.shared" if shared else "line.withdrawn", graph, group_id=graph.member.group_id)
    if not shared:
        _withdraw_exports(graph.member.group)


@transaction.atomic
def add_moment(
    *, actor: User, group: NetworkGroup, key: UUID, kind: str, label: str, after: Meeting | None
) -> GraphMoment:
    """`key` is the form's: posted twice it makes one moment."""
    values = {"group": group, "kind": kind, "label": label, "after": after}
    # Made of the group's id too, so that no key is the id of a meeting, or of another group's moment.
    made_of = uuid5(group.pk, str(key))
    GraphMoment(pk=made_of, **values).full_clean(validate_unique=False)
    moment, _created = GraphMoment.objects.get_or_create(pk=made_of, defaults=values)
    return moment


@transaction.atomic
def remove_moment(*, actor: User, moment: GraphMoment) -> None:
    """Removes what the coach added, as long as nobody drew on it. The moment of a meeting can only be hidden."""
    locked = GraphMoment.objects.select_for_update().filter(pk=moment.pk, meeting=None).first()
    if locked and locked.points.exists():
        raise ValidationError(_("Iemand heeft dit moment al in de lijn. Haal het uit de grafiek, dan blijft het punt."))
    if locked:
        locked.delete()


@transaction.atomic
def show_moment(*, actor: User, moment: GraphMoment, shown: bool) -> None:
    """Takes a moment out of the lines, or puts it back with the points that it had."""
    write_moments([moment])
    GraphMoment.objects.filter(pk=moment.pk).update(hidden=not shown)


# --- The closing PDF ---


@transaction.atomic
def order_export(*, actor: User, group: NetworkGroup, quote: str, quoted: str, going_on: str) -> Export:
    """Has the closing PDF made by a worker. While one is being made, that one is the answer."""
    from .tasks import make_export

    NetworkGroup.objects.select_for_update().get(pk=group.pk)
    busy = Export.objects.filter(group=group).busy().first()
    if busy:
        return busy
    export = Export(group=group, made_by=actor, quote=quote, quoted=quoted, going_on=going_on)
    export.full_clean()
    export.save()
    audit.record(actor, "export.ordered", export, group_id=group.pk)
    after_commit(make_export, str(export.pk))
    return export


@transaction.atomic
def retry_export(*, actor: User, export: Export) -> None:
    from .tasks import make_export

    NetworkGroup.objects.select_for_update().get(pk=export.group_id)
    if Export.objects.filter(group=export.group_id).busy().exists():
        return
    failed = Export.objects.filter(pk=export.pk, state=Export.State.FAILED)
    if failed.update(state=Export.State.QUEUED, attempts=0, lease_until=None, error="", step=""):
        after_commit(make_export, str(export.pk))


def withdraw_member(member: Membership) -> None:
    """Who leaves can no longer take anything back: what they shared goes along. Runs in the caller's transaction."""
    has_story = ValueStory.objects.filter(teller=member).for_pdf().exists()
    if has_story or BehaviourGraph.objects.filter(member=member, shared_at__isnull=False).exists():
        _withdraw_exports(member.group)


def _withdraw_exports(group: NetworkGroup) -> None:
    """A text or a line that was taken back is gone from the PDFs too; the coach makes a new one.

    One that is being made begins anew: its worker may have read it already, and finds that the row is not its own now.
    """
    from .tasks import make_export, remove_file

    # Nobody orders one, and no worker takes one up, before this is committed.
    NetworkGroup.objects.select_for_update().get(pk=group.pk)
    exports = Export.objects.filter(group=group)
    # In this order: what gets ready in between is outdated after all.
    exports.busy().update(state=Export.State.QUEUED, attempts=0, lease_until=None, step="")
    exports.filter(state=Export.State.READY).update(state=Export.State.OUTDATED)
    for export in exports.busy():
        after_commit(make_export, str(export.pk))
    for export in exports.with_needless_file():
        after_commit(remove_file, str(export.pk))


def _member(actor: User, group: NetworkGroup) -> Membership | None:
    return Membership.objects.current().filter(user=actor, group=group).first()
