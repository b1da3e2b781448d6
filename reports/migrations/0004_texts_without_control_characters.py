from django.db import migrations

from netwerkleren.base.stored import clean_texts


def clean(apps, schema_editor):
    clean_texts(apps, "reports")


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_versions_of_texts")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
