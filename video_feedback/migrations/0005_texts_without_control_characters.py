from django.db import migrations

from netwerkleren.base.stored import clean_texts


def clean(apps, schema_editor):
    clean_texts(apps, "video_feedback")


class Migration(migrations.Migration):
    dependencies = [("video_feedback", "0004_keep_what_a_conversion_tells")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
