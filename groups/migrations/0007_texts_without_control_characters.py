from django.db import migrations

from netwerkleren.base.stored import clean_texts


def clean(apps, schema_editor):
    clean_texts(apps, "groups")


class Migration(migrations.Migration):
    dependencies = [("groups", "0006_when_a_second_factor_is_asked")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
