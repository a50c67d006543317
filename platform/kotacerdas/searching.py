"""Full text of rows: the stored vector of a table, and what somebody typed as a query of it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from functools import reduce
from typing import Any

from sqlalchemy import Column, ColumnElement, Computed, Text, bindparam, cast, func, literal_column
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


def search_values(words: Sequence[str]) -> dict[str, str]:
    """What `search_query` and `marking_query` bind, by name."""
    begun = {f"begun_{n}": _begun(_forms(word)) for n, word in enumerate(words)}
    stems = {f"stem_{n}": word for n, word in enumerate(words)}
    marks = {f"mark_{n}": _begun([part]) for n, part in enumerate(_parts(words))}
    return begun | stems | marks | {f"part_{n}": part for n, part in enumerate(_parts(words))}


def search_form(words: Sequence[str]) -> Hashable:
    """What of the words changes the text of the queries."""
    return tuple("-" in word for word in words), len(_parts(words))


def search_query(words: Sequence[str]) -> ColumnElement[Any]:
    """All of the words, each by its stem or by its beginning.

    A word with hyphens has no stem; it is found without them too.
    """
    given = search_values(words)
    each = [
        _query(given, f"begun_{n}") if "-" in word else _either(given, f"begun_{n}", f"stem_{n}")
        for n, word in enumerate(words)
    ]
    return reduce(lambda one, other: one.op("&&", return_type=TSQUERY())(other), each)


def marking_query(words: Sequence[str]) -> ColumnElement[Any]:
    """Any of the words or of their parts between hyphens, for showing where they stand."""
    given = search_values(words)
    each = [_either(given, f"mark_{n}", f"part_{n}") for n in range(len(_parts(words)))]
    return reduce(lambda one, other: one.op("||", return_type=TSQUERY())(other), each)


def _forms(word: str) -> list[str]:
    return [word, word.replace("-", "")] if "-" in word else [word]


def _parts(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(part for word in words for part in (word, *word.split("-"))))


def _begun(forms: Sequence[str]) -> str:
    """What begins with one of the forms, as PostgreSQL reads a query."""
    return " | ".join(
        f"'{form}'{':*' if len(form) >= SHORTEST_BEGINNING else ''}" for form in forms
    )


def _query(given: Mapping[str, str], name: str) -> ColumnElement[Any]:
    return cast(bindparam(name, given[name], Text(), unique=False), TSQUERY)


def _either(given: Mapping[str, str], begun: str, stem: str) -> ColumnElement[Any]:
    words = bindparam(stem, given[stem], Text(), unique=False)
    stemmed = func.plainto_tsquery(cast(literal_column(f"'{LANGUAGE}'"), REGCONFIG), words)
    return _query(given, begun).op("||", return_type=TSQUERY())(stemmed)
