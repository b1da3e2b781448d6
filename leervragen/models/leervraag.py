"""A leervraag, and who has none this time."""

from uuid import UUID, uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup
from meetings.actors import ExpertGuest
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import version_of, version_of_facts
from video_feedback.models import Clip

from ..voices import WrittenAnswer
from .mailing import Mailing

QUESTION = 300
"""The most characters of a leervraag: it must fit on a strip."""


class LeervraagQuerySet(models.QuerySet["Leervraag"]):
    def visible_to(self, actor: Actor) -> "LeervraagQuerySet":
        """Members see all questions of their meetings; an expert those of the one meeting they were asked for, and
        what was sent apart, from the Parkeerplaats.
        """
        of_meetings = Q(meeting__in=Meeting.objects.visible_to(actor))
        if isinstance(actor, ExpertGuest):
            apart = Mailing.objects.filter(invitation=actor.invitation_id, kind=Mailing.Kind.PARKED)
            of_meetings |= Q(pk__in=apart.values("leervragen"))
        return self.filter(of_meetings)

    def with_written_answers(self) -> "LeervraagQuerySet":
        """With what members and the expert wrote, each with a name; in one query more."""
        return self.prefetch_related(Prefetch("written_answers", WrittenAnswer.objects.with_writers()))

    def current(self) -> "LeervraagQuerySet":
        """What is not withdrawn, nor held back."""
        return self.exclude(outcome__in=OUT_OF_PLAY)

    def held_back(self, reader: Membership | None) -> "LeervraagQuerySet":
        """What a coach holds back, for its asker and for the coach: nobody else reads it meanwhile."""
        if reader is None:
            return self.none()
        # Where it stood before it moved on it is hidden too, and waits for its asker in one place.
        held = self.filter(outcome=Leervraag.Outcome.HELD_BACK, moved_as__isnull=True)
        held = held if reader.is_coach else held.filter(author=reader)
        return held.select_related("author__user").order_by("created", "pk")

    def in_order(self) -> "LeervraagQuerySet":
        """Along the meetlat, then what lies elsewhere as it came in; with authors and groups. For one meeting's own
        questions: `meeting.leervragen.in_order()`.
        """
        placed = self.current().select_related("author__user", "strip_group")
        return placed.order_by(F("number").asc(nulls_last=True), "rank", "created", "pk")

    def without_authors(self) -> "LeervraagQuerySet":
        """For who knows the people already: with groups alone."""
        return self.select_related(None).select_related("strip_group")

    def as_handed_in(self) -> "LeervraagQuerySet":
        """In the order in which they came in, with who typed them, and where they went on."""
        people = ("author__user", "typed_by__user", "moved_as__meeting", "answered_with")
        return self.current().select_related(*people).order_by("created", "pk")

    def for_group(self, group: NetworkGroup | UUID) -> "LeervraagQuerySet":
        """All that a group asked, meeting by meeting, with answer, outcome, author, and where it went on."""
        return (
            self.current()
            .filter(meeting__group=group)
            .select_related("author__user", "meeting__topic", "moved_as__meeting__topic", "answered_with")
            .order_by("meeting__position", F("number").asc(nulls_last=True), "rank", "created", "pk")
        )

    def parked(self) -> "LeervraagQuerySet":
        """What lies on the Parkeerplaats now, of a meeting that was and of one that is on."""
        on_p = (Leervraag.Outcome.OPEN, Leervraag.Outcome.PARKED)
        return self.filter(state=Leervraag.State.PARKED, outcome__in=on_p)

    def taken_from_p(self) -> "LeervraagQuerySet":
        """What lay on the Parkeerplaats until someone took it up for a meeting, or let it go."""
        away = (Leervraag.Outcome.MOVED, Leervraag.Outcome.LET_GO)
        return self.filter(state=Leervraag.State.PARKED, outcome__in=away)

    def open(self) -> "LeervraagQuerySet":
        return self.filter(outcome=Leervraag.Outcome.OPEN)

    def for_the_expert(self) -> "LeervraagQuerySet":
        """What its meeting still has: the group took it to no other, and did not let it go."""
        return self.current().exclude(outcome__in=(Leervraag.Outcome.MOVED, Leervraag.Outcome.LET_GO))

    def not_sent_to(self, invitation: ExpertInvitation) -> "LeervraagQuerySet":
        sent = Mailing.leervragen.through.objects.filter(mailing__invitation=invitation)
        return self.for_the_expert().exclude(pk__in=sent.values("leervraag"))

    def with_first_mail(self) -> "LeervraagQuerySet":
        """Adds `first_mailed_at`: when the expert of now first got questions of this meeting; None before that."""
        return self.annotate(first_mailed_at=Subquery(_mailings_of_meeting().values("created")[:1]))

    def shown_to_expert(self) -> "LeervraagQuerySet":
        """From the first mail on all questions of the meeting, those that came later too; before it what went apart."""
        of_its_own = Mailing.objects.filter(leervragen=OuterRef("pk"), invitation__meeting=OuterRef("meeting"))
        apart = of_its_own.filter(invitation__in=ExpertInvitation.objects.asked())
        return self.with_first_mail().filter(Exists(_mailings_of_meeting()) | Exists(apart))


def _mailings_of_meeting() -> models.QuerySet["Mailing"]:
    """To the expert who comes or may come: what one got who then said no does not count."""
    of_meeting = Mailing.objects.of_meeting().filter(invitation__meeting=OuterRef("meeting"))
    return of_meeting.filter(invitation__in=ExpertInvitation.objects.asked()).order_by("created")


class Leervraag(models.Model):
    """A question out of the own practice, for one meeting; no pupil can be recognised in it.

    `state` says where its strip lies, `outcome` how it ended. A place on the meetlat is (number, rank within it): ties
    and empty numbers are allowed. `version` rises with every move of this strip, so that a stale move is noticed.
    """

    class State(models.TextChoices):
        TRAY = "tray", _("nog te leggen")
        LAID = "laid", _("op de meetlat")
        PARKED = "parked", _("op de Parkeerplaats")
        PITCH = "pitch", _("in de pitch beantwoord")

    class Outcome(models.TextChoices):
        OPEN = "open", _("nog open")
        ANSWERED = "answered", _("beantwoord")
        PARTLY = "partly", _("deels beantwoord")
        MOVED = "moved", _("naar de volgende bijeenkomst")
        PARKED = "parked", _("op de Parkeerplaats")
        LET_GO = "let_go", _("losgelaten")
        WITHDRAWN = "withdrawn", _("ingetrokken")
        HELD_BACK = "held_back", _("even tegengehouden")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="leervragen")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="leervragen", verbose_name=_("van"))
    typed_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    situation = models.TextField(
        _("Waar loop je in je werk tegenaan?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)]
    )
    text = models.CharField(_("Wat is je vraag?"), max_length=QUESTION)
    clip = models.ForeignKey(
        Clip, on_delete=models.SET_NULL, null=True, blank=True, related_name="leervragen", verbose_name=_("je fragment")
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    is_late = models.BooleanField(
        default=False, editable=False, help_text="after the deadline of that moment, whatever the date becomes later"
    )
    changed_after_mail_at = models.DateTimeField(null=True, blank=True, editable=False)

    state = models.CharField(max_length=6, choices=State, default=State.TRAY)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    strip_group = models.ForeignKey(
        "StripGroup", on_delete=models.SET_NULL, null=True, blank=True, related_name="leervragen"
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    not_today = models.BooleanField(_("niet voor vandaag"), default=False)

    answer = models.TextField(_("Het antwoord"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    answer_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    answered_with = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answers_too", editable=False
    )
    """Of the same meeting: its answer was found to answer this one as well."""
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    destination = models.CharField(_("Waar gaat de vraag heen?"), max_length=LINE, blank=True)
    reason = models.CharField(_("Waarom?"), max_length=LINE, blank=True)
    rounded_off = models.JSONField(null=True, blank=True, editable=False)
    """Where it lay (`state`, `number`, `rank`) when rounding off the meetlat ended it; None once someone ended it, or
    opened it again, by hand.
    """
    moved_from = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="moved_as", editable=False
    )

    objects = LeervraagQuerySet.as_manager()

    class Meta:
        verbose_name = _("leervraag")
        verbose_name_plural = _("leervragen")
        ordering = ["created", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="laid", number__isnull=False, number__gte=1, number__lte=10)
                | (~Q(state="laid") & Q(number__isnull=True, rank__isnull=True, strip_group__isnull=True)),
                name="leervragen_leervraag_laid_has_a_number",
                violation_error_message=_("Een vraag op de meetlat ligt op 1 tot en met 10."),
            ),
            # While strips change places their ranks are empty for a moment, within the transaction.
            models.UniqueConstraint(fields=["meeting", "number", "rank"], name="leervragen_leervraag_place_unique"),
            models.CheckConstraint(
                condition=~Q(outcome="parked") | Q(state="parked"), name="leervragen_leervraag_parked_lies_on_p"
            ),
            models.CheckConstraint(
                condition=~Q(state="pitch") | Q(outcome="answered"), name="leervragen_leervraag_pitch_is_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"leervraag {self.pk}"

    @property
    def version_of_text(self) -> str:
        """What its asker starts from; `version` counts how often the strip moved."""
        return version_of_facts(self, ("text", "situation", "clip"))

    @property
    def version_of_outcome(self) -> str:
        """What who ends it starts from."""
        return version_of(self.outcome, self.destination, self.reason)

    @property
    def came_after_mail(self) -> bool:
        """The expert had the other questions already. For rows of `with_first_mail()`."""
        first_mailed_at = self.first_mailed_at  # type: ignore[attr-defined]
        return first_mailed_at is not None and self.created > first_mailed_at

    @property
    def changed_after_mail(self) -> bool:
        """The expert of now got it in other words. For rows of `with_first_mail()`."""
        first_mailed_at = self.first_mailed_at  # type: ignore[attr-defined]
        changed_at = self.changed_after_mail_at
        return changed_at is not None and first_mailed_at is not None and changed_at > first_mailed_at

    @property
    def has_notes(self) -> bool:
        """Its strip says something beside the question. For rows of `with_first_mail()`."""
        said = (self.moved_from_id, self.is_late, self.clip_id)
        return any(said) or self.came_after_mail or self.changed_after_mail

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN

    @property
    def is_withdrawn(self) -> bool:
        return self.outcome == self.Outcome.WITHDRAWN

    @property
    def is_held_back(self) -> bool:
        """A pupil can be recognised in it, says the coach; `reason` is why."""
        return self.outcome == self.Outcome.HELD_BACK

    @property
    def became(self) -> str:
        """How it ended, in words: "beantwoord" never stands there without an answer, or where the answer was given."""
        words = str(self.get_outcome_display())
        if self.state == self.State.PITCH and self.outcome == self.Outcome.ANSWERED:
            return str(self.get_state_display())
        if self.outcome == self.Outcome.ANSWERED and self.answered_with_id and not self.answer.strip():
            return str(_("beantwoord met een andere vraag"))
        if self.outcome in (self.Outcome.ANSWERED, self.Outcome.PARTLY) and not self.answer.strip():
            return str(_("%(became)s in het gesprek")) % {"became": words}
        return words

    @property
    def answered_by(self) -> "Leervraag | None":
        """The question with which this one was answered as well, as long as both stand."""
        other = self.answered_with if self.outcome == self.Outcome.ANSWERED else None
        return None if other is None or other.outcome in OUT_OF_PLAY else other

    @property
    def moved_to(self) -> Meeting | None:
        """The meeting to which the group moved it, and where it still stands."""
        following = getattr(self, "moved_as", None)
        return following.meeting if following and not following.is_withdrawn else None

    @property
    def is_taken_back_there(self) -> bool:
        """Its asker took it back in the meeting to which it had moved on."""
        following = getattr(self, "moved_as", None)
        return self.outcome == self.Outcome.MOVED and following is not None and following.is_withdrawn


OUT_OF_PLAY = (Leervraag.Outcome.WITHDRAWN, Leervraag.Outcome.HELD_BACK)
"""What nobody reads or lays: its asker took it back, or the coach asks its asker to write it otherwise."""


class NotThisTime(models.Model):
    """ "Deze keer niet": a normal answer to the request for a leervraag, given once per meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="leervragen_notthistime_once_per_meeting")
        ]

    def __str__(self) -> str:
        return f"not this time {self.pk}"
