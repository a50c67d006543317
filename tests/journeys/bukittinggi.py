"""`python -m tests.journeys.bukittinggi`: the city's year 2022, played over HTTP by its people.

The dates are those of the city's real year; what the departments hand in is made up. At the same
time a kabupaten in WIT plays a year of its own, by a guide with three workshops. Ends with one line
of figures, or says what failed and ends with code 1.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests.journeys import (
    analysis,
    assessment,
    book,
    closing,
    east,
    evaluation,
    onlookers,
    planning,
    reviewing,
    sections,
    selection,
    submitting,
)
from tests.journeys.post import Post
from tests.journeys.product import Running, run
from tests.journeys.year import Year, innovations, told

LEAST_DEPARTMENTS, LEAST_INNOVATIONS = 24, 36
WORKSHOPS = 4


def main() -> int:
    """Play the year on a product of its own; return the exit code."""
    began = time.monotonic()
    figures: list[str] = []
    print("Starting the product on a fresh embedded database ...", flush=True)
    well = run(lambda running: figures.append(play(running)))
    if not well:
        return 1
    print(f"journey ok: {figures[0]} seconds={time.monotonic() - began:.1f}")
    return 0


def play(running: Running) -> str:
    """Play the whole year and return its figures."""
    year = Year(running, Post(running.mails))
    try:
        with ThreadPoolExecutor(1) as beside:
            other = beside.submit(east.play, running, year.post)
            spring(year)
            summer(year)
            autumn(year)
            eastern = other.result()
        told(
            east.ADOPTED,
            f"Meanwhile in WIT: {eastern.name}, three bimtek, {eastern.programmes} programmes.",
        )
        look_around(year, eastern)
        return figures_of(year, eastern)
    finally:
        year.close()


def spring(year: Year) -> None:
    """From the ministry's invitation to the city's institutions."""
    selection.opening(year)
    selection.invitation(year)
    told(selection.INVITED, "The ministry invites Kota Bukittinggi into the cohort of 2022.")
    assessment.assessment(year, selection.ASSESSED, selection.SELECTED)
    told(selection.SELECTED, "Assessed by two experts, and selected by letter.")
    selection.memorandum(year)
    told(selection.MEMORANDUM, "Memorandum signed at the Bukittinggi Command Center.")
    selection.institutions(year)
    told(selection.INSTITUTED, f"Institutions decreed; {len(year.units)} departments have joined.")


def summer(year: Year) -> None:
    """The workshop, and every department's innovations."""
    selection.workshop(year)
    told(selection.WORKSHOP, "Bimtek 1 opens at Hotel Balcone; the target is 31 October.")
    submitting.mistakes(year)
    submitting.drafts(year)
    told(submitting.DRAFTED, f"Departments have drafted {len(year.innovations)} innovations.")
    submitting.submissions(year)
    told(submitting.SUBMITTED, "Heads have submitted them, the city has endorsed them.")
    reviewing.reviews(year)
    told(reviewing.REVIEWED, "The expert returned one, rejected one, accepted all others.")


def autumn(year: Year) -> None:
    """The masterplan, its book, the commitment, the regulation."""
    planning.writing(year)
    statements = analysis.analysing(year)
    told(planning.FROZEN, f"Readiness, gaps and SWOT: {statements} statements with their sources.")
    sections.writing(year)
    told(planning.FROZEN, "All sections of three books are written; two authors met in one.")
    unfinished = planning.placement(year)
    planning.freezing(year, unfinished)
    told(planning.FROZEN, f"Masterplan 2023-2027 frozen with {year.programmes} programmes.")
    book.rendering(year)
    told(planning.FROZEN, f"Buku 2 rendered: {year.pages} pages, twice the same bytes.")
    closing.too_early(year)
    closing.commitment(year)
    told(closing.COMMITMENT, "Commitment signed at Hotel Balcone; the masterplan is presented.")
    reviewing.round_of_plan(year)
    told(closing.COMMITMENT, "An expert's remarks are answered and settled; the verdict is given.")
    closing.acceptance(year)
    told(closing.ACCEPTED, "The ministry accepts it, before the target of October.")
    closing.adoption(year)
    told(closing.ADOPTED, "Adopted by the mayor's regulation and published.")
    evaluation.evaluation(year)
    told(evaluation.EVALUATED, "The year after: evaluated, objected, settled and followed up.")


def look_around(year: Year, eastern: Year) -> None:
    """The ministry, a neighbour, a program and anybody look at the city."""
    ours = onlookers.insiders(year)
    onlookers.ministry(year, eastern)
    told(closing.ADOPTED, "The ministry counts 198 participations of 191 regions.")
    link = book.link(year["admin"], year.book["id"])
    with onlookers.untouched(year):
        tried = onlookers.neighbour(year, ours, link)
        told(
            closing.ADOPTED,
            f"Pariaman reads the publication; {tried} steps on {len(ours)} foreign rows fail.",
        )
        onlookers.anonymous(year, ours, link)
        onlookers.programs(year, ours)
        told(closing.ADOPTED, "Anonymous readers and tokens see the public face only.")
    onlookers.check_mails(year)
    told(closing.ADOPTED, f"{year.post.expected} mails have arrived, each once and at its reader.")
    year.foreign_rows = onlookers.count_foreign_rows(year, ours)


def figures_of(year: Year, eastern: Year) -> str:
    """Return the figures of the last line, all but the time; they must be those of the issue."""
    ideas = innovations()
    departments = len({idea.unit for idea in ideas})
    assert departments >= LEAST_DEPARTMENTS, departments
    assert len(ideas) >= LEAST_INNOVATIONS, len(ideas)
    assert len({idea.dimension for idea in ideas}) == 6
    assert year.foreign_rows == 0, f"outsiders saw {year.foreign_rows} rows"
    returned = sum(idea.journey == "returned" for idea in ideas)
    rejected = sum(idea.journey == "rejected" for idea in ideas)
    return (
        f"cities=2 bimtek={WORKSHOPS + len(east.SESSIONS)}"
        f" departments={departments} innovations={len(ideas)} returned={returned}"
        f" rejected={rejected} programmes={year.programmes} pages={year.pages}"
        f" eastern_programmes={eastern.programmes}"
        f" mails={year.post.expected} foreign_rows={year.foreign_rows}"
    )


if __name__ == "__main__":
    sys.exit(main())
