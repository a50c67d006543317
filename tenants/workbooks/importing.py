"""Trying a workbook, and saving it: the same rules run both times, and only one is kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, DomainErrors, WrongState
from kotacerdas.identity.policy import require
from kotacerdas.opaque_ids import opaque_id
from kotacerdas.pending import provisional
from kotacerdas.rows import lock_all
from kotacerdas.scope import tenant_of
from tenants.notifications import digests
from tenants.workbooks.kinds import Kind, plain_number
from tenants.workbooks.layout import ID_KEY
from tenants.workbooks.matching import Matched, Matching, RowExists, stored, twins
from tenants.workbooks.preview import CellChange, Preview, RowAction, RowPreview
from tenants.workbooks.reading import Book, WorkbookForeign
from tenants.workbooks.registry import SUBJECTS
from tenants.workbooks.sheet import FORMAT, ROWS_MOST, Origin, WorkbookKind
from tenants.workbooks.subject import Subject
from tenants.workbooks.writing import Ids


class WorkbookElsewhere(DomainError):
    """A workbook of another city."""

    code = "WORKBOOK_ELSEWHERE"
    id = "Buku kerja ini milik daerah lain. Unggah ke daerahnya, atau unduh templat daerah ini."
    en = "This workbook belongs to another city. Upload it there, or download this city's template."


class WorkbookOutdated(DomainError):
    """A workbook of a form that is no longer read."""

    code = "WORKBOOK_OUTDATED"
    id = "Templat ini sudah lama. Unduh templat baru, lalu salin isian Anda ke sana."
    en = "This template is out of date. Download a new one and copy your entries into it."


class WorkbookRows(DomainError):
    """More rows than are saved at once."""

    code = "WORKBOOK_ROWS"
    id = "{count} baris terisi; paling banyak {most} sekaligus. Bagi menjadi beberapa buku kerja."
    en = "{count} rows are filled; at most {most} at once. Split them into several workbooks."


class WorkbookEmpty(DomainError):
    """A workbook without a single filled row."""

    code = "WORKBOOK_EMPTY"
    id = "Tidak ada baris yang terisi. Isi paling sedikit satu baris, lalu unggah lagi."
    en = "No row is filled in. Fill at least one row and upload the workbook again."


class WorkbookFaulty(WrongState):
    """A workbook with faults or conflicts is not saved, nor any part of it."""

    code = "WORKBOOK_FAULTY"
    id = "{refused} baris salah dan {conflict} bentrok; tidak ada yang disimpan. Perbaiki selnya."
    en = "{refused} rows have faults, {conflict} conflict; nothing was saved. Correct the cells."


class PreviewStale(WrongState):
    """What was agreed to is no longer what would happen."""

    code = "PREVIEW_STALE"
    id = "Data berubah sejak pratinjau ini dibuat. Lihat pratinjau yang baru, lalu setujui lagi."
    en = "Data has changed since this preview was made. Look at the new one and agree again."


class _Undone(Exception):
    """Ends a trial: nothing that it did stays."""


def origin_of(session: Session, book: Book) -> Origin:
    """Return what a workbook says that it belongs to, if that can be this city's.

    Raises WorkbookForeign, WorkbookOutdated or WorkbookElsewhere. It grants nothing: rights are
    asked of every row.
    """
    facts = book.facts
    if facts["city"] != opaque_id("cty", tenant_of(session), None):
        raise WorkbookElsewhere if facts["city"] else WorkbookForeign
    if facts["format"] != str(FORMAT):
        raise WorkbookOutdated
    try:
        kind = WorkbookKind(facts["kind"])
        unit_id = UUID(facts["unit"]) if facts["unit"] else None
        return Origin(kind, tenant_of(session), UUID(facts["participation"]), unit_id)
    except ValueError:
        raise WorkbookForeign from None


def preview(session: Session, book: Book) -> Preview:
    """Return what saving the workbook would do, and leave everything as it is.

    Raises what `origin_of` raises, Forbidden, WorkbookEmpty or WorkbookRows.
    """
    found: list[Preview] = []
    with suppress(_Undone), provisional(session):
        found.append(_run(session, book, lock=False))
        raise _Undone
    session.expire_all()  # what the trial has changed is as it was
    return found[0]


def apply(session: Session, book: Book, expected_hash: str) -> Preview:
    """Save the workbook as a whole, if it does just what was agreed to.

    Raises WorkbookFaulty, PreviewStale, and what `preview` raises; then nothing is saved.
    """
    done = _run(session, book, lock=True)
    if done.hash != expected_hash:
        raise PreviewStale
    if not done.applicable:
        counts = done.counts
        raise WorkbookFaulty(refused=counts["refused"], conflict=counts["conflict"])
    origin = origin_of(session, book)
    facts = {"kind": origin.kind, "preview": done.hash, **done.counts}
    audit.record(session, "workbook.apply", "participation", origin.participation_id, after=facts)
    return done


def _run(session: Session, book: Book, *, lock: bool) -> Preview:
    """Run the rules on every row that differs; refused rows leave no trace.

    With `lock` nobody changes the table's rows meanwhile; a trial need not hold anybody up.
    """
    origin = origin_of(session, book)
    subject = SUBJECTS[origin.kind]
    require(session, subject.permission)
    filled = book.filled()
    if not filled:
        raise WorkbookEmpty
    if len(filled) > ROWS_MOST:
        raise WorkbookRows(count=len(filled), most=ROWS_MOST)
    whole = replace(origin, unit_id=None)
    if lock:
        lock_all(session, subject.model, [row.id for row in subject.sheet(session, whole).rows])
    matching = Matching(book, subject.sheet(session, whole), Ids(subject.prefix, origin.tenant_id))
    rows = matching.rows()
    _default_unit(rows, subject, origin)
    for row in twins(rows, matching.sheet, subject.twin):
        error = RowExists(name=row.values["name"])
        row.faults.append(matching.fault(row.number, "name", error))
    with digests.gathering(session):
        for row in rows:
            _save(session, row, matching, subject, origin)
    return Preview([_told(row, matching, subject) for row in rows])


def _default_unit(rows: list[Matched], subject: Subject, origin: Origin) -> None:
    """A unit's own workbook need not name the unit in new rows."""
    for row in rows:
        if row.standing is None and row.values[subject.unit] is None:
            row.values[subject.unit] = origin.unit_id


def _save(
    session: Session, row: Matched, matching: Matching, subject: Subject, origin: Origin
) -> None:
    """Create or change one row by its rule; what the rule refuses becomes faults of its cells."""
    if not row.changed or row.faults or row.conflicts:
        return
    try:
        with provisional(session):
            if row.standing is None:
                subject.create(session, origin, row.values)
            else:
                subject.change(session, row.standing, row.values, row.changed)
    except (DomainError, DomainErrors) as refusal:
        for error in getattr(refusal, "errors", [refusal]):
            key = subject.key_of(error.path, row.values) or ID_KEY
            row.faults.append(matching.fault(row.number, key, error))


def _told(row: Matched, matching: Matching, subject: Subject) -> RowPreview:
    sheet, language = matching.sheet, matching.book.facts["language"]
    before = row.standing.values if row.standing else {}
    changes = [
        CellChange(
            str(matching.place(row.number, key)),
            key,
            _shown(sheet.by_key[key].kind, before[key], language) if before else "",
            _shown(sheet.by_key[key].kind, row.values[key], language),
            key in row.conflicts,
        )
        for key in row.changed
    ]
    name = str(row.values["name"] or "")
    told = [each for each in changes if each.before != each.after or before]
    unit_id = row.values[subject.unit]
    return RowPreview(row.number, _action(row), name, stored(row), unit_id, told, row.faults)


def _action(row: Matched) -> RowAction:
    if row.faults:
        return RowAction.REFUSED
    if row.conflicts:
        return RowAction.CONFLICT
    if row.standing is None:
        return RowAction.CREATE
    return RowAction.CHANGE if row.changed else RowAction.UNCHANGED


def _shown(kind: Kind, value: object, language: str) -> str:
    written = kind.write(value, language) if value is not None else None
    return "" if written is None else written if isinstance(written, str) else plain_number(written)
