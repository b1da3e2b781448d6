"""Invitations: the beheerder's own, of coaches, are sent, sent again and withdrawn here; those of groups are seen."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.request import actor_of

from ..models import INVITATION_DAYS, Invitation
from ..services import inviting
from .site import Deletable, beheer


class CoachForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mailadres van de coach"), max_length=254)


@admin.register(Invitation, site=beheer)
class InvitationAdmin(Deletable):
    """Adding one here invites a coach: without a group, its mail on its way at once."""

    list_display = ["email", "invited_for", "state_in_words", "created", "expires_at", "accepted_at"]
    fields = (
        "email",
        "invited_for",
        "state_in_words",
        "created",
        "expires_at",
        "accepted_at",
        "revoked_at",
        "invited_by",
    )
    list_select_related = ["group"]
    search_fields = ["email"]
    ordering = ["-created"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """There is nothing to save on it: what can be done has a button of its own."""
        return False

    def get_urls(self) -> list[URLPattern]:
        opts = "groups_invitation"
        own = [
            path("<uuid:pk>/opnieuw/", self.admin_site.admin_view(require_POST(self.resend)), name=f"{opts}_resend"),
            path("<uuid:pk>/intrekken/", self.admin_site.admin_view(require_POST(self.revoke)), name=f"{opts}_revoke"),
        ]
        return own + super().get_urls()

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        form = CoachForm(sent(request))
        if request.method == "POST" and (
            saved := accepted(form, lambda: inviting.invite_coach(actor=actor_of(request), **form.cleaned_data))
        ):
            return self._tell(request, saved.row)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Nodig een coach uit"),
            "form": form,
            "opts": self.opts,
            "days": INVITATION_DAYS,
        }
        return TemplateResponse(request, "admin/groups/invitation/invite.html", context, status=status_of(form))

    def resend(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """A new mail ends the link of the one before."""
        invitation = self._of_coach(pk)
        if invitation is None:
            return redirect("admin:groups_invitation_changelist")
        email = {"email": invitation.email}
        if inviting.resend_invitation(actor=actor_of(request), invitation=invitation):
            messages.success(request, _("De uitnodiging aan %(email)s is onderweg.") % email)
        else:
            messages.info(request, _("De uitnodiging aan %(email)s is net al verstuurd, of al aangenomen.") % email)
        return redirect("admin:groups_invitation_change", pk)

    def revoke(self, request: HttpRequest, pk: Any) -> HttpResponse:
        invitation = self._of_coach(pk)
        if invitation is None:
            return redirect("admin:groups_invitation_changelist")
        if inviting.revoke_invitation(actor=actor_of(request), invitation=invitation):
            said = _("De uitnodiging aan %(email)s geldt niet meer.") % {"email": invitation.email}
            messages.success(request, said)
        return redirect("admin:groups_invitation_change", pk)

    def heading_of(self, obj: Invitation) -> str:
        return obj.email

    @admin.display(description=gettext_lazy("voor"))
    def invited_for(self, invitation: Invitation) -> str:
        return str(invitation.group) if invitation.group else _("coach")

    @admin.display(description=gettext_lazy("hoe staat het?"))
    def state_in_words(self, invitation: Invitation) -> str:
        if invitation.state == Invitation.State.ACCEPTED:
            return _("aangenomen")  # Who joined may have left since.
        return str(invitation.state.label)

    def _of_coach(self, pk: Any) -> Invitation | None:
        return Invitation.objects.of_coaches().filter(pk=pk).first()

    def _tell(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        said = _("De uitnodiging als coach is voor %(email)s. Hier zie je of die is aangenomen.")
        messages.success(request, said % {"email": invitation.email})
        return redirect("admin:groups_invitation_change", invitation.pk)
