"""Static files with the hash of their content in the name, ES modules included."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


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
