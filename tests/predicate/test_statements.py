"""The hook's eye: statements that bind their tenant pass, all others are told."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text

from kotacerdas.scope import Door, Scope
from tenants.cities.models import Unit
from tests.predicate.hook import TenantUnbound, suspended
from tests.predicate.statements import faults

GOOD = [
    "select id from unit where tenant_id = %(t)s",
    "select id from unit where tenant_id = %(t)s::INTEGER and (name = %(a)s or name = %(b)s)",
    "select id from unit where %(t)s = unit.tenant_id for update",
    "select u.id from unit u join innovation i on i.tenant_id = u.tenant_id and i.unit_id = u.id"
    " where i.tenant_id = %(t)s",
    "select 1 from unit u left join innovation i on i.tenant_id = u.tenant_id"
    " where u.tenant_id = %(t)s",
    "select 1 from unit u left join (innovation i join review r on r.tenant_id = i.tenant_id)"
    " on i.tenant_id = u.tenant_id where u.tenant_id = %(t)s",
    "select (select count(*) from innovation i where i.tenant_id = u.tenant_id) from unit u"
    " where u.tenant_id = %(t)s",
    "select 1 from unit u where u.tenant_id = %(t)s and exists"
    " (select from innovation i where (i.tenant_id, i.unit_id) = (u.tenant_id, u.id))",
    "select 1 from unit u left join lateral (select 1 from innovation i"
    " where i.tenant_id = u.tenant_id order by i.id limit 5) x on true where u.tenant_id = %(t)s",
    "select 1 from (select tenant_id as city, id from unit) q where q.city = %(t)s",
    "select 1 from (select tenant_id from unit where tenant_id = %(t)s) q"
    " join innovation i on i.tenant_id = q.tenant_id",
    "with q as (select tenant_id, id from unit where tenant_id = %(t)s)"
    " select 1 from q join innovation i on i.tenant_id = q.tenant_id",
    "select id from unit where tenant_id = %(t)s union all"
    " select id from innovation where tenant_id = %(t)s",
    "select * from publication",
    "select * from city join region on region.code = city.region_code",
    "select 'unit', current_setting('app.tenant_id')",
    "insert into unit (tenant_id, id) values (%(t)s, %(i)s) on conflict do nothing",
    "insert into unit (tenant_id, id) select tenant_id, id from innovation where tenant_id = %(t)s",
    "update unit set name = %(n)s, updated_at = now() where unit.tenant_id = %(t)s",
    "update unit set name = i.name from innovation i"
    " where unit.tenant_id = %(t)s and i.tenant_id = unit.tenant_id returning unit.id",
    "delete from budget using programme p"
    " where budget.tenant_id = %(t)s and p.tenant_id = budget.tenant_id",
]

BAD = [
    ("select id from unit", "unit"),
    ("select id from unit where tenant_id = 5", "unit"),
    ("select id from unit where tenant_id > %(t)s", "unit"),
    ("select id from unit where not (tenant_id = %(t)s)", "unit"),
    ("select id from unit where tenant_id = %(t)s or name = %(n)s", "unit"),
    ("select id from unit where tenant_id = tenant_id", "unit"),
    ("select id from unit where tenant_id = nullif(current_setting('app.tenant_id'), '')", "unit"),
    ("select 1 from unit u join innovation i on i.unit_id = u.id where u.tenant_id = %(t)s", "i"),
    ("select 1 from unit u, innovation i where u.tenant_id = %(t)s and i.id = %(i)s", "i"),
    # A condition of an outer join does not restrict the side that is kept.
    (
        "select 1 from unit u left join innovation i on u.tenant_id = %(t)s"
        " and i.tenant_id = %(t)s",
        "u",
    ),
    (
        "select 1 from unit u left join innovation i on i.tenant_id = %(t)s"
        " and u.tenant_id = i.tenant_id",
        "u",
    ),
    # Nor does a subquery restrict what encloses it.
    (
        "select (select 1 from innovation i where i.tenant_id = u.tenant_id"
        " and i.tenant_id = %(t)s) from unit u",
        "u",
    ),
    (
        "select (select count(*) from innovation i where i.unit_id = u.id) from unit u"
        " where u.tenant_id = %(t)s",
        "i",
    ),
    (
        "select 1 from unit u where u.tenant_id = %(t)s"
        " and u.id in (select unit_id from innovation)",
        "innovation",
    ),
    # The first five rows of everybody, of which the city's remain.
    (
        "select 1 from (select tenant_id from unit order by id limit 5) q"
        " where q.tenant_id = %(t)s",
        "unit",
    ),
    ("with q as (select tenant_id from unit) select 1 from q where q.tenant_id = %(t)s", "unit"),
    (
        "select id from unit where tenant_id = %(t)s union all select id from innovation",
        "innovation",
    ),
    ("insert into unit (tenant_id, id) select tenant_id, id from innovation", "innovation"),
    ("update unit set name = %(n)s where id = %(i)s", "unit"),
    ("update unit set tenant_id = %(t)s where id = %(i)s", "unit"),
    ("update unit set name = i.name from innovation i where unit.tenant_id = %(t)s", "i"),
    ("delete from budget where id = %(i)s", "budget"),
    ("delete from budget using programme p where budget.tenant_id = %(t)s", "p"),
    ("update publication set withdrawn_at = now()", "publication"),
]


@pytest.mark.parametrize("statement", GOOD)
def test_a_statement_that_binds_every_tenant_table_passes(statement):
    assert faults(statement) == []


@pytest.mark.parametrize(("statement", "alias"), BAD)
def test_a_statement_that_leaves_a_tenant_table_unbound_is_told(statement, alias):
    [fault] = faults(statement)
    assert fault.startswith(f"{alias}.tenant_id of table ")


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("select kind from unit where tenant_id = %(t)s group by rollup (kind)", "ROLLUP"),
        ("select kind from unit where tenant_id = %(t)s group by grouping sets ((kind), ())",
         "GROUPING SETS"),
        ("with recursive q as (select id from unit where tenant_id = %(t)s union all"
         " select id from q) select * from q", "recursive"),
        ("update unit set updated_at = clock_timestamp() where tenant_id = %(t)s",
         "clock_timestamp"),
        ("update unit set name = random()::text where tenant_id = %(t)s", "rand"),
        ("update unit set replaced_by = gen_random_uuid() where tenant_id = %(t)s", "uuid"),
    ],
)  # fmt: skip
def test_what_several_nodes_cannot_run_is_told(statement, word):
    [fault] = faults(statement)
    assert word in fault


def test_the_ministry_reads_every_city_but_writes_and_locks_in_one():
    def told(statement):
        return faults(statement, writes_only=True)

    assert told("select count(*) from unit") == []
    assert told("update deadline set name = %(n)s where tenant_id = %(t)s and participation_id in"
                " (select id from participation)") == []  # fmt: skip
    assert len(told("update deadline set name = %(n)s where id = %(i)s")) == 1
    assert len(told("select * from deadline where id = %(i)s for update")) == 1


@pytest.mark.parametrize("door", [Door.CITY, Door.WORKER])
def test_a_session_cannot_send_an_unbound_statement(database, city, door, tenant_predicate):
    with (
        pytest.raises(TenantUnbound, match="of table unit is not bound"),
        database.unit_of_work(Scope(door, city.id)) as session,
    ):
        session.scalar(select(func.count()).select_from(Unit))
    assert len(tenant_predicate) == 1  # told again at the test's end, had it been swallowed
    tenant_predicate.clear()


def test_a_test_of_row_level_security_alone_suspends_the_hook(database, city):
    with suspended(), database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        assert session.scalar(text("select count(*) from unit")) == 0
