from django.db import migrations


def keep_the_newest(apps, schema_editor):
    """Of two invitations of one coach that nobody accepted, each with a link that could work, the newest stays."""
    Invitation = apps.get_model("groups", "Invitation")
    seen = set()
    for invitation in Invitation.objects.filter(group=None, accepted_at=None).order_by("-expires_at", "-created"):
        email = invitation.email.lower()
        if email in seen:
            invitation.delete()
        seen.add(email)


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_one_address_an_account")]

    operations = [migrations.RunPython(keep_the_newest, migrations.RunPython.noop)]
