"""27 September to December: commitment, presentation, acceptance, regulation, publication."""

from __future__ import annotations

from datetime import date

from tests.journeys.bimtek import mentoring
from tests.journeys.bodies import regulation, signatures
from tests.journeys.submitting import step
from tests.journeys.year import CITY_NAME, Year

COMMITMENT = date(2022, 9, 27)
ACCEPTED, ADOPTED = date(2022, 10, 24), date(2022, 12, 5)


def too_early(year: Year) -> None:
    """Nothing is published before it was presented."""
    asked = {"version_id": year.version["id"]}
    year["mayor"].is_refused("PUBLICATION_TOO_EARLY", "masterplanPublish", **asked)
    year["bappeda"].is_refused("FORBIDDEN", "masterplanPublish", **asked)


def commitment(year: Year) -> None:
    """The sheet is signed at Hotel Balcone by the city's leaders and all heads; it is presented."""
    admin = year["admin"]
    mentoring(year)
    year.advance(admin, "MENTORED", COMMITMENT)
    early = year.step("PRESENTED", COMMITMENT)
    admin.is_refused("COMMITMENT_MISSING", "participationAdvance", **early)
    sheet = admin.does(
        "commitmentRecord",
        participation_id=year.participation["id"],
        kind="COMMITMENT_SHEET",
        number="050/218/Bapelitbang/2022",
        signed_on=COMMITMENT.isoformat(),
        parties="Wali Kota; Wakil Wali Kota; Ketua DPRD; seluruh kepala SKPD",
        signature="WET",
        place="Hotel Balcone",
    )
    signatures(year, sheet)
    year.advance(admin, "PRESENTED", COMMITMENT)
    # The assessors of the selection were released: whoever serves the city judges.
    year.post.expects("round_opened", [year["expert"].email], city=CITY_NAME, number=1)


def acceptance(year: Year) -> None:
    """The ministry accepts within October; the city notes that its target was met."""
    too_soon = year.step("ACCEPTED", date(2022, 9, 1))
    year["ministry"].is_refused("DATE_BEFORE_FORMER_STEP", "participationAdvance", **too_soon)
    year.advance(year["ministry"], "ACCEPTED", ACCEPTED)
    assert year["admin"].does("deadlineFinish", **step(year.target))["doneAt"]


def adoption(year: Year) -> None:
    """The mayor's regulation adopts the masterplan, and the mayor publishes it."""
    regulation(year, ADOPTED, "41")
    year.advance(year["admin"], "ADOPTED", ADOPTED)
    asked = {"version_id": year.version["id"]}
    year.publication = year["mayor"].does("masterplanPublish", **asked)
    assert year.publication["contentHash"] == year.version["contentHash"]
    year["mayor"].is_refused("ALREADY_PUBLISHED", "masterplanPublish", **asked)
