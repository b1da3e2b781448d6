"""A traject in which every row is there."""

from copy import copy
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from groups.models import Invitation, LearningGoal, Membership, NetworkGroup, Pair, User, WorkingAgreement
from leervragen.models import Leervraag, Meetlat, StripGroup
from meetings.models import (
    AgendaItem,
    Agreement,
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
    Edition,
    Export,
    GraphMoment,
    GraphPoint,
    Interview,
    InterviewNote,
    ValueStory,
)
from tests.factories import (
    make_agenda_item,
    make_expert_invitation,
    make_group,
    make_lost_mail,
    make_meeting,
    make_member,
    make_topic,
    make_user,
)
from tests.video_feedback.factories import make_clip
from video_feedback.models import Clip, Feedback, FilmCycle, ObserverNote, Remark, Talentmoment, Upload
from video_feedback.services import consent, recordings

FILM = b"\x00\x00\x00\x18ftypmp42"


@dataclass(frozen=True)
class Scene:
    """The rows as whoever pressed read them. Marijke (`participant`) owns, tells and asks; Yusuf is the maatje."""

    group: NetworkGroup
    coach: Membership
    participant: Membership
    maatje: Membership
    colleague: Membership
    pair: Pair
    invited: User
    invitation: Invitation
    goal: LearningGoal
    agreement_on_work: WorkingAgreement
    mail: OutgoingMail
    meeting: Meeting
    item: AgendaItem
    next_item: AgendaItem
    expert: ExpertInvitation
    evaluation: Evaluation
    point: ImprovementPoint
    agreement: Agreement
    keepsake: Keepsake
    inventory: Inventory
    wish: Wish
    other_wish: Wish
    clip: Clip
    coming: Clip
    upload: Upload
    draft: Feedback
    remark: Remark
    talentmoment: Talentmoment
    observer_note: ObserverNote
    cycle: FilmCycle
    strip: Leervraag
    beside: Leervraag
    strip_group: StripGroup
    interview: Interview
    note: InterviewNote
    story: ValueStory
    line: BehaviourGraph
    moment: GraphMoment
    export: Export
    edition: Edition

    def as_it_is_now(self) -> "Scene":
        """The same rows, read anew; what is gone, as it was read before."""
        rows: dict[str, Any] = {one.name: _anew(getattr(self, one.name)) for one in fields(self)}
        return replace(self, **rows)


def _anew(row: Model) -> Model:
    return type(row)._base_manager.filter(pk=row.pk).first() or copy(row)


def make_scene() -> Scene:
    group = make_group()
    coach, colleague = make_member(group, coach=True), make_member(group, "Anouk Bosma")
    pair = Pair.objects.create(group=group)
    participant, maatje = (make_member(group, name, pair=pair) for name in ("Marijke Hoekstra", "Yusuf Demir"))
    meeting = make_meeting(group, topic=make_topic(group), position=1)
    make_meeting(group, position=2, starts_at=timezone.now() + timedelta(days=30))
    items = [make_agenda_item(meeting, minutes=minutes) for minutes in (10, 20, 30, 40)]
    invited = make_user("Anna de Vries")
    clip = make_clip(participant)
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    coming = make_clip(participant, state=Clip.State.UPLOADING)
    draft = Feedback.objects.create(clip=clip, giver=maatje)
    meetlat, strips = Meetlat.objects.create(meeting=meeting), Leervraag.objects
    strip_group = StripGroup.objects.create(meetlat=meetlat)
    laid: dict[str, Any] = {"meeting": meeting, "state": Leervraag.State.LAID, "number": 3, "strip_group": strip_group}
    interview = Interview.objects.create(group=group, teller=participant, interviewer=maatje)
    moment = GraphMoment.objects.create(group=group, kind=GraphMoment.Kind.COACHING, after=meeting)
    line = BehaviourGraph.objects.create(member=participant)
    GraphPoint.objects.create(graph=line, moment=moment, value=40)
    return Scene(
        group=group,
        coach=coach,
        participant=participant,
        maatje=maatje,
        colleague=colleague,
        pair=pair,
        invited=invited,
        invitation=Invitation.objects.create(group=group, email=invited.email, invited_by=coach.user),
        goal=LearningGoal.objects.create(membership=participant, text="Langer wachten"),
        agreement_on_work=WorkingAgreement.objects.create(group=group, text="Op tijd"),
        mail=make_lost_mail(group),
        meeting=meeting,
        item=items[0],
        next_item=items[1],
        expert=make_expert_invitation(meeting, invited_by=coach.user),
        evaluation=Evaluation.objects.create(meeting=meeting, tops="Rust"),
        point=ImprovementPoint.objects.create(meeting=meeting, text="Pitch korter"),
        agreement=Agreement.objects.create(meeting=meeting, text="Beamer testen", owner=participant),
        keepsake=Keepsake.objects.create(meeting=meeting, giver=participant, receiver=maatje),
        inventory=Inventory.objects.create(member=participant, goal="Rust", topics="Stilte"),
        wish=Wish.objects.create(group=group, kind="topic", text="Rust"),
        other_wish=Wish.objects.create(group=group, kind="topic", text="Stilte"),
        clip=clip,
        coming=coming,
        upload=recordings.begin_upload(actor=participant.user, clip=coming, length=len(FILM)),
        draft=draft,
        remark=Remark.objects.create(feedback=draft, kind="top", start_ms=1000, text="Mooi"),
        talentmoment=Talentmoment.objects.create(author=participant, text="Ze telde hardop.", meeting=meeting),
        observer_note=ObserverNote.objects.create(observer=participant, observed=maatje, seen_at=timezone.now()),
        cycle=FilmCycle.objects.create(owner=participant, pair=pair, at=timezone.now()),
        strip=strips.create(author=participant, text="Hoe help ik?", rank=0, **laid),
        beside=strips.create(author=maatje, text="Wat vertel ik?", rank=1, **laid),
        strip_group=strip_group,
        interview=interview,
        note=InterviewNote.objects.create(interview=interview, part="A"),
        story=ValueStory.objects.create(teller=participant, text="Ik wachtte langer."),
        line=line,
        moment=moment,
        export=Export.objects.create(group=group, made_by=coach.user, state=Export.State.READY),
        edition=Edition.objects.create(group=group, member=participant, kind="own", state=Edition.State.FAILED),
    )
