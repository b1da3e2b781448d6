"""The navigation of every page."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from netwerkleren.base.access import is_user
from netwerkleren.base.request import actor_of

from .demo.accounts import ON_THE_LOGIN_PAGE

_address = cache(reverse)
"""Of a page without arguments it stays the same while a process runs."""


@dataclass(frozen=True)
class NavItem:
    """An entry of the navigation. `is_add` is the accent in the middle of the phone's tabs."""

    key: str
    label: str
    url: str
    icon: str
    active: bool
    is_add: bool = False


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The entries of the bar, and those of the phone's tabs beside "Meer"; none for a guest, or before a first step."""
    actor = actor_of(request)
    if not is_user(actor) or getattr(request, "first_step", None):
        return {"nav_items": [], "tab_items": []}
    active = _active_key(request)

    def item(key: str, label: str, route_name: str, icon: str, is_add: bool = False) -> NavItem:
        return NavItem(key, label, _address(route_name), icon, key == active, is_add)

    today = item("roof", _("Vandaag"), "roof:home", "sun")
    groups = item("groups", _("Groepen") if actor.is_coach else _("Groep"), "roof:groups", "users")
    meetings = item("meetings", _("Bijeenkomsten"), "meetings:overview", "calendar-days")
    clips = item("video_feedback", _("Fragmenten"), "video_feedback:overview", "film")
    talent = item("talent", _("Talentmomenten"), "video_feedback:talentmomenten", "star")
    harvest = item("reports", _("Oogst"), "reports:overview", "notebook-pen")
    middle = (
        item("meetings", _("Agenda"), "meetings:overview", "calendar-days")
        if actor.is_coach
        else item("talent", _("Noteren"), "video_feedback:talentmomenten", "plus", is_add=True)
    )
    return {
        "nav_items": [today, groups, meetings, clips, talent, harvest],
        "tab_items": [today, groups, middle, clips],
    }


def demo(request: HttpRequest) -> dict[str, Any]:
    """In demo mode, what the login page shows to go in with one click."""
    if not settings.DEMO:
        return {"demo_login_template": ""}
    return {"demo_login_template": "roof/_demo_login.html", "demo_people": ON_THE_LOGIN_PAGE}


def _active_key(request: HttpRequest) -> str:
    match = request.resolver_match
    namespace, name = (match.namespace, match.url_name or "") if match else ("", "")
    if name == "paper" or (namespace == "groups" and match is not None and not match.kwargs):
        return ""  # about oneself or the portal, and in no part of the menu
    if (namespace == "roof" and name != "home") or (match is not None and match.route.startswith("groepen/")):
        return "groups"
    if namespace == "video_feedback" and name.startswith("talent"):
        return "talent"
    return "meetings" if namespace == "leervragen" else namespace
