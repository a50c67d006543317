"""Errors as data: the one place that turns refusals into members of a payload."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import strawberry

import kotacerdas
import tenants
from graphql_schema.ids import Key
from graphql_schema.node import Node
from kotacerdas.errors import (
    DomainError,
    DomainErrors,
    Forbidden,
    Invalid,
    NotFound,
    StaleVersion,
    Unauthenticated,
    WrongState,
)

_RULES = ("kotacerdas.", "tenants.")
_NO_RULES = ("kotacerdas.embedded", "tenants.cli", "tenants.demo", "tenants.migrations")


def refusals(base: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Yield every refusal that foundation and domain declare."""
    for cls in base.__subclasses__():
        ours = cls.__module__.startswith(_RULES) and not cls.__module__.startswith(_NO_RULES)
        if ours and hasattr(cls, "code"):
            yield cls
        yield from refusals(cls)


def _error_code() -> type[Enum]:
    """All codes that the rules of foundation and domain declare, with their docstrings."""
    for package in (kotacerdas, tenants):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(_NO_RULES):
                import_module(module.name)
    texts: dict[str, str] = {}
    for cls in refusals():
        texts.setdefault(cls.code, (cls.__doc__ or "").strip().splitlines()[0])
    values = {code: strawberry.enum_value(code, description=texts[code]) for code in sorted(texts)}
    made = Enum("ErrorCode", values)  # type: ignore[misc]  # members come from the rules
    return strawberry.enum(made, description="Why a rule said no; stable.")


CHANGED = "changed"
"""Key, in a field's metadata, of an object that the reader reads from its parent's `key`."""

ErrorCode = _error_code()


@strawberry.interface(description="Why nothing was changed, and what to do next.")
class UserError:
    """Why nothing was changed, and what to do next."""

    code: ErrorCode = strawberry.field(description="Stable code.")  # type: ignore[valid-type]  # made from data
    message: str = strawberry.field(description="What is wrong and what to do next.")
    path: list[str] = strawberry.field(description="Input field at fault, outermost first.")


@strawberry.type(description="No such object, or one that the caller may not know of.")
class NotFoundError(UserError):
    """No such object, or one that the caller may not know of."""


@strawberry.type(description="The caller's roles do not allow this.")
class ForbiddenError(UserError):
    """The caller's roles do not allow this."""


@strawberry.type(description="A value that the field's rules refuse.")
class InvalidError(UserError):
    """A value that the field's rules refuse."""


@strawberry.type(description="The object's state does not allow this step.")
class StateError(UserError):
    """The object's state does not allow this step."""


@strawberry.type(description="A rule of the programme refuses the change.")
class RuleError(UserError):
    """A rule of the programme refuses the change."""


@strawberry.type(description="Somebody else changed the object; merge and send again.")
class StaleVersionError(UserError):
    """Somebody else changed the object; merge and send again."""

    key: strawberry.Private[Key | None]
    current_version: int = strawberry.field(description="Version that is stored now.")
    current: Node | None = strawberry.field(
        description="The object as it is stored now.", default=None, metadata={CHANGED: True}
    )


ERRORS = (NotFoundError, ForbiddenError, InvalidError, StateError, RuleError, StaleVersionError)
TOLD_AS: dict[type[DomainError], type[UserError]] = {
    NotFound: NotFoundError,
    Forbidden: ForbiddenError,
    Unauthenticated: ForbiddenError,
    Invalid: InvalidError,
    WrongState: StateError,
    StaleVersion: StaleVersionError,
    DomainError: RuleError,
}
"""The type in which a payload tells a refusal: that of its nearest base."""


def error_type(refusal: type[DomainError]) -> type[UserError]:
    """Return the type in which a payload tells refusals of this class."""
    return next(TOLD_AS[base] for base in refusal.__mro__ if base in TOLD_AS)


def user_errors(
    refusal: DomainError | DomainErrors, language: str, key: Key | None = None
) -> list[UserError]:
    """Return the refusal's errors in the reader's language; `key` is the object that was meant."""
    errors = refusal.errors if isinstance(refusal, DomainErrors) else [refusal]
    return [_user_error(error, language, key) for error in errors]


def _user_error(error: DomainError, language: str, key: Key | None) -> UserError:
    facts: dict[str, Any] = {
        "code": ErrorCode(error.code),
        "message": error.text(language),
        "path": list(error.path),
    }
    if isinstance(error, StaleVersion):
        return StaleVersionError(key=key, current_version=error.current_version, **facts)
    return error_type(type(error))(**facts)
