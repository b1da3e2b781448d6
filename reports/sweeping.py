"""Takes up again what a crash left, and what never reached the queue; and erases what nobody needs any more."""

from datetime import timedelta

from django.core.cache import cache
from django.core.files.storage import storages
from django.utils import timezone

from meetings.services import handouts
from netwerkleren.base.models import LeasedQuerySet

from . import making, tasks
from .models import STORY_SHEETS, Edition, Export, MadePdf, StorySheet
from .printing.the_day_before import mail_packs
from .services import stories

__all__ = ["erase_editions", "erase_loose_files", "mail_packs", "remove_files", "sweep_exports"]

LOOSE_FILES = "reports:loose-files"
LOOSE_FILES_EVERY = timedelta(hours=1)


def remove_files() -> None:
    """Here and now, since it makes room: a queue on a full disk could not be asked to."""
    for export in Export.objects.with_needless_file():
        making.remove_needless_file(row=export)


def erase_editions() -> None:
    """A day after they were asked for: first the file, then the row; a file that nobody may have any more at once."""
    for edition in Edition.objects.past_or_needless().order_by("created")[:100]:
        if edition.file:
            making.remove_needless_file(row=edition)
        if edition.is_past:
            edition.delete()


def erase_loose_files() -> None:
    """Once an hour: files whose row went with its group, or never came."""
    # Asked first: to add what is there already is a write that fails, four times a minute.
    if cache.get(LOOSE_FILES) or not cache.add(LOOSE_FILES, 1, timeout=LOOSE_FILES_EVERY.total_seconds()):
        return
    stories.erase_old_sheets()
    handouts.erase_files_without_row(folder=STORY_SHEETS, model=StorySheet)
    store, known = storages["default"], {*_names_of(Export), *_names_of(Edition)}
    try:
        names = store.listdir("exports")[1]
    except FileNotFoundError:
        return
    for path in (f"exports/{name}" for name in names):
        if path not in known and store.get_modified_time(path) < timezone.now() - LOOSE_FILES_EVERY:
            store.delete(path)


def _names_of(model: type[MadePdf]) -> list[str]:
    return list(model._default_manager.exclude(file="").values_list("file", flat=True))


def sweep_exports() -> None:
    busy = Export.objects.busy()
    queued: LeasedQuerySet[Export] = busy.filter(lease_until__isnull=True)
    for pk in (queued | busy.lease_expired()).values_list("pk", flat=True):
        tasks.make_export(str(pk))
    editions = Edition.objects.busy()
    waiting: LeasedQuerySet[Edition] = editions.filter(lease_until__isnull=True)
    for pk in (waiting | editions.lease_expired()).values_list("pk", flat=True):
        tasks.make_edition(str(pk))
