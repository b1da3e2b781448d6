from datetime import timedelta
from typing import Any

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


def give_a_week(apps: Any, schema_editor: Any) -> None:
    """Who is coach or beheerder already has a week from now."""
    asked = apps.get_model("groups", "User").objects.filter(Q(is_coach=True) | Q(is_staff=True))
    asked.update(second_factor_by=timezone.now() + timedelta(days=7))


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0005_one_live_link_a_coach"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="second_factor_by",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(give_a_week, migrations.RunPython.noop, elidable=True),
    ]
