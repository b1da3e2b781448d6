"""The bucket of an S3 store, as a test reads it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bucket:
    """The bucket as who has its key sees it."""

    client: Any
    name: str

    def keys(self, folder: str = "uploads/") -> list[str]:
        return [row["Key"] for row in self._all("list_objects_v2", "Contents", folder)]

    def unfinished(self) -> list[str]:
        """The keys of multipart uploads that are neither completed nor aborted."""
        return [row["Key"] for row in self._all("list_multipart_uploads", "Uploads", "uploads/")]

    def read(self, key: str) -> bytes:
        content: bytes = self.client.get_object(Bucket=self.name, Key=key)["Body"].read()
        return content

    def clear(self) -> None:
        """Of recordings on their way in."""
        for row in self._all("list_multipart_uploads", "Uploads", "uploads/"):
            self.client.abort_multipart_upload(Bucket=self.name, Key=row["Key"], UploadId=row["UploadId"])
        for key in self.keys():
            self.client.delete_object(Bucket=self.name, Key=key)

    def _all(self, operation: str, rows: str, folder: str) -> list[dict[str, Any]]:
        pages = self.client.get_paginator(operation).paginate(Bucket=self.name, Prefix=folder)
        return [row for page in pages for row in page.get(rows, [])]
