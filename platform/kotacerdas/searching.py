"""Full text of rows: the stored vector of a table, and what somebody typed as a query of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Computed, Text, cast, func, literal
from sqlalchemy.dialects.postgresql import REGCONFIG, TSQUERY, TSVECTOR

VECTOR = "search"
"""Name of the column."""
LANGUAGE = "indonesian"
MOST_WORDS = 8
"""Further words of a query are left out."""
SHORTEST_BEGINNING = 2
"""A shorter word is looked for whole: too much begins with one letter."""
_WORDS_LEFT_OUT = """
atau apa bagaimana dalam dan dari dengan di ke oleh pada pernah siapa sudah untuk yang
and done for has in of the to who
"""
LEFT_OUT = frozenset(_WORDS_LEFT_OUT.split())
"""Words that nobody looks for; the dictionary of PostgreSQL knows none."""
_WORD = re.compile(r"\w+(?:-\w+)*")


def search_column(name: str, *texts: str) -> Column[Any]:
    """The vector of a row, kept by PostgreSQL: the name above all, the texts after it.

    Words of the name are there as written too, so that their beginnings are found, and once more
    without hyphens: who writes "E Parkir", "e-parkir" or "eParkir" is found by each of them.
    """
    return Column(VECTOR, TSVECTOR, Computed(search_vector(name, *texts), persisted=True))


def search_vector(name: str, *texts: str) -> str:
    """The vector as PostgreSQL prints the expression; nothing in a text is taken for a tag."""
    words, plain = f"'{LANGUAGE}'::regconfig", "'simple'::regconfig"
    parted = f"translate({name}, '/<>'::text, '   '::text)"
    one_word = rf"regexp_replace({parted}, '\m([[:alpha:]]) (?=\w)'::text, '\1'::text, 'g'::text)"
    joined = f"replace({one_word}, '-'::text, ''::text)"
    body = " || ' '::text || ".join(texts)
    shown = f"translate({body}, '<>'::text, '  '::text)"
    return (
        f"setweight(to_tsvector({words}, {parted}), 'A'::\"char\")"
        f" || setweight(to_tsvector({plain}, {parted}), 'A'::\"char\")"
        f" || setweight(to_tsvector({plain}, {joined}), 'A'::\"char\")"
        f" || setweight(to_tsvector({words}, {shown}), 'C'::\"char\")"
    )


def words_of(text: str) -> list[str]:
    """The words that are looked for, in lower case; one letter and the next word are one.

    A query of nothing but words that are left out looks for them after all.
    """
    typed = _WORD.findall(re.sub(r"\b([^\W\d_]) (?=\w)", r"\1-", text.lower()))
    kept = [word for word in typed if word not in LEFT_OUT]
    return list(dict.fromkeys(kept or typed))[:MOST_WORDS]


def search_query(words: Sequence[str]) -> ColumnElement[Any]:
    """All of the words, each by its stem or by its beginning."""
    query, *more = [_one(word) for word in words]
    for each in more:
        query = query.op("&&", return_type=TSQUERY())(each)
    return query


def marking_query(words: Sequence[str]) -> ColumnElement[Any]:
    """Any of the words or of their parts between hyphens, for showing where they stand."""
    parts = dict.fromkeys(part for word in words for part in (word, *word.split("-")))
    query, *more = [_begun([part]).op("||", return_type=TSQUERY())(_stem(part)) for part in parts]
    for each in more:
        query = query.op("||", return_type=TSQUERY())(each)
    return query


def _one(word: str) -> ColumnElement[Any]:
    """A word as PostgreSQL finds it: what begins so or has its stem.

    A word with hyphens has no stem; it is found without them too.
    """
    if "-" in word:
        return _begun([word, word.replace("-", "")])
    return _begun([word]).op("||", return_type=TSQUERY())(_stem(word))


def _begun(forms: Sequence[str]) -> ColumnElement[Any]:
    each = [f"'{form}'{':*' if len(form) >= SHORTEST_BEGINNING else ''}" for form in forms]
    return cast(literal(" | ".join(each), Text), TSQUERY)


def _stem(word: str) -> ColumnElement[Any]:
    return func.plainto_tsquery(cast(literal(LANGUAGE, Text), REGCONFIG), literal(word, Text))
