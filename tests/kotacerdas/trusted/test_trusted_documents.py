"""Clients' documents: who may register them, and what stays in use."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.errors import Forbidden, Invalid, Unauthenticated
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.trusted import actions
from kotacerdas.trusted.actions import ClientUnknown, Document, DocumentsExceeded, id_of
from kotacerdas.trusted.models import ApiClient, TrustedDocument

OPERATOR = Scope(Door.MINISTRY, NATION, grants=(Grant(NATION, Role.OPERATOR),))


@pytest.fixture
def client() -> str:
    return f"uji-{uuid4().hex[:12]}"


@pytest.fixture
def act(database):
    """Return a function that runs an action: `act(actions.retire, client, ids)`."""

    def run(action, *arguments, scope=OPERATOR, **options):
        with database.unit_of_work(scope) as session:
            return action(session, *arguments, **options)

    return run


def texts(*names: str) -> list[Document]:
    return [Document(name, f"query {name} {{ __typename }}") for name in names]


def ids(*names: str) -> list[str]:
    return [id_of(each.text) for each in texts(*names)]


def test_an_id_is_the_hash_of_the_texts_bytes():
    assert id_of("{ é }") == "sha256:" + sha256("{ é }".encode()).hexdigest()


def test_a_manifest_adds_documents_and_those_of_earlier_releases_stay(act, client):
    first = act(actions.register, texts("A", "B"), client=client, strict=None)
    assert (first.strict, first.new, first.known) == (False, 2, 0)
    second = act(actions.register, texts("B", "C"), client=client, strict=True)
    assert (second.strict, second.new, second.known) == (True, 1, 1)
    assert act(actions.in_use, client).keys() == {*ids("A", "B", "C")}


def test_a_manifest_that_tells_nothing_leaves_a_client_strict(act, client):
    act(actions.register, texts("A"), client=client, strict=True)
    assert act(actions.register, texts("B"), client=client, strict=None).strict is True
    assert act(actions.set_strict, client, strict=False).strict is False


def test_a_retired_document_is_in_use_again_once_a_manifest_holds_it(act, client):
    act(actions.register, texts("A", "B"), client=client, strict=None)
    assert act(actions.retire, client, [*ids("A"), "sha256:none"]) == 1
    assert act(actions.in_use, client).keys() == {*ids("B")}
    assert act(actions.retire, client, ids("A")) == 0
    assert act(actions.register, texts("A"), client=client, strict=None).new == 1
    assert act(actions.in_use, client).keys() == {*ids("A", "B")}


def test_each_change_is_on_record(act, client, database):
    act(actions.register, texts("A"), client=client, strict=True)
    act(actions.set_strict, client, strict=False)
    act(actions.retire, client, ids("A"))
    mine = AuditEntry.after["client"].astext == client
    entries = select(AuditEntry).where(AuditEntry.tenant_id == NATION, mine)
    with database.unit_of_work(OPERATOR) as session:
        kept = session.scalars(entries.order_by(AuditEntry.sequence)).all()
    assert [(entry.action, entry.after) for entry in kept] == [
        ("client.register", {"client": client, "strict": True, "new": 1, "known": 0}),
        ("client.set_strict", {"client": client, "strict": False}),
        ("client.retire_documents", {"client": client, "retired": ids("A")}),
    ]


@pytest.mark.parametrize("name", ["", "x", "Console", "9to5", "a b", "a" * 41])
def test_a_client_has_a_plain_name(act, name):
    with pytest.raises(Invalid):
        act(actions.register, texts("A"), client=name, strict=None)


def test_a_client_that_is_not_there_has_nothing_to_change(act, client):
    with pytest.raises(ClientUnknown):
        act(actions.set_strict, client, strict=True)
    with pytest.raises(ClientUnknown):
        act(actions.retire, client, ids("A"))


def test_a_client_has_a_bounded_number_of_documents(act, client, monkeypatch):
    monkeypatch.setattr(actions, "MOST_DOCUMENTS", 2)
    act(actions.register, texts("A", "B"), client=client, strict=None)
    with pytest.raises(DocumentsExceeded):
        act(actions.register, texts("C"), client=client, strict=True)
    assert act(actions.in_use, client).keys() == {*ids("A", "B")}


def test_only_an_operator_registers(act, client, ministry, database):
    for scope, refusal in (
        (ministry(NATION), Forbidden),
        (Scope(Door.MINISTRY, NATION), Unauthenticated),
    ):
        with pytest.raises(refusal):
            act(actions.register, texts("A"), client=client, strict=True, scope=scope)
    with database.unit_of_work(OPERATOR) as session:
        assert session.get(ApiClient, client) is None
        mine = select(TrustedDocument).where(TrustedDocument.client_name == client)
        assert session.scalars(mine).all() == []
