"""What people wrote, and our secrets, never reach a log of the API."""

from __future__ import annotations

import os
import subprocess
import sys

WORK = """
import asyncio, httpx
from graphql_schema import asgi
from graphql_schema.cities.directory import CityDirectory

async def broken(self, name):
    secret_of_the_person = "KENARI-" + name
    raise RuntimeError(secret_of_the_person)

CityDirectory.learn = broken
app = asgi.create_app()

async def main():
    document = '{ city(by: {slug: "kenari-tertulis"}) { name } }'
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.post("/graphql", json={"query": document},
                                   headers={"X-Kota-Cerdas": "1"})
        print(answer.json()["errors"][0]["extensions"]["code"])

asyncio.run(main())
"""


def test_a_defects_line_names_its_kind_and_place_and_nothing_that_was_written(settings):
    key = "kunci-rahasia-yang-ditanam-untuk-uji-ini"
    ran = subprocess.run(
        [sys.executable, "-c", WORK],
        env={**os.environ, "KOTACERDAS_SECRET_KEY": key},
        capture_output=True,
        text=True,
    )
    assert ran.stdout == "INTERNAL\n", ran.stderr
    assert "RuntimeError" in ran.stderr
    for secret in (key, "KENARI", "kenari-tertulis"):
        assert secret not in ran.stderr
