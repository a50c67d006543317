"""Client programs and the documents that each of them may send by id."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypedDict

import orjson
import typer
from sqlalchemy import func, select

from kotacerdas.scope import Door
from kotacerdas.trusted import actions
from kotacerdas.trusted.models import ApiClient, TrustedDocument
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.manifests import manifest
from tenants.cli.processes import command
from tenants.cli.refusals import Refused

app = typer.Typer(help="Register the documents of client programs, list and retire them.")

Name = Annotated[str, typer.Argument(help="The client's name, such as console.")]
File = Annotated[
    Path, typer.Argument(help="The manifest that its build wrote.", exists=True, dir_okay=False)
]


class Mode(StrEnum):
    """What browsers may send."""

    STRICT = "strict"
    OPEN = "open"


class Finding(TypedDict):
    """What the API's code says of one text."""

    name: str
    faults: list[str]


class DocumentsUnfit(Refused):
    """Documents that the API would not run; one line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        lines = "\n".join(faults)
        super().__init__(
            f"{lines}\nPerbaiki dokumen itu, atau pasang versi API yang skemanya cocok.",
            f"{lines}\nCorrect these documents, or install the API whose schema fits them.",
        )


@app.command("register")
def register(
    file: File,
    client: Annotated[
        str | None, typer.Option(help="The client's name; by default the manifest's.")
    ] = None,
    strict: Annotated[
        bool | None,
        typer.Option(help="Whether browsers may send nothing else; by default as it was."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let a client send the documents of a manifest by id; earlier ones stay in use."""
    given = manifest(file)
    name = client or given.client
    if name is None:
        raise Refused(
            "Berkas itu tidak menyebut klien. Beri namanya dengan --client.",
            "The manifest names no client. Give its name by --client.",
        )
    texts = list(given.texts.values())
    findings = _findings(texts)
    _require_fit(("", each) for each in findings)
    named = zip(findings, texts, strict=True)
    documents = [actions.Document(found["name"], text) for found, text in named]
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        done = actions.register(
            session, documents, client=name, strict=given.strict if strict is None else strict
        )
    row = {"client": done.client, "strict": done.strict, "new": done.new, "known": done.known}
    show_fact(row, as_json)


@app.command("list")
def listing(as_json: AsJson = False) -> None:
    """List the clients, with how many documents each has in use."""
    in_use = func.count(TrustedDocument.id).filter(TrustedDocument.retired_at.is_(None))
    rows = (
        select(ApiClient.name, ApiClient.strict, in_use, func.max(TrustedDocument.registered_at))
        .outerjoin(TrustedDocument, TrustedDocument.client_name == ApiClient.name)
        .group_by(ApiClient.name, ApiClient.strict)
        .order_by(ApiClient.name)
    )
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        found = session.execute(rows).all()
    names = ("client", "strict", "documents", "registered_at")
    show([dict(zip(names, row, strict=True)) for row in found], as_json)


@app.command("documents")
def documents(client: Name, as_json: AsJson = False) -> None:
    """List a client's documents, those in use first."""
    mine = select(TrustedDocument).where(TrustedDocument.client_name == client)
    order = (TrustedDocument.retired_at.is_not(None), TrustedDocument.name, TrustedDocument.id)
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        found = session.scalars(mine.order_by(*order)).all()
    show([_row(each) for each in found], as_json)


@app.command("check")
def check(
    client: Annotated[str | None, typer.Argument(help="Of this client alone.")] = None,
) -> None:
    """Check every document in use against this version's schema; exit with 1 if one is unfit."""
    mine = select(TrustedDocument.client_name, TrustedDocument.text)
    if client is not None:
        mine = mine.where(TrustedDocument.client_name == client)
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        found = session.execute(mine.where(TrustedDocument.retired_at.is_(None))).all()
    findings = _findings([row.text for row in found])
    owners = [f"{row.client_name}: " for row in found]
    _require_fit(zip(owners, findings, strict=True))
    typer.echo(f"All documents in use fit the schema: {len(found)}.")


@app.command("mode")
def mode(client: Name, mode: Annotated[Mode, typer.Argument(help="strict or open.")]) -> None:
    """Bind browsers to registered documents, or let them go; holds everywhere in half a minute."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        actions.set_strict(session, client, strict=mode is Mode.STRICT)
    typer.echo(f"{client} is {mode}.")


@app.command("retire")
def retire(
    client: Name,
    ids: Annotated[list[str] | None, typer.Argument(help="Ids, from `client documents`.")] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            help="Manifest whose documents stay; all others go.", exists=True, dir_okay=False
        ),
    ] = None,
) -> None:
    """Take documents out of use: those named, or all but those of a manifest."""
    if bool(ids) == (keep is not None):
        raise Refused(
            "Sebutkan id dokumen, atau --keep dengan daftar yang tetap dipakai.",
            "Name the documents' ids, or give --keep with the manifest that stays.",
        )
    kept = manifest(keep).texts if keep else {}
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        chosen = ids or (actions.in_use(session, client).keys() - kept.keys())
        count = actions.retire(session, client, list(chosen))
    typer.echo(f"Documents retired: {count}.")


def _findings(texts: Sequence[str]) -> list[Finding]:
    """Ask the API's code, in a process of its own, whether it would run these texts."""
    done = subprocess.run(  # noqa: S603  (our own module)
        command("graphql_schema.trusted"),
        input=orjson.dumps(texts),
        stdout=subprocess.PIPE,
        check=True,
    )
    findings: list[Finding] = orjson.loads(done.stdout)
    return findings


def _require_fit(findings: Iterable[tuple[str, Finding]]) -> None:
    """Refuse with what is wrong, each fault behind the given words."""
    faults = [
        f"{words}{found['name'] or '?'}: {fault}"
        for words, found in findings
        for fault in found["faults"]
    ]
    if faults:
        raise DocumentsUnfit(faults)


def _row(document: TrustedDocument) -> dict[str, object]:
    return {
        "id": document.id,
        "name": document.name,
        "registered_at": document.registered_at,
        "retired_at": document.retired_at,
    }
