from itertools import groupby

from django.db import migrations, models


def count(apps, schema_editor):
    """A cancelled meeting is counted no more: those after it move up, and it keeps its place before them."""
    rows = apps.get_model("meetings", "Meeting").objects
    found = rows.order_by("group_id", "position").values_list("pk", "group_id", "kind", "state", "position")
    for _group, traject in groupby(found, key=lambda row: row[1]):
        number = 1
        for pk, _of, kind, state, stands in traject:
            position = 0 if kind == "introduction" else number
            if kind == "network" and state != "cancelled":
                number += 1
            if position != stands:
                # Each moves down, to where the one before it was: no two that are counted meet.
                rows.filter(pk=pk).update(position=position)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0010_answers_of_the_introductie")]

    operations = [
        migrations.RemoveConstraint(model_name="meeting", name="meetings_meeting_position_unique"),
        migrations.AlterField(
            model_name="meeting",
            name="position",
            field=models.PositiveSmallIntegerField(
                help_text="0 for the introductie, then 1, 2, …; the afsluiting last. A cancelled one is not counted"
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("group", "position"),
                name="meetings_meeting_position_unique",
            ),
        ),
    ]
