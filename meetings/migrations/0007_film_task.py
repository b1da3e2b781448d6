from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_texts_without_control_characters")]

    operations = [
        migrations.AddField(
            "meeting",
            "film_task",
            models.CharField(blank=True, max_length=500, verbose_name="filmopdracht voor de volgende keer"),
        ),
    ]
