"""Looks at what stands beside PostgreSQL: broker, workers, fonts, storage, mail, disk."""

from __future__ import annotations

import shutil
import smtplib
import ssl
from typing import Any

from redis import Redis

from kotacerdas.files import FileStore
from kotacerdas.settings_problems import problems
from tenants.cli.health.finding import Check, Ill, Patient

ANSWER_SECONDS = 5
GIBIBYTE = 2**30
SPACE = 1 * GIBIBYTE


def _settings(patient: Patient) -> str:
    found = problems(patient.settings)
    if found:
        raise Ill(f"{len(found)} unsafe or wrong", " ".join(found))
    return f"{patient.settings.mode} mode"


def _broker(patient: Patient) -> str:
    url = patient.settings.broker_url.get_secret_value()
    with Redis.from_url(
        url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS
    ) as broker:
        facts: dict[str, Any] = broker.info("everything")
    if not facts["aof_enabled"]:
        raise Ill("appendonly is off", "Set `appendonly yes`: a restart would lose nudges.")
    policy = facts["maxmemory_policy"]
    if policy != "noeviction":
        raise Ill(
            f"maxmemory-policy is {policy}",
            "Set `maxmemory-policy noeviction`: an evicted message is lost.",
        )
    return f"{facts.get('server_name', 'redis')} {facts['redis_version']}, appendonly, {policy}"


def _workers(patient: Patient) -> str:
    names = patient.report["workers"]
    if not names:
        raise Ill("no worker answers")
    return ", ".join(names)


def _fonts(patient: Patient) -> str:
    faces = patient.report["faces"]
    if not faces:
        raise Ill("no faces")
    return f"{faces} faces"


def _storage(patient: Patient) -> str:
    FileStore(patient.settings).probe()
    return patient.settings.storage_url


def _mail(patient: Patient) -> str:
    chosen = patient.settings
    with smtplib.SMTP(chosen.smtp_host, chosen.smtp_port, timeout=ANSWER_SECONDS) as server:
        if chosen.smtp_starttls:
            server.starttls(context=ssl.create_default_context())
        if chosen.smtp_username is not None and chosen.smtp_password is not None:
            server.login(chosen.smtp_username, chosen.smtp_password.get_secret_value())
        code, answer = server.noop()
    if code != 250:
        raise Ill(f"NOOP is answered by {code} {answer.decode(errors='replace')}")
    return f"{chosen.smtp_host}:{chosen.smtp_port}"


def _disk(patient: Patient) -> str:
    folder = patient.settings.data_dir.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    seen = f"{free / GIBIBYTE:.1f} GiB free in {folder}"
    if free < SPACE:
        raise Ill(seen)
    return seen


FIRST = (
    Check("settings", _settings, "Run `kotacerdas check`; platform/docs/settings.md tells each."),
)

CHECKS = (
    Check(
        "broker",
        _broker,
        "Start Redis or Valkey, and see KOTACERDAS_BROKER_URL.",
    ),
    Check("workers", _workers, "Start `kotacerdas worker`.", needs="broker"),
    Check("fonts", _fonts, "Install the packages of requirements.lock again."),
    Check(
        "storage",
        _storage,
        "See KOTACERDAS_STORAGE_URL; the product must be able to write, read and delete there.",
    ),
    Check("mail", _mail, "See the KOTACERDAS_SMTP_* settings; mails wait until it answers."),
    Check("disk", _disk, "Free at least 1 GiB, or move KOTACERDAS_DATA_DIR."),
)
