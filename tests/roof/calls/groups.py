"""How each service of groups is called."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.utils import timezone

from groups.addresses import Address
from groups.models import FactorReset, OwnDevice, User
from groups.profiles import Profile
from groups.services import (
    accounts,
    closing,
    coaching,
    devices,
    factor_resets,
    first_visit,
    inviting,
    learning_goals,
    lost_mail,
    members,
    network_groups,
    own_address,
    own_devices,
    pairing,
    schools,
    second_factor,
    trial_mail,
    working_agreements,
)
from tests.factories import (
    make_user,
)

from ..scene import Scene


def _chief(scene: Scene) -> User:
    return make_user("Bea Heer", is_staff=True)


def _waiting(scene: Scene) -> EmailAddress:
    user = scene.participant.user
    return EmailAddress.objects.get_or_create(user=user, email="nieuw@school.example", defaults={"verified": False})[0]


def _phone(scene: Scene) -> OwnDevice:
    return OwnDevice.objects.create(
        user=scene.participant.user, token_hash="a" * 64, password_mark="", ends_at=timezone.now()
    )


def _reset(scene: Scene) -> FactorReset:
    user = scene.participant.user
    return FactorReset.objects.get_or_create(user=user, defaults={"email": user.email})[0]


ANNA = [Address("anna@school.example", "Anna")]
CALLS: dict[str, Callable[[Scene], Any]] = {
    "groups.accounts.delete_account": lambda on: accounts.delete_account(actor=on.participant.user),
    "groups.closing.close_group": lambda on: closing.close_group(actor=on.coach.user, group=on.group),
    "groups.closing.reopen_group": lambda on: closing.reopen_group(actor=on.coach.user, group=on.group),
    "groups.closing.delete_draft": lambda on: closing.delete_draft(actor=on.coach.user, group=on.group),
    "groups.coaching.make_coach": lambda on: coaching.make_coach(actor=on.coach.user, membership=on.participant),
    "groups.coaching.become_coach": lambda on: coaching.become_coach(membership=on.participant),
    "groups.coaching.step_back": lambda on: coaching.step_back(actor=on.coach.user, membership=on.coach, leave=True),
    "groups.second_factor.ask_new_coach": lambda on: second_factor.ask_new_coach(user=on.participant.user),
    "groups.devices.end_device": lambda on: devices.end_device(
        actor=on.participant.user,
        device=UserSession.objects.create(user=on.participant.user, session_key="a" * 32, ip="127.0.0.1"),
    ),
    "groups.own_devices.make_own_device": lambda on: own_devices.make_own_device(
        actor=on.participant.user, user_agent="Firefox/140.0"
    ),
    "groups.own_devices.end_own_device": lambda on: own_devices.end_own_device(
        actor=on.participant.user, device=_phone(on).pk
    ),
    "groups.own_devices.end_own_devices": lambda on: own_devices.end_own_devices(
        actor=on.participant.user, user=on.participant.user, but=_phone(on)
    ),
    "groups.own_devices.end_held": lambda on: own_devices.end_held(actor=on.participant.user, device=_phone(on)),
    "groups.own_devices.note_use": lambda on: own_devices.note_use(device=_phone(on)),
    "groups.own_address.ask_for_address": lambda on: own_address.ask_for_address(
        actor=on.participant.user, email="nieuw@school.example"
    ),
    "groups.own_address.confirm_address": lambda on: own_address.confirm_address(
        actor=on.participant.user, address=_waiting(on)
    ),
    "groups.own_address.forget_waiting_address": lambda on: own_address.forget_waiting_address(
        actor=on.participant.user
    ),
    "groups.factor_resets.mint_reset_token": lambda on: factor_resets.mint_reset_token(reset=_reset(on)),
    "groups.factor_resets.invite_anew": lambda on: factor_resets.invite_anew(
        actor=_chief(on), user=on.participant.user
    ),
    "groups.factor_resets.take_off_factors": lambda on: factor_resets.take_off_factors(
        actor=on.participant.user, reset=_reset(on)
    ),
    "groups.second_factor.ask_for_second_factor": lambda on: second_factor.ask_for_second_factor(
        user=on.coach.user, by=timezone.now()
    ),
    "groups.trial_mail.send_trial_mail": lambda on: trial_mail.send_trial_mail(actor=_chief(on)),
    "groups.inviting.readdress_invitation": lambda on: inviting.readdress_invitation(
        invitation=on.invitation, email="nieuw@school.example"
    ),
    "groups.inviting.mint_token": lambda on: inviting.mint_token(invitation=on.invitation),
    "groups.inviting.add_invitations": lambda on: inviting.add_invitations(
        actor=on.coach.user, group=on.group, people=[*ANNA, Address(on.invitation.email)]
    ),
    "groups.inviting.invite_people": lambda on: inviting.invite_people(
        actor=on.coach.user, group=on.group, people=[*ANNA, Address(on.invitation.email)]
    ),
    "groups.inviting.invite_coach": lambda on: inviting.invite_coach(actor=_chief(on), email=on.invitation.email),
    "groups.inviting.resend_invitation": lambda on: inviting.resend_invitation(
        actor=on.coach.user, invitation=on.invitation
    ),
    "groups.inviting.revoke_invitation": lambda on: inviting.revoke_invitation(
        actor=on.coach.user, invitation=on.invitation
    ),
    "groups.inviting.send_waiting_invitations": lambda on: inviting.send_waiting_invitations(
        actor=on.coach.user, group=on.group
    ),
    "groups.inviting.accept_as_new": lambda on: inviting.accept_as_new(
        actor=on.invited, invitation=on.invitation, name="Anna", password="een-lang-wachtwoord"
    ),
    "groups.inviting.accept_signed_in": lambda on: inviting.accept_signed_in(
        actor=on.invited, invitation=on.invitation, school=on.participant.school, discipline="ib'er"
    ),
    "groups.learning_goals.add_learning_goal": lambda on: learning_goals.add_learning_goal(
        actor=on.participant.user, membership=on.participant, text="Drie tellen"
    ),
    "groups.learning_goals.change_learning_goal": lambda on: learning_goals.change_learning_goal(
        actor=on.participant.user, goal=on.goal, text="Drie tellen", version=on.goal.version
    ),
    "groups.first_visit.finish_step": lambda on: first_visit.finish_step(
        actor=on.participant.user, membership=on.participant, step="agenda"
    ),
    "groups.first_visit.write_first_thought": lambda on: first_visit.write_first_thought(
        actor=on.participant.user,
        membership=on.participant,
        first_thought="De overgangen",
        version=on.participant.version,
    ),
    "groups.learning_goals.show_learning_goal": lambda on: learning_goals.show_learning_goal(
        actor=on.participant.user, goal=on.goal, audience="group"
    ),
    "groups.learning_goals.remove_learning_goal": lambda on: learning_goals.remove_learning_goal(
        actor=on.participant.user, goal=on.goal
    ),
    "groups.lost_mail.resend_mail": lambda on: lost_mail.resend_mail(actor=on.coach.user, group=on.group, mail=on.mail),
    "groups.lost_mail.let_mail_be": lambda on: lost_mail.let_mail_be(actor=on.coach.user, group=on.group, mail=on.mail),
    "groups.members.save_profile": lambda on: members.save_profile(
        actor=on.participant.user,
        name="Marijke Bos",
        places={on.participant: members.Workplace(on.maatje.school, "logopedist")},
        version=Profile.of(on.participant.user).version,
    ),
    "groups.members.remove_member": lambda on: members.remove_member(actor=on.coach.user, membership=on.participant),
    "groups.network_groups.create_group": lambda on: network_groups.create_group(
        actor=on.coach.user, name="Nieuw", people=ANNA
    ),
    "groups.network_groups.change_group": lambda on: network_groups.change_group(
        actor=on.coach.user, group=on.group, name="Aa", theme="", theme_is_given=False, version=on.group.version
    ),
    "groups.network_groups.publish_group": lambda on: network_groups.publish_group(actor=on.coach.user, group=on.group),
    "groups.pairing.choose_maatje": lambda on: pairing.choose_maatje(
        actor=on.colleague.user, membership=on.colleague, maatje=on.maatje
    ),
    "groups.pairing.confirm_mutual_pairs": lambda on: pairing.confirm_mutual_pairs(actor=on.coach.user, group=on.group),
    "groups.pairing.make_pair": lambda on: pairing.make_pair(
        actor=on.coach.user, group=on.group, members=[on.colleague, on.maatje]
    ),
    "groups.pairing.add_to_pair": lambda on: pairing.add_to_pair(
        actor=on.coach.user, pair=on.pair, membership=on.colleague
    ),
    "groups.pairing.dissolve_pair": lambda on: pairing.dissolve_pair(actor=on.coach.user, pair=on.pair),
    "groups.pairing.leave_pair": lambda on: pairing.leave_pair(membership=on.maatje),
    "groups.schools.find_or_add_school": lambda on: schools.find_or_add_school(
        school=schools.SchoolName("De Brink", "Zuidlaren")
    ),
    "groups.working_agreements.add_working_agreement": lambda on: working_agreements.add_working_agreement(
        actor=on.coach.user, group=on.group, text="We luisteren"
    ),
    "groups.working_agreements.remove_working_agreement": lambda on: working_agreements.remove_working_agreement(
        actor=on.coach.user, agreement=on.agreement_on_work
    ),
}
