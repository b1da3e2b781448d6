"""The live contract: a topic has a version; when it changes, the page fetches its fragment anew.

`touch()` raises the version in the transaction that writes. `GET /live/<topic>/` answers the version, or 304 when the
asker already has it, by primary key after the gate. Content never travels over this address.

On PostgreSQL the same statement says it on a channel, which the streams of `streams.py` listen to; it is heard when the
transaction has ended well, and not at all when it did not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, Model, QuerySet
from django.http import Http404, HttpResponseNotModified

from . import watching
from .access import Actor, get_for, is_user
from .extend import Named
from .models import TopicVersion
from .written import written_once


@dataclass(frozen=True)
class LiveTopic:
    """A kind of topic: rows of `model` that an actor with `need` may follow.

    `lets_in`, where who someone is and where they belong decides alone, whatever the row says: a cheaper way to the
    same yes, for it is asked so often. A stream then asks for all who listen at once (`standings.py`).
    `counts_who_looks`: `watching` may count who follows it.
    """

    model: type[Model]
    need: str | None = None
    lets_in: Callable[[Actor, Any], bool] | None = None
    counts_who_looks: bool = False


topics: Named[LiveTopic] = Named("base.live.topics")
"""By kind: a topic is `<kind>:<pk>`."""

CHANNEL = "live"
"""What is said there is "<topic> <version>"."""

RAISE_AND_SAY = f"""
    WITH raised AS (
        INSERT INTO {TopicVersion._meta.db_table} AS known (topic, version) VALUES (%s, 1)
        ON CONFLICT (topic) DO UPDATE SET version = known.version + 1 RETURNING topic, version
    )
    SELECT pg_notify('{CHANNEL}', topic || ' ' || version) FROM raised
"""  # noqa: S608, for only names of our own stand in it


class NothingNew(HttpResponseNotModified):
    """A 304 to a module, which no browser keeps: of the headers it has only those that the module reads, since a page
    on which nothing happens gets 1800 of them an hour."""


def topic_of(kind: str, obj: Model) -> str:
    return f"{kind}:{obj.pk}"


def touch(topic: str) -> None:
    """Says that what the topic shows has changed. Call it inside the writing transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(RAISE_AND_SAY, [topic])
        return
    if not TopicVersion.objects.filter(pk=topic).update(version=F("version") + 1):
        _row, created = TopicVersion.objects.get_or_create(pk=topic, defaults={"version": 1})
        if not created:
            TopicVersion.objects.filter(pk=topic).update(version=F("version") + 1)


def version_of(topic: str) -> int:
    """The version now; 0 while nothing has changed yet."""
    return next(iter(_version_of(topic)), 0)


@written_once
def _version_of(topic: str) -> QuerySet[TopicVersion, int]:
    return TopicVersion.objects.filter(pk=topic).values_list("version", flat=True)


def versions_of(topics: Iterable[str]) -> dict[str, int]:
    """Of many at once, without those that have not changed yet."""
    return dict(TopicVersion.objects.filter(pk__in=topics).values_list("topic", "version"))


def version_for(actor: Actor, topic: str) -> int:
    """The version, if the actor may follow the topic. Raises Http404 or PermissionDenied."""
    kind, _, pk = topic.partition(":")
    if kind not in topics:
        raise Http404
    known, row = topics[kind], _valid_pk(topics[kind].model, pk)
    if known.lets_in is None or not known.lets_in(actor, row):
        get_for(actor, known.model, row, need=known.need)
    if known.counts_who_looks and is_user(actor):
        watching.note(topic, actor.pk)
    return version_of(topic)


def counts_who_looks(topic: str) -> bool:
    return topics[topic.partition(":")[0]].counts_who_looks


def _valid_pk(model: type[Model], pk: str) -> Any:
    try:
        return model._meta.pk.to_python(pk)
    except ValidationError:
        # So says a field of the model; here it means that there is no such row.
        raise Http404 from None
