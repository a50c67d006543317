"""Loading the regions, guide editions and past cohorts that the platform ships."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.tenancy import Model
from tenants.cities.models import Participant, Region
from tenants.editions.models import Cohort, GuideEdition
from tenants.editions.shipped import load_editions

FOLDER = Path(__file__).with_suffix("")
"""`tenants/cities/reference/`; its SOURCES.md tells where each file comes from."""

Row = dict[str, Any]


def load_reference(session: Session) -> int:
    """Write what is missing and return how many rows were; running it again writes nothing.

    Regions follow the file. Editions, cohorts and participants that are there stay as the ministry
    has left them. For the operator's tools: through the ministry's door, in the nation's tenant.
    """
    written = _load_regions(session) + load_editions(session, _read("editions.json")["editions"])
    edition_ids = _ids(session, GuideEdition.code, GuideEdition.id)
    cohorts = _read("cohorts.json")["cohorts"]
    written += _insert(session, Cohort, (_cohort(each, edition_ids) for each in cohorts))
    cohort_ids = _ids(session, Cohort.year, Cohort.id)
    participants = (_participant(each, cohort_ids) for each in _table("cohorts.csv"))
    written += _insert(session, Participant, participants)
    if written:
        audit.record(session, "reference.load", "reference", None, after={"rows": written})
    return written


def _load_regions(session: Session) -> int:
    rows = [_region(each) for each in _table("regions.csv")]
    new = insert(Region).values(rows)
    given = {name: new.excluded[name] for name in rows[0] if name != "code"}
    differs = [getattr(Region, name).is_distinct_from(value) for name, value in given.items()]
    changed = differs[0]
    for each in differs[1:]:
        changed = changed | each
    upsert = new.on_conflict_do_update(index_elements=["code"], set_=given, where=changed)
    return len(session.scalars(upsert.returning(Region.code)).all())


def _insert(session: Session, model: type[Model], rows: Iterable[Row]) -> int:
    new = insert(model).values(list(rows)).on_conflict_do_nothing()
    return len(session.execute(new.returning(*model.__table__.primary_key)).all())


def _ids(session: Session, key: Any, value: Any) -> dict[Any, UUID]:  # noqa: ANN401  (columns)
    return {row[0]: row[1] for row in session.execute(select(key, value))}


def _region(row: dict[str, str]) -> Row:
    return {
        "code": row["kemendagri_code"],
        "kind": row["kind"],
        "name": row["name"],
        "province_code": row["province_code"],
        "province": row["province"],
        "bps_code": row["bps_code_2017_vintage"] or None,
        "zone": row["timezone"],
        "longitude": float(row["longitude"]) if row["longitude"] else None,
        "latitude": float(row["latitude"]) if row["latitude"] else None,
        "position_source": row["position"] or None,
    }


def _cohort(cohort: Row, edition_ids: dict[str, UUID]) -> Row:
    target = cohort["target_date"]
    sources = {
        f"{fact['field']} ({fact['certainty']}): {fact['source']}": None for fact in cohort["facts"]
    }
    return {
        "version": 1,
        "year": cohort["year"],
        "theme": cohort["theme"],
        "quota": cohort["quota"],
        "repeats": cohort["repeats"] or 0,
        "target_date": date.fromisoformat(target) if target else None,
        "edition_id": edition_ids[cohort["edition"]],
        "source": "\n".join(sources),
    }


def _participant(row: dict[str, str], cohort_ids: dict[int, UUID]) -> Row:
    return {
        "cohort_id": cohort_ids[int(row["cohort_year"])],
        "region_code": row["kemendagri_code"],
        "list_completeness": row["list_completeness"],
        "source": row["source"],
    }


def _read(name: str) -> Any:  # noqa: ANN401  (checked by the test of the files)
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
