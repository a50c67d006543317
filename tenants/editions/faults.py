"""What keeps an edition from being followed; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from tenants.editions.reasons import EditionRuleInvalid
from tenants.editions.rules import Content, Item

HUNDRED = Decimal(100)
Place = tuple[str, ...]


def content_faults(content: Content, known: Iterable[str]) -> list[EditionRuleInvalid]:
    """Return everything at fault, each with its place; `known` are the codes of other editions."""
    return [
        *_lacks(content),
        *_doubles(content),
        *_sequences(content),
        *_bounds(content),
        *_weights(content),
        *_aliases(content, frozenset(known)),
    ]


def _lacks(content: Content) -> Iterator[EditionRuleInvalid]:
    needed = {
        "dimensions": content.dimensions,
        "books": content.books,
        "readiness": content.readiness,
        "bimtek": content.bimtek,
    }
    for name, given in needed.items():
        if not given:
            yield EditionRuleInvalid((name,), "belum diisi", "it is empty")
    if not content.evaluation.parts:
        yield EditionRuleInvalid(("evaluation", "parts"), "belum diisi", "it is empty")
    for place, book in enumerate(content.books):
        if not book.chapters:
            at = ("books", str(place), "chapters")
            yield EditionRuleInvalid(at, "buku tanpa bab", "the book has no chapter")


def _doubles(content: Content) -> Iterator[EditionRuleInvalid]:
    lists: list[tuple[Place, Sequence[Item]]] = [
        (("dimensions",), content.dimensions),
        (("readiness",), content.readiness),
        (("evaluation", "parts"), content.evaluation.parts),
    ]
    for place, dimension in enumerate(content.dimensions):
        lists.append((("dimensions", str(place), "sub_dimensions"), dimension.sub_dimensions))
    for place, book in enumerate(content.books):
        lists.append((("books", str(place), "chapters"), book.chapters))
    for place, element in enumerate(content.readiness):
        lists.append((("readiness", str(place), "parts"), element.parts))
    for place, stage in enumerate(content.bimtek):
        lists.append((("bimtek", str(place), "outputs"), stage.outputs))
    for at, items in lists:
        counts = Counter(item.code for item in items)
        for place, item in enumerate(items):
            if counts[item.code] > 1:
                yield EditionRuleInvalid(
                    (*at, str(place), "code"),
                    f"kode {item.code} dipakai dua kali",
                    f"the code {item.code} occurs twice",
                )


def _sequences(content: Content) -> Iterator[EditionRuleInvalid]:
    runs = {
        "bimtek": [stage.ordinal for stage in content.bimtek],
        "books": [book.number for book in content.books],
    }
    for name, numbers in runs.items():
        if numbers != list(range(1, len(numbers) + 1)):
            given = ", ".join(map(str, numbers))
            yield EditionRuleInvalid(
                (name,),
                f"nomornya harus 1 sampai {len(numbers)} berurutan, bukan {given}",
                f"they must be numbered 1 to {len(numbers)} in order, not {given}",
            )


def _bounds(content: Content) -> Iterator[EditionRuleInvalid]:
    low, high = content.quick_win.minimum, content.quick_win.maximum
    if low is not None and high is not None and low > high:
        yield EditionRuleInvalid(
            ("quick_win", "maximum"),
            f"paling banyak {high} lebih kecil daripada paling sedikit {low}",
            f"the maximum {high} is below the minimum {low}",
        )
    years = content.horizons
    if not years.short < years.medium < years.long:
        given = f"{years.short}, {years.medium}, {years.long}"
        yield EditionRuleInvalid(
            ("horizons",),
            f"jangka pendek, menengah dan panjang harus makin panjang, bukan {given} tahun",
            f"short, medium and long must grow, not be {given} years",
        )
    scale = content.readiness_scale
    if scale.least >= scale.most:
        yield EditionRuleInvalid(
            ("readiness_scale", "most"),
            f"nilai tertinggi {scale.most} harus lebih dari nilai terendah {scale.least}",
            f"the highest score {scale.most} must be more than the lowest {scale.least}",
        )


def _weights(content: Content) -> Iterator[EditionRuleInvalid]:
    total = sum((part.weight for part in content.evaluation.parts), Decimal(0))
    if content.evaluation.parts and total != HUNDRED:
        yield EditionRuleInvalid(
            ("evaluation", "parts"),
            f"bobot berjumlah {total}, seharusnya 100",
            f"the weights sum to {total} and not to 100",
        )


def _aliases(content: Content, known: frozenset[str]) -> Iterator[EditionRuleInvalid]:
    for place, dimension in enumerate(content.dimensions):
        at = ("dimensions", str(place))
        yield from _unknown((*at, "aliases"), dimension.aliases, known)
        for part, below in enumerate(dimension.sub_dimensions):
            within = (*at, "sub_dimensions", str(part), "aliases")
            yield from _unknown(within, below.aliases, known)


def _unknown(
    at: Place, aliases: Iterable[str], known: frozenset[str]
) -> Iterator[EditionRuleInvalid]:
    for alias in aliases:
        if alias not in known:
            yield EditionRuleInvalid(
                at,
                f"tidak ada pilar {alias} pada edisi lain",
                f"no other edition has a pillar {alias}",
            )
