"""Accounts, schools and groups, by their names."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from netwerkleren.base.forms import told
from netwerkleren.base.request import actor_of
from netwerkleren.base.templatetags.ui import names

from ..models import Membership, NetworkGroup, School, User
from ..services import factor_resets
from .site import Deletable, ForBeheerder, ReadOnly, beheer

CURRENT = Prefetch("memberships", Membership.objects.current().select_related("user", "group"))


@admin.register(User, site=beheer)
class UserAdmin(ForBeheerder):
    """An account comes from an invitation, with its own password; it ends by a tick at "actief"."""

    list_display = ["name", "email", "groups_by_name", "is_coach", "is_staff", "is_active"]
    list_filter = ["is_coach", "is_staff", "is_active"]
    search_fields = ["email", "name"]
    ordering = ["name", "email"]
    fields = ["name", "email", "groups_by_name", "is_coach", "is_staff", "is_active"]
    readonly_fields = ["email", "groups_by_name"]  # An address is its owner's to change (docs/security.md L4).

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody takes the own way in away: then perhaps nobody is left who can give it back."""
        own = ["is_staff", "is_active"] if obj is not None and obj.pk == request.user.pk else []
        return [*self.readonly_fields, *own]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(CURRENT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        press = self.admin_site.admin_view(require_POST(self.invite_anew))
        return [path("<uuid:pk>/tweede-stap/", press, name="groups_user_factor"), *super().get_urls()]

    def invite_anew(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """It is the owner who takes a second step off; whether there is one is not said here."""
        user = User.objects.filter(pk=pk).first()
        if user is None:
            return redirect("admin:groups_user_changelist")
        sent = told(request, lambda: factor_resets.invite_anew(actor=actor_of(request), user=user))
        if sent and sent.row:
            said = _("Heeft %(email)s een tweede stap, dan is de mail met de link onderweg.")
            messages.success(request, said % {"email": user.email})
        elif sent:
            messages.info(request, _("De mail is net al verstuurd. Wacht een minuut."))
        return redirect("admin:groups_user_change", pk)

    @admin.display(description=gettext_lazy("groepen"), empty_value="–")
    def groups_by_name(self, user: User) -> str:
        of = _("%(group)s (%(role)s)")
        return ", ".join(of % {"group": own.group, "role": own.get_role_display()} for own in user.memberships.all())


@admin.register(School, site=beheer)
class SchoolAdmin(Deletable):
    list_display = ["name", "place"]
    search_fields = ["name", "place"]


@admin.register(NetworkGroup, site=beheer)
class NetworkGroupAdmin(ReadOnly):
    list_display = ["name", "coaches", "participants", "created", "published_at", "closed_at"]
    fields = ["name", "coaches", "participants", "created", "published_at", "closed_at"]
    search_fields = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(CURRENT)

    @admin.display(description=gettext_lazy("coach"), empty_value="–")
    def coaches(self, group: NetworkGroup) -> str:
        return names(own.name for own in group.memberships.all() if own.is_coach)

    @admin.display(description=gettext_lazy("deelnemers"))
    def participants(self, group: NetworkGroup) -> int:
        return sum(not own.is_coach for own in group.memberships.all())
