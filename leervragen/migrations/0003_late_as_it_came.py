from django.db import migrations, models
from django.db.models import F


def keep_who_was_late(apps, schema_editor):
    """Until now it was worked out from the deadline as it is; of what came before nothing better is known."""
    leervragen = apps.get_model("leervragen", "Leervraag").objects.filter(moved_from=None)
    late = leervragen.filter(created__gt=F("meeting__leervraag_deadline")).values_list("pk", flat=True)
    apps.get_model("leervragen", "Leervraag").objects.filter(pk__in=list(late)).update(is_late=True)


class Migration(migrations.Migration):
    dependencies = [("leervragen", "0002_remember_what_was_rounded_off"), ("meetings", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="leervraag",
            name="is_late",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="after the deadline of that moment, whatever the date becomes later",
            ),
        ),
        migrations.RunPython(keep_who_was_late, migrations.RunPython.noop),
    ]
