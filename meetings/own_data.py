"""What meetings give to someone's own data, and to the end of an account."""

from django.utils.translation import gettext as _

from groups.models import Membership, User
from groups.points import OwnPart

from .models import Agreement, Attendance, Meeting


def agreements_part(user: User) -> OwnPart:
    agreements = Agreement.objects.filter(owner__user=user).select_related("meeting__group")
    rows = [
        {
            _("groep"): agreement.meeting.group.name,
            _("afspraak"): agreement.text,
            _("wanneer"): agreement.due,
            _("gedaan op"): agreement.done_at,
        }
        for agreement in agreements
    ]
    return OwnPart("afspraken", _("Mijn afspraken"), rows)


def attendance_part(user: User) -> OwnPart:
    seen = Attendance.objects.filter(membership__user=user).select_related("meeting__group", "meeting__topic")
    rows = [
        {
            _("groep"): one.meeting.group.name,
            _("bijeenkomst"): one.meeting.number_name,
            _("datum"): one.meeting.starts_at,
            _("aanwezig"): one.get_status_display(),
        }
        for one in seen
    ]
    return OwnPart("aanwezigheid", _("Bij welke bijeenkomsten ik was"), rows)


def days_led_part(user: User) -> OwnPart:
    led = Meeting.objects.filter(day_leader__user=user).select_related("group").order_by("starts_at")
    rows = [
        {_("groep"): meeting.group.name, _("bijeenkomst"): meeting.number_name, _("datum"): meeting.starts_at}
        for meeting in led
    ]
    return OwnPart("geleid", _("Welke bijeenkomsten ik als deelnemer leid"), rows)


def leads_a_running_group(user: User) -> str | None:
    """A coach who is the only one of a published group that still has meetings to come."""
    led = Membership.objects.current().coaches().filter(user=user, group__published_at__isnull=False)
    shared = Membership.objects.current().coaches().exclude(user=user).values("group")
    to_come = Meeting.objects.filter(state__in=[Meeting.State.PLANNED, Meeting.State.RUNNING]).values("group")
    alone = led.filter(group__closed_at__isnull=True, group__in=to_come).exclude(group__in=shared)
    names = ", ".join(alone.order_by("group__name").values_list("group__name", flat=True))
    if not names:
        return None
    return _(
        "Je bent de enige coach van %(groups)s, en daar komen nog bijeenkomsten. Laat eerst een andere coach de groep "
        "overnemen, of rond het traject af. Vraag je beheerder om hulp."
    ) % {"groups": names}
