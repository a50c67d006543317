"""An operator's commands, against the running product and its demo."""

import json
import re
import time

import httpx
import psycopg
import pytest

from kotacerdas.embedded.postgres import Postgres
from kotacerdas.web.actors import KNOWN_SECONDS
from tenants.cli.doctor import CHECKS

ADMIN = "admin@bukittinggi.demo"
CITY = "kota-bukittinggi"
CLOSED = "127.0.0.1:9"
NAMES = [
    "settings",
    "login app_city",
    "login app_ministry",
    "login app_identity",
    "login app_worker",
    "login app_relay",
    "login app_migrator",
    "migrations",
    "isolation",
    "clock",
    "relay",
    "jobs",
    "broker",
    "workers",
    "fonts",
    "storage",
    "mail",
    "disk",
]
PASSWORD = "empat kata yang panjang"
OWN = {"X-Kota-Cerdas": "1"}


def sign_in(product, email, password):
    return httpx.post(
        f"{product.base_url}/auth/sign-in",
        json={"email": email, "password": password},
        headers=OWN,
    ).status_code


def viewer(product, secret):
    return httpx.post(
        f"{product.base_url}/graphql",
        json={"query": "{ viewer { name } }"},
        headers={"Authorization": f"Bearer {secret}"},
    ).json()


def test_the_ready_table_shows_addresses_and_logins_that_work(product):
    shown = [line.split() for line in product.output.splitlines() if ".demo" in line]
    assert [line[-2] for line in shown] == [
        "admin@kementerian.demo",
        "ahli@kementerian.demo",
        "admin@bukittinggi.demo",
        "bappeda@bukittinggi.demo",
        "operator.bpbd@bukittinggi.demo",
        "kepala.bpbd@bukittinggi.demo",
        "admin@pariaman.demo",
    ]
    assert f"{product.base_url}/graphiql" in product.output
    assert sign_in(product, ADMIN, shown[2][-1]) == 200


def test_a_city_is_registered_once(data, console):
    added = data("city", "add", "13.71", "--unit-label", "OPD")
    assert (added["slug"], added["name"], added["zone"]) == (
        "kota-padang",
        "Kota Padang",
        "Asia/Jakarta",
    )
    assert [city["slug"] for city in data("city", "list")] == [
        CITY,
        "kota-padang",
        "kota-pariaman",
    ]
    refused = console("--language", "en", "city", "add", "13.71", code=1)
    assert refused.stdout == ""
    assert refused.stderr.startswith("Kota Padang is registered already, as kota-padang.")
    assert console("city", "add", "13.71", code=1).stderr.startswith(
        "Kota Padang sudah terdaftar sebagai kota-padang."
    )
    entry = data("audit", "list", "--limit", "1")[0]
    assert (entry["action"], entry["person_id"], entry["request_id"]) == (
        "city.register",
        None,
        "console",
    )


def test_the_first_ministry_administrator_is_made_at_the_console(data, console, product):
    email = "pertama@kementerian.test"
    new = ("user", "add", email, "Admin Pertama", "--role", "ministry_admin", "--password-stdin")
    refused = console(*new, input="pendek\n", code=1)
    assert "terlalu pendek" in refused.stderr
    assert email not in console("user", "list").stdout
    made = data(*new, input=f"{PASSWORD}\n")
    assert (made["email"], made["role"], made["city"]) == (email, "ministry_admin", "nation")
    assert sign_in(product, email, PASSWORD) == 200
    assert "sudah memiliki akun" in console(*new, input=f"{PASSWORD}\n", code=1).stderr


def test_a_password_is_asked_for_twice(console):
    new = ("user", "add", "ketik@bukittinggi.test", "Operator", "--role", "city_admin")
    asked = console(*new, "--city", CITY, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert PASSWORD not in asked.output
    assert "role: city_admin" in asked.stdout


def test_a_forgotten_password_is_set_anew_and_ends_every_session(data, console, product):
    email, new = "lupa@kementerian.test", "lima kata lain yang baru"
    made = ("user", "add", email, "Lupa", "--role", "ministry_reader", "--password-stdin")
    data(*made, input=f"{PASSWORD}\n")
    with httpx.Client(base_url=product.base_url, headers=OWN) as browser:
        typed = {"email": email, "password": PASSWORD}
        assert browser.post("/auth/sign-in", json=typed).status_code == 200
        question = {"query": "{ viewer { name } }"}
        assert browser.post("/graphql", json=question).json()["data"]["viewer"]["name"] == "Lupa"
        change = ("user", "password", email, "--password-stdin")
        assert "terlalu pendek" in console(*change, input="pendek\n", code=1).stderr
        assert console(*change, input=f"{new}\n").stdout.startswith("Set.")
        until = time.monotonic() + KNOWN_SECONDS
        while "Lupa" in (told := browser.post("/graphql", json=question).text):
            assert time.monotonic() < until, told
    assert (sign_in(product, email, PASSWORD), sign_in(product, email, new)) == (401, 200)
    nobody = ("user", "password", "siapa@kementerian.test", "--password-stdin")
    assert "belum punya akun" in console(*nobody, code=1).stderr
    entries = data("audit", "list", "--limit", "3")
    assert "account.set_password" in [entry["action"] for entry in entries]


def test_a_role_is_given_and_ended(data, console):
    role = ("user", "role", "admin@pariaman.demo", "unit_head", "--city", "kota-pariaman")
    assert "terikat pada satu perangkat daerah" in console(*role, code=1).stderr
    of_unit = (*role, "--unit", "bpbd")
    assert console(*of_unit).stdout == "Given.\n"
    assert console(*of_unit).stdout.startswith("Nothing to do")
    held = {"email": "admin@pariaman.demo", "role": "unit_head", "unit": "BPBD"}
    rows = data("user", "list", "--city", "kota-pariaman")
    assert [row for row in rows if held.items() <= row.items()] != []
    assert console(*of_unit, "--end").stdout == "Ended.\n"
    assert "tidak sedang dipegang" in console(*of_unit, "--end", code=1).stderr


def test_a_token_works_until_it_is_revoked(data, console, product):
    made = data("token", "create", ADMIN, "Statistik", "--scope", "city:read", "--city", CITY)
    assert (made["city"], made["scopes"]) == (CITY, ["city:read"])
    assert viewer(product, made["secret"])["data"]["viewer"]["name"] == "Admin Kota (Diskominfo)"
    listed = data("token", "list", ADMIN)
    assert [token["id"] for token in listed] == [made["id"]]
    assert made["secret"] not in json.dumps(listed)
    console("token", "revoke", ADMIN, made["id"])
    assert viewer(product, made["secret"])["errors"][0]["code"] == "UNAUTHENTICATED"
    wide = ("token", "create", ADMIN, "Terlalu luas", "--scope", "national:read")
    assert "national:read" in console(*wide, code=1).stderr


def ready(data, document_id):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        (found,) = [row for row in data("document", "list", CITY) if row["id"] == document_id]
        if found["state"] != "waiting":
            return found
        time.sleep(0.3)
    raise AssertionError(found)


def test_a_book_is_asked_for_rendered_and_fetched(data, console, tmp_path):
    asked = data("document", "request", CITY, "--as", ADMIN, "--language", "en")
    assert (asked["version"], asked["state"]) == (1, "waiting")
    found = ready(data, asked["id"])
    assert (found["state"], found["pages"] > 30) == ("ready", True)
    path = tmp_path / "book.pdf"
    console("document", "fetch", CITY, asked["id"], "-o", path)
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.stat().st_size == found["size_bytes"]
    assert "sudah ada" in console("document", "fetch", CITY, asked["id"], "-o", path, code=1).stderr


def test_an_altered_audit_entry_is_found(data, console, product):
    assert {row["whole"] for row in data("audit", "verify", "--all")} == {True}
    console("city", "add", "13.72", "--slug", "kota-uji")
    tenant_id = data("city", "list")[1]["tenant_id"]
    add = ("user", "add", "admin@uji.test", "Admin", "--role", "city_admin", "--city", "kota-uji")
    console(*add, "--password-stdin", input=f"{PASSWORD}\n")
    assert console("audit", "verify", "kota-uji").exit_code == 0
    with psycopg.connect(Postgres(product.folder).superuser_url) as connection:
        altered = connection.execute(
            "update audit_entry set action = 'x' where tenant_id ="
            " (select id from city where slug = 'kota-uji') returning sequence"
        ).fetchall()
    assert (altered, tenant_id > 0) == ([(1,)], True)
    (row,) = data("audit", "verify", "kota-uji", code=1)
    assert (row["whole"], row["broken_at"]) == (False, 1)


@pytest.mark.parametrize(
    "arguments", [("audit", "verify", "atlantis"), ("document", "list", "atlantis")]
)
def test_an_unknown_city_is_refused_in_words(console, arguments):
    refused = console(*arguments, code=1)
    assert refused.stderr == "Kota atlantis tidak terdaftar. Lihat `kotacerdas city list`.\n"


def test_seeding_and_migrating_again_change_nothing(data, console):
    assert console("db", "migrate").stdout == "The database is up to date.\n"
    assert data("db", "check") == {"pending": []}
    assert data("seed", "--demo") == {
        "reference_rows": 0,
        "cities": 0,
        "people": 0,
        "innovations": 0,
    }


def test_the_doctor_finds_a_running_product_well(data):
    found = data("doctor")
    assert [line["name"] for line in found] == NAMES == [check.name for check in CHECKS]
    assert [line for line in found if not line["ok"]] == []


def test_every_failing_line_says_what_to_do(call, product):
    broken = {
        "KOTACERDAS_BROKER_URL": f"redis://{CLOSED}/0",
        "KOTACERDAS_SMTP_PORT": "9",
        "KOTACERDAS_IDENTITY_URL": f"postgresql://app_identity@{CLOSED}/kotacerdas",
        "KOTACERDAS_STORAGE_URL": "nowhere://",
    }
    lines = call("doctor", variables=product.environment | broken, code=1).stdout
    found = re.findall(r"^fail +(.+?)  +.*\n +-> (.*)", lines, re.MULTILINE)
    assert {name for name, _ in found} == {
        "login app_identity",
        "isolation",
        "broker",
        "workers",
        "storage",
        "mail",
    }
    assert dict(found)["workers"].strip() == "First put right: broker."
    assert all(len(todo.strip()) > 15 for _, todo in found)
    assert len(re.findall(r"^ok ", lines, re.MULTILINE)) == len(NAMES) - len(found)


def test_an_empty_database_asks_for_its_migrations(call, product):
    url = product.environment["KOTACERDAS_MINISTRY_URL"].replace("/kotacerdas?", "/postgres?")
    empty = product.environment | {"KOTACERDAS_MINISTRY_URL": url}
    told = call("city", "list", variables=empty, code=1).stderr
    assert told == "Basis data belum siap. Jalankan `kotacerdas db migrate`.\n"
