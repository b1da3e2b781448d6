"""Whether anything was made for a meeting yet: by any app, also one above this."""

from django.db.models import ForeignObjectRel, Model

from .agendas import standard_agenda
from .models import AgendaItem, Meeting


def is_empty(meeting: Meeting) -> bool:
    """Nobody handed anything in, asked an expert, chose a topic or touched its agenda."""
    if meeting.topic_id is not None or not _has_standard_agenda(meeting):
        return False
    fields = Meeting._meta.get_fields(include_hidden=True)  # hidden are those that have no name on this side
    owned = [one for one in fields if isinstance(one, ForeignObjectRel) and one.related_model is not AgendaItem]
    return not any(_holds(relation, meeting) for relation in owned)


def _holds(relation: ForeignObjectRel, meeting: Meeting) -> bool:
    model: type[Model] = relation.related_model
    return model._base_manager.filter(**{relation.field.name: meeting}).exists()


def _has_standard_agenda(meeting: Meeting) -> bool:
    stands = list(meeting.agenda.values_list("kind", "title", "minutes", "means", "purpose"))
    standard = [(one.kind, one.title, one.minutes, one.means, one.purpose) for one in standard_agenda(meeting)]
    return stands == standard
