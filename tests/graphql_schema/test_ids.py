"""Opaque ids: one form for each type, and nothing learned from a wrong one."""

from __future__ import annotations

import pytest

NODE = (
    "query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } city(by: {id: $id}) { id } }"
)


@pytest.mark.parametrize("text", ["unt_c7", "cty_" + "0" * 31 + "1", "cty_" + "0" * 31 + "17"])
def test_an_id_whose_form_is_not_its_types_names_nothing(data, text):
    assert data(NODE, id=text) == {"node": None, "nodes": [None], "city": None}


def test_a_citys_id_leads_to_the_city(data, city):
    key = f"cty_c{city.id:x}"
    assert data(NODE, id=key) == {"node": {"id": key}, "nodes": [{"id": key}], "city": {"id": key}}
