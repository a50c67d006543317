"""`python -m graphql_schema`: print the schema, check the committed one, compare it, release it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from graphql_schema.evolution import released
from graphql_schema.evolution.additions import undated
from graphql_schema.evolution.changes import changes
from graphql_schema.evolution.labels import CHANGELOG, labels
from graphql_schema.evolution.report import as_json, as_text, unlabelled

COMMITTED = Path(__file__).with_name("schema.graphql")
NO_RELEASE = (
    "Nothing has been released yet: no change can break a client. To compare all the same, name"
    " what with: `kotacerdas schema diff HEAD~1`."
)


def present() -> str:
    """Return the API's schema as text."""
    from graphql_schema.schema import schema  # comparing two files needs no API

    return schema.as_str().strip() + "\n"


def print_schema(_given: argparse.Namespace) -> int:
    """Print the schema."""
    print(present(), end="")
    return 0


def check(_given: argparse.Namespace) -> int:
    """Compare the schema with the committed one; 1 where they differ."""
    if COMMITTED.read_text(encoding="utf-8").strip() == present().strip():
        print("The committed schema is the API's.")
        return 0
    print("schema.graphql differs from the API: run `make schema`, read the difference, commit it.")
    return 1


def diff(given: argparse.Namespace) -> int:
    """Tell what changed; 1 for a breaking change without a label or a new field without @since."""
    old = released.sdl_of(given.old) if given.old else released.released_sdl()
    if old is None:
        print("[]" if given.json else NO_RELEASE)
        return 0
    new = released.sdl_of(given.new) if given.new else present()
    found = changes(old, new)
    admitted = labels(CHANGELOG.read_text(encoding="utf-8") if CHANGELOG.exists() else "")
    print(as_json(found, admitted) if given.json else as_text(found, admitted))
    silent = [] if given.old else undated(old, new)
    for coordinate in silent:
        print(f"{coordinate} is new and does not say so: add @since.", file=sys.stderr)
    return 1 if silent or unlabelled(found, admitted) else 0


def release(_given: argparse.Namespace) -> int:
    """Keep the schema as that of the newest released version."""
    head = released.header(CHANGELOG.read_text(encoding="utf-8"))
    released.RELEASED.write_text(head + present(), encoding="utf-8")
    print(f"Wrote graphql_schema/{released.RELEASED.name}: commit it with the release.")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "print": print_schema,
    "check": check,
    "diff": diff,
    "release": release,
}


def main(arguments: list[str]) -> int:
    """Run one command, by default `print`; returns the exit code."""
    parser = argparse.ArgumentParser("python -m graphql_schema", description=__doc__)
    parser.add_argument("command", choices=COMMANDS, nargs="?", default="print")
    parser.add_argument("old", nargs="?", help="diff: a file or revision; by default the release.")
    parser.add_argument("new", nargs="?", help="diff: a file or revision; by default the API's.")
    parser.add_argument("--json", action="store_true", help="diff: print JSON.")
    given = parser.parse_intermixed_args(arguments)
    try:
        return COMMANDS[given.command](given)
    except released.NoSchema as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
