"""`kotacerdas dev` with stand-ins for the product, run by the tests as a process of its own."""

import argparse
import sys
from pathlib import Path

import psycopg

from kotacerdas.embedded.launcher import Product, run_dev
from kotacerdas.embedded.summary import Login
from kotacerdas.embedded.supervisor import Child
from kotacerdas.settings import Settings

STAND_IN = str(Path(__file__).with_name("stand_in.py"))


def remember(settings: Settings) -> None:
    """Write a row at each start and tell how many there are, as a migration and a seed would."""
    url = settings.migrator_url.get_secret_value()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set role app_owner")
        connection.execute("create table if not exists public.start (at timestamptz)")
        connection.execute("insert into public.start values (now())")
        row = connection.execute("select count(*) from public.start").fetchone()
    print(f"starts={row[0]}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--port", type=int, default=18000)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--falling", action="store_true")
    parser.add_argument("--deaf", action="store_true")
    parser.add_argument("--late", action="store_true")
    chosen = parser.parse_args()
    api = (sys.executable, STAND_IN, "--fd", "{socket}")
    children = [Child("api", api)]
    if chosen.deaf:
        deaf = "trap '' TERM; echo deaf; while :; do sleep 1; done"
        children.append(Child("worker", ("/bin/sh", "-c", deaf)))
    if chosen.late:
        late = "echo late began; while :; do sleep 1; done"
        children.append(Child("worker", ("/bin/sh", "-c", late), waits=True))
    if chosen.falling:
        children.append(Child("beat", ("/bin/sh", "-c", "echo no clock; exit 7")))
    logins = [Login("Admin Kota", "admin@contoh.id", "rahasia")]
    product = Product([remember], children, lambda _settings: logins)
    base = Settings(data_dir=chosen.data_dir, port=chosen.port)
    sys.exit(run_dev(product, base, fresh=chosen.fresh))
