from django.core.validators import RegexValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0007_texts_without_control_characters")]

    operations = [
        # Whoever is a member already is not on a first visit: for them the steps are done.
        migrations.AddField("membership", "agenda_step_done", models.BooleanField(default=True, editable=False)),
        migrations.AlterField("membership", "agenda_step_done", models.BooleanField(default=False, editable=False)),
        migrations.AddField("membership", "thought_step_done", models.BooleanField(default=True, editable=False)),
        migrations.AlterField("membership", "thought_step_done", models.BooleanField(default=False, editable=False)),
        migrations.AddField("membership", "phone_step_done", models.BooleanField(default=True, editable=False)),
        migrations.AlterField("membership", "phone_step_done", models.BooleanField(default=False, editable=False)),
        migrations.AddField(
            "membership",
            "first_thought",
            models.CharField(blank=True, max_length=500, verbose_name="waar loop je in je werk tegenaan?"),
        ),
        migrations.AddField(
            "user",
            "telephone",
            models.CharField(
                blank=True,
                max_length=30,
                validators=[
                    RegexValidator(
                        r"^\+?[0-9][0-9 ().-]{6,}$",
                        "Schrijf het nummer met cijfers, zoals 06 12345678 of +31 6 12345678.",
                    )
                ],
                verbose_name="telefoonnummer",
            ),
        ),
    ]
