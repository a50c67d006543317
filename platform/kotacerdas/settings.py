"""Settings: the one reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

DEFAULT_SECRET = "change-me"  # noqa: S105  (the value that start-up refuses)
ROLES = ("city", "ministry", "identity", "worker", "relay", "migrator")
"""PostgreSQL login roles: `app_city` is reached by `city_url`, and so on."""

Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """Every setting, read once from `KOTACERDAS_*` variables or from files in `secrets_dir`.

    A URL names one PostgreSQL login role; roles are made by `deploy/postgres/roles.sql`.
    """

    model_config = SettingsConfigDict(
        env_prefix="KOTACERDAS_", frozen=True, extra="forbid", env_ignore_empty=True
    )

    secrets_dir: Path | None = Field(
        None,
        description="Folder of secrets as files, each named like its variable in lower case;"
        " a variable wins over its file.",
    )
    mode: Literal["embedded", "production"] = Field(
        "production", description="`embedded` allows generated secrets and plain http on loopback."
    )
    base_url: str = Field(
        "http://127.0.0.1:8000", description="Public address of the API, without a final slash."
    )
    host: str = Field("127.0.0.1", description="Address the API listens on.")
    port: Port = Field(8000, description="Port the API listens on.")
    metrics_host: str = Field(
        "127.0.0.1", description="Address of /metrics, /healthz and /readyz: for operators alone."
    )
    metrics_port: Port = Field(
        9464, description="Their port; 0 takes any that is free, and the log tells which."
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Sites whose pages may call the API, by bearer token alone: exact origins like"
        " `https://data.city.go.id`, with commas between.",
    )
    request_head_seconds: float = Field(
        10.0, gt=0, description="A request's line and headers must have come by then, else 408."
    )
    request_head_bytes: int = Field(
        65_536, ge=1024, description="Most that a request's line and headers may hold, else 431."
    )
    request_body_seconds: float = Field(
        10.0, gt=0, description="A request's body may take so long, and longer if it is large: 408."
    )
    request_body_bytes: int = Field(
        1_048_576, ge=1024, description="Most that any request's body may hold, else 413."
    )
    response_unread_seconds: float = Field(
        20.0, gt=0, description="Who reads nothing of a response for so long is cut off."
    )
    transfer_bytes_per_second: int = Field(
        4096, ge=1, description="Bodies and readers at least this fast are never cut off."
    )
    keep_alive_seconds: int = Field(
        65, ge=1, description="An unused connection is kept; longer than the proxy keeps its own."
    )
    connection_limit: int = Field(
        4096, ge=1, description="Connections of one API process at once; one more reads 503."
    )
    shutdown_seconds: int = Field(
        20, ge=1, description="On SIGTERM, requests in flight may take so long to end."
    )
    data_dir: Path = Field(
        Path(".kotacerdas"), description="Folder of the embedded servers and of stored files."
    )
    postgres_bin: Path | None = Field(
        None,
        description="Folder with PostgreSQL's programs for the embedded mode; unset: PyPI's.",
    )

    city_url: SecretStr = Field(
        SecretStr("postgresql://app_city@localhost/kotacerdas"),
        description="PostgreSQL as `app_city`: a city's own rows.",
    )
    ministry_url: SecretStr = Field(
        SecretStr("postgresql://app_ministry@localhost/kotacerdas"),
        description="PostgreSQL as `app_ministry`: reads every city, writes what the nation may.",
    )
    identity_url: SecretStr = Field(
        SecretStr("postgresql://app_identity@localhost/kotacerdas"),
        description="PostgreSQL as `app_identity`: accounts, sessions and tokens.",
    )
    worker_url: SecretStr = Field(
        SecretStr("postgresql://app_worker@localhost/kotacerdas"),
        description="PostgreSQL as `app_worker`: like a city, for background work.",
    )
    relay_url: SecretStr = Field(
        SecretStr("postgresql://app_relay@localhost/kotacerdas"),
        description="PostgreSQL as `app_relay`: job rows of every tenant.",
    )
    migrator_url: SecretStr = Field(
        SecretStr("postgresql://app_migrator@localhost/kotacerdas"),
        description="PostgreSQL as `app_migrator`: used by `kotacerdas db migrate` alone.",
    )
    replica: str | None = Field(
        None,
        description="`host` or `host:port` of a streaming replica with the same logins, where the"
        " API reads; what a request has just written is read from the primary.",
    )
    explicit_transactions: bool = Field(
        False,
        description="Frame each read by BEGIN and COMMIT, in the same round trip: Citus needs it.",
    )
    deadline_seconds: float = Field(
        10.0, gt=0, description="An operation of the API that takes longer ends with TIMEOUT."
    )
    pool_size: int = Field(5, ge=1, description="Connections kept open per process and role.")
    partitions: int = Field(
        16, ge=1, le=256, description="HASH partitions of each tenant table; 1 makes plain tables."
    )

    broker_url: SecretStr = Field(
        SecretStr("redis://localhost:6379/0"),
        description="Redis or Valkey that carries Celery's nudges (appendonly, noeviction), and"
        " where the API's processes count requests together.",
    )
    job_lease_seconds: float = Field(
        30.0, gt=0, description="How long a worker owns a job without a heartbeat."
    )
    job_attempts: int = Field(5, ge=1, description="Attempts before a job becomes a dead letter.")
    job_retry_seconds: float = Field(
        5.0,
        gt=0,
        description="First retry's upper bound; doubles at each attempt, full jitter."
        " Mails wait 30 times as long, and half of it for certain.",
    )
    job_window: int = Field(64, ge=1, description="Jobs of a queue announced and not yet finished.")
    job_window_per_tenant: int = Field(8, ge=1, description="The same for one tenant.")
    relay_poll_seconds: float = Field(1.0, gt=0, description="Pause between two relay scans.")
    worker_concurrency: int = Field(2, ge=1, description="Processes of one Celery worker.")

    secret_key: SecretStr = Field(
        SecretStr(DEFAULT_SECRET),
        description="Key of cursors, signed links and token hashes; 32 random bytes or more.",
    )
    storage_url: str = Field(
        "file", description="`file` keeps files under `data_dir`; or `s3://bucket/prefix`."
    )
    export_days: int = Field(
        7, ge=1, le=90, description="An export's file is deleted after so many days."
    )
    export_megabytes: int = Field(
        1024,
        ge=1,
        le=2000,
        description="The largest file of an export; a worker needs twice as much temporary disk.",
    )
    upload_megabytes: int = Field(
        25, ge=1, le=100, description="The largest file that people may send."
    )
    upload_days: int = Field(
        7, ge=1, le=90, description="A file that was sent is deleted after so many days."
    )
    link_seconds: int = Field(600, ge=1, description="Life of a signed link, to a file or for one.")

    smtp_host: str = Field("127.0.0.1", description="Outgoing mail server.")
    smtp_port: Port = Field(25, description="Its port.")
    smtp_username: str | None = Field(None, description="Login at the mail server, if it asks.")
    smtp_password: SecretStr | None = Field(None, description="Its password.")
    smtp_starttls: bool = Field(False, description="Upgrade the connection to TLS before login.")
    mail_from: str = Field(
        "Kota Cerdas <noreply@kotacerdas.example>", description="Sender of every mail."
    )

    session_idle_seconds: int = Field(
        8 * 3600, ge=60, description="A session ends after this long without a request."
    )
    session_admin_idle_seconds: int = Field(
        1800, ge=60, description="The same for people with an administrator's role."
    )
    session_absolute_seconds: int = Field(
        12 * 3600, ge=60, description="A session ends after this long in any case."
    )
    rate_anonymous: int = Field(
        60, ge=0, description="Requests of one address a minute without credentials; 0: any number."
    )
    rate_user: int = Field(
        200, ge=0, description="Requests of one signed-in person a minute; 0: any number."
    )
    rate_token: int = Field(600, ge=0, description="Requests of one token a minute; 0: any number.")
    budget_anonymous: int = Field(
        10_000, ge=0, description="Cost of these requests together a minute; 0: any cost."
    )
    budget_user: int = Field(
        100_000, ge=0, description="The same for one signed-in person; 0: any cost."
    )
    budget_token: int = Field(600_000, ge=0, description="The same for one token; 0: any cost.")
    log_format: Literal["json", "console"] = Field("json", description="Shape of log lines.")

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _between_commas(cls, given: object) -> object:
        parts = given.split(",") if isinstance(given, str) else given
        return [part.strip() for part in parts] if isinstance(parts, list) else parts

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Look into `secrets_dir` last, if a variable names it and it is there."""
        given = {**env_settings(), **init_settings()}.get("secrets_dir")
        if not given or not Path(given).is_dir():
            return init_settings, env_settings
        return init_settings, env_settings, SecretsSettingsSource(settings_cls, Path(given))

    @property
    def embedded(self) -> bool:
        """Whether the embedded servers and their generated secrets are in use."""
        return self.mode == "embedded"


@cache
def settings() -> Settings:
    """Return the process's settings, read at the first call."""
    return Settings()  # type: ignore[call-arg]  # pydantic fills the fields from the environment


def settings_of(environment: Mapping[str, str]) -> Settings:
    """Return the settings that a process with these `KOTACERDAS_*` variables would read.

    Variables that `environment` does not name come from this process's own.
    """
    prefix = Settings.model_config.get("env_prefix", "")
    values = {name.removeprefix(prefix).lower(): value for name, value in environment.items()}
    return Settings(**values)  # type: ignore[arg-type]  # pydantic parses each text


def child_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with `variables` over it, for a child process."""
    return {**os.environ, **variables}
