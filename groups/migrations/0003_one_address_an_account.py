from django.db import migrations

from netwerkleren.base.text import only_seen


def give_each_account_one_address(apps, schema_editor):
    """Of each account one address, in both tables: that of the account itself.

    `User.email` is the truth where the two differ. It is what its owner saw at Mijn gegevens, logged in with, and got
    all mail at; the row beside it is a mailbox that the account had before, or one that nobody confirmed, and either
    could still ask a new password. Since a beheerder could change `User.email` without a word, both addresses are told.
    What waited to be confirmed is gone: its link may lie in anyone's mailbox, and its owner can ask again.
    """
    User, EmailAddress = apps.get_model("groups", "User"), apps.get_model("account", "EmailAddress")
    OutgoingMail = apps.get_model("base", "OutgoingMail")
    rows = {}
    for row in EmailAddress.objects.order_by("pk").iterator():
        rows.setdefault(row.user_id, []).append(row)
    missing = []
    for user in User.objects.only("email").iterator():
        if user.email != user.email.lower():
            user.email = user.email.lower()
            user.save(update_fields=["email"])
        found = rows.get(user.pk, [])
        if [(row.email, row.verified, row.primary) for row in found] == [(user.email, True, True)]:
            continue
        EmailAddress.objects.filter(user=user).delete()
        missing.append(EmailAddress(user=user, email=user.email, verified=True, primary=True))
        # Compared as people read it: what an earlier mending left beside its twin is no other mailbox.
        others = {row.email.lower() for row in found if row.verified} - {user.email, only_seen(user.email)}
        for recipient in [*sorted(others), *([user.email] if others else [])]:
            OutgoingMail.objects.create(
                kind="groups.address_changed",
                recipient=recipient,
                about=user.pk,
                values={"is_old": recipient != user.email},
            )
    EmailAddress.objects.bulk_create(missing, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("base", "0006_mail_of_a_group_by_status"),
        ("groups", "0002_addresses_that_can_be_typed"),
    ]

    operations = [migrations.RunPython(give_each_account_one_address, migrations.RunPython.noop)]
