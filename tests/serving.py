"""Starts the product as a process of its own, the way an operator does, and kills it at will."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from app.clock import system_clock
from app.domain.people import Actor
from app.settings import Settings, read_settings
from app.store.unit_of_work import Database
from auth import session
from deploy.opening import open_database

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One installation: its data, its database, its address, and its process while it runs."""

    def __init__(self, data: Path, database_url: str, **environ: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = {
            **os.environ,
            "ENTAKU_DATA": str(data),
            "ENTAKU_PORT": str(self.port),
            "DATABASE_URL": database_url,
            **environ,
        }
        self.log = data / "server.log"
        self.settings: Settings = read_settings(self.environ)
        self.database: Database = open_database(self.settings, system_clock)
        self.program = ["-m", "deploy.serve"]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 30.0) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.program], env=self.environ, cwd=ROOT, stderr=log
            )
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                requests.get(f"{self.url}/sign-in", timeout=2)
            except requests.RequestException:
                if self.process.poll() is not None:
                    raise AssertionError(self.log.read_text(errors="replace")[-3000:]) from None
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the server did not answer")

    def kill(self) -> None:
        """kill -9: nothing can be tidied up."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def end(self) -> None:
        """As at a restart of the service."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def stop(self) -> None:
        self.end()
        self.database.engine.dispose()

    def token_for(self, actor: Actor) -> str:
        """A session of this actor, as signing in would have made it."""
        with self.database.begin() as uow:
            return session.start(
                uow,
                self.settings,
                person_id=actor.person_id,
                membership_id=actor.membership_id,
            )


@contextmanager
def serving(data: Path, database_url: str, **environ: str) -> Iterator[Server]:
    server = Server(data, database_url, **environ)
    server.start()
    try:
        yield server
    finally:
        server.stop()
