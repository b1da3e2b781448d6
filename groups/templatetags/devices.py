"""A device in the words of its owner, for "Waar ben ik ingelogd?", and which of them add."""

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from ..own_phone import OwnPhones

register = template.Library()

# The first that stands in the user agent counts: Edge and Opera also name Chrome, and Chrome names Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """ "Safari op iPhone" for what a browser says of itself; "Onbekend apparaat" where it says nothing we know."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    kind = next((name for sign, name in DEVICES if sign in user_agent), "")
    if browser and kind:
        return _("%(browser)s op %(kind)s") % {"browser": browser, "kind": kind}
    return browser or kind or _("Onbekend apparaat")


@register.simple_tag(takes_context=True)
def own_devices(context: Context) -> OwnPhones:
    """The page is allauth's, so no view of ours hands them to it."""
    return OwnPhones.of(context["request"])
