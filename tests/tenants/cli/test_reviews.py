"""Reviews of masterplans at the command line."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest

from kotacerdas.identity.models import Account
from kotacerdas.scope import Door, Scope
from tenants.cities.workflow import Stage
from tests.tenants.masterplan.books.shelf import make_guide
from tests.tenants.refusals import run
from tests.tenants.reviews.conftest import Table


def environment() -> dict[str, str]:
    """The settings of the tests' database, once it is there."""
    return {name: v for name, v in os.environ.items() if name.startswith("KOTACERDAS_")}


@pytest.fixture
def review(database, make_city, ministry):
    """A city whose masterplan is reviewed, and the addresses of its people."""
    found = Table(database, make_city(), make_guide(database), ministry)
    found.emails = {}
    for name in ("mentor", "assessor", "operator"):
        email, person_id = f"{uuid4().hex}@uji.id", getattr(found, name).person_id
        row = Account(person_id=person_id, email=email, language="id", active=True)
        run(database, Scope(Door.IDENTITY), lambda s, row=row: s.add(row))
        found.emails[name] = email
    return found


def test_a_remark_is_listed_answered_reopened_and_settled(review, call, table):
    slug, emails = review.city.slug, review.emails
    review.on_programme(review.programme(review.plan_id))
    (row,) = table("review", "remarks", slug)
    assert (row["state"], row["blocking"], row["field"], row["gone"]) == (
        "open",
        "yes",
        "whole",
        "no",
    )
    for command, email, words in (
        ("answer", emails["operator"], "Sumbernya BPS.\n"),
        ("reopen", emails["mentor"], "Tahun berapa?\n"),
        ("answer", emails["operator"], "BPS 2021.\n"),
        ("settle", emails["mentor"], ""),
    ):
        call("review", command, email, slug, row["id"], variables=environment(), input=words)
    (row,) = table("review", "remarks", slug, "--state", "settled")
    assert row["answer"] == "BPS 2021."
    assert table("review", "remarks", slug, "--state", "open") == []


def test_a_round_is_judged_and_listed_with_its_verdicts(review, call, table):
    slug, email = review.city.slug, review.emails["assessor"]
    judge = ("review", "judge", email, slug)
    assert (
        "kotacerdas review list" in call(*judge, "accepted", variables=environment(), code=1).stderr
    )
    review.enter(Stage.PRESENTED)
    assert "alasan" in call(*judge, "revise", variables=environment(), code=1).stderr
    told = call(*judge, "revise", "--comment", "Peta jalan.", variables=environment()).stdout
    assert "round: 1\nverdict: revise\n" in told
    call(*judge, "accepted", variables=environment())
    (row,) = table("review", "list", slug)
    assert (row["round"], row["verdicts"]) == (1, ["Orang Uji: accepted"])


def test_what_is_no_remark_is_refused_in_words(review, call):
    settle = ("review", "settle", review.emails["mentor"], review.city.slug)
    told = call(*settle, "x", variables=environment(), code=1).stderr
    assert "x bukan id catatan. Lihat `kotacerdas review remarks`." in told
    assert call(*settle, f"rmk_{uuid4().hex}", variables=environment(), code=1).stderr
