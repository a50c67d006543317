"""What is wrong with settings, before any server is asked."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

from kotacerdas.settings import DEFAULT_SECRET, ROLES, Settings

SECRET_BYTES = 32


def problems(settings: Settings) -> list[str]:
    """Return what is wrong with the settings, each text saying what to do; empty when all is well.

    Asks no server: `kotacerdas doctor` does. What the embedded mode may do is no problem there.
    """
    found = [*_database_problems(settings), *_consistency_problems(settings)]
    found += _origin_problems(settings)
    if not settings.embedded:
        found += [*_secret_problems(settings), *_address_problems(settings)]
        found += _storage_problems(settings)
    return found


def _database_problems(settings: Settings) -> Iterator[str]:
    urls = {role: urlsplit(_role_url(settings, role)) for role in ROLES}
    for role, url in urls.items():
        name = f"KOTACERDAS_{role.upper()}_URL"
        if url.scheme not in ("postgresql", "postgres"):
            yield f"{name} must begin with postgresql://."
        elif url.username != f"app_{role}":
            yield f"{name} must log in as app_{role}; deploy/postgres/roles.sql makes that role."
    if len({url.path for url in urls.values()}) > 1:
        yield "The roles' URLs name different databases; let all six name the same one."
    passwords = [url.password for url in urls.values() if url.password]
    if not settings.embedded and len(set(passwords)) < len(passwords):
        yield "Two login roles share a password; give each role one of its own."


def _role_url(settings: Settings, role: str) -> str:
    secret: SecretStr = getattr(settings, f"{role}_url")
    return secret.get_secret_value()


def _consistency_problems(settings: Settings) -> Iterator[str]:
    if settings.session_idle_seconds > settings.session_absolute_seconds:
        yield "KOTACERDAS_SESSION_IDLE_SECONDS must not exceed KOTACERDAS_SESSION_ABSOLUTE_SECONDS."
    if settings.session_admin_idle_seconds > settings.session_idle_seconds:
        yield "KOTACERDAS_SESSION_ADMIN_IDLE_SECONDS must not exceed that of other people."
    if settings.job_window_per_tenant > settings.job_window:
        yield "KOTACERDAS_JOB_WINDOW_PER_TENANT must not exceed KOTACERDAS_JOB_WINDOW."
    if (settings.smtp_username is None) != (settings.smtp_password is None):
        yield "Set both KOTACERDAS_SMTP_USERNAME and KOTACERDAS_SMTP_PASSWORD, or neither."
    if not parseaddr(settings.mail_from)[1].partition("@")[2]:
        yield "KOTACERDAS_MAIL_FROM must hold an address, like Kota Cerdas <noreply@city.go.id>."
    for name, folder in _folders(settings).items():
        if folder is not None and not folder.is_dir():
            yield f"KOTACERDAS_{name.upper()} names no folder: {folder}. Correct or unset it."


def _folders(settings: Settings) -> dict[str, Path | None]:
    return {"secrets_dir": settings.secrets_dir, "postgres_bin": settings.postgres_bin}


def _secret_problems(settings: Settings) -> Iterator[str]:
    secret = settings.secret_key.get_secret_value()
    if secret == DEFAULT_SECRET:
        yield "KOTACERDAS_SECRET_KEY is the default; make one: openssl rand -base64 48."
    elif len(secret.encode()) < SECRET_BYTES:
        yield f"KOTACERDAS_SECRET_KEY has under {SECRET_BYTES} bytes; run: openssl rand -base64 48."
    broker = urlsplit(settings.broker_url.get_secret_value())
    if broker.scheme not in ("redis", "rediss", "redis+socket"):
        yield "KOTACERDAS_BROKER_URL must begin with redis://, rediss:// or redis+socket://."
    elif broker.hostname and not broker.password and not _loopback(broker):
        yield "KOTACERDAS_BROKER_URL has no password: set requirepass and write redis://:<it>@..."
    plain = settings.smtp_password is not None and not settings.smtp_starttls
    if plain and not _loopback(urlsplit(f"//{settings.smtp_host}")):
        yield "The mail password would travel in clear: set KOTACERDAS_SMTP_STARTTLS=true."


def _address_problems(settings: Settings) -> Iterator[str]:
    address = urlsplit(settings.base_url)
    if address.scheme not in ("http", "https") or not address.hostname:
        yield "KOTACERDAS_BASE_URL must be an address like https://kotacerdas.city.go.id."
    elif address.scheme == "http" and not _loopback(address):
        yield "KOTACERDAS_BASE_URL must begin with https://: cookies and links go through it."
    elif address.path or address.query or address.fragment:
        yield "KOTACERDAS_BASE_URL must end with the host or port, without slash or path."
    if parseaddr(settings.mail_from)[1].endswith(".example"):
        yield "KOTACERDAS_MAIL_FROM is the example; set the address that your mail server may use."


def _origin_problems(settings: Settings) -> Iterator[str]:
    for origin in settings.cors_origins:
        address = urlsplit(origin)
        secure = address.scheme == "https" or (address.scheme == "http" and _loopback(address))
        exact = f"{address.scheme}://{address.netloc}" == origin.lower() == origin
        if not (secure and address.hostname and exact and "*" not in origin and "@" not in origin):
            yield (
                f"KOTACERDAS_CORS_ORIGINS holds {origin!r}; write exact origins in small letters,"
                " like https://data.city.go.id, without a path and without *."
            )


def _storage_problems(settings: Settings) -> Iterator[str]:
    storage = urlsplit(settings.storage_url)
    if settings.storage_url == "file":
        if not settings.data_dir.is_absolute():
            yield "KOTACERDAS_DATA_DIR must be an absolute path when files are stored in it."
    elif storage.scheme != "s3" or not storage.hostname:
        yield "KOTACERDAS_STORAGE_URL must be `file` or s3://bucket/prefix."


def _loopback(address: SplitResult) -> bool:
    return address.hostname in ("localhost", "127.0.0.1", "::1")
