from django.db import migrations

from netwerkleren.base.text import only_seen


def mend_addresses(apps, schema_editor):
    """An address with an invisible character was taken and mailed, and nobody can type it to log in.

    Where the address without it is somebody else's already, both stay as they are: a person must say whose it is.
    """
    User, Invitation = apps.get_model("groups", "User"), apps.get_model("groups", "Invitation")
    EmailAddress, OutgoingMail = apps.get_model("account", "EmailAddress"), apps.get_model("base", "OutgoingMail")
    for user in User.objects.only("email").iterator():
        mend(user, EmailAddress.objects.exclude(user=user), User.objects.exclude(pk=user.pk))
    for address in EmailAddress.objects.iterator():
        mend(address, EmailAddress.objects.exclude(pk=address.pk), User.objects.exclude(pk=address.user_id))
    for invitation in Invitation.objects.only("email", "group").iterator():
        mend(invitation, Invitation.objects.exclude(pk=invitation.pk).filter(group=invitation.group_id))
    for mail in OutgoingMail.objects.filter(status="waiting").only("recipient").iterator():
        if only_seen(mail.recipient) != mail.recipient:
            mail.recipient = only_seen(mail.recipient)
            mail.save(update_fields=["recipient"])


def mend(row, *others):
    seen = only_seen(row.email)
    if seen == row.email or any(rows.filter(email__iexact=seen).exists() for rows in others):
        return
    row.email = seen
    row.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("base", "0006_mail_of_a_group_by_status"),
        ("groups", "0001_initial"),
    ]

    operations = [migrations.RunPython(mend_addresses, migrations.RunPython.noop)]
