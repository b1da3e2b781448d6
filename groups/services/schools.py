"""Schools: one row for a name and a place, however it is capitalised."""

from typing import NamedTuple

from django.db import IntegrityError, transaction

from ..models import School


class SchoolName(NamedTuple):
    """A school that was typed, not picked."""

    name: str
    place: str


def find_or_add_school(*, school: School | SchoolName | None) -> School | None:
    """The row for what was picked or typed. Two people who type the same school at once get one row."""
    if not isinstance(school, SchoolName):
        return school
    same = School.objects.filter(name__iexact=school.name, place__iexact=school.place)
    if (found := same.first()) is not None:
        return found
    new = School(name=school.name, place=school.place)
    new.clean_fields()
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError:
        return same.get()
    return new
