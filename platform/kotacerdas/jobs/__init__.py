"""Background jobs: the row is the truth, Celery only a nudge."""

from kotacerdas.jobs.actions import (
    JobFinished,
    JobNotDead,
    JobNotYours,
    Kind,
    cancel,
    enqueue,
    revive,
)
from kotacerdas.jobs.leases import Lease, LeaseLost
from kotacerdas.jobs.models import Job, JobState, Queue

__all__ = [
    "Job",
    "JobFinished",
    "JobNotDead",
    "JobNotYours",
    "JobState",
    "Kind",
    "Lease",
    "LeaseLost",
    "Queue",
    "cancel",
    "enqueue",
    "revive",
]
