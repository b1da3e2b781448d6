"""The word of thanks to an expert, as the coach sent it."""

from uuid import uuid4

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from groups.models import PARAGRAPH, User

from .expert import ExpertInvitation


class Thanks(models.Model):
    """One an expert a meeting; its text is kept, since a mail is rendered when it goes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    invitation = models.OneToOneField(ExpertInvitation, on_delete=models.CASCADE, related_name="thanks")
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("wat je schrijft"), validators=[MaxLengthValidator(PARAGRAPH)])
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("bedankje")
        verbose_name_plural = _("bedankjes")

    def __str__(self) -> str:
        return f"thanks {self.pk}"
