"""Every kind of job that a worker runs."""

from __future__ import annotations

from workers import documents, housekeeping, notifications, replication, selection, workbooks
from workers.exports import handler as exports
from workers.runner import Handlers

HANDLERS: Handlers = {
    handler.kind.name: handler
    for handler in (
        documents.HANDLER,
        exports.HANDLER,
        *notifications.HANDLERS,
        housekeeping.HANDLER,
        replication.HANDLER,
        selection.HANDLER,
        *workbooks.HANDLERS,
    )
}
