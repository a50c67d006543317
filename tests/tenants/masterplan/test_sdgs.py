"""The goals of the reference file, and the targets that a programme serves."""

from __future__ import annotations

import pytest

from tenants.masterplan import programmes
from tenants.masterplan.sdgs import GOALS, PLACES
from tests.tenants.masterplan.planning import codes, draft


def test_there_are_17_goals_with_169_targets_in_both_languages():
    assert list(GOALS) == list(range(1, 18))
    assert len(PLACES) == 169
    assert all(goal.name != goal.name_en for goal in GOALS.values())
    assert all(
        target.startswith(f"{goal.number}.") for goal in GOALS.values() for target in goal.targets
    )


def test_targets_are_kept_in_their_order_and_bring_their_goals(planning):
    programme = planning.programme(
        planning.plan().id, sdgs=[9], sdg_targets=["17.18", "11.A ", "11.2", "11.2"]
    )
    stored = draft(planning, programme)
    assert list(stored.sdg_targets) == ["11.2", "11.a", "17.18"]
    assert list(stored.sdgs) == [9, 11, 17]


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("11.8", "goal 11 has 11.1–11.c"),
        ("18.1", "like 11.2."),
        ("11", "goal 11"),
        ("²", "like 11.2"),
    ],
)
def test_an_unknown_target_is_refused_and_told_what_the_goal_has(planning, target, hint):
    programme = planning.programme(planning.plan().id)
    errors = planning.refused(
        programmes.update_programme, programme.id, expected_version=1, sdg_targets=["1.1", target]
    )
    assert codes(errors) == ["SDG_TARGET_UNKNOWN"]
    assert errors[0].path == ("sdgTargets", "1")
    assert hint in errors[0].text("en")
