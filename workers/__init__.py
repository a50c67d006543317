"""Background work: Celery application, relay, rendering and channels."""
