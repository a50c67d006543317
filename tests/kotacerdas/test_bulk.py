"""Many rows by one call, held with the rules of units: small and with a constraint of their own."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.bulk import (
    MOST,
    BulkEmpty,
    BulkRejected,
    BulkTooLarge,
    OnError,
    each,
    key_of_row,
)
from kotacerdas.errors import Invalid
from kotacerdas.idempotency import IdempotencyKey, KeyReused
from tenants.cities.models import Unit, UnitKind
from tenants.cities.units import create_unit
from tests.tenants.refusals import picture, run


def add(session, short_name: str):
    return create_unit(
        session, name=f"Dinas {short_name}", short_name=short_name, kind=UnitKind.AGENCY
    ).id


def short_names(database, city) -> list[str]:
    mine = select(Unit.short_name).where(Unit.tenant_id == city.id).order_by(Unit.id)
    return run(database, city.scope(), lambda s: list(s.scalars(mine)))


def audited(database, city) -> list[str]:
    """The short names that the trail tells of."""
    mine = select(AuditEntry.after["short_name"].as_string()).where(AuditEntry.tenant_id == city.id)
    return run(
        database, city.scope(), lambda s: list(s.scalars(mine.order_by(AuditEntry.sequence)))
    )


def test_what_is_refused_is_skipped_without_a_trace_and_the_rest_is_kept(database, city):
    outcomes = run(
        database,
        city.scope(),
        lambda s: each(s, ["A", "", "B", "A", "C"], add, on_error=OnError.SKIP_INVALID),
    )
    codes = [[error.code for error in outcome.errors] for outcome in outcomes]
    assert codes == [[], ["INVALID"], [], ["UNIT_SHORT_NAME_TAKEN"], []]
    assert [outcome.row_id is not None for outcome in outcomes] == [True, False, True, False, True]
    assert short_names(database, city) == ["A", "B", "C"]
    assert audited(database, city) == ["A", "B", "C"]


def test_one_refused_row_rejects_all_and_every_fault_is_told(database, city):
    scope = city.scope()
    before = picture(database, city.id)
    with pytest.raises(BulkRejected) as caught:
        run(
            database,
            scope,
            lambda s: each(s, ["A", "", "B", "A"], add, on_error=OnError.REJECT_ALL),
        )
    codes = [[error.code for error in outcome.errors] for outcome in caught.value.outcomes]
    assert codes == [[], ["INVALID"], [], ["UNIT_SHORT_NAME_TAKEN"]]
    assert "2 dari 4 baris" in caught.value.text("id")
    assert "2 of 4 rows" in caught.value.text("en")
    assert picture(database, city.id) == before


def test_a_call_takes_one_to_a_hundred_rows(database, city):
    scope = city.scope()
    for count, refusal in ((0, BulkEmpty), (MOST + 1, BulkTooLarge)):
        names = [f"U{number}" for number in range(count)]
        with pytest.raises(refusal):
            run(
                database,
                scope,
                lambda s, names=names: each(s, names, add, on_error=OnError.SKIP_INVALID),
            )
    assert short_names(database, city) == []
    names = [f"U{number}" for number in range(MOST)]
    run(database, scope, lambda s: each(s, names, add, on_error=OnError.REJECT_ALL))
    assert short_names(database, city) == names


def test_a_repeated_call_has_one_effect_for_each_row(database, city):
    scope, key = city.scope(), str(uuid4())

    def write(session, items):
        def rule(inner, item):
            index, name = item
            return create_unit(
                inner,
                name="Dinas",
                short_name=name,
                kind=UnitKind.AGENCY,
                idempotency_key=key_of_row(key, index),
            ).id

        return each(session, list(enumerate(items)), rule, on_error=OnError.SKIP_INVALID)

    first = run(database, scope, lambda s: write(s, ["A", "", "C"]))
    again = run(database, scope, lambda s: write(s, ["A", "B", "C"]))
    assert [o.row_id for o in again][::2] == [o.row_id for o in first][::2]
    assert short_names(database, city) == ["A", "C", "B"]
    other = run(database, scope, lambda s: write(s, ["X", "B", "C"]))
    assert isinstance(other[0].errors[0], KeyReused)
    keys = select(func.count()).where(IdempotencyKey.tenant_id == city.id)
    assert run(database, scope, lambda s: s.scalar(keys)) == 3


def test_a_key_that_is_no_key_is_refused_before_any_row():
    with pytest.raises(Invalid):
        key_of_row("kunci", 0)


def test_a_defect_ends_the_whole_call(database, city):
    scope = city.scope()

    def explode(session, name):
        if name == "B":
            raise ZeroDivisionError
        return add(session, name)

    with pytest.raises(ZeroDivisionError):
        run(database, scope, lambda s: each(s, ["A", "B"], explode, on_error=OnError.SKIP_INVALID))
    assert short_names(database, city) == []
