from django.db import migrations

from netwerkleren.base.stored import clean_texts


def clean(apps, schema_editor):
    clean_texts(apps, "video_feedback")


class Migration(migrations.Migration):
    dependencies = [("video_feedback", "0006_resume_by_fingerprint")]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
