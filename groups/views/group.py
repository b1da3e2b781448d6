"""Name and theme, publishing, and "Zo werken wij"."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.forms import accepted, sent, status_of
from netwerkleren.base.posts import back, posts_from, shown_on_host
from netwerkleren.base.request import Request

from ..forms import ChangeGroupForm, WorkingAgreementForm
from ..models import NetworkGroup, WorkingAgreement
from ..services import network_groups, working_agreements


def edit(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    # The form writes into its instance while it checks; the way back keeps the stored name.
    form = ChangeGroupForm(sent(request), instance=NetworkGroup.objects.get(pk=group.pk))
    if request.method == "POST" and accepted(
        form, lambda: network_groups.change_group(actor=request.actor, group=group, **form.cleaned_data)
    ):
        messages.success(request, _("De groep is aangepast."))
        return redirect(group)
    return render(request, "groups/group_edit.html", {"group": group, "form": form}, status=status_of(form))


@posts_from(NetworkGroup.get_absolute_url, NetworkGroup)
def publish(request: Request, pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    if network_groups.publish_group(actor=request.actor, group=group):
        messages.success(request, _("De groep is gepubliceerd. De uitnodigingen zijn onderweg."))
    return redirect(group)


def agreements(request: Request, pk: UUID) -> HttpResponse:
    """The list to change; the group's page shows it."""
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    form = WorkingAgreementForm(sent(request))
    if request.method == "POST" and accepted(
        form,
        lambda: working_agreements.add_working_agreement(
            actor=request.actor, group=group, text=form.cleaned_data["text"]
        ),
    ):
        return back(request, "groups:agreements", group.pk)
    if form.is_bound and (shown := shown_on_host(request, form)):
        return shown
    context = {"group": group, "form": form, "agreements": group.working_agreements.all()}
    return render(request, "groups/group_agreements.html", context, status=status_of(form))


@posts_from("groups:agreements", WorkingAgreement, "group_id")
def remove_agreement(request: Request, pk: UUID) -> HttpResponse:
    rows = WorkingAgreement.objects.select_related("group")
    agreement = get_for(request.actor, rows, pk, need="groups.change_networkgroup")
    working_agreements.remove_working_agreement(actor=request.actor, agreement=agreement)
    messages.success(request, _("De afspraak “%(text)s” is weg.") % {"text": agreement.text})
    return redirect("groups:agreements", agreement.group_id)
