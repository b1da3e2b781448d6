"""A mail to oneself, to see whether mail works."""

from django.db import transaction
from django.utils import timezone

from netwerkleren.base.access import Actor
from netwerkleren.base.mail import RESEND_PAUSE, queue_mail

from ..models import user_of


@transaction.atomic
def send_trial_mail(*, actor: Actor) -> bool:
    """False when one is on its way already: a second click within the pause sends nothing."""
    user = user_of(actor)
    turn = int(timezone.now().timestamp() // RESEND_PAUSE.total_seconds())
    return bool(queue_mail("groups.trial", to=user.email, about=user.pk, unique_key=f"groups.trial:{user.pk}:{turn}"))
