"""Experts at the command line."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest

from kotacerdas.identity.models import Account
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door, Scope
from tests.tenants.refusals import run


@pytest.fixture
def expert(database, make_city):
    """Return a function that makes an expert of some city and returns their address."""

    def make(name="Ir. Ahli Konsol"):
        person_id, email = make_city().person(Role.EXPERT, name=name), f"{uuid4().hex}@uji.id"
        row = Account(person_id=person_id, email=email, language="id", active=True)
        run(database, Scope(Door.IDENTITY), lambda s: s.add(row))
        return email

    return make


def test_an_expert_is_assigned_hands_over_and_is_followed(call, table, city, expert):
    old, new = expert("Ahli Lama"), expert("Ahli Baru")
    made = table("expert", "assign", old, city.slug, "mentor", 2022)
    assert made == {"expert": old, "city": city.slug, "part": "mentor", "cycle": 2022}
    given = {name: v for name, v in os.environ.items() if name.startswith("KOTACERDAS_")}
    call("expert", "handover", old, city.slug, 2022, variables=given, input="Rapat Senin.\n")
    table("expert", "reassign", old, city.slug, 2022, new)
    lines = table("expert", "list", city.slug)
    assert [(row["expert"], row["handover"], bool(row["ended_at"])) for row in lines] == [
        ("Ahli Lama", "Rapat Senin.", True),
        ("Ahli Baru", None, False),
    ]
    assert table("expert", "inbox", new) == []
    (mine,) = [row for row in table("expert", "load") if row["name"] == "Ahli Baru"][-1:]
    assert (mine["cities"], mine["mentoring"], mine["open_reviews"]) == (1, 1, 0)


def test_what_cannot_be_is_refused_in_words(table, city, expert):
    email = expert()
    table("expert", "assign", email, city.slug, "mentor", 2022)
    refused = table("expert", "assign", email, city.slug, "assessor", 2022, code=1)
    assert "sudah menjadi pendamping Kota Uji pada siklus 2022" in refused
    none = table("expert", "reassign", email, city.slug, 2021, expert(), code=1)
    assert "kotacerdas expert list" in none
