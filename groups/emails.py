"""Mails of the group."""

from contextlib import suppress
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from netwerkleren.base.mail import Letter, absolute
from netwerkleren.base.models import OutgoingMail

from .models import INVITATION_DAYS, FactorReset, Invitation, Membership, User
from .points import plan_ahead_of
from .second_factor import COUNTS, has_one
from .services import factor_resets, inviting


def invitation(mail: OutgoingMail) -> Letter | None:
    """To join a group, or (without a group) to become a coach. Not sent for a draft, or once it is used or revoked."""
    invited = mail.row_among(Invitation.objects.open().select_related("group", "invited_by"))
    if invited is None or (invited.group is not None and invited.group.is_draft):
        return None
    link = absolute(reverse("groups:invitation_link", args=[inviting.mint_token(invitation=invited)]))
    context: dict[str, Any] = {"invitation": invited, "group": invited.group, "link": link, "days": INVITATION_DAYS}
    if invited.group is None:
        subject = _("Je bent uitgenodigd als coach")
        return Letter(subject, "emails/groups/coach_invitation", context, sender=invited.invited_by)
    subject = _("Doe mee met netwerkgroep %(group)s") % {"group": invited.group.name}
    context["plan"] = plan_ahead_of(invited.group)
    return Letter(subject, "emails/groups/invitation", context, sender=invited.invited_by)


def made_coach(mail: OutgoingMail) -> Letter | None:
    """To a member who leads the group from now on; not to who stepped back or left meanwhile."""
    membership = mail.row_among(Membership.objects.current().coaches().select_related("user", "group"))
    if membership is None:
        return None
    by = User.objects.filter(pk=mail.values["by"]).first()
    context = {
        "membership": membership,
        "by": by,
        "link": absolute(membership.group.get_absolute_url()),
        "has_factor": has_one(membership.user),
    }
    subject = _("Je bent nu coach van %(group)s") % {"group": membership.group.name}
    return Letter(subject, "emails/groups/made_coach", context, sender=by)


def coach_stepped_back(mail: OutgoingMail) -> Letter | None:
    """To each coach who goes on."""
    membership = mail.row_among(Membership.objects.current().coaches().select_related("user", "group"))
    who = Membership.objects.participants().select_related("user").filter(pk=mail.values["who"]).first()
    if membership is None or who is None:
        return None
    context = {"membership": membership, "who": who, "link": absolute(membership.group.get_absolute_url())}
    subject = _("%(name)s is geen coach meer van %(group)s") % {"name": who.name, "group": membership.group.name}
    return Letter(subject, "emails/groups/coach_stepped_back", context)


def closed(mail: OutgoingMail) -> Letter | None:
    """To a member; not when the group was opened again before it went."""
    membership = mail.row_among(Membership.objects.current().select_related("user", "group"))
    if membership is None or membership.group.closed_at != parse_datetime(mail.values["closed_at"]):
        return None
    subject = _("%(group)s is afgesloten") % {"group": membership.group.name}
    return Letter(subject, "emails/groups/closed", **_to_member(mail, membership))


def reopened(mail: OutgoingMail) -> Letter | None:
    membership = mail.row_among(Membership.objects.current().select_related("user", "group"))
    if membership is None or membership.group.closed_at is not None:
        return None
    subject = _("%(group)s is weer open") % {"group": membership.group.name}
    return Letter(subject, "emails/groups/reopened", **_to_member(mail, membership))


def _to_member(mail: OutgoingMail, membership: Membership) -> dict[str, Any]:
    by = User.objects.filter(pk=mail.values["by"]).first()
    link = absolute(membership.group.get_absolute_url())
    return {"context": {"membership": membership, "by": by, "link": link}, "sender": by}


def address_asked(mail: OutgoingMail) -> Letter | None:
    """To the present address, while another one waits to be confirmed."""
    user = mail.row_among(User.objects.filter(emailaddress__verified=False))
    if user is None:
        return None
    context = {"user": user, "link": absolute(reverse("account_email")), "password": _new_password()}
    return Letter(_("Verander je je e-mailadres?"), "emails/groups/address_asked", context)


def address_changed(mail: OutgoingMail) -> Letter | None:
    """To the address that an account has now, and to the one that it had, which says nothing of the new one."""
    user = mail.row_among(User.objects.all())
    if user is None:
        return None
    context = {"user": user, "is_old": mail.values["is_old"], "password": _new_password()}
    return Letter(_("Je e-mailadres is veranderd"), "emails/groups/address_changed", context)


def factor_reset(mail: OutgoingMail) -> Letter | None:
    """To who lost the second step. Not sent where there is none, or once it is accepted or over."""
    with_factor = User.objects.filter(authenticator__type__in=COUNTS)
    reset = mail.row_among(FactorReset.objects.open().filter(user__in=with_factor).select_related("user"))
    if reset is None:
        return None
    link = absolute(reverse("groups:factor_link", args=[factor_resets.mint_reset_token(reset=reset)]))
    context = {"user": reset.user, "link": link, "days": INVITATION_DAYS}
    return Letter(_("Zet je tweede stap opnieuw aan"), "emails/groups/factor_reset", context)


def factor_gone(mail: OutgoingMail) -> Letter | None:
    """To the owner, when it was done."""
    user = mail.row_among(User.objects.filter(is_active=True))
    if user is None:
        return None
    context = {"user": user, "link": absolute(reverse("account_login")), "password": _new_password()}
    return Letter(_("Je tweede stap is weg"), "emails/groups/factor_gone", context)


def _new_password() -> str:
    return absolute(reverse("account_reset_password"))


def trial(mail: OutgoingMail) -> Letter:
    """What the beheerder sends to oneself."""
    return Letter(_("Proefmail van Netwerkleren"), "emails/groups/trial", {})


def account_ended(address: str) -> str | None:
    """By its owner or by a beheerder: what it opened is closed to whoever reads the mailbox."""
    return "ended" if User.objects.filter(email=address, is_active=False).exists() else None


def say_goodbye(address: str) -> None:
    """Confirms that an account was deleted. At once, since a mail that waits would keep the address.

    What it tells of has been done, also when it cannot be sent.
    """
    with suppress(ImmediateHttpResponse):
        get_adapter().send_mail("account/email/account_deleted", address, {})
