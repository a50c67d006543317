"""A whole body: checked, in its normal form, each block with an id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import orjson

from kotacerdas.errors import DomainError
from kotacerdas.values import refuse
from tenants.masterplan.richtext.blocks import Block, block
from tenants.masterplan.richtext.faults import Faults, Path, TooMuch
from tenants.masterplan.richtext.grammar import KIB, MOST_BLOCKS, MOST_BYTES

Body = dict[str, Any]

EMPTY: Body = {"blocks": []}
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_DRAWN = 10


class SectionTooLarge(DomainError):
    """A section's text is larger than one section may be."""

    code = "SECTION_TOO_LARGE"
    id = (
        "Isi subbab ini {size} KiB; paling banyak {most} KiB."
        " Bagi menjadi beberapa subbab, atau pindahkan tabel besar ke lampiran."
    )
    en = (
        "This section's text has {size} KiB; at most {most} KiB are possible."
        " Divide it into several sections, or move large tables to an annex."
    )


def checked(value: object, path: Path = ("body",)) -> Body:
    """Return the body in its normal form; checking that again changes nothing.

    Raises all faults at once, each with the path of its node, or SectionTooLarge.
    """
    faults = Faults()
    blocks: list[Block] = []
    try:
        given = faults.object_at(value, path, ("blocks",))
        inside = (*path, "blocks")
        for place, each in enumerate(faults.list_at(given.get("blocks", []), inside, MOST_BLOCKS)):
            blocks.append(block(each, (*inside, str(place)), faults))
        _check_ids(blocks, inside, faults)
    except TooMuch:
        pass  # what was found by then is told
    refuse(faults.found)
    body = {"blocks": list(_named(blocks))}
    size = len(orjson.dumps(body))
    if size > MOST_BYTES:
        raise SectionTooLarge(path=path, size=-(-size // KIB), most=MOST_BYTES // KIB)
    return body


def _check_ids(blocks: list[Block], path: Path, faults: Faults) -> None:
    seen: set[str] = set()
    for place, each in enumerate(blocks):
        if "id" not in each:
            continue
        name, here = each["id"], (*path, str(place), "id")
        if not isinstance(name, str) or not _ID.fullmatch(name):
            told = (
                "bukan id blok. Hapus id-nya; id baru akan diberikan.",
                "it is no block's id. Leave it out; a new one will be given.",
            )
            faults.add(here, told)
        elif name in seen:
            told = (
                "id blok dipakai dua kali. Hapus id pada salinannya.",
                "the id stands on two blocks. Leave it out on the copy.",
            )
            faults.add(here, told)
        else:
            seen.add(name)


def _named(blocks: list[Block]) -> Iterator[Block]:
    """Give each block without an id one that follows from its text: the same text, the same id."""
    taken = {each["id"] for each in blocks if "id" in each}
    for each in blocks:
        if "id" in each:
            yield each
            continue
        data, number = orjson.dumps(each), 0
        while (name := sha256(data + str(number).encode()).hexdigest()[:_DRAWN]) in taken:
            number += 1
        taken.add(name)
        yield {**each, "id": name}
