"""Static files with the hash of their content in the name, ES modules included."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import` in modules too; a name that is not a file (a `data:` or a bare import) stays as it is."""

    support_js_module_import_aggregation = True

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        try:
            hashed: str = super().hashed_name(name, content, filename)
            return hashed
        except ValueError:
            return name
