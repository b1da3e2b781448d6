"""Own agendas of a coach, kept by name, and the agenda of another meeting taken over."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import user_of
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import AgendaItem, AgendaTemplate, Meeting
from . import agenda_items

MOST_TEMPLATES = 30
KEPT = ("kind", "title", "minutes", "means", "purpose")
"""What goes along to another meeting: an hour that was fixed belongs to the one where it was."""


@transaction.atomic
def save_template(*, actor: Actor, meeting: Meeting, key: UUID, name: str) -> AgendaTemplate:
    """Keeps the agenda as it stands. `key` comes with the form: sending it twice keeps one."""
    owner = lock(user_of(actor))
    if existing := AgendaTemplate.objects.filter(pk=key, owner=owner).first():
        return existing
    items = [{fact: getattr(item, fact) for fact in KEPT} for item in meeting.agenda.all()]
    if not items:
        raise ValidationError(_("Er staat nog niets op de agenda."))
    if owner.agenda_templates.count() >= MOST_TEMPLATES:
        words = _("Je hebt al %(most)d eigen agenda's. Wis er eerst een.")
        raise ValidationError(words, params={"most": MOST_TEMPLATES})
    template = AgendaTemplate(pk=key, owner=owner, kind=meeting.kind, name=name, items=items)
    template.full_clean()
    template.save(force_insert=True)
    return template


@transaction.atomic
def use_template(*, actor: Actor, meeting: Meeting, template: AgendaTemplate) -> None:
    """An own agenda in the place of the meeting's; of the same kind of meeting only."""
    if template.kind != meeting.kind:
        raise ValidationError(_("Deze agenda is voor een ander soort bijeenkomst."))
    items = [AgendaItem(**facts) for facts in template.items]
    agenda_items.replace_agenda(actor=actor, meeting=meeting, items=items)


@transaction.atomic
def remove_template(*, actor: Actor, template: AgendaTemplate) -> None:
    """The meetings for which it was used keep their agendas. Twice it is gone once."""
    AgendaTemplate.objects.filter(pk=template.pk).delete()


@transaction.atomic
def copy_agenda(*, actor: Actor, meeting: Meeting, source: Meeting) -> None:
    """The agenda of another meeting of the same kind in the place of this one's: the plan, not how it went."""
    if source.kind != meeting.kind:
        raise ValidationError(_("Deze agenda is voor een ander soort bijeenkomst."))
    items = [AgendaItem(**{fact: getattr(item, fact) for fact in KEPT}) for item in source.agenda.all()]
    if not items:
        raise ValidationError(_("Er staat nog niets op de agenda."))
    agenda_items.replace_agenda(actor=actor, meeting=meeting, items=items)
