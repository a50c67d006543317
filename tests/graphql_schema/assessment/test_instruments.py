"""Instruments through the API."""

from __future__ import annotations

from tests.graphql_schema.assessment.board import PARAMETERS, key


def test_an_instrument_in_use_is_copied_and_the_copy_is_changed(board, instrument):
    names = {"name": "Baru", "nameEn": "New"}
    change = {**names, "parameters": PARAMETERS[:1]}
    step = {"id": instrument["id"], "expectedVersion": instrument["version"]}
    assert board.refuses("instrumentUpdate", **step, **change) == [("INSTRUMENT_IN_USE", [])]
    code = {"code": f"salin-{board.year}", "idempotencyKey": key()}
    copy = board.does("instrumentCopy", instrumentId=instrument["id"], **code)
    assert [each["code"] for each in copy["parameters"]] == ["policy", "network"]
    step = {"id": copy["id"], "expectedVersion": copy["version"]}
    changed = board.does("instrumentUpdate", **step, **change)
    assert (changed["version"], len(changed["parameters"])) == (copy["version"] + 1, 1)
    stale = [("STALE_VERSION", ["expectedVersion"])]
    assert board.refuses("instrumentUpdate", **step, **change) == stale
    step["expectedVersion"] = changed["version"]
    assert board.refuses("instrumentActivate", **step) == [("INSTRUMENT_INCOMPLETE", ["weight"])]


def test_every_fault_of_an_instrument_is_named_at_its_place(board):
    bad = [
        {**PARAMETERS[0], "code": "Bukan Kode", "weight": "0"},
        {**PARAMETERS[1], "scaleMinimum": "5", "name": ""},
    ]
    given = {"code": f"salah-{board.year}", "name": "A", "nameEn": "B", "parameters": bad}
    assert board.refuses("instrumentCreate", **given, idempotencyKey=key()) == [
        ("EDITION_RULE_INVALID", ["parameters", "0", "code"]),
        ("EDITION_RULE_INVALID", ["parameters", "0", "weight"]),
        ("EDITION_RULE_INVALID", ["parameters", "1", "name"]),
    ]
    bad[0] |= {"code": "network", "weight": "1"}
    bad[1]["name"] = "Jaringan"
    assert board.refuses("instrumentCreate", **given, idempotencyKey=key()) == [
        ("EDITION_RULE_INVALID", ["parameters", "0", "code"]),
        ("EDITION_RULE_INVALID", ["parameters", "1", "code"]),
        ("EDITION_RULE_INVALID", ["parameters", "1", "scaleMaximum"]),
    ]
