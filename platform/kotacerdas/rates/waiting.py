"""Waiting for an answer no longer than so long, but not blaming others for our own pauses."""

from __future__ import annotations

import asyncio
from typing import Any

TURNS = 4
"""Of the event loop, in which what has already come is taken from the socket."""


async def arrived(answer: asyncio.Future[Any], seconds: float) -> bool:
    """Whether the answer comes in time; it is not cancelled if not.

    Where this process itself stood still, the time is up before anybody looked at the socket.
    """
    await asyncio.wait({answer}, timeout=seconds)
    for _ in range(TURNS):
        if answer.done():
            break
        await asyncio.sleep(0)
    return answer.done()
