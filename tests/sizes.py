"""`python -m tests.sizes`: no function over 40 lines, no module over 300; migrations apart."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

LONGEST_FUNCTION = 40
LONGEST_MODULE = 300
MEDIAN_GOAL = 100
ROOT = Path(__file__).parents[1]
PRODUCT = ("platform/", "tenants/", "graphql_schema/", "workers/")
MIGRATIONS = "tenants/migrations/versions/"


def modules(root: Path = ROOT) -> list[str]:
    """Paths of the repository's modules, also of those that are not yet committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return sorted(path for path in set(listed.stdout.splitlines()) if (root / path).exists())


def offenders(paths: Iterable[str], root: Path = ROOT) -> Iterator[str]:
    """Yield a line `file:line: what is too long` for each module and function over its limit."""
    for path in paths:
        if path.startswith(MIGRATIONS):
            continue
        source = (root / path).read_text()
        length = len(source.splitlines())
        if length > LONGEST_MODULE:
            yield f"{path}:1: module of {length} lines, at most {LONGEST_MODULE}"
        yield from _long_functions(path, source)


def _long_functions(path: str, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > LONGEST_FUNCTION:
            limit = f"at most {LONGEST_FUNCTION}"
            yield f"{path}:{node.lineno}: {node.name} has {length} lines, {limit}"


def median_size(paths: Iterable[str], root: Path = ROOT) -> float:
    """Median number of lines of the product's modules, empty ones and migrations left out."""
    product = [path for path in paths if path.startswith(PRODUCT)]
    sizes = [
        len((root / path).read_text().splitlines())
        for path in product
        if not path.startswith(MIGRATIONS)
    ]
    return median(size for size in sizes if size)


def main() -> int:
    """Print every offender and the median; return 1 if there is an offender."""
    paths = modules()
    found = list(offenders(paths))
    for line in found:
        print(line)
    middle = median_size(paths)
    print(
        f"sizes: {len(paths)} modules, {len(found)} too long, median of the product {middle:g}"
        f" lines (goal: under {MEDIAN_GOAL})"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
