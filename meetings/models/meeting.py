"""A meeting of the traject: its topic, agenda and checklist."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, LINK, Membership, NetworkGroup, User, group_ids_of, memberships_of
from netwerkleren.base.access import Actor, DisplayThatShows
from netwerkleren.base.beside import sum_beside
from netwerkleren.base.conflicts import version_of, version_of_facts
from netwerkleren.base.request import once_a_request
from netwerkleren.base.written import written_once

from ..actors import ExpertGuest


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, actor: Actor) -> "TopicQuerySet":
        return self.filter(group__in=group_ids_of(actor))


class Topic(models.Model):
    """The subject of a netwerkbijeenkomst, agreed by the group; a new topic means a new expert."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("onderwerp"), max_length=LINE)
    created = models.DateTimeField(auto_now_add=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("onderwerp")
        verbose_name_plural = _("onderwerpen")
        ordering = ["created"]

    def __str__(self) -> str:
        return self.title


def _today() -> datetime:
    """Midnight before now, on the Dutch clock."""
    return datetime.combine(timezone.localdate(), time.min, tzinfo=timezone.get_current_timezone())


def _is_to_come() -> Q:
    """The rows of which `Meeting.is_to_come` is true."""
    still = Q(starts_at=None) | Q(starts_at__gte=_today())
    return Q(state=Meeting.State.RUNNING) | (Q(state=Meeting.State.PLANNED) & still)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        """Meetings of the user's groups (a draft's only for its coach); for a guest, and a digibord, their one."""
        if isinstance(actor, ExpertGuest | DisplayThatShows):
            return self.filter(pk=actor.meeting_id)
        return self.filter(group__in=groups_read_by(actor))

    def of_group(self, group: NetworkGroup | UUID) -> "MeetingQuerySet":
        return self.filter(group=group).order_by("position")

    def in_row(self, group: NetworkGroup) -> "MeetingQuerySet":
        """The order of the traject, with the cancelled: each before the one that took its place."""
        is_counted = Case(When(state=Meeting.State.CANCELLED, then=0), default=1)
        return self.filter(group=group).order_by("position", is_counted, "starts_at", "pk")

    def not_cancelled(self) -> "MeetingQuerySet":
        return self.exclude(state=Meeting.State.CANCELLED)

    def upcoming(self) -> "MeetingQuerySet":
        """Still to come, soonest first; those without a date last, in the order of the traject."""
        return self.filter(_is_to_come()).order_by(F("starts_at").asc(nulls_last=True), "position")

    def next_network_after(self, meeting: "Meeting") -> "Meeting | None":
        """The netwerkbijeenkomst to which a group can take along what this meeting leaves; with its topic."""
        # What takes the place of a cancelled one has its position; by its id, since one leaves before it is numbered.
        later = self.of_group(meeting.group).not_cancelled().exclude(pk=meeting.pk)
        later = later.filter(position__gte=meeting.position)
        open_ones = later.filter(kind=Meeting.Kind.NETWORK).exclude(state=Meeting.State.ENDED)
        return open_ones.select_related("topic").first()

    def past(self) -> "MeetingQuerySet":
        """All others, latest first."""
        return self.exclude(_is_to_come()).order_by(F("starts_at").desc(nulls_last=True), "-position")

    def with_facts(self) -> "MeetingQuerySet":
        """With group, topic and current onderdeel, and `total_minutes` of the agenda, which `ends_at` asks."""
        # By a dict: to the type checker the model's own `total_minutes` and this one would be two.
        minutes = {"total_minutes": sum_beside(AgendaItem, "minutes", meeting=F("pk"))}
        return self.select_related("group", "topic", "current_item").annotate(**minutes)


def groups_read_by(actor: Actor) -> list[UUID]:
    """Of which a member reads the meetings: of a draft that is its coach."""
    return [own.group_id for own in memberships_of(actor) if own.is_coach or not own.group.is_draft]


FACTS = (
    "starts_at",
    "minutes_available",
    "place",
    "online_url",
    "topic",
    "leervraag_deadline",
    "clip_deadline",
    "feedback_deadline",
)
"""What a coach changes of a meeting, and the group is told of."""


@written_once
def _not_cancelled_in(groups: list[UUID]) -> MeetingQuerySet:
    return Meeting.objects.filter(group__in=groups).not_cancelled().select_related("topic").order_by()


@once_a_request
def meetings_of(user: User) -> list["Meeting"]:
    """What `visible_to` gives a user, but for the cancelled: with group and topic, soonest first.

    Those without a date come last, in the order of the traject.
    """
    groups = {own.group_id: own.group for own in memberships_of(user)}
    rows = _not_cancelled_in(groups_read_by(user))
    far = timezone.now().replace(year=9000)
    found = sorted(rows, key=lambda meeting: (meeting.starts_at or far, meeting.position))
    for meeting in found:
        meeting.group = groups[meeting.group_id]
    return found


class Meeting(models.Model):
    """One bijeenkomst. Without `starts_at` its date follows ("datum volgt"). All times are aware, in UTC."""

    class Kind(models.TextChoices):
        INTRODUCTION = "introduction", _("Introductie")
        NETWORK = "network", _("Netwerkbijeenkomst")
        CLOSING = "closing", _("Afsluiting")

    class State(models.TextChoices):
        PLANNED = "planned", _("gepland")
        RUNNING = "running", _("bezig")
        ENDED = "ended", _("geweest")
        CANCELLED = "cancelled", _("vervalt")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField(
        help_text="0 for the introductie, then 1, 2, …; the afsluiting last. A cancelled one is not counted"
    )
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings")
    starts_at = models.DateTimeField(_("begin"), null=True, blank=True)
    minutes_available = models.PositiveSmallIntegerField(
        _("tijd die er is, in minuten"),
        null=True,
        blank=True,
        validators=[MinValueValidator(15), MaxValueValidator(600)],
    )
    place = models.CharField(_("plaats"), max_length=LINE, blank=True)
    online_url = models.URLField(_("link om online mee te doen"), max_length=LINK, blank=True)
    leervraag_deadline = models.DateTimeField(_("leervragen inleveren tot"), null=True, blank=True)
    clip_deadline = models.DateTimeField(_("fragmenten plaatsen tot"), null=True, blank=True)
    feedback_deadline = models.DateTimeField(_("feedback geven tot"), null=True, blank=True)
    film_task = models.CharField(_("filmopdracht voor de volgende keer"), max_length=500, blank=True)
    """Agreed here, for the round that follows; empty is a normal answer."""
    icebreaker = models.CharField(_("ijsbreker"), max_length=LINE, blank=True)
    """On the Scherm at the start; empty is one of ours (`icebreakers`)."""
    slide = models.PositiveSmallIntegerField(default=1, editable=False)
    """Which slide is on, or was on last: a presentation goes on after the pause. The first is 1."""
    shows_slides = models.BooleanField(default=False, editable=False)
    """They are on the Scherm now, and the phones that follow go along."""

    day_leader = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="days_led",
        help_text="whom the coach lets lead it, from 0.00 to 24.00 of its date",
    )
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    current_item = models.ForeignKey(
        "AgendaItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    ics_sequence = models.PositiveIntegerField(default=0, editable=False)
    ics_uid = models.UUIDField(default=uuid4, editable=False)

    told_number: int | None = None
    """For a letter about one that is no longer counted: the number that its reader knows it by."""

    total_minutes: int
    """Of the whole agenda; an annotation of `with_facts()`."""

    has_displays: bool
    """A digibord was taken on for it, and did not end; an annotation of `with_displays()`."""

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        ordering = ["group", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "position"], condition=~Q(state="cancelled"), name="meetings_meeting_position_unique"
            ),
            models.UniqueConstraint(
                fields=["group"], condition=Q(kind="introduction"), name="meetings_meeting_one_introduction"
            ),
            models.UniqueConstraint(fields=["group"], condition=Q(kind="closing"), name="meetings_meeting_one_closing"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def version(self) -> str:
        """What a coach who changes the facts starts from."""
        return version_of_facts(self, FACTS)

    def facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FACTS}

    def changed_since(self, before: Mapping[str, Any]) -> set[str]:
        """Which of FACTS are others than they were."""
        return {name for name, value in self.facts().items() if value != before[name]}

    @property
    def version_of_date(self) -> str:
        """What the page of all dates starts from: it shows no more of a meeting than this."""
        return version_of_facts(self, ("starts_at", "place"))

    @property
    def version_of_film_task(self) -> str:
        return version_of(self.film_task)

    @property
    def version_of_icebreaker(self) -> str:
        return version_of(self.icebreaker)

    @property
    def version_of_place(self) -> str:
        """What the page that moves it starts from."""
        return version_of_facts(self, ("starts_at", "position"))

    @property
    def number_name(self) -> str:
        """ "Introductie", "Bijeenkomst 2" or "Afsluiting"; a cancelled one is not counted, and has no number."""
        is_counted = self.kind == self.Kind.NETWORK and self.state != self.State.CANCELLED
        number = self.told_number or (self.position if is_counted else None)
        if number is not None:
            return _("Bijeenkomst %(number)d") % {"number": number}
        return str(self.Kind(self.kind).label)

    @property
    def title(self) -> str:
        """The topic where there is one, else the number name."""
        return self.topic.title if self.topic else self.number_name

    @property
    def ends_at(self) -> datetime | None:
        """The end by the time there is, else by the agenda; None without a date. Only for rows of `with_facts()`."""
        minutes = self.minutes_available or self.total_minutes
        return self.starts_at.astimezone(UTC) + timedelta(minutes=minutes) if self.starts_at else None

    @property
    def end_to_expect(self) -> datetime | None:
        """`ends_at`, as long as it can still come true: of a meeting that runs over, nobody knows the end."""
        ends_at = self.ends_at
        return None if self.is_running and ends_at is not None and ends_at <= timezone.now() else ends_at

    @property
    def has_passed(self) -> bool:
        """Its hour has come, and nobody led it here."""
        return self.state == self.State.PLANNED and self.starts_at is not None and self.starts_at < timezone.now()

    @property
    def is_today(self) -> bool:
        """From 0.00 to 24.00 of its date, on the Dutch clock; of a night in which the clock changes too."""
        return self.starts_at is not None and timezone.localdate(self.starts_at) == timezone.localdate()

    @property
    def takes_displays(self) -> bool:
        """It is on, or will be today: a digibord can be taken on for it."""
        return self.is_running or (self.is_planned and self.is_today)

    @property
    def can_be_handed_over(self) -> bool:
        """Its day is today or later, it is not over, and its group is open: another may be let lead it."""
        is_ahead = self.starts_at is not None and self.starts_at >= _today() and not self.is_over
        return is_ahead and self.group.closed_at is None

    @property
    def is_to_come(self) -> bool:
        """Not over, and its day has not gone by: one that was held on paper and never ended holds up nothing."""
        if self.is_planned:
            return self.starts_at is None or self.starts_at >= _today()
        return self.is_running

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def has_begun(self) -> bool:
        """It is on, or was held: its date says what happened, and moves no more."""
        return self.state in (self.State.RUNNING, self.State.ENDED)

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.ENDED, self.State.CANCELLED)

    def check_agenda_open(self) -> None:
        """Raises ValidationError where the agenda is no longer to be changed."""
        if self.is_over:
            raise ValidationError(_("Deze bijeenkomst is voorbij of gaat niet door. De agenda blijft zoals hij was."))


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def fresh(self, item: "AgendaItem") -> "AgendaItem":
        """The onderdeel as it is now. Raises ValidationError when someone took it off the agenda."""
        found = self.filter(pk=item.pk).first()
        if found is None:
            raise ValidationError(_("“%(title)s” staat niet meer op de agenda."), params={"title": item.title})
        return found


class AgendaItem(models.Model):
    """An onderdeel: a timed part of a meeting. `minutes` is planned; `extra_minutes` is what the coach added live."""

    class Kind(models.TextChoices):
        START = "start", _("Start")
        LEARNING = "learning", _("Netwerkleren")
        TALENT = "talent", _("Talentmomenten")
        PITCH = "pitch", _("Pitch van de expert")
        BREAK = "break", _("Pauze")
        MEETLAT = "meetlat", _("Leervragen langs de meetlat")
        ANSWERING = "answering", _("Leervragen beantwoorden")
        VIDEO = "video", _("Videovoorbeelden en collegiale feedback")
        PREPARATION = "preparation", _("Voorbereiding volgende bijeenkomst")
        EVALUATION = "evaluation", _("Evaluatie video, feedback en leeromgeving")
        STORIES = "stories", _("Waardecreatieverhalen")
        GRAPH = "graph", _("Gedragspatroongrafiek")
        CLOSING = "closing", _("Afsluiting")
        OTHER = "other", _("Eigen onderdeel")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("onderdeel"), max_length=LINE)
    minutes = models.PositiveSmallIntegerField(_("minuten"), validators=[MinValueValidator(1), MaxValueValidator(240)])
    means = models.CharField(_("middelen"), max_length=LINE, blank=True)
    purpose = models.CharField(_("doel en verloop"), max_length=500, blank=True)
    fixed_start = models.TimeField(
        _("begint vast om"), null=True, blank=True, help_text="an hour on the Dutch clock, whatever comes before it"
    )
    extra_minutes = models.SmallIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused = models.DurationField(default=timedelta, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("onderdeel")
        verbose_name_plural = _("onderdelen")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="meetings_agendaitem_position_unique")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def version(self) -> str:
        """What a coach who changes it starts from."""
        return version_of_facts(self, ("title", "minutes", "means", "purpose", "fixed_start"))

    @property
    def is_done(self) -> bool:
        return self.ended_at is not None

    @property
    def is_break(self) -> bool:
        return self.kind == self.Kind.BREAK

    @property
    def short_title(self) -> str:
        """For where there is little room. Who gave the onderdeel a name of its own, sees that name."""
        kind = self.Kind(self.kind)
        return str(SHORT_TITLES.get(kind, self.title)) if self.title == str(kind.label) else self.title

    @property
    def has_own_page(self) -> bool:
        """The group works by a page of its own while it lasts, so that what that asks comes before going on."""
        return self.kind in (self.Kind.MEETLAT, self.Kind.ANSWERING)


SHORT_TITLES = {
    AgendaItem.Kind.TALENT: _("Talent\N{SOFT HYPHEN}momenten"),
    AgendaItem.Kind.PITCH: _("Pitch"),
    AgendaItem.Kind.VIDEO: _("Video en feedback"),
    AgendaItem.Kind.PREPARATION: _("Voor\N{SOFT HYPHEN}bereiding"),
    AgendaItem.Kind.EVALUATION: _("Evaluatie"),
    AgendaItem.Kind.STORIES: _("Verhalen"),
    AgendaItem.Kind.GRAPH: _("Lijnen"),
}


class ChecklistTick(models.Model):
    """A line of the checklist that a person ticked; what the portal knows by itself is a `Fact`."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="ticks")
    key = models.CharField(max_length=60)
    ticked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="meetings_checklisttick_once")]

    def __str__(self) -> str:
        return f"tick {self.key}"
