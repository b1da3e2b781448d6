"""Someone's own meetings as a calendar that follows by itself, behind a secret address."""

from django.db import models

from groups.models import User


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def live(self) -> "CalendarFeedQuerySet":
        """Of an account that is there: with the account its calendar ends."""
        return self.filter(user__is_active=True)


class CalendarFeed(models.Model):
    """One an account. The address holds a token, of which only the hash is kept; a new one ends the one before it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    with_deadlines = models.BooleanField(default=True)
    created = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
