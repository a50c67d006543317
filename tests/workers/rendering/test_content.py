from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import orjson
import pytest

from tenants.masterplan.content import from_json, hash_of, to_json
from tests.workers.rendering.sample import sample_book

SEALED_BEFORE_FORMATS = "e94dfa36ae4e9012d6923625da69cc14d505b13a5d38eee0a6908b51d25e59ed"
"""Hash of the sample by the code that knew one format only."""


def test_content_comes_back_from_json_as_it_was():
    content = sample_book()
    assert from_json(to_json(content)) == content
    assert from_json(orjson.loads(to_json(content))) == content


def test_money_and_measures_travel_as_plain_strings():
    content = sample_book()
    budget = replace(content.dimensions[0].programmes[0].budgets[0], amount_rupiah=Decimal("1E+9"))
    programme = replace(content.dimensions[0].programmes[0], budgets=(budget,))
    dimension = replace(content.dimensions[0], programmes=(programme,))
    json = orjson.loads(to_json(replace(content, dimensions=(dimension,))))
    [written] = json["dimensions"][0]["programmes"][0]["budgets"]
    assert written == {"year": 2023, "source": "apbd", "amount_rupiah": "1000000000"}


def test_the_hash_covers_everything_but_itself():
    content = sample_book()
    assert content.content_hash == hash_of(content)
    assert hash_of(replace(content, content_hash="x")) == content.content_hash
    assert hash_of(replace(content, version=2)) != content.content_hash


def test_a_version_of_the_first_format_keeps_the_hash_that_it_was_sealed_with():
    content = sample_book()
    assert content.format == 1
    assert content.content_hash == SEALED_BEFORE_FORMATS
    assert not {"format", "analysis", "books"} & orjson.loads(to_json(content)).keys()


def test_content_with_an_unknown_or_missing_field_is_refused():
    json = orjson.loads(to_json(sample_book()))
    with pytest.raises(TypeError):
        from_json({**json, "colour": "red"})
    with pytest.raises(KeyError):
        from_json({name: value for name, value in json.items() if name != "city"})
