"""Whether the process lives and whether to send it requests."""

from __future__ import annotations

import asyncio

import httpx
from pydantic import SecretStr

from kotacerdas.database import Database
from kotacerdas.web.app import create_app


def test_readiness_tells_of_a_database_that_does_not_answer(web, settings):
    assert web.browser().get("/readyz").json() == {"status": "ready"}
    nowhere = SecretStr("postgresql://app_city@127.0.0.1:1/kotacerdas")
    lost = settings.model_copy(update={"city_url": nowhere, "data_dir": web.settings.data_dir})

    async def main() -> tuple[httpx.Response, httpx.Response]:
        app = create_app(lost, Database(lost))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://uji") as client:
            return await client.get("/readyz"), await client.get("/healthz")

    ready, alive = asyncio.run(main())
    assert (ready.status_code, ready.json()["errors"][0]["code"]) == (503, "UNAVAILABLE")
    assert ready.headers["retry-after"] == "5"
    assert alive.json() == {"status": "ok"}


def test_however_many_ask_whether_we_are_ready_the_database_is_asked_once(web, monkeypatch):
    asked = []
    read = Database.read

    async def counted(self, scope, query, *, fresh):
        asked.append(scope)
        return await read(self, scope, query, fresh=fresh)

    monkeypatch.setattr(Database, "read", counted)

    async def main() -> list[httpx.Response]:
        database = Database(web.settings)
        transport = httpx.ASGITransport(create_app(web.settings, database))
        async with httpx.AsyncClient(transport=transport, base_url=web.url) as client:
            answers = await asyncio.gather(*(client.get("/readyz") for _ in range(20)))
            answers += [await client.get("/readyz")]
        await database.aclose()
        return answers

    assert [answer.status_code for answer in asyncio.run(main())] == [200] * 21
    assert len(asked) == 1
