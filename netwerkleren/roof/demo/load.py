"""A believable traject in mid-course: two meetings held, the next on a Wednesday, seven members of three schools."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from groups.models import FIRST_STEPS, LearningGoal, Membership, NetworkGroup, Pair, School, User, WorkingAgreement
from leervragen.models import Leervraag, Meetlat
from meetings.models import (
    AgendaItem,
    Agreement,
    Attendance,
    Evaluation,
    Expert,
    ExpertInvitation,
    ImprovementPoint,
    Inventory,
    Meeting,
    Topic,
)
from meetings.services import planning, wishes
from reports.lines.moments import moments_of, write_moments
from reports.models import BehaviourGraph, GraphPoint, ValueStory
from video_feedback import conversion, media
from video_feedback.models import Clip, ConsentStatement, Feedback, PracticeTop, Remark, Talentmoment
from video_feedback.services import consent

from . import texts
from .accounts import COACH, EVERYONE, MEMBERS, PASSWORD, DemoPerson
from .footage import make_film

START = time(15, 30)
WEEKS_APART = 5
DAYS_TO_NEXT = 11
WEDNESDAY = 2


@dataclass
class Traject:
    """What the parts of the story hand to each other."""

    group: NetworkGroup
    meetings: list[Meeting] = field(default_factory=list)
    members: dict[str, Membership] = field(default_factory=dict)

    @property
    def held(self) -> Meeting:
        return self.meetings[1]

    @property
    def coming(self) -> Meeting:
        return self.meetings[2]


def load_demo() -> bool:
    """Makes the demo once. False when there is an account already: a real installation is left alone."""
    if User.objects.exists():
        return False
    with TemporaryDirectory() as folder, transaction.atomic():
        traject = _people()
        _plan(traject)
        _held(traject)
        _coming(traject)
        _clips(traject, Path(folder))
        _harvest(traject)
    return True


def _people() -> Traject:
    users = {person.key: _account(person) for person in EVERYONE}
    group = NetworkGroup.objects.create(
        name="De Hondsrug",
        theme=texts.THEME,
        theme_is_given=True,
        is_about_care=True,
        published_at=timezone.now() - timedelta(weeks=12),
    )
    traject = Traject(group)
    for number, person in enumerate([COACH, *MEMBERS]):
        school = (
            School.objects.get_or_create(name=person.school[0], place=person.school[1])[0] if person.school else None
        )
        traject.members[person.key] = Membership.objects.create(
            user=users[person.key],
            group=group,
            role=Membership.Role.COACH if person.is_coach else Membership.Role.PARTICIPANT,
            school=school,
            discipline=person.discipline,
            joined=timezone.now() - timedelta(weeks=11) + timedelta(minutes=number),
            **dict.fromkeys(FIRST_STEPS.values(), True),
        )
    for keys in [("marijke", "yusuf"), ("anouk", "tom"), ("fatima", "ruben", "sanne")]:
        pair = Pair.objects.create(group=group)
        Membership.objects.filter(pk__in=[traject.members[key].pk for key in keys]).update(pair=pair)
        for key in keys:
            traject.members[key].pair = pair
    for text in texts.WORKING_AGREEMENTS:
        WorkingAgreement.objects.create(group=group, text=text)
    for key, text in texts.GOALS.items():
        LearningGoal.objects.create(membership=traject.members[key], text=text)
    return traject


def _account(person: DemoPerson) -> User:
    user: User = User.objects.create_user(
        person.email,
        PASSWORD,
        name=person.name,
        is_coach=person.is_coach,
        is_staff=person.is_staff,
        telephone=person.telephone,
        rules_agreed_at=timezone.now(),
    )
    return user


def _at(day: date) -> datetime:
    return datetime.combine(day, START, tzinfo=timezone.get_current_timezone())


def _plan(traject: Traject) -> None:
    next_day = timezone.localdate() + timedelta(days=DAYS_TO_NEXT)
    next_day += timedelta(days=(WEDNESDAY - next_day.weekday()) % 7)
    days = [next_day + timedelta(weeks=WEEKS_APART * step) for step in (-2, -1, 0, 1, 2)]
    traject.meetings = planning.plan_meetings(
        actor=traject.members["hanneke"].user,
        group=traject.group,
        introduction_at=_at(days[0]),
        network_count=3,
        dates=[_at(days[1]), _at(days[2]), None, None],
        place="Obs De Lindenhof, lokaal 12, Assen",
    )
    for meeting, title in zip(traject.meetings[1:4], texts.TOPICS, strict=True):
        meeting.topic = Topic.objects.create(group=traject.group, title=title)
        meeting.save()
    for meeting, (name, email, description) in zip(traject.meetings[1:3], texts.EXPERTS, strict=True):
        expert = Expert.objects.create(group=traject.group, name=name, email=email, description=description)
        asked_at = (meeting.starts_at or timezone.now()) - timedelta(weeks=4)
        invitation = ExpertInvitation.objects.create(
            meeting=meeting,
            expert=expert,
            invited_by=traject.members["hanneke"].user,
            answer=ExpertInvitation.Answer.YES,
            answered_at=asked_at + timedelta(days=2),
        )
        ExpertInvitation.objects.filter(pk=invitation.pk).update(created=asked_at)


def _held(traject: Traject) -> None:
    """The introductie and the first netwerkbijeenkomst: held, answered, and looked back on."""
    for meeting, film_task in zip(traject.meetings[:2], texts.FILM_TASKS, strict=True):
        meeting.film_task = film_task
        moment = meeting.starts_at or timezone.now()
        for item in AgendaItem.objects.filter(meeting=meeting).order_by("position"):
            item.started_at, moment = moment, moment + timedelta(minutes=item.minutes)
            item.ended_at = moment
            item.save()
        meeting.state, meeting.started_at, meeting.ended_at = Meeting.State.ENDED, meeting.starts_at, moment
        meeting.save()
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, membership=member, status=Attendance.Status.PRESENT)
            for member in traject.members.values()
        )
    _wishes(traject)
    for key, second, text in texts.PRACTICE_TOPS:
        PracticeTop.objects.create(giver=traject.members[key], start_ms=second * 1000, text=text)
    held, day_of_the_meeting = traject.held, traject.held.starts_at or timezone.now()
    Meetlat.objects.create(meeting=held, step=Meetlat.Step.LOOKING_BACK, keep="Beginnen met de eenvoudigste vraag.")
    for order, (author, text, number, answer) in enumerate(texts.HELD_QUESTIONS):
        parked = number is None
        rank = None if parked else sum(1 for earlier in texts.HELD_QUESTIONS[:order] if earlier[2] == number)
        Leervraag.objects.create(
            meeting=held,
            author=traject.members[author],
            text=text,
            created=day_of_the_meeting - timedelta(days=10),
            state=Leervraag.State.PARKED if parked else Leervraag.State.LAID,
            number=number,
            rank=rank,
            answer=answer,
            outcome=Leervraag.Outcome.PARKED if parked else Leervraag.Outcome.ANSWERED,
            destination="Naar de bijeenkomst over ouders" if parked else "",
            reason="Past beter bij een ander onderwerp" if parked else "",
        )
    Evaluation.objects.create(meeting=held, scribe=traject.members["anouk"], **texts.EVALUATION)
    for point in texts.IMPROVEMENTS:
        ImprovementPoint.objects.create(meeting=held, text=point)
    for owner, text, days in texts.AGREEMENTS:
        Agreement.objects.create(
            meeting=held,
            text=text,
            owner=traject.members[owner] if owner else None,
            due=timezone.localdate() + timedelta(days=days) if days else None,
        )


def _wishes(traject: Traject) -> None:
    """What the introductie asked, and what the group would like beyond what it agreed on."""
    for key, answers in texts.STARTVRAGEN.items():
        Inventory.objects.create(member=traject.members[key], **answers)
    for kind, text, wisher, others in texts.WISHES:
        member = traject.members[wisher]
        wish = wishes.add_wish(actor=member.user, group=traject.group, kind=kind, text=text, member=member)
        for key in others:
            member = traject.members[key]
            wishes.back_wish(actor=member.user, wish=wish, member=member, wanted=True)


def _coming(traject: Traject) -> None:
    """What members handed in for the next meeting so far."""
    for hours, (author, situation, text) in enumerate(texts.COMING_QUESTIONS, start=3):
        Leervraag.objects.create(
            meeting=traject.coming,
            author=traject.members[author],
            situation=situation,
            text=text,
            created=timezone.now() - timedelta(hours=7 * hours),
        )
    for days, (author, text, signs, before) in enumerate(texts.TALENTMOMENTEN, start=1):
        moment = Talentmoment.objects.create(
            author=traject.members[author], meeting=traject.coming, text=text, signs=signs, before=before
        )
        Talentmoment.objects.filter(pk=moment.pk).update(created=timezone.now() - timedelta(days=days))


def _clips(traject: Traject, folder: Path) -> None:
    for number, (title, owner_key, audience, remarks) in enumerate(texts.CLIPS):
        owner = traject.members[owner_key]
        source, target = folder / f"{number}.mp4", folder / f"{number}"
        target.mkdir()
        make_film(source, hue=number * 40)
        clip = Clip.objects.create(
            owner=owner,
            uploaded_by=owner,
            handed_over_at=timezone.now(),
            meeting=traject.coming,
            title=title,
            goal=texts.GOALS.get(owner_key, ""),
            state=Clip.State.CONVERTING,
        )
        try:
            converted = media.convert(source, target)
        except media.MediaError as problem:
            # Where no sandbox can be made (a plain chroot), the page itself says why there is no film.
            conversion.fail_conversion(clip=clip, reason=problem.reason, detail=problem.detail)
            continue
        conversion.finish_conversion(clip=clip, converted=converted)
        clip.refresh_from_db()
        if audience != Clip.Audience.ALONE:
            consent.share_clip(actor=owner.user, clip=clip, audience=audience, scope=ConsentStatement.Scope.ALL_PARENTS)
        _feedback(traject, clip, remarks)


def _feedback(traject: Traject, clip: Clip, remarks: list[tuple[str, str, int, int | None, str]]) -> None:
    sent_at = timezone.now() - timedelta(days=1)
    given: dict[str, Feedback] = {}
    for giver, kind, start, end, text in remarks:
        if giver not in given:
            given[giver] = Feedback.objects.create(clip=clip, giver=traject.members[giver], sent_at=sent_at)
        Remark.objects.create(
            feedback=given[giver], kind=kind, start_ms=start * 1000, end_ms=end * 1000 if end else None, text=text
        )


def _harvest(traject: Traject) -> None:
    """Two lines so far and one story: a look ahead at the afsluiting."""
    moments = moments_of(traject.group)
    write_moments(moments)
    for key, values in {"yusuf": [35, 55], "fatima": [60, 40]}.items():
        graph = BehaviourGraph.objects.create(
            member=traject.members[key], shared_at=timezone.now(), saved_at=timezone.now()
        )
        for moment, value in zip(moments, values, strict=False):
            GraphPoint.objects.create(graph=graph, moment=moment, value=value)
    ValueStory.objects.create(
        teller=traject.members["yusuf"],
        text="Het filmen vond ik spannend. Maar toen ik mezelf drie tellen zag wachten, zag ik ook wat er dan gebeurt.",
        decision=ValueStory.Decision.PDF,
        saved_at=timezone.now(),
    )
