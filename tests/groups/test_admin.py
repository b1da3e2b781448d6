"""The beheerder's admin: what can be done there, what cannot, and that it leaves a line in the audit."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from groups.models import Invitation, Membership, School, User
from groups.services import accounts
from netwerkleren.base.models import AuditEvent
from tests.factories import make_meeting, make_school
from tests.types import SignIn


@pytest.fixture
def browser(beheerder: User, sign_in: SignIn) -> Client:
    return sign_in(beheerder)


def _actions() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_neither_a_group_nor_a_person_is_deleted_or_added_here(browser: Client, participant: Membership) -> None:
    make_meeting(participant.group, topic=None)
    for row, model in ((participant.group, "networkgroup"), (participant.user, "user")):
        for address in (
            reverse(f"admin:groups_{model}_delete", args=[row.pk]),
            reverse(f"admin:groups_{model}_add"),
        ):
            assert browser.post(address, {"post": "yes"}).status_code == 403
        listed = reverse(f"admin:groups_{model}_changelist")
        browser.post(listed, {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"})
        row.refresh_from_db()


def test_who_leaves_is_made_inactive_with_a_line_in_the_audit(
    browser: Client, participant: Membership, sign_in: SignIn
) -> None:
    their_browser = sign_in(participant)
    user = participant.user
    address = reverse("admin:groups_user_change", args=[user.pk])
    assert browser.post(address, {"email": user.email, "name": user.name}).status_code == 302
    user.refresh_from_db()
    assert not user.is_active
    assert their_browser.get("/").status_code == 302
    event = AuditEvent.objects.get()
    assert (event.action, event.object_id) == ("user.changed", str(user.pk))


def test_a_beheerder_does_not_lock_out_oneself_but_another_one(
    browser: Client, beheerder: User, outsider: User
) -> None:
    sent = {"name": "Bea de Beheerder"}
    for user in (beheerder, outsider):
        User.objects.filter(pk=user.pk).update(is_staff=True)
        assert browser.post(reverse("admin:groups_user_change", args=[user.pk]), sent).status_code == 302

    beheerder.refresh_from_db()
    outsider.refresh_from_db()
    assert (beheerder.name, beheerder.is_staff, beheerder.is_active) == ("Bea de Beheerder", True, True)
    assert (outsider.is_staff, outsider.is_active) == (False, False)


def test_the_only_beheerder_makes_another_one_before_the_account_ends(beheerder: User, outsider: User) -> None:
    with pytest.raises(ValidationError, match="Je bent de enige beheerder"):
        accounts.delete_account(actor=beheerder)
    User.objects.filter(pk=outsider.pk).update(is_staff=True)
    accounts.delete_account(actor=beheerder)
    assert not User.objects.get(pk=beheerder.pk).is_active


def test_schools_and_invitations_are_managed_here_and_audited(browser: Client, beheerder: User) -> None:
    browser.post(reverse("admin:groups_school_add"), {"name": "De Ark", "place": "Assen"})
    school = School.objects.get()
    browser.post(reverse("admin:groups_school_change", args=[school.pk]), {"name": "De Ark", "place": "Gieten"})
    browser.post(reverse("admin:groups_school_delete", args=[school.pk]), {"post": "yes"})
    invitation = Invitation.objects.create(email="coach@school.example", role=Membership.Role.COACH)
    rows = [invitation, make_school(), make_school()]
    for model, selected in (("invitation", rows[:1]), ("school", rows[1:])):
        data = {"action": "delete_selected", "_selected_action": [str(row.pk) for row in selected], "post": "yes"}
        browser.post(reverse(f"admin:groups_{model}_changelist"), data)
    assert not School.objects.exists() and not Invitation.objects.exists()
    assert _actions() == [
        "school.made",
        "school.changed",
        "school.deleted",
        "invitation.deleted",
        "school.deleted",
        "school.deleted",
    ]
    assert set(AuditEvent.objects.values_list("actor_id", flat=True)) == {beheerder.pk}
