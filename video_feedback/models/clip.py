"""A fragment, its recording on the way in, and who looked at it."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup, memberships_of
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.access import Actor, DisplayThatShows, is_user
from netwerkleren.base.conflicts import version_of
from netwerkleren.base.models import Leased, LeasedQuerySet, OutgoingMail

from .. import media, receiving
from ..captions import CAPTIONS
from .consent import ConsentStatement, clips_covered_for, watchers_covered_for
from .on_screen import clips_on_screen_of

TO_CUT_HOURS = 24
"""A recording that is here whole, to cut a piece out of, is erased after as many hours when nobody did."""
UPLOAD_DAYS = 3
"""An upload that nobody carries on with is thrown away after this many days."""


def footage() -> Storage:
    """Where films and posters are kept: private, on disk or in a bucket."""
    return storages["footage"]


OF_THE_GATE = ("uploaded_by", "handed_over_at", "audience", "owner__pair", "owner__left")
WHOSE = ("owner__user", "owner__group")


Standing = tuple[UUID, list[UUID], list[UUID], list[UUID]]
"""A user, and the keys of their memberships, of the groups that are open, and of their pairs."""


def standing_of(actor: Actor) -> Standing:
    """What the gate of fragments asks of a user: ids instead of subqueries, for it stands before every page with
    footage.
    """
    memberships = memberships_of(actor)
    return (
        actor.pk,
        [membership.pk for membership in memberships],
        # Of a group that was closed nobody sees another's work any more (docs/security.md A4).
        [membership.group_id for membership in memberships if membership.group.closed_at is None],
        [membership.pair_id for membership in memberships if membership.pair_id],
    )


class ClipQuerySet(LeasedQuerySet["Clip"]):
    def visible_to(self, actor: Actor) -> "ClipQuerySet":
        """What the actor may watch: own work, what one uploads for another until it is handed over, what was shared.

        Shared is not enough: the parents' consent that its owner states must cover the watcher (docs/security.md P1).
        A digibord: the one that is shown in its meeting now, as long as the whole room may see it.
        """
        if isinstance(actor, DisplayThatShows):
            return self.for_room(actor.meeting_id).filter(pk__in=clips_on_screen_of(actor.meeting_id))
        return self.watched_by(*standing_of(actor)) if is_user(actor) else self.none()

    def watched_by(self, user: UUID, mine: list[UUID], groups: list[UUID], pairs: list[UUID]) -> "ClipQuerySet":
        """What `visible_to` gives who has this standing, for in a query that is written once."""
        # Own work comes along from a group that one left.
        own = Q(owner__user=user)
        uploading = Q(uploaded_by__in=mine, handed_over_at__isnull=True)
        invited = Q(audience=Clip.Audience.GROUP)
        if pairs:  # A condition that no row can meet still costs its SQL.
            invited |= Q(audience=Clip.Audience.MAATJE, owner__pair__in=pairs)
        consented = Q(pk__in=clips_covered_for(mine))
        shared = Q(invited & consented, state=Clip.State.READY, owner__left__isnull=True)
        return self.not_erased().filter(own | Q(uploading | shared, owner__group__in=groups))

    def one_visible_to(self, actor: Actor, pk: Any) -> "Clip | None":
        """The row with this key, if `visible_to` has it. That gate for one row, which a player asks for every range.

        To write its SQL cost more than all the rest of the answer. The tests of consent ask both.
        """
        if isinstance(actor, DisplayThatShows):
            return self.visible_to(actor).filter(pk=pk).order_by().first()
        clip = self.not_erased().select_related("owner").filter(pk=pk).order_by().first() if is_user(actor) else None
        return clip if clip is not None and clip._is_visible_to(actor) else None

    def for_room(self, meeting: UUID) -> "ClipQuerySet":
        """What everyone in the room of this meeting may see at once: each other member of its group, there or not, is
        covered now; and where an expert may come, the statement names guests (docs/security.md P1).
        """
        covers = watchers_covered_for(OuterRef(OuterRef("pk"))).filter(membership=OuterRef("pk"))
        others = Membership.objects.current().filter(group=OuterRef("owner__group")).exclude(pk=OuterRef("owner"))
        guests = ExpertInvitation.objects.asked().filter(meeting=meeting)
        names_guests = ConsentStatement.objects.in_force().filter(clip=OuterRef("pk"), includes_guests=True)
        return self.filter(
            ~Exists(others.filter(~Exists(covers)).order_by()),
            ~Exists(guests) | Exists(names_guests),
            state=Clip.State.READY,
            audience=Clip.Audience.GROUP,
            owner__left=None,
            owner__group__closed_at=None,
            owner__group__meetings=meeting,
        )

    def not_erased(self) -> "ClipQuerySet":
        return self.exclude(state=Clip.State.ERASED)

    def owned_by(self, actor: Actor) -> "ClipQuerySet":
        return self.not_erased().filter(owner__user=actor.pk)

    def in_turn(self) -> "ClipQuerySet":
        """Those that wait for a worker, in the order of turns: first of the person who waited longest since the last.

        So who brings ten films goes after another with one. Who is being served goes after all others; a first turn is
        waited for since the recording came in. What is tried again later does not wait yet.
        """
        of_same_person = Clip.objects.filter(uploaded_by__user=OuterRef("uploaded_by__user")).order_by()
        last_turn = of_same_person.values("uploaded_by__user").annotate(last=Max("turn_at")).values("last")
        waits_since = Greatest(F("queued_at"), Coalesce(Subquery(last_turn), F("queued_at")))
        return (
            self.filter(state=Clip.State.QUEUED)
            .exclude(lease_until__gt=timezone.now())
            .annotate(
                is_served=Exists(of_same_person.filter(state=Clip.State.CONVERTING)),
                waits_since=waits_since,
            )
            .order_by("is_served", "waits_since", "queued_at", "pk")
        )

    def on_their_way(self) -> "ClipQuerySet":
        """Those of which a recording comes in, or waits, or is converted."""
        coming = Q(state=Clip.State.UPLOADING, upload__isnull=False)
        return self.filter(coming | Q(state__in=[Clip.State.TO_CUT, Clip.State.QUEUED, Clip.State.CONVERTING]))

    def with_its_files(self) -> "ClipQuerySet":
        """Whose it is, and where film and poster lie: a player asks that of the gate before every range."""
        return self.select_related("owner").only("state", "video", "poster", *WHOSE, *OF_THE_GATE)

    def with_people(self) -> "ClipQuerySet":
        return self.select_related("owner__user", "owner__group", "uploaded_by__user")


class Clip(Leased):
    """A fragment. It belongs to the teacher whose work it shows, whoever held the camera (docs/domain.md#film)."""

    class State(models.TextChoices):
        UPLOADING = "uploading", _("wacht op de opname")
        TO_CUT = "to_cut", _("wacht op knippen")
        QUEUED = "queued", _("wacht op omzetten")
        CONVERTING = "converting", _("wordt omgezet")
        READY = "ready", _("klaar")
        FAILED = "failed", _("mislukt")
        ERASED = "erased", _("gewist")

    class Audience(models.TextChoices):
        ALONE = "alone", _("alleen jij")
        MAATJE = "maatje", _("jij en je maatje")
        GROUP = "group", _("de groep")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # Protected: a film must be erased from the store before its row may go, and never because the maatje left.
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="clips", verbose_name=_("van"))
    uploaded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="uploaded_clips")
    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="clips", verbose_name=_("bijeenkomst")
    )
    title = models.CharField(_("titel"), max_length=LINE)
    goal = models.TextField(_("leerdoel van deze les"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.ALONE)
    asked_anew_at = models.DateTimeField(null=True, editable=False)
    """When its statement stopped being enough: nobody else sees it, and its owner is asked for another."""
    tips_opened = models.BooleanField(default=False)
    is_offered = models.BooleanField(default=False, help_text="the maatje handed it over, its owner did not decide yet")
    captions = models.TextField(_("ondertitels"), blank=True, validators=[MaxLengthValidator(CAPTIONS)])
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="of the conversion, 0 to 100")
    queued_at = models.DateTimeField(default=timezone.now, help_text="when its recording was in")
    turn_at = models.DateTimeField(null=True, blank=True, help_text="when a worker last began with it, or ended")
    reason = models.CharField(max_length=20, blank=True, help_text="why it failed: a media.Reason, or crashed")
    made_as = models.CharField(max_length=40, blank=True, help_text="what cannot be converted, as people name it")
    video = models.FileField(storage=footage, blank=True, max_length=200)
    poster = models.FileField(storage=footage, blank=True, max_length=200)
    duration_ms = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    has_audio = models.BooleanField(default=False)
    lost_audio = models.BooleanField(default=False, help_text="sound of the recording, or a part, is not in the film")
    percent_there = models.PositiveSmallIntegerField(default=100, help_text="how much of the recording is in the film")
    size = models.PositiveBigIntegerField(default=0, help_text="bytes that are stored")
    created = models.DateTimeField(auto_now_add=True)

    objects = ClipQuerySet.as_manager()

    class Meta:
        verbose_name = _("fragment")
        verbose_name_plural = _("fragmenten")
        ordering = ["-created"]
        indexes = [
            # What the sweeper looks for each time: few of them, among all the films that are there to watch.
            models.Index(fields=["state"], name="video_feedback_clip_not_ready", condition=~Q(state="ready"))
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(video="") & ~Q(poster="") & Q(duration_ms__gt=0)),
                name="video_feedback_clip_ready_has_a_film",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="video_feedback_clip_progress_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(percent_there__lte=100), name="video_feedback_clip_percent_there_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"clip {self.pk}"

    @property
    def group(self) -> NetworkGroup:
        return self.owner.group

    def _is_visible_to(self, actor: Actor) -> bool:
        """What `visible_to` says of this row."""
        if self.owner.user_id == actor.pk:
            return True
        memberships = memberships_of(actor)
        open_ones = {membership.group_id for membership in memberships if membership.group.closed_at is None}
        if self.owner.group_id not in open_ones:
            return False
        mine = [membership.pk for membership in memberships]
        if self.handed_over_at is None and self.uploaded_by_id in mine:
            return True
        pair = self.owner.pair_id
        is_with_maatje = pair is not None and pair in {membership.pair_id for membership in memberships}
        is_invited = self.audience == Clip.Audience.GROUP or (self.audience == Clip.Audience.MAATJE and is_with_maatje)
        if not (is_invited and self.is_ready and self.owner.left is None):
            return False
        return watchers_covered_for(self).filter(membership__in=mine).exists()

    @property
    def version_of_captions(self) -> str:
        """What its owner who types captions starts from."""
        return version_of(self.captions)

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_shared(self) -> bool:
        return self.audience != self.Audience.ALONE

    @property
    def is_its_owners_alone(self) -> bool:
        """Of a group that was closed, or that its owner left: with whomever it was shared, nobody else sees it now."""
        return self.owner.left is not None or self.group.closed_at is not None

    @property
    def has_lost_its_sender(self) -> bool:
        """Who would send its recording left, or gave it to its owner: nobody sends it any more."""
        return self.uploaded_by.left is not None or (self.is_handed_over and self.uploaded_by_id != self.owner_id)

    @property
    def is_handed_over(self) -> bool:
        return self.handed_over_at is not None


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, actor: Actor) -> "UploadQuerySet":
        """An upload is carried on by the one who began it, who may also ask whether all of it is in."""
        if not is_user(actor):
            return self.none()
        mine = Membership.objects.current().filter(user=actor.pk)
        states = [Clip.State.UPLOADING, Clip.State.TO_CUT, Clip.State.QUEUED, Clip.State.CONVERTING]
        return self.filter(clip__uploaded_by__in=mine.values("pk"), clip__state__in=states)

    def going_on(self, clip: Clip, length: int, fingerprint: str) -> "UploadQuerySet":
        """What of this very film is in already, whatever name it has now; nothing where no fingerprint is known."""
        same = self.filter(clip=clip, length=length, fingerprint=fingerprint, expires_at__gt=timezone.now())
        return same.exclude(fingerprint="")


def upload_end() -> Any:
    return timezone.now() + timedelta(days=UPLOAD_DAYS)


class Upload(models.Model):
    """A recording on its way in (tus 1.0). Where its bytes are a file, that says how much there is (`receiving`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clip = models.OneToOneField(Clip, on_delete=models.CASCADE, related_name="upload")
    length = models.PositiveBigIntegerField(help_text="bytes that were announced")
    filename = models.CharField(max_length=255, blank=True, help_text="only shown to who uploads, to find it again")
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="of its first and last MiB, by the browser; until all of it is in"
    )
    created = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=upload_end)
    is_to_cut = models.BooleanField(
        default=False, help_text="who sends it agreed that all of it comes here, and a piece is cut out of it"
    )
    piece_from_ms = models.PositiveIntegerField(default=0)
    piece_to_ms = models.PositiveIntegerField(null=True)
    in_bucket = models.BooleanField(default=False, help_text="its bytes are in the bucket; else a file on this machine")
    received = models.PositiveBigIntegerField(default=0, help_text="bytes that are in the bucket for good")
    turn = models.PositiveBigIntegerField(default=0, help_text="of the request that writes in the bucket")
    multipart = models.TextField(blank=True, help_text="how the bucket calls it, as soon as it has a part")
    parts = models.JSONField(default=list, help_text="the numbers of the parts that count, in their order")
    tried = models.PositiveSmallIntegerField(default=0, help_text="the last number that was given to a part")
    rest = models.CharField(max_length=32, blank=True, help_text="the object with what is behind the last part")

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"upload {self.pk}"

    @property
    def path(self) -> Path:
        return Path(settings.UPLOAD_DIR) / str(self.pk)

    @property
    def recording(self) -> receiving.Recording:
        return receiving.recording_of(self)

    @property
    def offset(self) -> int:
        """Bytes that are in."""
        return self.recording.offset

    @transaction.atomic
    def take_turn(self) -> int:
        """The next turn to write in the bucket; the row is then as that finds it. `receiving.in_bucket` needs it."""
        if not Upload.objects.filter(pk=self.pk).update(turn=F("turn") + 1):
            raise receiving.Overtaken
        self.refresh_from_db(fields=["turn", "received", "multipart", "parts", "tried", "rest"])
        return self.turn

    def note(self, turn: int, **facts: object) -> bool:
        """Writes down what is in the bucket, as long as it is this turn. False when it is not, or the row is gone."""
        if not Upload.objects.filter(pk=self.pk, turn=turn).update(**facts):
            return False
        for name, value in facts.items():
            setattr(self, name, value)
        return True

    @property
    def piece(self) -> media.Piece | None:
        """What is made of it; None for all."""
        return media.Piece(self.piece_from_ms, self.piece_to_ms) if self.is_to_cut else None

    @property
    def percent(self) -> int:
        return self.offset * 100 // self.length if self.length else 0


class ErasureNotice(models.Model):
    """The owner of a fragment is told until when it is kept: nothing is erased by itself that was not told."""

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="notices")
    days = models.PositiveSmallIntegerField(help_text="before the last day")
    last_day = models.DateField()
    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clip", "days"], name="video_feedback_erasurenotice_told_once")]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class ClipView(models.Model):
    """Someone else watched a clip: when first and when last. Only its owner sees this."""

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="views")
    watcher = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["first_at"]
        constraints = [
            models.UniqueConstraint(fields=["clip", "watcher"], name="video_feedback_clipview_once_per_watcher")
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"
