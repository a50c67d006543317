"""Background jobs: the row is the truth, Celery only a nudge."""

from kotacerdas.jobs.actions import Kind, Lease, LeaseLost, enqueue
from kotacerdas.jobs.models import Job, JobState, Queue

__all__ = ["Job", "JobState", "Kind", "Lease", "LeaseLost", "Queue", "enqueue"]
