"""Startvragen: what the introductie asks of each deelnemer (the method's inventarisatielijst)."""

from typing import Any
from uuid import UUID, uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, PARAGRAPH, Membership, NetworkGroup, memberships_of
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import version_of_facts

from .meeting import AgendaItem, Meeting


class Half(models.TextChoices):
    """The two halves, each opened by its onderdeel of the introductie."""

    LEARNING = "learning", _("Leren")
    FILM = "film", _("Filmen")


ITEM_OF_HALF = {Half.LEARNING: AgendaItem.Kind.LEARNING, Half.FILM: AgendaItem.Kind.VIDEO}


class InventoryOpeningQuerySet(models.QuerySet["InventoryOpening"]):
    def open_halves(self, group: NetworkGroup) -> list[Half]:
        """What the coach opened, and what an onderdeel of the introductie opened, which then stays open. One query."""
        early = self.filter(group=group).values_list("half", flat=True)
        introduction = Q(meeting__group=group, meeting__kind=Meeting.Kind.INTRODUCTION)
        was_on = Q(started_at__isnull=False) | Q(meeting__state=Meeting.State.ENDED)
        begun = AgendaItem.objects.filter(introduction, was_on).order_by().values_list("kind", flat=True)
        found = set(early.union(begun))
        return [half for half in Half if half in found or ITEM_OF_HALF[half] in found]


class InventoryOpening(models.Model):
    """A half that the coach opened before its onderdeel."""

    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="inventory_openings")
    half = models.CharField(max_length=8, choices=Half)

    objects = InventoryOpeningQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "half"], name="meetings_inventoryopening_once")]

    def __str__(self) -> str:
        return f"opening {self.pk}"


class FilmReady(models.TextChoices):
    YES = "yes", _("ja")
    NOT_YET = "not_yet", _("nog niet")


def _text(label: Any) -> "models.TextField[str, str]":
    return models.TextField(label, blank=True, validators=[MaxLengthValidator(PARAGRAPH)])


class InventoryQuerySet(models.QuerySet["Inventory"]):
    def visible_to(self, actor: Actor) -> "InventoryQuerySet":
        """One's own, and for the coach those of the group: the page to read together has no names."""
        mine = memberships_of(actor)
        led = [own.group_id for own in mine if own.is_coach]
        of_led = Q(member__group__in=led, member__left=None)
        return self.filter(Q(member__in=[own.pk for own in mine]) | of_led)

    def of(self, member: Membership) -> "Inventory":
        """The answers of a deelnemer, or none yet, in a row that is not saved."""
        return self.filter(member=member).first() or Inventory(member=member)

    def has_unanswered(self, member: Membership, open_halves: list[Half]) -> bool:
        """Whether a half is open of which this deelnemer answered nothing. Asks nothing while none is."""
        if not open_halves:
            return False
        answers = self.of(member)
        return any(not any(getattr(answers, name) for name in QUESTIONS[half]) for half in open_halves)


class Inventory(models.Model):
    """The answers of one deelnemer. Nothing is required."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    member = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="inventory")
    struggle = _text(_("Waar loop je in je werk tegenaan?"))
    goal = _text(_("Wat wil je leren in dit traject?"))
    agenda_wishes = _text(_("Wat wil je op je eigen leeragenda?"))
    topics = _text(_("Over welke onderwerpen wil je het hebben?"))
    experts = _text(_("Wie zou je als expert willen vragen?"))
    ask_me = _text(_("Waarover mag de groep jou iets vragen?"))
    camera = models.CharField(_("Heb je iets om mee te filmen?"), max_length=8, choices=FilmReady, blank=True)
    filming = models.CharField(_("Hoe ga je filmen?"), max_length=LINE, blank=True)
    sound = models.CharField(_("Kun je het geluid goed horen?"), max_length=8, choices=FilmReady, blank=True)
    cutting = models.CharField(_("Weet je hoe je een fragment knipt?"), max_length=8, choices=FilmReady, blank=True)
    film_note = models.CharField(_("Wat heb je nog nodig?"), max_length=LINE, blank=True)

    objects = InventoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("startvragen")
        verbose_name_plural = _("startvragen")

    def __str__(self) -> str:
        return f"inventory {self.pk}"

    @property
    def group_id(self) -> UUID:
        return self.member.group_id

    @property
    def version(self) -> str:
        """What its owner starts from, perhaps on two devices."""
        return version_of_facts(self, ANSWERS)


def label_of(question: str) -> str:
    """The question in words, as its field is called."""
    field = Inventory._meta.get_field(question)
    assert isinstance(field, models.Field)
    return str(field.verbose_name)


ALWAYS = ("struggle",)
QUESTIONS = {
    Half.LEARNING: ("goal", "agenda_wishes", "topics", "experts", "ask_me"),
    Half.FILM: ("camera", "filming", "sound", "cutting", "film_note"),
}
ANSWERS = (*ALWAYS, *QUESTIONS[Half.LEARNING], *QUESTIONS[Half.FILM])
TO_ARRANGE = {
    "camera": _("Iets om mee te filmen regelen"),
    "sound": _("Zorgen dat het geluid goed te horen is"),
    "cutting": _("Samen een fragment leren knippen"),
}
"""What "nog niet" asks for, as an afspraak."""
BECOMES_WISH = {"topics": "topic", "experts": "expert"}
"""Which answers can be put on the list of wishes, and as what."""
