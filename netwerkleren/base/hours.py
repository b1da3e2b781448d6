"""The hours at which mail goes out by itself."""

from datetime import datetime, time

from django.utils import timezone

DECENT_HOURS = range(8, 20)
SCHOOL_DAYS = range(5)


def may_remind(moment: datetime) -> bool:
    """Between 7.30 and 18.00 of a school day, on the Dutch clock: a reminder is work, and asks at hours of work."""
    here = timezone.localtime(moment)
    return here.weekday() in SCHOOL_DAYS and time(7, 30) <= here.time() < time(18)


def is_decent(moment: datetime) -> bool:
    """Between 8 and 20 of a school day, on the Dutch clock."""
    here = timezone.localtime(moment)
    return here.weekday() in SCHOOL_DAYS and here.hour in DECENT_HOURS
