"""What a coach adds to the explanations: addresses elsewhere, for the own group."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import LINE, LINK, NetworkGroup
from groups.models.agreements import GroupOwnedQuerySet

from .subjects import SUBJECTS


class MethodLink(models.Model):
    """A film, a presentation or an article that a coach found. What stands there is not ours: nobody looks whether it
    is still there, and a page that is gone is no fault of the portal.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="method_links")
    subject = models.CharField(_("onderwerp"), max_length=12)
    title = models.CharField(_("naam"), max_length=LINE)
    link = models.URLField(_("link"), max_length=LINK)
    created = models.DateTimeField(auto_now_add=True)

    objects = GroupOwnedQuerySet["MethodLink"].as_manager()

    class Meta:
        ordering = ["created"]

    def __str__(self) -> str:
        return f"method link {self.pk}"

    @property
    def subject_title(self) -> str:
        return str(SUBJECTS[self.subject].title) if self.subject in SUBJECTS else ""
