"""Mail that did not arrive: the coach sends it again from the page of the group, or lets it be."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from netwerkleren.base.access import get_for
from netwerkleren.base.models import OutgoingMail
from netwerkleren.base.posts import posts_from
from netwerkleren.base.request import Request

from ..models import NetworkGroup
from ..services import lost_mail


@posts_from(NetworkGroup.get_absolute_url, NetworkGroup)
def resend_mail(request: Request, pk: UUID, mail_pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    mail = get_object_or_404(OutgoingMail, pk=mail_pk, group_id=group.pk)
    if lost_mail.resend_mail(actor=request.actor, group=group, mail=mail):
        messages.success(request, _("De mail aan %(email)s is onderweg.") % {"email": mail.recipient})
    else:
        messages.info(request, _("De mail aan %(email)s is al opnieuw verstuurd.") % {"email": mail.recipient})
    return redirect(group)


@posts_from(NetworkGroup.get_absolute_url, NetworkGroup)
def let_mail_be(request: Request, pk: UUID, mail_pk: UUID) -> HttpResponse:
    group = get_for(request.actor, NetworkGroup, pk, need="groups.change_networkgroup")
    mail = get_object_or_404(OutgoingMail, pk=mail_pk, group_id=group.pk)
    if lost_mail.let_mail_be(actor=request.actor, group=group, mail=mail):
        messages.success(request, _("De mail aan %(email)s staat niet meer op de lijst.") % {"email": mail.recipient})
    return redirect(group)
