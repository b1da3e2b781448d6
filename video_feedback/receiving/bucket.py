"""What is asked of the bucket for recordings on their way in: names and bytes, and no rows.

Each upload has a folder of its own, `uploads/<its id>/`, beside the films. While the bucket answers no connection to
the database is held.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import storages
from storages.backends.s3 import S3Storage

from netwerkleren.base.connections import let_go_of_database

from .turns import StoreAway

logger = logging.getLogger(__name__)

PLACE = "uploads"
PIECE = 1024 * 1024
_GONE = {"404", "NoSuchKey", "NoSuchUpload", "InvalidPart"}


class Gone(Exception):
    """The bucket has no such object, upload or part."""


def folder_of(upload: object) -> str:
    return f"{PLACE}/{upload}/"


def put(key: str, body: Any) -> None:
    _ask("put_object", Key=key, Body=body, **_private(key))


def delete(key: str) -> None:
    """Also where it is not there any more, which some buckets say and others do not."""
    with suppress(Gone):
        _ask("delete_object", Key=key)


def size_of(key: str) -> int | None:
    """None where there is no such object."""
    try:
        size: int = _ask("head_object", Key=key)["ContentLength"]
    except Gone:
        return None
    return size


def pieces_of(key: str) -> Iterator[bytes]:
    with closing(_ask("get_object", Key=key)["Body"]) as body, _in_our_words("get_object"):
        yield from body.iter_chunks(PIECE)


def begin_multipart(key: str) -> str:
    """The id of the new multipart upload."""
    made: str = _ask("create_multipart_upload", Key=key, **_private(key))["UploadId"]
    return made


def put_part(key: str, multipart: str, number: int, body: Any) -> None:
    """Raises Gone when the multipart upload was aborted."""
    _ask("upload_part", Key=key, UploadId=multipart, PartNumber=number, Body=body)


def complete_multipart(key: str, multipart: str, numbers: Sequence[int]) -> None:
    """Makes one object of these parts; others of the upload go. Raises Gone when one of them is not there."""
    tags = {part["PartNumber"]: part["ETag"] for part in _listed("list_parts", "Parts", Key=key, UploadId=multipart)}
    if not tags.keys() >= set(numbers):
        raise Gone
    parts = [{"PartNumber": number, "ETag": tags[number]} for number in numbers]
    _ask("complete_multipart_upload", Key=key, UploadId=multipart, MultipartUpload={"Parts": parts})


def abort_multipart(key: str, multipart: str) -> None:
    with suppress(Gone):
        _ask("abort_multipart_upload", Key=key, UploadId=multipart)


def erase(folder: str) -> None:
    """Takes away all that lies below it, also what was not completed. May run twice."""
    for begun in list(_listed("list_multipart_uploads", "Uploads", Prefix=folder)):
        abort_multipart(begun["Key"], begun["UploadId"])
    for found in list(_listed("list_objects_v2", "Contents", Prefix=folder)):
        delete(found["Key"])


def uploads_older_than(moment: datetime) -> set[str]:
    """The ids of the uploads of which something lies here since before then."""
    begun = _listed("list_multipart_uploads", "Uploads", Prefix=f"{PLACE}/")
    found = _listed("list_objects_v2", "Contents", Prefix=f"{PLACE}/")
    old = [row["Key"] for row in begun if row["Initiated"] < moment]
    old += [row["Key"] for row in found if row["LastModified"] < moment]
    return {key.split("/")[1] for key in old}


def _private(key: str) -> dict[str, Any]:
    """With what films are stored: private, and encrypted where those are."""
    parameters: dict[str, Any] = _store()._get_write_parameters(key)
    return parameters


def _listed(operation: str, rows: str, **question: Any) -> Iterator[Any]:
    store = _store()
    let_go_of_database()
    with _in_our_words(operation):
        for page in _client_of(store).get_paginator(operation).paginate(Bucket=store.bucket_name, **question):
            yield from page.get(rows, [])


def _ask(operation: str, **question: Any) -> Any:
    store = _store()
    let_go_of_database()
    with _in_our_words(operation):
        return getattr(_client_of(store), operation)(Bucket=store.bucket_name, **question)


@contextmanager
def _in_our_words(operation: str) -> Iterator[None]:
    try:
        yield
    except ClientError as problem:
        code = problem.response.get("Error", {}).get("Code")
        if code in _GONE:
            raise Gone from problem
        logger.warning("The bucket refused %s: %s", operation, code)
        raise StoreAway(operation) from problem
    except BotoCoreError as problem:
        logger.warning("The bucket did not answer %s: %s", operation, type(problem).__name__)
        raise StoreAway(operation) from problem


def _store() -> Any:
    store = storages["footage"]
    if not isinstance(store, S3Storage):
        raise StoreAway("There is no bucket any more.")
    return store


@lru_cache(maxsize=1)
def _client_of(store: Any) -> Any:
    """One for all threads: each would take 12 MB, and the store's own makes one a thread.

    No checksums besides those of the protocol: a bucket that keeps them wants part numbers without a gap. A request
    waits for it, so it gives up before a reader does.
    """
    config = store.client_config.merge(
        Config(
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            max_pool_connections=128,
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 2},
        )
    )
    return store._create_session().client(
        "s3",
        region_name=store.region_name,
        use_ssl=store.use_ssl,
        endpoint_url=store.endpoint_url,
        config=config,
        verify=store.verify,
    )
