"""What meetings give to someone's own data, and to the end of an account."""

from django.db.models import Q
from django.utils.translation import gettext as _

from groups.models import Membership, User
from groups.points import OwnPart
from netwerkleren.base.access import Actor

from .models import (
    ANSWERS,
    AgendaTemplate,
    Agreement,
    Attendance,
    CalendarFeed,
    Inventory,
    Keepsake,
    Knock,
    LastAct,
    LeadingNote,
    Meeting,
    WarmUp,
    WishBacker,
    label_of,
)


def agreements_part(user: User) -> OwnPart:
    agreements = Agreement.objects.filter(owner__user=user).select_related("meeting__group")
    rows = [
        {
            _("groep"): agreement.meeting.group.name,
            _("afspraak"): agreement.text,
            _("wanneer"): agreement.due,
            _("gedaan op"): agreement.done_at,
            _("hoeft niet meer sinds"): agreement.dropped_at,
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


def templates_part(user: User) -> OwnPart:
    """Gone with the account; what can be put back of an agenda has no name then."""
    rows = [
        {
            _("naam"): template.name,
            _("soort bijeenkomst"): template.get_kind_display(),
            _("onderdelen"): ", ".join(f"{facts['title']} ({facts['minutes']} min)" for facts in template.items),
        }
        for template in AgendaTemplate.objects.visible_to(user)
    ]
    return OwnPart("eigen-agendas", _("Mijn eigen agenda's"), rows)


def wishes_part(user: User) -> OwnPart:
    backed = WishBacker.objects.filter(member__user=user).select_related("wish__group")
    rows = [
        {
            _("groep"): one.wish.group.name,
            _("soort"): one.wish.get_kind_display(),
            _("wens"): one.wish.text,
            _("sinds"): one.created,
        }
        for one in backed
    ]
    return OwnPart("wensen", _("Wat ik wilde voor de groep"), rows)


def inventory_part(user: User) -> OwnPart:
    labels = {name: label_of(name) for name in ANSWERS}
    rows = [
        {_("groep"): one.member.group.name, **{label: _answer_of(one, name) for name, label in labels.items()}}
        for one in Inventory.objects.filter(member__user=user).select_related("member__group")
    ]
    return OwnPart("startvragen", _("Mijn startvragen"), rows)


def _answer_of(answers: Inventory, name: str) -> str:
    """As the page says it: of a choice its words."""
    in_words = getattr(answers, f"get_{name}_display", None)
    return str(in_words() if in_words else getattr(answers, name))


def take_away(user: User, actor: Actor) -> None:
    """The answers go, and that someone wanted it; the wish is the group's, and stays. So do the cards of Geef door go,
    those they wrote and those they got, and what they wrote before a talk.
    """
    Keepsake.objects.filter(Q(giver__user=user) | Q(receiver__user=user)).delete()
    WarmUp.objects.filter(member__user=user).delete()
    Inventory.objects.filter(member__user=user).delete()
    WishBacker.objects.filter(member__user=user).delete()


def keepsakes_part(user: User) -> OwnPart:
    """What they wrote, and what was given to them; no more of another's than they read on the page."""
    cards = Keepsake.objects.filter(Q(giver__user=user) | Q(receiver__user=user, given_at__isnull=False))
    rows = [
        {
            _("groep"): card.meeting.group.name,
            _("van"): card.giver.name,
            _("voor"): card.receiver.name,
            _("dit nam ik van jou mee"): card.text,
            _("gegeven op"): card.given_at,
        }
        for card in cards.select_related("meeting__group", "giver__user", "receiver__user").order_by("created")
    ]
    return OwnPart("geef-door", _("Mijn kaartjes van Geef door"), rows)


def warm_ups_part(user: User) -> OwnPart:
    rows = [
        {
            _("groep"): one.meeting.group.name,
            _("bijeenkomst"): one.meeting.number_name,
            _("wat ging goed"): one.went_well,
            _("wat doen we anders"): one.otherwise,
        }
        for one in WarmUp.objects.filter(member__user=user).select_related("meeting__group").order_by("created")
    ]
    return OwnPart("eerst-zelf", _("Wat ik voor het gesprek schreef"), rows)


def calendar_part(user: User) -> OwnPart:
    """That there is an address, not the address itself: nobody keeps that."""
    feeds = CalendarFeed.objects.filter(user=user)
    rows = [{_("agenda-adres sinds"): feed.created, _("met deadlines"): feed.with_deadlines} for feed in feeds]
    return OwnPart("agenda", _("Mijn agenda-adres"), rows)


def end_calendar(user: User, actor: Actor) -> None:
    CalendarFeed.objects.filter(user=user).delete()


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
        "Je bent de enige coach van %(groups)s, en daar komen nog bijeenkomsten. Maak eerst iemand anders coach: "
        "dat kan op de pagina van de groep, bij Coaches."
    ) % {"groups": names}


def knocks_part(user: User) -> OwnPart:
    """What was typed at a door with this address, until the meeting ends; of which group is not its to know."""
    rows = [
        {_("naam"): knock.name, _("e-mailadres"): knock.email, _("wanneer"): knock.created}
        for knock in Knock.objects.of_address(user)
    ]
    return OwnPart("binnenkomen", _("Waar ik vroeg om binnen te komen"), rows)


def leading_notes_part(user: User) -> OwnPart:
    """What was jotted down while leading: gone with the account, for it is nobody else's word."""
    rows = [
        {
            _("groep"): note.meeting.group.name,
            _("bijeenkomst"): note.meeting.number_name,
            _("onderdeel"): note.title,
            _("notitie"): note.text,
            _("wanneer"): note.created,
        }
        for note in LeadingNote.objects.filter(writer__user=user).select_related("meeting__group")
    ]
    return OwnPart("leidnotities", _("Mijn notities bij het leiden"), rows)


def take_away_leading(user: User, actor: Actor) -> None:
    """The notes go, and that this account did something last in a meeting that runs."""
    LeadingNote.objects.filter(writer__user=user).delete()
    LastAct.objects.filter(by=user).delete()


def take_away_knocks(user: User, actor: Actor) -> None:
    Knock.objects.of_address(user).delete()
