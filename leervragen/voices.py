"""What someone adds to a leervraag in the own name, beside what the group does with it on the meetlat."""

from uuid import UUID, uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, group_ids_of
from meetings.actors import ExpertGuest
from meetings.models import ExpertInvitation
from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.conflicts import version_of, version_of_facts


class TriedQuerySet(models.QuerySet["Tried"]):
    def visible_to(self, actor: Actor) -> "TriedQuerySet":
        """The asker's own; of others what they let the group read."""
        if not is_user(actor):
            return self.none()
        for_reader = models.Q(is_shared=True) | models.Q(leervraag__author__user=actor.pk)
        return self.filter(for_reader, leervraag__author__group__in=group_ids_of(actor))


class Tried(models.Model):
    """Whether the asker tried the answer at work, and what happened then: a word of the asker, no grade and no count.

    It is the asker's alone until `is_shared`. Asked once, two weeks after the meeting; "nog niet" ends the asking too.
    """

    class Reply(models.TextChoices):
        YES = "yes", _("geprobeerd")
        NOT_YET = "not_yet", _("nog niet")
        NO_NEED = "no_need", _("hoeft niet meer")

    leervraag = models.OneToOneField(
        "leervragen.Leervraag", on_delete=models.CASCADE, primary_key=True, related_name="tried"
    )
    reply = models.CharField(max_length=8, choices=Reply, default=Reply.NOT_YET)
    happened = models.TextField(_("Wat gebeurde er?"), blank=True, validators=[MaxLengthValidator(PARAGRAPH)])
    is_shared = models.BooleanField(_("Laat de groep dit lezen"), default=False)
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TriedQuerySet.as_manager()

    class Meta:
        verbose_name = _("geprobeerd")
        verbose_name_plural = _("geprobeerd")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reply="yes") | models.Q(is_shared=False), name="leervragen_tried_shared_is_tried"
            )
        ]

    def __str__(self) -> str:
        return f"tried {self.pk}"

    @property
    def is_tried(self) -> bool:
        return self.reply == self.Reply.YES

    @property
    def version(self) -> str:
        """What its asker starts from."""
        return version_of_facts(self, ("reply", "happened", "is_shared"))


class WrittenAnswerQuerySet(models.QuerySet["WrittenAnswer"]):
    def with_writers(self) -> "WrittenAnswerQuerySet":
        return self.select_related("author__user", "invitation__expert").order_by("written_at", "pk")

    def of(self, actor: Actor) -> "WrittenAnswerQuerySet":
        """What this member or expert answers; not what a member noted of the group's answer."""
        if isinstance(actor, ExpertGuest):
            return self.filter(invitation=actor.invitation_id)
        return self.filter(author__user=actor.pk, is_note=False)

    def notes_of(self, scribe: Membership | None) -> "WrittenAnswerQuerySet":
        """What this member noted of the group's answer while another was writing it down too."""
        return self.filter(author=scribe, is_note=True)


class WrittenAnswer(models.Model):
    """What a member or the expert answers in writing, before or after the meeting, each under the own name.

    Beside what the group answers together (`Leervraag.answer`), which stays one text. One of each writer for a
    question; `author` is a member, `invitation` the expert.

    A note (`is_note`) is of the group's answer too: two wrote it down at once, and what the second wrote stands here,
    beside the first and as it was typed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    leervraag = models.ForeignKey(
        "leervragen.Leervraag", on_delete=models.CASCADE, related_name="written_answers", editable=False
    )
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    invitation = models.ForeignKey(
        ExpertInvitation, on_delete=models.CASCADE, null=True, related_name="+", editable=False
    )
    is_note = models.BooleanField(default=False, editable=False)
    text = models.TextField(_("Je antwoord"), validators=[MaxLengthValidator(PARAGRAPH)])
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WrittenAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("geschreven antwoord")
        verbose_name_plural = _("geschreven antwoorden")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(author__isnull=False, invitation__isnull=True)
                | models.Q(author__isnull=True, invitation__isnull=False),
                name="leervragen_writtenanswer_one_writer",
            ),
            models.CheckConstraint(
                condition=models.Q(is_note=False) | models.Q(author__isnull=False),
                name="leervragen_writtenanswer_note_of_a_member",
            ),
            models.UniqueConstraint(
                fields=["leervraag", "author", "is_note"], name="leervragen_writtenanswer_one_of_a_member"
            ),
            models.UniqueConstraint(
                fields=["leervraag", "invitation"], name="leervragen_writtenanswer_one_of_an_expert"
            ),
        ]

    def __str__(self) -> str:
        return f"written answer {self.pk}"

    @property
    def version(self) -> str:
        """What its writer starts from."""
        return version_of(self.text)

    @property
    def writer(self) -> str:
        """By first name as every question has it; an expert by the whole name."""
        if self.invitation is not None:
            return self.invitation.expert.name
        return self.author.user.first_name if self.author else ""


class ClarificationQuerySet(models.QuerySet["Clarification"]):
    def visible_to(self, actor: Actor) -> "ClarificationQuerySet":
        """Of the asker alone, as long as the asker is a member."""
        if not is_user(actor):
            return self.none()
        return self.filter(leervraag__author__user=actor.pk, leervraag__author__group__in=group_ids_of(actor))

    def for_asker(self) -> "ClarificationQuerySet":
        return self.select_related("writer__user").order_by("created", "pk")


class Clarification(models.Model):
    """ "Bedoel je …?": a member asks the asker what a question means. Read by the asker alone, who changes the question
    or leaves it: nobody else rewrites it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    leervraag = models.ForeignKey(
        "leervragen.Leervraag", on_delete=models.CASCADE, related_name="clarifications", editable=False
    )
    writer = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+", editable=False)
    text = models.CharField(_("Bedoel je …?"), max_length=500)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("bedoel je")
        verbose_name_plural = _("bedoel je")

    def __str__(self) -> str:
        return f"clarification {self.pk}"


class PitchNoteQuerySet(models.QuerySet["PitchNote"]):
    def visible_to(self, actor: Actor) -> "PitchNoteQuerySet":
        """Of who made the tick, and of the asker, who decides; of members only."""
        return self.read_by(actor.pk, group_ids_of(actor)) if is_user(actor) else self.none()

    def read_by(self, reader: UUID, groups: list[UUID]) -> "PitchNoteQuerySet":
        """What `visible_to` gives this account, who is in these groups, for in a query that is written once."""
        for_reader = models.Q(writer__user=reader) | models.Q(leervraag__author__user=reader)
        return self.filter(for_reader, leervraag__author__group__in=groups)

    def with_writers(self) -> "PitchNoteQuerySet":
        return self.select_related("writer__user").order_by("written_at", "pk")


class PitchNote(models.Model):
    """A tick in pencil during the pitch, "misschien beantwoord", with a word: of one member at one question.

    It decides nothing: the asker does, and reads it. Nobody else does.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    leervraag = models.ForeignKey(
        "leervragen.Leervraag", on_delete=models.CASCADE, related_name="pitch_notes", editable=False
    )
    writer = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+", editable=False)
    word = models.CharField(_("Een woord erbij"), max_length=LINE, blank=True)
    is_settled = models.BooleanField(default=False, editable=False, help_text="the asker decided after this tick")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PitchNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vinkje bij de pitch")
        verbose_name_plural = _("vinkjes bij de pitch")
        constraints = [
            models.UniqueConstraint(fields=["leervraag", "writer"], name="leervragen_pitchnote_one_of_a_member")
        ]

    def __str__(self) -> str:
        return f"pitch note {self.pk}"

    @property
    def version(self) -> str:
        """What its writer starts from."""
        return version_of(self.word)
