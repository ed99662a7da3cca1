"""Asking a limited process one question about one file; it is fresh, and nobody else's."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self


class TooDear(Exception):
    """It took more than it may, or died of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 10
    wall_seconds: float = 15
    queue_seconds: float = 10

    @classmethod
    def within(cls, seconds: int, memory_mb: int) -> Self:
        """Everything ends within ``seconds``."""
        return cls(
            memory_bytes=memory_mb << 20,
            cpu_seconds=max(1, seconds * 3 // 4),
            wall_seconds=max(1, seconds - 2),
        )


def answer_of(
    worker: Path,
    words: Sequence[str],
    content: bytes,
    limits: Limits,
    most: Mapping[str, int],
    more_words: Sequence[str] = (),
) -> bytes:
    """What the worker says of the content; ``most`` goes to it beside the limits, as JSON."""
    told = {"memory": limits.memory_bytes, "seconds": limits.cpu_seconds, **most}
    # Into a file, whose size the worker's own limit bounds: what it says is not yet trusted.
    with tempfile.TemporaryFile() as said:
        try:
            subprocess.run(
                [sys.executable, "-s", "-P", str(worker), *words, json.dumps(told), *more_words],
                input=content,
                stdout=said,
                stderr=subprocess.DEVNULL,
                # Nothing of the server's environment: no secret reaches this process.
                env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0"},
                timeout=limits.wall_seconds,
                check=True,
            )
        except (subprocess.SubprocessError, OSError) as failure:
            raise TooDear from failure
        said.seek(0)
        return said.read()
