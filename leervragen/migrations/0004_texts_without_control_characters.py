from django.db import migrations

from netwerkleren.base.stored import clean_texts


def clean(apps, schema_editor):
    clean_texts(apps, "leervragen")


class Migration(migrations.Migration):
    dependencies = [("leervragen", "0003_late_as_it_came")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
