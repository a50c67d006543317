"""Stored files, named by their SHA-256, and the signed links that lead to them."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlencode

from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, from_url

from kotacerdas.errors import DomainError, NotFound
from kotacerdas.settings import Settings
from kotacerdas.signing import sign

CHUNK_BYTES = 256 * 1024
UPLOADS = 2
"""Parts of a large file that are on their way at once; each is held in memory."""


class LinkExpired(DomainError):
    """A signed link is older than its life."""

    code = "LINK_EXPIRED"
    id = "Tautan unduhan sudah kedaluwarsa. Buka kembali dokumennya untuk tautan baru."
    en = "The download link has expired. Open the document again for a new link."


@dataclass(frozen=True)
class StoredFile:
    """What a reader receives: the content's hash, the name to save it under, the media type.

    `folder` is where the content lies, if it is not among those that all share.
    """

    sha256: str
    filename: str
    media_type: str = "application/pdf"
    folder: str = ""


class FileStore:
    """Contents under their hash, in a folder or an S3 bucket; a stored file never changes.

    What is to be deleted one day lies in a folder of its own: another's file may be the same.
    """

    def __init__(self, settings: Settings) -> None:
        self._store = _open(settings)

    def store(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256 as 64 hex digits; storing it again is no error."""
        digest = sha256(content).hexdigest()
        try:
            self._store.put(_key(digest), content, mode="create")
        except AlreadyExistsError:
            # The name is the content's hash: whoever came first wrote the same bytes.
            return digest
        return digest

    def store_file(self, path: Path, folder: str) -> str:
        """Keep a file of any size in a folder and return its SHA-256; it is read in chunks."""
        with path.open("rb") as content:
            digest = file_digest(content, "sha256").hexdigest()
        self._store.put(_key(digest, folder), path, max_concurrency=UPLOADS)
        return digest

    def copy(self, digest: str, path: Path, folder: str = "") -> None:
        """Write a content of any size to a new file; raises NotFound or FileExistsError."""
        try:
            found = self._store.get(_key(digest, folder))
        except FileNotFoundError as missing:
            raise NotFound from missing
        with path.open("xb") as target:
            for chunk in found.stream(min_chunk_size=CHUNK_BYTES):
                target.write(chunk)

    def delete_folder(self, folder: str) -> int:
        """Delete every file of a folder; returns how many there were."""
        found = [entry["path"] for batch in self._store.list(f"{folder}/") for entry in batch]
        if found:
            self._store.delete(found)
        return len(found)

    def fetch(self, digest: str) -> bytes:
        """Return the content with that hash; raises NotFound.

        A content that no longer fits its hash is a defect of the storage and raises ValueError.
        """
        try:
            content = self._store.get(_key(digest)).bytes().to_bytes()
        except FileNotFoundError as missing:
            raise NotFound from missing
        if sha256(content).hexdigest() != digest:
            raise ValueError(f"stored file {digest} is damaged: restore it from the backup")
        return content

    def probe(self) -> None:
        """Write, read and delete something of no use; whatever does not work raises."""
        key, content = f"probe/{token_hex(8)}", b"kotacerdas"
        self._store.put(key, content, mode="create")
        try:
            if self._store.get(key).bytes().to_bytes() != content:
                raise ValueError("the storage returned other bytes than were written")
        finally:
            self._store.delete(key)

    async def open(self, digest: str, folder: str = "") -> tuple[int, AsyncIterator[bytes]]:
        """Return size and chunks of the content with that hash; raises NotFound at once."""
        try:
            found = await self._store.get_async(_key(digest, folder))
        except FileNotFoundError as missing:
            raise NotFound from missing
        return found.meta["size"], _chunks(found.stream(min_chunk_size=CHUNK_BYTES))


async def _chunks(stream: AsyncIterator[object]) -> AsyncIterator[bytes]:
    async for chunk in stream:
        yield bytes(chunk)  # type: ignore[call-overload]  # obstore's Bytes is a buffer


def _open(settings: Settings) -> ObjectStore:
    if settings.storage_url == "file":
        folder = settings.data_dir.absolute() / "files"
        return LocalStore(folder, mkdir=True, automatic_cleanup=True)
    return from_url(settings.storage_url)


def _key(digest: str, folder: str = "") -> str:
    return f"{folder or digest[:2]}/{digest}"


def signed_query(settings: Settings, document: str, *, now: datetime | None = None) -> str:
    """Return the query string that opens `/files/{document}` for `settings.link_seconds`.

    `document` is the path segment that names the document. Ask for the right to read before; it is
    asked again when the link is used.
    """
    expires = int((now or datetime.now(UTC)).timestamp()) + settings.link_seconds
    signature = _signature(settings, document, expires)
    return urlencode({"expires": expires, "signature": signature})


def file_url(settings: Settings, document: str, *, now: datetime | None = None) -> str:
    """Return the whole signed address of a document."""
    return f"{settings.base_url}/files/{document}?{signed_query(settings, document, now=now)}"


def verify(
    settings: Settings,
    document: str,
    *,
    expires: str,
    signature: str,
    now: datetime | None = None,
) -> None:
    """Accept a query of ours or raise: NotFound for a forged one, LinkExpired for an old one."""
    if not (expires.isascii() and expires.isdigit() and len(expires) <= 12):
        raise NotFound
    mine = _signature(settings, document, int(expires))
    if not hmac.compare_digest(mine.encode(), signature.encode()):
        raise NotFound
    if int(expires) < (now or datetime.now(UTC)).timestamp():
        raise LinkExpired


def _signature(settings: Settings, document: str, expires: int) -> str:
    return sign(settings.secret_key, "file link", f"{expires} {document}").hex()
