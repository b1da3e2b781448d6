"""Audit: who did what to which row, by ids only, append-only (docs/security.md F5)."""

from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from .access import Actor, is_user
from .extend import Named
from .models import AuditEvent

words: Named[str | Promise] = Named("base.audit_words")
"""What each action is called where it is read, after a name: "deelde een fragment". The app that records it says so."""


def words_of(event: AuditEvent) -> str:
    """An action of a version that is gone has no words any more, and keeps its name."""
    return str(words[event.action]) if event.action in words else event.action


def record(actor: Actor, action: str, obj: Model | None = None, *, group_id: Any = None) -> AuditEvent:
    """Writes one event in the running transaction. `action` is `<noun>.<past verb>`, such as "clip.shared"."""
    return AuditEvent.objects.create(
        actor_id=actor.pk if is_user(actor) else None,
        action=action,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        group_id=group_id,
    )


def record_refusal(actor: Actor, page: str, pk: object) -> AuditEvent:
    """Someone signed in was told no: on which page (the name of its route), about which row."""
    return AuditEvent.objects.create(
        actor_id=actor.pk, action="page.refused", object_type=page[:60], object_id=str(pk or "")[:60]
    )


def sweep_audit() -> None:
    """Ends the lines that are twelve months old. It asks first, so that a sweep that finds none writes nothing."""
    if AuditEvent.objects.ended().exists():
        AuditEvent.objects.ended().delete()
