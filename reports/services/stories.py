"""Mijn verhaal: what its teller types, and decides."""

from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from groups.models import Membership
from netwerkleren.base import audit
from netwerkleren.base.access import Actor
from netwerkleren.base.conflicts import WrittenMeanwhile
from netwerkleren.base.locks import lock

from ..models import SHEET_KEPT, StorySheet, ValueStory
from . import exports


@transaction.atomic
def save_story(*, actor: Actor, teller: Membership, text: str, decision: str, version: str) -> ValueStory:
    """What the teller decides. Raises WrittenMeanwhile when something else was saved after this page was opened."""
    story = _held_story(teller)
    if (story.text, story.decision, story.draft) == (text, decision, ""):
        return story
    if story.version != version:
        raise WrittenMeanwhile(story)
    before = story.text, story.decision
    story.text, story.decision, story.draft = text, decision, ""
    _save_story(story)
    if story.decision != before[1]:
        audit.record(actor, f"story.{decision}", story, group_id=teller.group_id)
    if before[1] == ValueStory.Decision.PDF and before != (text, decision):
        exports.withdraw_exports(group=teller.group)
    return story


@transaction.atomic
def keep_story_typed(*, actor: Actor, teller: Membership, text: str, version: str) -> ValueStory:
    """Saves what the teller typed so far, without deciding anything: what others read stays as it is.

    Raises WrittenMeanwhile when the teller saved another text elsewhere after opening this one.
    """
    story = _held_story(teller)
    if story.text_to_go_on_with == text:
        return story
    if story.version != version:
        raise WrittenMeanwhile(story)
    if story.is_shared:
        story.draft = "" if text == story.text else text
    else:
        story.text = text
    _save_story(story)
    return story


@transaction.atomic
def take_story_back(*, actor: Actor, story: ValueStory) -> None:
    """Nobody but its teller reads it from now on, as it stands; a closing PDF that holds it goes. Twice is once."""
    story = lock(story, "teller__group")
    if not story.is_shared:
        return
    was_in_pdf = story.decision == ValueStory.Decision.PDF
    story.decision = ValueStory.Decision.PRIVATE
    # What the teller typed since is theirs to go on with: now that nobody reads along, there is one text.
    story.text, story.draft = story.text_to_go_on_with, ""
    _save_story(story)
    audit.record(actor, f"story.{story.decision}", story, group_id=story.teller.group_id)
    if was_in_pdf:
        exports.withdraw_exports(group=story.teller.group)


@transaction.atomic
def keep_sheet(*, actor: Actor, teller: Membership, photo: ContentFile[bytes]) -> StorySheet:
    """Keeps a photo of the teller's sheet, in the place of the one before."""
    lock(teller)
    sheet = StorySheet.objects.filter(teller=teller).first() or StorySheet(teller=teller)
    _erase_after_commit(sheet)
    sheet.file.save(photo.name or "", photo, save=False)
    sheet.save()
    return sheet


@transaction.atomic
def erase_sheet(*, actor: Actor, teller: Membership) -> None:
    """Its teller is done with it. A second press changes nothing."""
    lock(teller)
    erase_sheets(sheets=StorySheet.objects.filter(teller=teller))


def erase_old_sheets() -> None:
    erase_sheets(sheets=StorySheet.objects.filter(created__lt=timezone.now() - SHEET_KEPT))


def erase_sheets(*, sheets: QuerySet[StorySheet]) -> None:
    """With their files, once that is sure."""
    for sheet in sheets:
        _erase_after_commit(sheet)
        sheet.delete()


def _erase_after_commit(sheet: StorySheet) -> None:
    if sheet.file:
        transaction.on_commit(partial(sheet.file.storage.delete, str(sheet.file)))


def _held_story(teller: Membership) -> ValueStory:
    made, _created = ValueStory.objects.get_or_create(teller=teller)
    return lock(made)


def _save_story(story: ValueStory) -> None:
    story.saved_at = timezone.now()
    story.full_clean()
    story.save()
