"""The bytes of a recording as they come in: whose turn it is to write them, and how many there are.

A newer request of the same upload takes the next turn, and what an older one still brings is thrown away; so a
connection that died, which a server may notice minutes later, locks nobody out. They lie as files on this machine
(`on_disk`) or in the bucket (`in_bucket`): the row of the upload says where, since the portal may get a bucket while
uploads are on their way.
"""

from django.core.files.storage import storages
from storages.backends.s3 import S3Storage

from .in_bucket import InBucket, Row
from .on_disk import OnDisk
from .turns import Overtaken, Recording, StoreAway, WritingTurn

__all__ = ["Overtaken", "Recording", "Row", "StoreAway", "WritingTurn", "goes_to_bucket", "recording_of"]


def goes_to_bucket() -> bool:
    """Whether a recording that begins now lies in the bucket, as films do."""
    return isinstance(storages["footage"], S3Storage)


def recording_of(row: Row) -> Recording:
    return InBucket(row) if row.in_bucket else OnDisk(row.path)
