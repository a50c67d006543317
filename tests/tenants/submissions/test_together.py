"""Many innovations by one call, beside other calls on the same ones."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from kotacerdas.bulk import OnError
from kotacerdas.rows import lock_all
from tenants.notifications import digests
from tenants.notifications.models import Notification, NotificationKind
from tenants.submissions import submitting
from tenants.submissions.models import Innovation
from tenants.submissions.workflow import InnovationState


def endorse_all(desk, rows):
    """Endorse innovations in this order, by one call that skips what is refused."""

    def rule(session):
        lock_all(session, Innovation, [row.id for row in rows])
        return digests.each(
            session,
            rows,
            lambda s, row: submitting.endorse(s, row.id, expected_version=row.version).id,
            on_error=OnError.SKIP_INVALID,
        )

    return desk.run("admin", rule)


def test_two_calls_on_the_same_rows_in_opposite_orders_both_end(desk):
    """Without one order of locks each would wait for the other's last row."""
    for _ in range(3):
        rows = [desk.submitted(name=f"Inovasi {number}") for number in range(6)]
        with ThreadPoolExecutor(2) as pool:
            calls = [
                pool.submit(endorse_all, desk, order) for order in (rows, list(reversed(rows)))
            ]
            outcomes = [outcome for call in calls for outcome in call.result()]
        codes = Counter(error.code for outcome in outcomes for error in outcome.errors)
        assert codes == {"STALE_VERSION": 6}
        states = {desk.innovation(row.id).state for row in rows}
        assert states == {InnovationState.ENDORSED}


def test_the_experts_are_told_once_of_what_was_endorsed_together(desk):
    rows = [desk.submitted(name=f"Inovasi {number}") for number in range(3)]
    endorse_all(desk, rows)
    many = Notification.kind == NotificationKind.ENDORSED_MANY
    told = select(func.count()).where(Notification.tenant_id == desk.city.id, many)
    assert desk.run("admin", lambda session: session.scalar(told)) == 1
    assert desk.told("endorsed_many")["expert"]["count"] == "3"
    assert desk.told("endorsed") == {}
