"""Wishes for theme, topics and experts: said by members, laid together and agreed by the coach for the group."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import Membership, NetworkGroup
from netwerkleren.base import audit, live
from netwerkleren.base.access import Actor
from netwerkleren.base.locks import lock

from ..models import Wish, WishBacker
from . import experts

Kind = Wish.Kind


@transaction.atomic
def add_wish(*, actor: Actor, group: NetworkGroup, kind: str, text: str, member: Membership | None) -> Wish:
    """A wish of `member`, or of nobody by name. The same words twice are one wish, which both want."""
    group = lock(group)  # of two who wish the same at once, the second finds it
    if kind == Kind.THEME and group.theme_is_given:
        raise ValidationError(_("De organisatie koos het thema. Dat staat vast."))
    text = " ".join(text.split())
    wish = group.wishes.filter(kind=kind, text__iexact=text).first()
    if wish is None:
        wish = Wish(group=group, kind=kind, text=text)
        wish.full_clean()
        wish.save()
    if member is not None:
        wish.backers.get_or_create(member=member)
    _tell(group)
    return wish


@transaction.atomic
def back_wish(*, actor: Actor, wish: Wish, member: Membership, wanted: bool) -> None:
    """ "Dit wil ik ook", or not any more, also of what was laid with it: on the page they are one wish. What nobody
    wants, and the group did not agree on, goes.
    """
    group, wish = lock(wish.group), lock(wish)
    if wanted:
        wish.backers.get_or_create(member=member)
    else:
        WishBacker.objects.filter(Q(wish=wish) | Q(wish__merged_into=wish), member=member).delete()
        is_alone = wish.agreed_at is None and not wish.merged.exists() and not wish.backers.exists()
        if is_alone:
            wish.delete()
    _tell(group)


@transaction.atomic
def merge_wish(*, actor: Actor, wish: Wish, into: Wish | None) -> None:
    """Lays a wish with another of its kind, or takes it out again when `into` is None. Each keeps its own words.

    One that another coach laid elsewhere meanwhile stays there: raises ValidationError, which says where.
    """
    group, wish = lock(wish.group), lock(wish)
    if into is not None:
        into = lock(into)
        into = lock(into.merged_into) if into.merged_into is not None else into
        if (into.group_id, into.kind) != (wish.group_id, wish.kind):
            raise ValidationError(_("Leg alleen wensen van dezelfde soort bij elkaar."))
        if into.pk == wish.pk:
            raise ValidationError(_("Deze wensen liggen al bij elkaar."))
        if wish.merged_into_id == into.pk:
            return
        if wish.merged_into is not None:
            raise ValidationError(
                _("“%(wish)s” ligt intussen bij “%(other)s”. Haal hem daar eerst uit."),
                params={"wish": wish.text, "other": wish.merged_into.text},
            )
        if wish.agreed_at is not None:
            raise ValidationError(_("Dit spraken jullie al af. Leg de andere wens hierbij."))
        wish.merged.update(merged_into=into)
    wish.merged_into = into
    wish.save(update_fields=["merged_into"])
    _tell(group)


@transaction.atomic
def agree_wish(*, actor: Actor, wish: Wish, agreed: bool) -> None:
    """ "Dit spraken we af", or not after all. A topic joins the group's topics, a theme becomes the group's."""
    group, wish = lock(wish.group), lock(wish, "topic")
    if wish.merged_into_id is not None:
        raise ValidationError(_("Deze wens ligt bij een andere. Haal hem daar eerst uit."))
    if agreed == (wish.agreed_at is not None):
        return
    if wish.kind == Kind.THEME:
        _set_theme(group, wish, agreed)
    elif wish.kind == Kind.TOPIC:
        _set_topic(actor, group, wish, agreed)
    wish.agreed_at = timezone.now() if agreed else None
    wish.save(update_fields=["agreed_at", "topic"])
    audit.record(actor, "wish.agreed" if agreed else "wish.not_agreed", wish, group_id=group.pk)
    _tell(group)


def _set_theme(group: NetworkGroup, wish: Wish, agreed: bool) -> None:
    """A group has one theme: another that was agreed on is a wish again."""
    if group.theme_is_given:
        raise ValidationError(_("De organisatie koos het thema. Dat staat vast."))
    if agreed:
        group.wishes.filter(kind=Kind.THEME).update(agreed_at=None)
        group.theme = wish.text
    elif group.theme == wish.text:
        group.theme = ""
    group.save(update_fields=["theme"])


def _set_topic(actor: Actor, group: NetworkGroup, wish: Wish, agreed: bool) -> None:
    topic = wish.topic
    if agreed:
        wish.topic = experts.topic_named(actor=actor, group=group, title=wish.text)
    elif topic is not None:
        if topic.meetings.exists():
            raise ValidationError(_("Dit onderwerp staat al bij een bijeenkomst. Kies daar eerst een ander."))
        wish.topic = None
        if not topic.wishes.exclude(pk=wish.pk).exists():
            wish.save(update_fields=["topic"])
            topic.delete()


def _tell(group: NetworkGroup) -> None:
    live.touch(live.topic_of("wishes", group))
