"""People: accounts by the operator's hand, such as the ministry's first administrator."""

from __future__ import annotations

import sys
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity import members, passwords, people
from kotacerdas.identity.models import Account, Membership, Person
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door
from tenants.cities.models import City, Unit
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import NATION_NAME, person_named, tenant_named, unit_named
from tenants.cli.refusals import Refused

app = typer.Typer(help="Make accounts, set passwords, give and end roles.")

Email = Annotated[str, typer.Argument(help="E-mail address.")]
CitySlug = Annotated[str | None, typer.Option("--city", help="Slug; without: the ministry.")]
UnitName = Annotated[str | None, typer.Option("--unit", help="Short name, for a unit's roles.")]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@app.command("add")
def add(
    email: Email,
    name: Annotated[str, typer.Argument(help="Name as colleagues see it.")],
    role: Annotated[Role, typer.Option(help="First role.")],
    city: CitySlug = None,
    unit: UnitName = None,
    language: Annotated[str, typer.Option(help="Language of mails: id or en.")] = "id",
    password_stdin: PasswordStdin = False,
    as_json: AsJson = False,
) -> None:
    """Make an account with a password and a role; others are better invited in the application."""
    if language not in ("id", "en"):
        raise Refused("Bahasa: pilih id atau en.", "Language: choose id or en.")
    with opened() as database:
        tenant_id = tenant_named(database, city)
        unit_id = unit_named(database, tenant_id, unit)
        members.check_role(tenant_id, role, unit_id)
        password = _password(password_stdin)
        passwords.check(password, email=email)
        with database.unit_of_work(operator(Door.IDENTITY, tenant_id)) as session:
            person = people.register(
                session,
                email=email,
                name=name,
                language=language,
                password_hash=passwords.hashed(password),
            )
            members.give_role(session, person_id=person.id, role=role, unit_id=unit_id)
    show_fact(
        {
            "email": people.email_value(email),
            "name": person.name,
            "role": role.value,
            "city": city or NATION_NAME,
            "person_id": person.id,
        },
        as_json,
    )


@app.command("password")
def password(email: Email, password_stdin: PasswordStdin = False) -> None:
    """Set a new password for who forgot theirs, and sign them out everywhere."""
    with opened() as database:
        person_id = person_named(database, email)
        new = _password(password_stdin)
        passwords.check(new, email=people.email_value(email))
        password_hash = passwords.hashed(new)
        with database.unit_of_work(operator(Door.IDENTITY)) as session:
            people.set_password(session, person_id, password_hash=password_hash)
    typer.echo("Set. Every session of this account has ended.")


@app.command("role")
def role(
    email: Email,
    role: Annotated[Role, typer.Argument(help="The role.")],
    city: CitySlug = None,
    unit: UnitName = None,
    end: Annotated[bool, typer.Option("--end", help="End it instead of giving it.")] = False,
) -> None:
    """Give somebody a role, or end it."""
    with opened() as database:
        tenant_id = tenant_named(database, city)
        unit_id = unit_named(database, tenant_id, unit)
        person_id = person_named(database, email)
        if not end:
            with database.unit_of_work(operator(Door.IDENTITY, tenant_id)) as session:
                given = members.give_role(session, person_id=person_id, role=role, unit_id=unit_id)
            typer.echo("Given." if given else "Nothing to do: the role is held already.")
            return
        door = Door.MINISTRY if tenant_id == NATION else Door.CITY
        with database.unit_of_work(operator(door, tenant_id)) as session:
            _end(session, tenant_id, person_id, role, unit_id)
    typer.echo("Ended.")


@app.command("list")
def listing(city: CitySlug = None, as_json: AsJson = False) -> None:
    """List people with their current roles, everywhere or in one city."""
    with opened() as database:
        tenant_id = None if city is None else tenant_named(database, city)
        rows = (
            select(Account.email, Person.name, Membership.role, City.slug, Unit.short_name)
            .join(Person, Person.id == Account.person_id)
            .join(
                Membership,
                (Membership.person_id == Account.person_id) & Membership.ended_at.is_(None),
                isouter=tenant_id is None,
            )
            .outerjoin(City, City.id == Membership.tenant_id)
            .outerjoin(
                Unit,
                (Unit.tenant_id == Membership.tenant_id) & (Unit.id == Membership.unit_id),
            )
            .order_by(Account.email, Membership.tenant_id, Membership.role)
        )
        if tenant_id is not None:
            rows = rows.where(Membership.tenant_id == tenant_id)
        with database.unit_of_work(operator(Door.IDENTITY)) as session:
            found = session.execute(rows).all()
    show(
        [
            {
                "email": row.email,
                "name": row.name,
                "role": row.role and row.role.value,
                "city": row.slug or (row.role and NATION_NAME),
                "unit": row.short_name,
            }
            for row in found
        ],
        as_json,
    )


def _end(
    session: Session, tenant_id: int, person_id: UUID, role: Role, unit_id: UUID | None
) -> None:
    membership_id = session.scalar(
        select(Membership.id).where(
            Membership.tenant_id == tenant_id,
            Membership.person_id == person_id,
            Membership.role == role,
            Membership.unit_id.is_not_distinct_from(unit_id),
            Membership.ended_at.is_(None),
        )
    )
    if membership_id is None:
        raise Refused(
            "Peran itu tidak sedang dipegang. Lihat `kotacerdas user list`.",
            "Nobody of that address holds this role. See `kotacerdas user list`.",
        )
    members.end_membership(session, membership_id)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed
