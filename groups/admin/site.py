"""The site of the beheerder's pages, in the portal's own look, and what every page of it holds to."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from netwerkleren.base import audit
from netwerkleren.base.request import actor_of

from ..mail_state import mail_state
from ..services import trial_mail


class Beheer(admin.AdminSite):
    """A site of our own: only what is registered on it is there.

    allauth registers its tables on Django's site, which has no address here: who could change or make an address, a
    passkey or a session there could become anyone (docs/security.md L4).
    """

    site_header = site_title = gettext_lazy("Netwerkleren, beheer")
    index_title = gettext_lazy("Beheer")
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLResolver | URLPattern]:
        own: list[URLResolver | URLPattern] = [
            path("mail/", self.admin_view(require_GET(self.mail)), name="mail"),
            path("mail/proef/", self.admin_view(require_POST(self.send_trial)), name="send_trial"),
        ]
        return own + super().get_urls()

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        answer = super().index(request, {"mail_state": mail_state(), **(extra_context or {})})
        assert isinstance(answer, TemplateResponse)
        return answer

    def mail(self, request: HttpRequest) -> TemplateResponse:
        """Whether mail works."""
        context = {**self.each_context(request), "title": _("Werkt de mail?"), "mail_state": mail_state()}
        return TemplateResponse(request, "admin/mail.html", context)

    def send_trial(self, request: HttpRequest) -> HttpResponse:
        if trial_mail.send_trial_mail(actor=actor_of(request)):
            messages.success(request, _("De proefmail is onderweg naar je eigen adres."))
        else:
            messages.info(request, _("Er is net al een proefmail onderweg. Wacht een minuut."))
        return redirect("admin:mail")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """A password is changed in one place, with all that belongs to it."""
        return redirect("account_change_password")


beheer = Beheer(name="admin")


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
        shown = {getattr(each, "parameter_name", each) for each in self.get_list_filter(request)}
        return lookup.split("__")[0] in shown and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        try:
            return super().changelist_view(request, {**title, **(extra_context or {})})
        except (OverflowError, ValidationError):
            # A date in the address that lies before the first or after the last, or a tick beside what is no id; Django
            # answers other odd ones so.
            return HttpResponseRedirect(f"{request.path}?e=1")

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """A page is headed by what it shows."""
        if obj := context.get("original"):
            context |= {"title": self.heading_of(obj), "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def heading_of(self, obj: Any) -> str:
        return str(obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._audit(request, obj, "changed" if change else "made")

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's own log keeps names of people; ours keeps ids (docs/security.md F5)."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As for `log_addition`."""

    def log_deletion(self, request: HttpRequest, obj: Any, object_repr: str) -> Any:
        """As for `log_addition`."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """As for `log_addition`."""

    def _audit(self, request: HttpRequest, obj: Any, verb: str) -> None:
        audit.record(actor_of(request), f"{obj._meta.model_name}.{verb}", obj, group_id=getattr(obj, "group_id", None))


class ReadOnly(ForBeheerder):
    """Nobody adds, changes or deletes here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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
