from django.db import migrations

from netwerkleren.base.text import only_seen


def mend_addresses(apps, schema_editor):
    """An expert is asked at an address, so one with an invisible character is asked nowhere."""
    Expert = apps.get_model("meetings", "Expert")
    for expert in Expert.objects.only("email", "group").iterator():
        seen = only_seen(expert.email)
        same = Expert.objects.filter(group=expert.group_id, email__iexact=seen).exclude(pk=expert.pk)
        if seen != expert.email and not same.exists():
            expert.email = seen
            expert.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_versions_of_texts")]

    operations = [migrations.RunPython(mend_addresses, migrations.RunPython.noop)]
