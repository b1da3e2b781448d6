"""The beheerder's admin: accounts and groups, no content (docs/domain.md#people)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from netwerkleren.base import audit
from netwerkleren.base.models import AuditEvent
from netwerkleren.base.request import actor_of

from .models import Invitation, NetworkGroup, School, User
from .services import inviting

admin.site.site_header = admin.site.site_title = gettext_lazy("Netwerkleren, beheer")
admin.site.index_title = gettext_lazy("Accounts, groepen en logboek")


class ForBeheerder(admin.ModelAdmin[Any]):
    """Open to every beheerder, and every change audited; Django's per-model permissions are not used.

    What a group made hangs on its people and on itself, so deleting is an exception: who leaves is made inactive.
    """

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what a list shows as its filter: any other in an address may ask what the database cannot answer."""
        return lookup.split("__")[0] in self.list_filter and super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._audit(request, obj, "changed" if change else "made")

    def _audit(self, request: HttpRequest, obj: Any, verb: str) -> None:
        audit.record(actor_of(request), f"{obj._meta.model_name}.{verb}", obj, group_id=getattr(obj, "group_id", None))


class Deletable(ForBeheerder):
    """For rows on which nobody's work hangs."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._audit(request, obj, "deleted")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for obj in queryset:
            self.delete_model(request, obj)


@admin.register(User)
class UserAdmin(ForBeheerder):
    """An account comes from an invitation, with its own password; it ends by a tick at "actief"."""

    list_display = ["email", "name", "is_coach", "is_staff", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_coach", "is_staff", "is_superuser", "is_active"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(Deletable):
    """Adding one here invites a coach: without a group, its mail on its way at once."""

    list_display = ["email", "role", "group", "created", "expires_at", "accepted_at", "revoked_at"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["email"] if obj is None else self.list_display

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else self.list_display

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        # Nothing of it can be changed; the service audits what it makes.
        if not change:
            invited = inviting.invite_coach(actor=actor_of(request), email=obj.email)
            obj.pk = invited.pk


@admin.register(School)
class SchoolAdmin(Deletable):
    list_display = ["name", "place"]
    search_fields = ["name", "place"]


@admin.register(NetworkGroup)
class NetworkGroupAdmin(ForBeheerder):
    list_display = ["name", "created", "published_at", "closed_at"]
    fields = ["name", "created", "published_at", "closed_at"]
    readonly_fields = ["name", "created", "published_at", "closed_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AuditEvent)
class AuditEventAdmin(ForBeheerder):
    """Append-only: nobody adds, changes or deletes here."""

    list_display = ["at", "action", "actor_id", "object_type", "object_id", "group_id"]
    list_filter = ["action"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
