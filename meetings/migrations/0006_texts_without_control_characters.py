from django.db import migrations

from netwerkleren.base.stored import clean_texts


def clean(apps, schema_editor):
    clean_texts(apps, "meetings")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_links_of_any_length")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
