"""Every state that the rows of a traject can be in, each a change of all rows of a kind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from groups.models import Invitation, LearningGoal, Membership, NetworkGroup, User, WorkingAgreement
from leervragen.models import Leervraag, Meetlat, NotThisTime, StripGroup
from meetings.models import (
    AgendaItem,
    Agreement,
    Attendance,
    Evaluation,
    ExpertInvitation,
    ImprovementPoint,
    Inventory,
    Keepsake,
    Meeting,
    Wish,
)
from netwerkleren.base.models import OutgoingMail
from reports.models import (
    BehaviourGraph,
    Export,
    GraphMoment,
    GraphPoint,
    Interview,
    InterviewNote,
    Protocol,
    ValueStory,
)
from video_feedback.models import (
    Clip,
    ConsentStatement,
    Feedback,
    FilmCycle,
    ObserverNote,
    Remark,
    Talentmoment,
    Upload,
)

Change = Callable[[], Any]

FLOORS = ("groups", "meetings", "video_feedback", "leervragen", "reports")


def _all(model: type[Model], **fields: Any) -> Change:
    return lambda: model._base_manager.update(**fields)


def _no(model: type[Model]) -> Change:
    return lambda: model._base_manager.all().delete()


def _ago(**length: int) -> Any:
    return timezone.now() - timedelta(**length)


def _leave(role: str) -> None:
    Membership.objects.filter(role=role).update(left=timezone.now(), wished_maatje=None)


def _three_in_a_pair() -> None:
    pair = Membership.objects.exclude(pair=None).values("pair")[:1]
    Membership.objects.participants().update(pair=pair)


def _run(*, paused: bool = False, at_an_item: bool = True) -> None:
    """Every meeting is led, at its first onderdeel."""
    for meeting in Meeting.objects.all():
        item = meeting.agenda.first() if at_an_item else None
        meeting.state, meeting.started_at, meeting.current_item = Meeting.State.RUNNING, _ago(hours=1), item
        meeting.paused_at = _ago(minutes=1) if paused else None
        meeting.save()
        if item is not None:
            AgendaItem.objects.filter(pk=item.pk).update(started_at=_ago(hours=1))


def _run_without_agenda() -> None:
    AgendaItem.objects.all().delete()
    _run()


def _end(*, was_led: bool = True) -> None:
    Meeting.objects.update(state=Meeting.State.ENDED, ended_at=timezone.now(), starts_at=_ago(hours=2))
    if was_led:
        Meeting.objects.update(started_at=_ago(hours=2))
        AgendaItem.objects.update(started_at=_ago(hours=2), ended_at=_ago(hours=1))


def _only_kind(kind: str) -> None:
    """Of each group one meeting is left, of this kind."""
    Meeting.objects.exclude(position=1).delete()
    Meeting.objects.update(kind=kind)


def _clip(state: str) -> Change:
    return _all(Clip, state=state, audience=Clip.Audience.ALONE)


def _lose_bytes() -> None:
    for upload in Upload.objects.all():
        upload.path.unlink(missing_ok=True)


def _strips(state: str, outcome: str = Leervraag.Outcome.OPEN) -> None:
    Leervraag.objects.update(number=None, rank=None, strip_group=None, state=state, outcome=outcome)


Answer = ExpertInvitation.Answer
ALSO_ABOVE: dict[str, dict[str, Change]] = {
    "groups": {
        "as it was made": lambda: None,
        "a draft": _all(NetworkGroup, published_at=None),
        "closed": lambda: NetworkGroup.objects.update(closed_at=timezone.now()),
        "every deelnemer left": lambda: _leave(Membership.Role.PARTICIPANT),
        "the coach left": lambda: _leave(Membership.Role.COACH),
        "nobody has a school": _all(Membership, school=None),
        "nobody has a pair": _all(Membership, pair=None),
        "three in a pair": _three_in_a_pair,
        "every account is closed": _all(User, is_active=False),
        "an account without a name": _all(User, name=""),
    },
    "meetings": {
        "no date": _all(Meeting, starts_at=None),
        "the day has come": lambda: Meeting.objects.update(starts_at=_ago(hours=1)),
        "running": _run,
        "running, time stands still": lambda: _run(paused=True),
        "ended": _end,
        "ended on paper": lambda: _end(was_led=False),
        "cancelled": _all(Meeting, state=Meeting.State.CANCELLED),
        "an introductie": lambda: _only_kind(Meeting.Kind.INTRODUCTION),
        "an afsluiting": lambda: _only_kind(Meeting.Kind.CLOSING),
        "no other meeting": lambda: _only_kind(Meeting.Kind.NETWORK),
        "no topic": _all(Meeting, topic=None),
        "the expert is not asked any more": lambda: ExpertInvitation.objects.update(revoked_at=timezone.now()),
        "no expert": _no(ExpertInvitation),
    },
    "video_feedback": {
        **{f"the fragment is {state}": _clip(state) for state in Clip.State.values if state != Clip.State.READY},
        "the fragment is gone": lambda: (_no(Upload)(), _no(Clip)()),
        "not handed over": _all(Clip, handed_over_at=None),
        "only the maatje": _all(Clip, audience=Clip.Audience.MAATJE),
        "withdrawn": lambda: (
            ConsentStatement.objects.update(ended_at=timezone.now()),
            Clip.objects.update(audience=Clip.Audience.ALONE),
        ),
        "shared without a statement": _no(ConsentStatement),
    },
    "leervragen": {
        **{f"the strip is {state}": lambda state=state: _strips(state) for state in ("tray", "parked")},  # type: ignore[misc]
        "answered in the pitch": lambda: _strips("pitch", Leervraag.Outcome.ANSWERED),
        "let go": lambda: _strips("parked", Leervraag.Outcome.LET_GO),
        "moved on": lambda: _strips("tray", Leervraag.Outcome.MOVED),
        "the leervraag was taken back": lambda: _strips("tray", Leervraag.Outcome.WITHDRAWN),
        "the leervraag is held back": lambda: _strips("tray", Leervraag.Outcome.HELD_BACK),
        "the leervraag is gone": _no(Leervraag),
        "no group of strips": _no(StripGroup),
        "no meetlat": _no(Meetlat),
        "deze keer niet": lambda: NotThisTime.objects.bulk_create(
            NotThisTime(meeting=meeting, member=member)
            for meeting in Meeting.objects.all()
            for member in Membership.objects.filter(group=meeting.group_id)
        ),
    },
    "reports": {
        "no interviewer": _all(Interview, interviewer=None),
        "something is written": _all(InterviewNote, text="Ze telde tot drie."),
        "a part was skipped": _all(InterviewNote, skipped=True),
        "no note": _no(InterviewNote),
        "no interview": _no(Interview),
        "no protocol": _no(Protocol),
        **{f"the story is {decision}": _all(ValueStory, decision=decision) for decision in ValueStory.Decision.values},
        "the story is being changed": _all(ValueStory, decision=ValueStory.Decision.PDF, draft="Anders."),
        "no story": _no(ValueStory),
        "the line is shared": lambda: BehaviourGraph.objects.update(shared_at=timezone.now()),
        "nobody drew": lambda: (_no(GraphPoint)(), _no(BehaviourGraph)()),
        "the moment is hidden": _all(GraphMoment, hidden=True),
        "the moment is gone": _no(GraphMoment),
        **{f"the PDF is {state}": _all(Export, state=state) for state in Export.State.values},
        "no PDF": _no(Export),
    },
}


ITS_OWN: dict[str, dict[str, Change]] = {
    "groups": {
        "the invitation was accepted": lambda: Invitation.objects.update(accepted_at=timezone.now()),
        "the invitation was revoked": lambda: Invitation.objects.update(revoked_at=timezone.now()),
        "the invitation has ended": lambda: Invitation.objects.update(expires_at=_ago(days=1)),
        "the invitation is gone": _no(Invitation),
        "the inviter is gone": _all(Invitation, invited_by=None),
        "the leerdoel is gone": _no(LearningGoal),
        "the line of Zo werken wij is gone": _no(WorkingAgreement),
        "the mail was sent": _all(OutgoingMail, status=OutgoingMail.Status.SENT),
        "the mail is being sent": _all(OutgoingMail, status=OutgoingMail.Status.BUSY),
        "the mail is gone": _no(OutgoingMail),
    },
    "meetings": {
        "running at no onderdeel": lambda: _run(at_an_item=False),
        "running, no agenda": _run_without_agenda,
        "no agenda": _no(AgendaItem),
        "the expert comes": _all(ExpertInvitation, answer=Answer.YES),
        "the expert cannot": _all(ExpertInvitation, answer=Answer.NO),
        "no evaluation": _no(Evaluation),
        "nobody said to be there": _no(Attendance),
        "the verbeterpunt is gone": _no(ImprovementPoint),
        "the afspraak is gone": _no(Agreement),
        "the card is gone": _no(Keepsake),
        "the wish was agreed": lambda: Wish.objects.update(agreed_at=timezone.now()),
        "the theme is given": lambda: NetworkGroup.objects.update(theme_is_given=True),
        "nobody answered the Startvragen": _no(Inventory),
        "the wish is gone": _no(Wish),
    },
    "video_feedback": {
        "no recording": _no(Upload),
        "the bytes of the recording are gone": _lose_bytes,
        "the recording is late": lambda: Upload.objects.update(expires_at=_ago(days=1)),
        "feedback sent": lambda: Feedback.objects.update(sent_at=timezone.now()),
        "no remark": _no(Remark),
        "no feedback": _no(Feedback),
        "the talentmoment is gone": _no(Talentmoment),
        "the kijknotitie is gone": _no(ObserverNote),
        "the round is over": lambda: FilmCycle.objects.update(adjust_step="done", ended_at=timezone.now()),
        "the round is gone": _no(FilmCycle),
    },
}
"""States that no floor above decides on."""

KNOWN: dict[str, tuple[str, ...]] = {
    "groups": (),
    "meetings": ("groups",),
    "video_feedback": ("groups", "meetings"),
    "leervragen": ("groups", "meetings", "video_feedback"),
    "reports": ("groups", "meetings"),
}
"""Of each floor, whose rows its services decide on, besides its own."""
