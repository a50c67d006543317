"""Who looks at the city from outside, and that they see exactly what they may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.journeys.console import audited, lapsed_token
from tests.journeys.foreign_steps import try_all
from tests.journeys.people import Answer, Person, ids_in, tenant_in
from tests.journeys.year import CITY, CITY_NAME, EAST, NEIGHBOUR, Year, innovations, units

OWNED = {
    *("participations", "units", "innovations", "innovationStates", "innovationDimensions"),
    *("documents", "jobs", "members"),
}
"""Fields of a city that are null for whoever holds no role in it."""

TYPES = {
    *("cty", "par", "stp", "com", "ddl", "unt", "mem", "per", "inv", "ntf", "job", "tok"),
    *("inn", "ivr", "rev", "rmk", "mpl", "mis", "gol", "prg", "ver", "doc", "pub"),
    *("ins", "imb", "reg", "sig", "wks", "att", "out", "cer"),
    *("rnd", "rvd"),
}
"""Prefixes of every type of row that a city has."""

OF_NO_CITY = ("per_", "tok_")
"""Ids that name no city, though only the city's people may read what is behind them."""
MOST_NODES = 100
WHOLE = ("wholeCity", "wholePlan", "wholeInnovations", "wholeReviews", "wholeRounds")


def insiders(year: Year) -> set[str]:
    """Let the city's own people read everything; return the ids of all that is the city's."""
    admin = year["admin"]
    whole = _whole(admin)
    ideas = whole["wholeInnovations"]["innovations"]
    assert ideas["totalCount"] == len(innovations()) + 1  # one stayed a draft
    assert whole["wholeCity"]["units"]["totalCount"] == len(units().units)
    for person in year.people.values():
        if person.email and person.name not in ("neighbour", "ministry"):
            person.reads("inbox")
    admin.reads("backgroundWork", slug=CITY)
    admin.does("tokenCreate", name="Dasbor", scopes=["CITY_READ"], city_id=year.city_id)
    inside = [person for name, person in year.people.items() if name != "neighbour"]
    ids = ids_in([text for person in inside for text in person.heard])
    ours = {i for i in ids if tenant_in(i) == _tenant(year) or i.startswith(OF_NO_CITY)}
    missing = TYPES - {each[:3] for each in ours}
    assert not missing, f"the story has met no {sorted(missing)}"
    assert any(year.canary in text for text in admin.heard), "not even the city reads its draft"
    return ours


def ministry(year: Year, east: Year) -> None:
    """The ministry counts the nation honestly, and sees every innovation of both cities."""
    nation = year["ministry"].reads("nation")["national"]
    counts = nation["participationCounts"]
    assert (counts["participations"], counts["regions"], counts["repeats"]) == (198, 191, 7)
    found = {
        (each["city"]["slug"], each["cohort"]["year"], each["stage"])
        for each in nation["participations"]["nodes"]
    }
    assert found == {(CITY, 2022, "ADOPTED"), (EAST, 2024, "ADOPTED")}, found
    assert nation["innovations"]["totalCount"] == len(innovations()) + 1 + len(east.innovations)
    assert nation["programmes"]["totalCount"] == year.programmes + east.programmes
    states = {
        city["slug"]: {each["state"]: each["count"] for each in city["innovationStates"]}
        for city in nation["cities"]["nodes"]
    }
    ours = {"PLACED": year.programmes, "REJECTED": 1, "DRAFT": 1}
    assert states == {CITY: ours, NEIGHBOUR: {}, EAST: {"PLACED": east.programmes}}, states
    year["ministry"].is_refused("FORBIDDEN", "documentRequest", **_request(year))


@contextmanager
def untouched(year: Year) -> Iterator[None]:
    """Check that whatever is tried meanwhile changes no row of the city and sends no mail."""
    admin, mails = year["admin"], len(year.post.settle())
    before = _whole(admin)
    entries = audited(year.settings, _tenant(year))
    yield
    assert _whole(admin) == before, "a refused step changed something"
    assert audited(year.settings, _tenant(year)) == entries, "a refused step left an audit entry"
    assert len(year.post.settle()) == mails, "a refused step sent mail"


def neighbour(year: Year, ours: set[str], book: str) -> int:
    """Pariaman's administrator reads the publication and nothing else, and changes nothing."""
    other = year["neighbour"]
    _reads_the_publication(year, other)
    _finds_no_row(other, ours - _public(year))
    assert other.get(book).status_code == 404, "a neighbour fetched the book"
    tried = try_all(other, _one_of_each(year, ours))
    own = other.reads("wholeCity", slug=NEIGHBOUR)["city"]
    assert own["units"]["totalCount"] == 1, "a neighbour no longer sees their own city"
    return tried


def anonymous(year: Year, ours: set[str], book: str) -> None:
    """Somebody without an account reads the publication and the cities' public face."""
    nobody = year.person("anonymous")
    _reads_the_publication(year, nobody)
    assert nobody.reads("nation")["national"] is None
    assert nobody.reads("inbox")["viewer"] is None
    _finds_no_row(nobody, ours - _public(year))
    assert nobody.get(book).status_code == 404, "anybody fetched the book"
    try_all(nobody, _one_of_each(year, ours))


def programs(year: Year, ours: set[str]) -> None:
    """Tokens of the ministry: pinned to Pariaman it stays there; lapsed or revoked it is void."""
    ministry = year["ministry"]
    asked = {"scopes": ["CITY_READ"], "city_id": year.neighbour_id, "days": 1}
    secret = ministry.learns("secret", "tokenCreate", **asked, name="Dasbor Pariaman")
    program = year.person("program", token=secret)
    own = program.reads("innerLife", slug=NEIGHBOUR)["city"]
    assert [each["id"] for each in own["units"]["nodes"]] == [year.neighbour_unit]
    _reads_the_publication(year, program)
    assert program.reads("nation")["national"] is None
    _finds_no_row(program, ours - _public(year))
    pinned_to = tenant_in(year.neighbour_id)
    assert pinned_to is not None
    _is_void(year, "lapsed program", lapsed_token(year.settings, ministry.person_id(), pinned_to))
    _is_void(year, "revoked program", _revoked_token(ministry, asked))


def _revoked_token(owner: Person, asked: Answer) -> str:
    payload = owner.reads(
        "tokenCreate",
        input={"scopes": asked["scopes"], "cityId": asked["city_id"], "days": 1, "name": "Dicabut"},
    )["payload"]
    owner.does("tokenRevoke", id=payload["object"]["id"])
    secret: str = payload["secret"]
    return secret


def _is_void(year: Year, name: str, secret: str) -> None:
    answer = year.person(name, token=secret).sends("publicCities", {})
    assert answer.status_code == 401, f"a {name} is served: {answer.text}"
    assert answer.json()["errors"][0]["code"] == "UNAUTHENTICATED"


def count_foreign_rows(year: Year, ours: set[str]) -> int:
    """Count the rows of the city that outsiders were shown, beyond what is public."""
    outsiders = ("neighbour", "anonymous", "program", "lapsed program", "revoked program")
    heard = [text for name in outsiders for text in year[name].heard]
    assert not any(year.canary in text for text in heard), "an outsider has read the canary"
    seen = {each for each in ids_in(heard) if each in ours or tenant_in(each) == _tenant(year)}
    return len(seen - _public(year))


def check_mails(year: Year) -> None:
    """Check that every mail of the year arrived once, and none of the city's strayed."""
    inside = {p.email for n, p in year.people.items() if n not in ("neighbour", "ministry")}
    for mail in year.post.settle():
        abroad = not set(mail["to"]) <= inside
        seen = year.canary in mail["text"] + mail["html"] + mail["subject"]
        assert not (abroad and (seen or CITY_NAME in mail["text"])), f"a mail strayed: {mail['to']}"


def _whole(admin: Person) -> Answer:
    """Read all of the city, in as many requests as the limit of their cost asks for."""
    return {name: admin.reads(name, slug=CITY)["city"] for name in WHOLE}


def _reads_the_publication(year: Year, reader: Person) -> None:
    face = reader.reads("publicFace", slug=CITY)["city"]
    assert (face["id"], face["name"], face["unitLabel"]) == (year.city_id, CITY_NAME, "SKPD")
    (publication,) = face["publications"]["nodes"]
    assert publication["id"] == year.publication["id"]
    assert publication["contentHash"] == year.version["contentHash"]
    programmes = [
        programme
        for pillar in publication["content"]["dimensions"]
        for programme in pillar["programmes"]
    ]
    assert len(programmes) == year.programmes
    everywhere = reader.reads("publicCities")
    assert {city["slug"] for city in everywhere["cities"]["nodes"]} == {CITY, NEIGHBOUR, EAST}
    published = {each["city"]["slug"]: each["id"] for each in everywhere["publications"]["nodes"]}
    assert published.keys() == {CITY, EAST}, published
    assert published[CITY] == publication["id"]
    inner = reader.reads("innerLife", slug=CITY)["city"]
    assert inner["viewerPermissions"] == []
    shown = {name for name in OWNED if inner[name] is not None}
    assert not shown, f"{reader.name} sees {shown} of another city"


def _finds_no_row(reader: Person, ids: set[str]) -> None:
    wanted = sorted(ids)
    for start in range(0, len(wanted), MOST_NODES):
        found: list[Any] = reader.reads("things", ids=wanted[start : start + MOST_NODES])["nodes"]
        seen = [each for each in found if each is not None]
        assert not seen, f"{reader.name} sees rows of another city: {seen[:5]}"


def _tenant(year: Year) -> int:
    tenant = tenant_in(year.city_id)
    assert tenant is not None
    return tenant


def _public(year: Year) -> set[str]:
    return {year.city_id, year.publication["id"]}


def _one_of_each(year: Year, ours: set[str]) -> dict[str, str]:
    ids = {each[:3]: each for each in sorted(ours)}
    return {**ids, "dim": next(iter(year.dimensions.values()))}


def _request(year: Year) -> Answer:
    return {
        "idempotency_key": "00000000-0000-4000-8000-000000000000",
        "version_id": year.version["id"],
    }
