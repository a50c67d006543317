"""`python -m graphql_schema`: print the schema; `... check`: compare it with the committed one."""

from __future__ import annotations

import sys
from pathlib import Path

from graphql_schema.schema import schema

COMMITTED = Path(__file__).with_name("schema.graphql")


def main(arguments: list[str]) -> int:
    """Print or check; returns the exit code."""
    sdl = schema.as_str().strip()
    if arguments != ["check"]:
        print(sdl)
        return 0
    if COMMITTED.read_text(encoding="utf-8").strip() == sdl:
        print("The committed schema is the API's.")
        return 0
    print("schema.graphql differs from the API: run `make schema`, read the difference, commit it.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
