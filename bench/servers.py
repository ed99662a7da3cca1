"""The servers that are compared, each started as a process of its own and ended again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 30.0
STOP_SECONDS = 15.0
OURS = "entaku"
PEER = "peer"
FLOOR = "floor"
HOCUSPOCUS = "hocuspocus"
Y_WEBSOCKET = "y-websocket"
# What each speaks; the shared documents come with packages of their own.
PROTOCOLS = {
    OURS: "socket.io",
    PEER: "socket.io",
    FLOOR: "socket.io",
    HOCUSPOCUS: "hocuspocus",
    Y_WEBSOCKET: "y-websocket",
}
PEERS = ROOT / "bench" / "peers"


class BenchFailed(Exception):
    """The measurement could not be made; the message says why."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def node() -> str:
    found = shutil.which("node")
    if found is None:
        raise BenchFailed("Node.js is missing: run `make dev`")
    return found


def pinned(part: int) -> list[str]:
    """Words that keep a program on one processor: 0 the servers', 1 the measuring side's."""
    processors = sorted(os.sched_getaffinity(0))
    if len(processors) < 2 or shutil.which("taskset") is None:
        return []
    return ["taskset", "-c", str(processors[part])]


def environ_of(data: Path, port: int) -> dict[str, str]:
    """An installation as it comes: nothing of the caller's own settings, SQLite in ``data``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ENTAKU_") and name != "DATABASE_URL"
    }
    return kept | {"ENTAKU_DATA": str(data), "ENTAKU_PORT": str(port)}


def kill(pid: int) -> None:
    """-9: nothing can be tidied up."""
    os.kill(pid, signal.SIGKILL)


@contextmanager
def running(name: str, data: Path, port: int) -> Iterator[int]:
    """Yield the process id of the server once it takes connections; end it afterwards."""
    if name not in {OURS, PEER, FLOOR} and not (PEERS / "node_modules" / ".built").exists():
        raise BenchFailed("the peers are missing: run `make bench`")
    words = {
        OURS: [sys.executable, "-m", "deploy.serve"],
        PEER: [node(), str(ROOT / "bench" / "peer.mjs"), str(port)],
        FLOOR: [sys.executable, "-m", "bench.floor", str(port), str(data / "floor.sqlite3")],
        HOCUSPOCUS: [
            *(node(), str(PEERS / "hocuspocus.mjs"), str(port)),
            str(data / "hocuspocus.sqlite3"),
        ],
        Y_WEBSOCKET: [
            *(node(), str(PEERS / "y-websocket.mjs"), str(port)),
            str(data / "y-websocket"),
        ],
    }[name]
    log = data / f"{name}.log"
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [*pinned(0), *words], cwd=ROOT, env=environ_of(data, port), stderr=errors
        )
    try:
        _wait(process, port, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BenchFailed(log.read_text(errors="replace")[-3000:])
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise BenchFailed("the server did not answer")
