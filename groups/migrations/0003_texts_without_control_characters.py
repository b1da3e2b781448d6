from django.db import migrations

from netwerkleren.base.stored import clean_texts


def clean(apps, schema_editor):
    clean_texts(apps, "groups")


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_addresses_that_can_be_typed")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
