"""The audit, read in words. Append-only: nobody adds, changes or deletes here."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from netwerkleren.base import audit
from netwerkleren.base.models import AuditEvent

from ..events import EventInWords, tell
from .site import ReadOnly, beheer


class InWords(ChangeList):
    """A page of events, each with its words: looked up once for the page."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows: list[Any] = list(self.result_list)
        for row, told in zip(rows, tell(rows), strict=True):
            row.told = told
        self.result_list = rows


class Action(admin.SimpleListFilter):
    """By what was done, as it reads."""

    title = gettext_lazy("wat")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(((name, str(audit.words[name])) for name in audit.words), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(AuditEvent, site=beheer)
class AuditEventAdmin(ReadOnly):
    list_display = ["at", "who", "did", "about", "group"]
    list_display_links = None
    list_filter = [Action, "at"]
    list_per_page = 50

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return InWords

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """An event says no more than its line."""
        return redirect("admin:base_auditevent_changelist")

    @admin.display(description=gettext_lazy("wie"))
    def who(self, event: AuditEvent) -> str:
        return _of(event).who

    @admin.display(description=gettext_lazy("wat"))
    def did(self, event: AuditEvent) -> str:
        return _of(event).did

    @admin.display(description=gettext_lazy("over"), empty_value="–")
    def about(self, event: AuditEvent) -> str:
        return _of(event).about

    @admin.display(description=gettext_lazy("groep"), empty_value="–")
    def group(self, event: AuditEvent) -> str:
        return _of(event).group


def _of(event: Any) -> EventInWords:
    told: EventInWords = event.told
    return told
