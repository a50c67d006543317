"""`python -m tests.errors_page`: write platform/docs/errors.md from the refusals themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import graphql_schema
from graphql_schema.problems import ERRORS, TOLD_AS, error_type
from kotacerdas.errors import DomainError
from kotacerdas.web.problems import STATUSES

PAGE = Path(__file__).parents[1] / "platform" / "docs" / "errors.md"
HEAD = """\
# Errors

A refusal says what is wrong and what to do next, in Indonesian or English: `Accept-Language`
chooses. Show `message` to people as it is; let programs decide by `code`, which never changes its
meaning. `{places}` are filled in. Refusals come in two forms:

- **Refused changes** are data. A mutation answers `errors`, several at once: `__typename`, `code`,
  `message`, and `path`, the input field at fault. Nothing was changed.
- **Refused requests** stand in the response's top-level `errors`; `extensions` carries `code`,
  `requestId` and `retryable`: whether the same request may be sent again. A request that was not
  executed has no `data`. The routes beside `/graphql` (sign-in, files) answer `{"errors": [{code,
  message, path, requestId}]}` and the fitting HTTP status.

Besides these there is `GRAPHQL_INVALID`: the document does not fit the schema. Its message is for
whoever wrote the document, in English, and says where; compare with
`graphql_schema/schema.graphql`.

This page is made by `python -m tests.errors_page`; a test holds it equal to the code.
"""
TO_DO = {
    "NotFoundError": "Treat it as gone: leave the object's page and refresh the list.",
    "ForbiddenError": "Disable what is not allowed; `viewerPermissions` says it beforehand.",
    "InvalidError": "Show the message at the input field that `path` names; keep what was entered.",
    "StateError": "Read the object again and offer the steps that are open now.",
    "StaleVersionError": "Compare with `current`, merge, and send again with `currentVersion`.",
    "RuleError": "Show the message beside the step; it names what the person can change.",
}
TABLE = "| code | when | in Indonesian | in English |\n|---|---|---|---|\n"


def every_refusal(base: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Yield every class that has a code, those of the API's transport included."""
    if base is DomainError:
        for module in walk_packages(graphql_schema.__path__, "graphql_schema."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    for cls in base.__subclasses__():
        if cls.__module__.startswith(("kotacerdas.", "tenants.", "graphql_schema.")):
            if hasattr(cls, "code"):
                yield cls
            yield from every_refusal(cls)


def errors_page() -> str:
    """Return the page: refused changes by the type that tells them, then refused requests."""
    every = list(every_refusal())
    changes = [cls for cls in every if not of_a_request(cls)]
    parts = [HEAD, "\n## Refused changes\n"]
    for member in ERRORS:
        rows = [cls for cls in changes if error_type(cls) is member]
        parts.append(f"\n### {member.__name__}\n\n{TO_DO[member.__name__]}\n\n{_table(rows)}")
    parts.append("\n## Refused requests\n\nChange the request as the message says.\n\n")
    return "".join([*parts, _table(filter(of_a_request, every))])


def of_a_request(cls: type[DomainError]) -> bool:
    """Whether it refuses a request as such, or a step of the routes beside the API."""
    of_transport = cls.__module__.startswith(("graphql_schema.", "kotacerdas.web."))
    return of_transport or (cls in STATUSES and cls not in TOLD_AS)


def _table(rows: Iterable[type[DomainError]]) -> str:
    return TABLE + "".join(map(_row, sorted(rows, key=lambda cls: (cls.code, cls.__module__))))


def _row(cls: type[DomainError]) -> str:
    when = (cls.__doc__ or "").strip().splitlines()[0]
    cells = (f"`{cls.code}`", when, cls.id, cls.en)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(errors_page(), encoding="utf-8")
