"""The live contract: a topic has a version; when it changes, the page fetches its fragment anew.

`touch()` raises the version in the transaction that writes. `GET /live/<topic>/` answers the version, or 304 when the
asker already has it, by primary key after the gate. Content never travels over this address.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model
from django.http import Http404

from . import watching
from .access import Actor, get_for
from .extend import Named
from .models import TopicVersion


@dataclass(frozen=True)
class LiveTopic:
    """A kind of topic: rows of `model` that an actor with `need` may follow; `watching` may count them."""

    model: type[Model]
    need: str | None = None
    counts_who_looks: bool = False


topics: Named[LiveTopic] = Named("base.live.topics")
"""By kind: a topic is `<kind>:<pk>`."""


def topic_of(kind: str, obj: Model) -> str:
    return f"{kind}:{obj.pk}"


def touch(topic: str) -> None:
    """Says that what the topic shows has changed. Call it inside the writing transaction."""
    if not TopicVersion.objects.filter(pk=topic).update(version=F("version") + 1):
        _row, created = TopicVersion.objects.get_or_create(pk=topic, defaults={"version": 1})
        if not created:
            TopicVersion.objects.filter(pk=topic).update(version=F("version") + 1)


def version_of(topic: str) -> int:
    """The version now; 0 while nothing has changed yet."""
    return next(iter(TopicVersion.objects.filter(pk=topic).values_list("version", flat=True)), 0)


def version_for(actor: Actor, topic: str) -> int:
    """The version, if the actor may follow the topic. Raises Http404 or PermissionDenied."""
    kind, _, pk = topic.partition(":")
    if kind not in topics:
        raise Http404
    known = topics[kind]
    get_for(actor, known.model, _valid_pk(known.model, pk), need=known.need)
    if known.counts_who_looks:
        watching.note(topic, actor)
    return version_of(topic)


def _valid_pk(model: type[Model], pk: str) -> Any:
    try:
        return model._meta.pk.to_python(pk)
    except ValidationError:
        # So says a field of the model; here it means that there is no such row.
        raise Http404 from None
