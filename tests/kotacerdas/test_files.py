"""Files by hash, and links that end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pydantic import SecretStr

from kotacerdas.errors import NotFound
from kotacerdas.files import FileStore, LinkExpired, file_url, signed_query, verify
from kotacerdas.settings import Settings

NOW = datetime(2026, 8, 17, 3, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path, secret_key=SecretStr("k" * 32), base_url="http://127.0.0.1:8000"
    )


def test_a_file_is_named_by_its_hash_and_storing_it_again_changes_nothing(settings, tmp_path):
    store, content = FileStore(settings), b"%PDF-1.7 isi"
    digest = store.store(content)
    assert digest == sha256(content).hexdigest()
    assert store.store(content) == digest
    assert store.fetch(digest) == content
    assert [p.name for p in (tmp_path / "files").rglob("*") if p.is_file()] == [digest]


def test_a_file_is_read_in_chunks(settings):
    store, content = FileStore(settings), bytes(range(256)) * 4096

    async def read(digest: str) -> tuple[int, bytes]:
        size, chunks = await store.open(digest)
        return size, b"".join([chunk async for chunk in chunks])

    assert asyncio.run(read(store.store(content))) == (len(content), content)


def test_a_missing_file_is_not_found_and_a_damaged_one_is_a_defect(settings, tmp_path):
    store = FileStore(settings)
    with pytest.raises(NotFound):
        store.fetch("0" * 64)
    with pytest.raises(NotFound):
        asyncio.run(store.open("0" * 64))
    digest = store.store(b"utuh")
    (tmp_path / "files" / digest[:2] / digest).write_bytes(b"rusak")
    with pytest.raises(ValueError, match=f"stored file {digest} is damaged"):
        store.fetch(digest)


def test_a_signed_link_opens_its_document_until_it_expires(settings):
    query = {
        name: value for name, [value] in parse_qs(signed_query(settings, "7.abc", now=NOW)).items()
    }
    last = NOW + timedelta(seconds=settings.link_seconds)
    verify(settings, "7.abc", **query, now=last)
    with pytest.raises(LinkExpired) as refusal:
        verify(settings, "7.abc", **query, now=last + timedelta(seconds=1))
    assert refusal.value.code == "LINK_EXPIRED"
    with pytest.raises(NotFound):
        verify(settings, "8.abc", **query, now=NOW)
    other = settings.model_copy(update={"secret_key": SecretStr("o" * 32)})
    with pytest.raises(NotFound):
        verify(other, "7.abc", **query, now=NOW)


@pytest.mark.parametrize("expires", ["", "-1", "99999999999", "²", "1e9", "9" * 5000])
def test_a_changed_expiry_breaks_the_signature(settings, expires):
    query = parse_qs(signed_query(settings, "7.abc", now=NOW))
    with pytest.raises(NotFound):
        verify(settings, "7.abc", expires=expires, signature=query["signature"][0], now=NOW)


def test_a_documents_address_is_whole(settings):
    url = file_url(settings, "7.abc", now=NOW)
    assert url.startswith("http://127.0.0.1:8000/files/7.abc?expires=1786936200&signature=")


def test_a_file_of_a_folder_is_deleted_and_its_twin_elsewhere_stays(settings, tmp_path):
    store, path = FileStore(settings), tmp_path / "ekspor"
    path.write_bytes(b"isi" * 10**6)
    digest = store.store_file(path, "exports/1.a")
    assert store.store_file(path, "exports/1.b") == digest == store.store(path.read_bytes())

    async def size(folder: str) -> int:
        return (await store.open(digest, folder))[0]

    assert asyncio.run(size("exports/1.a")) == 3 * 10**6
    assert store.delete_folder("exports/1.a") == 1
    assert store.delete_folder("exports/1.a") == 0
    with pytest.raises(NotFound):
        asyncio.run(size("exports/1.a"))
    assert asyncio.run(size("exports/1.b")) == asyncio.run(size("")) == 3 * 10**6
