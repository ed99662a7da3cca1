"""What a figure is worth depends on where it was taken: machine, versions, disk, commit."""

import importlib.metadata
import os
import platform
import sqlite3
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

from bench.servers import ROOT, node, pinned

PACKAGES = ("gevent", "python-socketio", "python-engineio", "sqlalchemy", "wsproto")


def surroundings(data: Path) -> dict[str, Any]:
    return {
        "commit": _told("git", "rev-parse", "HEAD"),
        "changed_since": bool(_told("git", "status", "--porcelain", "--untracked-files=no")),
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "node": _told(node(), "--version").removeprefix("v"),
        "socket.io": _told(node(), "-p", "require('socket.io/package.json').version"),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: _version(name) for name in PACKAGES},
        "pinned": bool(pinned(0)),
        "flush_ms": _flush_ms(data),
    }


def _told(*words: str) -> str:
    """What a program answers; nothing if it cannot (the source may have come without git)."""
    try:
        answer = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    described = Path("/proc/cpuinfo").read_text().splitlines()
    named = (line.partition(":")[2].strip() for line in described if line.startswith("model name"))
    return next(named, platform.machine())


def _flush_ms(data: Path) -> float:
    """Median time this disk takes to make 4 KiB durable: the floor of every commit."""
    taken = []
    probe = data / "flush.probe"
    with probe.open("wb", buffering=0) as file:
        for _turn in range(50):
            file.write(os.urandom(4096))
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - begun)
    probe.unlink()
    return round(statistics.median(taken) * 1000, 3)
