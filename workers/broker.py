"""The Celery application, configured so that a lost or doubled message does no harm."""

from __future__ import annotations

from celery import Celery
from kombu.entity import Queue as CeleryQueue

from kotacerdas.jobs import Queue
from kotacerdas.settings import Settings

RUN_JOB = "kotacerdas.run_job"
TICK = "kotacerdas.tick"
TICK_SECONDS = 60.0
SOFT_LIMIT_SECONDS = 600
HARD_LIMIT_SECONDS = 660
VISIBILITY_SECONDS = 900
"""After this long Redis hands out an unanswered message again: above every limit of a job."""


def broker_app(settings: Settings) -> Celery:
    """Return an application without tasks: enough to send a nudge and to ask who is alive."""
    app = Celery("kotacerdas", broker=settings.broker_url.get_secret_value(), set_as_current=False)
    app.conf.update(_QUEUES | _DELIVERY | _PROCESSES | _BEAT)
    app.conf.worker_concurrency = settings.worker_concurrency
    return app


def alive(settings: Settings, timeout_seconds: float = 1.0) -> list[str]:
    """Names of the workers that answer in time, sorted.

    Raises kombu's OperationalError when the broker is down.
    """
    app = broker_app(settings)
    with app.connection_for_write(transport_options={"max_retries": 0}) as connection:
        answers: list[dict[str, object]] = app.control.ping(
            timeout=timeout_seconds, connection=connection
        )
    return sorted(name for answer in answers for name in answer)


_QUEUES = {
    "task_queues": [
        CeleryQueue(queue.value, routing_key=queue.value)  # type: ignore[no-untyped-call]
        for queue in Queue
    ],
    "task_default_queue": Queue.BULK.value,
    "task_default_routing_key": Queue.BULK.value,
    "task_create_missing_queues": False,
    "task_serializer": "json",
    "accept_content": ["json"],
}

_DELIVERY = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_ignore_result": True,
    "task_store_errors_even_if_ignored": False,
    "worker_prefetch_multiplier": 1,
    "broker_connection_retry": True,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY_SECONDS,
        "socket_connect_timeout": 5,
        "socket_timeout": 10,
        "socket_keepalive": True,
        "health_check_interval": 25,
    },
}

_PROCESSES = {
    "task_soft_time_limit": SOFT_LIMIT_SECONDS,
    "task_time_limit": HARD_LIMIT_SECONDS,
    "worker_max_tasks_per_child": 200,
    "worker_max_memory_per_child": 400_000,  # KiB
    "worker_send_task_events": False,
    "worker_hijack_root_logger": False,
}

_BEAT = {
    # The plain scheduler keeps its state in memory: no file to write, and nothing to lose.
    "beat_scheduler": "celery.beat.Scheduler",
    "beat_schedule": {
        "tick": {
            "task": TICK,
            "schedule": TICK_SECONDS,
            "options": {"queue": Queue.TICK.value, "expires": TICK_SECONDS},
        }
    },
}
