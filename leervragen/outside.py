"""What of a meeting may leave the group: an answer or an afspraak, by a tick of whose it is, or of the coach."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.models import Membership
from meetings.models import Agreement


class OutsideMark(models.Model):
    """ "Mag naar buiten". Without one nothing of another goes into what a member shares with the own team."""

    leervraag = models.OneToOneField(
        "leervragen.Leervraag", on_delete=models.CASCADE, null=True, blank=True, related_name="outside_mark"
    )
    agreement = models.OneToOneField(
        Agreement, on_delete=models.CASCADE, null=True, blank=True, related_name="outside_mark"
    )
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mag naar buiten")
        constraints = [
            models.CheckConstraint(
                condition=Q(leervraag__isnull=True) ^ Q(agreement__isnull=True), name="leervragen_outsidemark_of_one"
            )
        ]

    def __str__(self) -> str:
        return f"outside mark {self.pk}"
