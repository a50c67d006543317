"""People of the story: each speaks HTTP with the product in a session of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

import httpx
from graphql import parse, print_ast
from graphql.utilities import separate_operations

TIMEOUT_SECONDS = 30
OURS = {"X-Kota-Cerdas": "1"}
OPAQUE_ID = re.compile(r"\b[a-z]{3}_(?:[0-9a-f]{32}(?:[1-9a-f][0-9a-f]{0,7})?|c[0-9a-f]{1,8})\b")
DOCUMENTS = {
    name: print_ast(document)
    for name, document in separate_operations(
        parse("\n".join(f.read_text() for f in sorted(Path(__file__).parent.glob("*.graphql"))))
    ).items()
}
"""The named operations, each with the fragments that it uses and nothing more."""

Answer = dict[str, Any]


class Person:
    """Somebody at a browser or, with `token`, a program; nobody in particular without either."""

    def __init__(self, url: str, name: str, *, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else OURS
        self.name = name
        self.email = ""
        self.heard: list[str] = []
        """Every body that the product has answered this person."""
        self._client = httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave."""
        self._client.close()

    def sign_in(self, email: str, password: str) -> Self:
        """Sign in, which must succeed."""
        answer = self.post("/auth/sign-in", {"email": email, "password": password})
        assert answer.status_code == 200, f"{self.name} cannot sign in: {answer.text}"
        self.email = email
        return self

    def person_id(self) -> UUID:
        """Who the product says that this is."""
        return UUID(self.get("/auth/session").json()["person"]["id"])

    def get(self, url: str) -> httpx.Response:
        """Fetch an address."""
        return self._heard(self._client.get(url))

    def post(self, url: str, body: Mapping[str, Any]) -> httpx.Response:
        """Send JSON to an address."""
        return self._heard(self._client.post(url, json=body))

    def reads(self, operation: str, **variables: Any) -> Answer:
        """Send a named operation and return its data, which must come without errors."""
        response = self.sends(operation, variables)
        answer: Answer = response.json()
        told = f"{self.name}: {operation}: {response.status_code} {response.text[:2000]}"
        assert (response.status_code, answer.get("errors")) == (200, None), told
        data: Answer = answer["data"]
        return data

    def sends(self, operation: str, variables: Mapping[str, Any]) -> httpx.Response:
        """Send a named operation, whatever comes of it."""
        body = {
            "query": DOCUMENTS[operation],
            "operationName": operation,
            "variables": {_camel(name): value for name, value in variables.items()},
        }
        return self.post("/graphql", body)

    def does(self, mutation: str, **fields: Any) -> Answer:
        """Take a step, which must succeed; return the changed object."""
        payload = self._step(mutation, fields)
        assert payload["errors"] == [], f"{self.name}: {mutation}: {payload['errors']}"
        changed: Answer = payload["object"]
        return changed

    def learns(self, field: str, mutation: str, **fields: Any) -> str:
        """Take a step, which must succeed; return what its answer tells beside the object."""
        payload = self._step(mutation, fields)
        assert payload["errors"] == [], f"{self.name}: {mutation}: {payload['errors']}"
        told: str = payload[field]
        return told

    def makes(self, mutation: str, **fields: Any) -> Answer:
        """Make something new under an idempotency key of its own."""
        return self.does(mutation, idempotency_key=str(uuid4()), **fields)

    def is_refused(self, code: str, mutation: str, /, **fields: Any) -> Answer:
        """Take a step, which must be refused for exactly one reason; return the error."""
        payload = self._step(mutation, fields)
        errors, made = payload["errors"], payload["object"]
        if isinstance(made, list):  # rows answer one by one
            errors, made = [*errors, *(each for row in made for each in row["errors"])], None
        codes = [error["code"] for error in errors]
        told = f"{self.name}: {mutation}: {codes or 'allowed'} instead of {code}"
        assert codes == [code], told
        assert not made, told
        error: Answer = errors[0]
        assert len(error["message"]) > 20, f"{code} does not say what to do: {error['message']}"
        return error

    def _step(self, mutation: str, fields: Mapping[str, Any]) -> Answer:
        values = {_camel(name): value for name, value in fields.items()}
        payload: Answer = self.reads(mutation, input=values)["payload"]
        return payload

    def _heard(self, response: httpx.Response) -> httpx.Response:
        if response.headers.get("content-type") != "application/pdf":
            self.heard.append(response.text)
        return response


def ids_in(texts: list[str]) -> set[str]:
    """Every opaque id that the texts mention."""
    return {found for text in texts for found in OPAQUE_ID.findall(text)}


def tenant_in(opaque_id: str) -> int | None:
    """The city to whose rows an opaque id belongs; None for what is national."""
    _, _, rest = opaque_id.partition("_")
    digits = rest[1:] if rest.startswith("c") and len(rest) < 32 else rest[32:]
    return int(digits, 16) if digits else None


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)
