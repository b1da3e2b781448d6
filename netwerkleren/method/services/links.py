"""Addresses that a coach adds to a subject, for the own group."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import NetworkGroup
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock
from netwerkleren.base.once import make_once

from ..models import MethodLink

MOST_LINKS = 30


@transaction.atomic
def add_link(*, actor: Actor, group: NetworkGroup, key: UUID, subject: str, title: str, link: str) -> MethodLink:
    """Posted twice it makes one. Whether a page is there, nobody asks: its server may be slow, shut or another's."""
    group = lock(group)
    if not MethodLink.objects.filter(pk=key).exists() and group.method_links.count() >= MOST_LINKS:
        raise ValidationError(_("Er staan al %(most)d links. Haal er eerst een weg."), params={"most": MOST_LINKS})
    row, _created = make_once(MethodLink, key=key, by="group", group=group, subject=subject, title=title, link=link)
    return row


@transaction.atomic
def remove_link(*, actor: Actor, link: MethodLink) -> None:
    link.delete()
