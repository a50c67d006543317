"""What one book may use of the machine."""

from __future__ import annotations

import resource
from dataclasses import asdict, dataclass

import orjson

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one child process; `wall_seconds` is kept by the parent, the rest by the kernel."""

    memory_bytes: int = 1536 * MEBIBYTE
    cpu_seconds: int = 60
    file_bytes: int = 200 * MEBIBYTE
    wall_seconds: float = 120.0

    def to_json(self) -> str:
        """Write the limits for the child's command line."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def from_json(cls, text: str) -> Limits:
        """Read what `to_json` wrote."""
        return cls(**orjson.loads(text))

    def apply(self) -> None:
        """Bind this process, for good, to the limits."""
        resource.setrlimit(resource.RLIMIT_AS, (self.memory_bytes, self.memory_bytes))
        # The soft limit sends SIGXCPU, which names the reason; the hard one kills a second later.
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu_seconds, self.cpu_seconds + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.file_bytes, self.file_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
