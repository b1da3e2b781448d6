"""The navigation of every page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from netwerkleren.base.access import is_user


@dataclass(frozen=True)
class NavItem:
    key: str
    label: str
    url: str
    icon: str
    active: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The entries of the bar and of the phone's tabs; none for a guest."""
    if not is_user(getattr(request, "actor", None)):
        return {"nav_items": []}
    namespace = request.resolver_match.namespace if request.resolver_match else ""
    entries = [
        ("roof", _("Vandaag"), "roof:home", "sun"),
        ("groups", _("Groepen") if request.user.is_coach else _("Groep"), "roof:groups", "users"),
        ("meetings", _("Bijeenkomsten"), "meetings:list", "calendar-days"),
        ("video_feedback", _("Fragmenten"), "video_feedback:list", "film"),
        ("talent", _("Talentmomenten"), "video_feedback:talentmomenten", "star"),
        ("reports", _("Oogst"), "reports:overview", "notebook-pen"),
    ]
    active = _active_key(request, namespace)
    items = []
    for key, label, name, icon in entries:
        try:
            items.append(NavItem(key, label, reverse(name), icon, key == active))
        except NoReverseMatch:
            continue
    return {"nav_items": items}


def _active_key(request: HttpRequest, namespace: str) -> str:
    name = request.resolver_match.url_name if request.resolver_match else ""
    if namespace == "roof" and name and name.startswith("group"):
        return "groups"
    if namespace == "video_feedback" and name and name.startswith("talent"):
        return "talent"
    if namespace == "leervragen":
        return "meetings"
    return namespace
