"""How a request is asked, by its header fields."""

from __future__ import annotations

import pytest

from kotacerdas.web.manner import KNOWN_BYTES, manner


@pytest.mark.parametrize(
    ("content_type", "json"),
    [
        (b"application/json", True),
        (b'Application/JSON; Charset="UTF-8"', True),
        (b"application/json; charset=utf-8; profile=x", True),
        (b"application/json; charset=latin1", False),
        (b"text/plain", False),
        (b"", False),
    ],
)
def test_only_json_in_utf_8_is_taken_for_json(content_type, json):
    assert manner([(b"content-type", content_type)]).sends_json is json


def test_the_first_of_repeated_fields_counts_but_media_types_add_up():
    fields = [(b"host", b"a"), (b"accept", b"x/y"), (b"host", b"b"), (b"accept", b"z/*")]
    asked = manner(fields)
    assert (asked.first(b"host"), asked.accept, asked.first(b"origin")) == ("a", "x/y,z/*", None)


def test_requests_that_differ_in_secrets_alone_are_asked_in_the_same_manner():
    common = (b"accept-language", b"en, id;q=0.5")
    one = manner([common, (b"cookie", b"a=1"), (b"authorization", b"Bearer a")])
    other = manner([(b"content-length", b"7"), (b"cookie", b"a=2"), common])
    assert one is other
    assert one.language == "en"
    assert one.first(b"cookie") is None


def test_a_manner_with_long_fields_is_not_kept():
    fields = [(b"accept-language", b"x" * (KNOWN_BYTES + 1))]
    assert manner(fields) is not manner(fields)
