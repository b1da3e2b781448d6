"""What the group wrote at the meetlat under "Wat doen we anders?" joins the meeting's one list, a point for each line."""

import textwrap

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MOST = 500
"""Characters of a point; a longer line becomes several, between two words."""


def bring_in(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    point_model = apps.get_model("meetings", "ImprovementPoint")
    for meetlat in apps.get_model("leervragen", "Meetlat").objects.exclude(change=""):
        for line in meetlat.change.splitlines():
            for text in textwrap.wrap(line, MOST, break_on_hyphens=False):
                named = point_model.objects.filter(meeting_id=meetlat.pk, text=text)
                if not named.update(about="answering"):
                    point_model.objects.create(meeting_id=meetlat.pk, text=text, about="answering")


def take_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The lines stand at the meetlat again. The points stay as well: some may have been ticked, or named apart."""
    meetlat_model = apps.get_model("leervragen", "Meetlat")
    lines: dict[object, list[str]] = {}
    points = apps.get_model("meetings", "ImprovementPoint").objects.filter(about="answering").order_by("created")
    for meeting, text in points.values_list("meeting", "text"):
        lines.setdefault(meeting, []).append(text)
    for meeting, texts in lines.items():
        meetlat_model.objects.update_or_create(meeting_id=meeting, defaults={"change": "\n".join(texts)})


class Migration(migrations.Migration):
    dependencies = [
        ("leervragen", "0011_strip_moves_and_way_of_laying"),
        ("meetings", "0020_look_back_on_one_page"),
    ]

    operations = [migrations.RunPython(bring_in, take_back)]
