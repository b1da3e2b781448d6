"""Where files are kept: static files with the hash of their content in the name, and media on the disk."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from . import disk


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import` in modules too; a name that is not a file (a `data:` or a bare import) stays as it is."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[tuple[str, bool], str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Kept, for the manifest is read once a process, and a page asks for a dozen of its addresses."""
        known = self._urls.get((name, force))
        if known is None:
            known = self._urls[name, force] = super().url(name, force)
        return known

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        try:
            hashed: str = super().hashed_name(name, content, filename)
            return hashed
        except ValueError:
            return name


class ReservingStorage(FileSystemStorage):
    """Files on the disk. The reserve stays free, and of a file that could not be written nothing stays."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        disk.keep_reserve(content.size, folder=path.parent)
        was_there = path.exists()
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]  # django-stubs does not know it
        except OSError:
            if not was_there:
                with suppress(OSError):
                    path.unlink()
            raise
        return saved
