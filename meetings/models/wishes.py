"""What members wish for theme, topics and experts. The group decides in the room; a number decides nothing."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, Membership, NetworkGroup, group_ids_of
from netwerkleren.base.access import Actor

from .meeting import Topic


class WishQuerySet(models.QuerySet["Wish"]):
    def visible_to(self, actor: Actor) -> "WishQuerySet":
        return self.filter(group__in=group_ids_of(actor))

    def of_group(self, group: NetworkGroup) -> "WishQuerySet":
        """In the order in which they came, with who wants it."""
        return self.filter(group=group).select_related("topic").prefetch_related("backers__member__user")


class Wish(models.Model):
    """A wish of the group. One that the coach laid with another points to it, and can be taken out again."""

    class Kind(models.TextChoices):
        THEME = "theme", _("Thema")
        TOPIC = "topic", _("Onderwerp")
        EXPERT = "expert", _("Expert")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(_("soort"), max_length=6, choices=Kind)
    text = models.CharField(_("wens"), max_length=LINE)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="wishes")
    created = models.DateTimeField(auto_now_add=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = _("wens")
        verbose_name_plural = _("wensen")
        ordering = ["created", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="meetings_wish_not_merged_into_itself"
            ),
            models.UniqueConstraint(fields=["group", "kind", "text"], name="meetings_wish_once_per_group"),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class WishBacker(models.Model):
    """ "Dit wil ik ook": a member who wants it, the first one too."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="backers")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="backed_wishes")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created", "pk"]
        constraints = [models.UniqueConstraint(fields=["wish", "member"], name="meetings_wishbacker_once")]

    def __str__(self) -> str:
        return f"backer {self.pk}"
