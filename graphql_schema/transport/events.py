"""GraphQL over Server-Sent Events, in distinct connections mode: how results are framed."""

from __future__ import annotations

EVENTS = "text/event-stream"
HEADERS = {
    "Content-Type": f"{EVENTS}; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # proxies would hold events back until there are many
}
PING = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"


def next_event(body: bytes) -> bytes:
    """Return the event that carries a result, whose JSON has no line break."""
    return b"event: next\ndata: " + body + b"\n\n"
