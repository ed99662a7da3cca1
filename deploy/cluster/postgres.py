"""Throw-away PostgreSQL clusters."""

import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy.engine import URL, make_url

from deploy.cluster.daemons import Daemon, EngineMissing, free_port, hand_over, own_folder, run_as

_PORT_TRIES: Final = 5
_FAST: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Postgres:
    """A running cluster of its own; ``url`` is that of its first database."""

    def __init__(self, *, durable: bool = False) -> None:
        """Without ``durable`` nothing is flushed: fast, and lost if the machine stops."""
        self._programs = _programs()
        password = secrets.token_urlsafe(16)
        for _ in range(_PORT_TRIES):
            made = URL.create(
                "postgresql+psycopg",
                username="entaku",
                password=password,
                host="127.0.0.1",
                port=free_port(),
                database="postgres",
            )
            self.url = text(made)
            folder = self._new_cluster(password)
            self._daemon = Daemon(folder, self._command(folder, made.port, durable=durable))
            if self._daemon.start(self._answers):
                return
            self._daemon.stop()
        raise EngineMissing(f"PostgreSQL found no free port in {_PORT_TRIES} attempts")

    def end(self) -> None:
        """As at a restart of the service: everybody's connection ends, what was under way too."""
        self._daemon.end(signal.SIGINT)

    def start_again(self) -> None:
        if not self._daemon.start(self._answers):
            raise EngineMissing("somebody took PostgreSQL's port meanwhile")

    def stop(self) -> None:
        self._daemon.stop()

    def _answers(self) -> bool:
        try:
            admin(self.url).close()
        except psycopg.OperationalError:
            return False
        return True

    def _new_cluster(self, password: str) -> Path:
        folder = own_folder("postgres")
        secret = folder / "password"
        secret.write_text(password)
        hand_over(secret)
        made = subprocess.run(
            [
                self._programs / "initdb",
                f"--pgdata={folder / 'data'}",
                "--username=entaku",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **run_as(),
        )
        if made.returncode != 0:
            shutil.rmtree(folder)
            raise EngineMissing(f"initdb failed: {made.stderr.strip()}")
        return folder

    def _command(self, folder: Path, port: int | None, *, durable: bool) -> list[str]:
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={port}",
            "unix_socket_directories=",
            "max_connections=200",
            "timezone=UTC",
            *(() if durable else _FAST),
        ]
        server = [str(self._programs / "postgres"), "-D", str(folder / "data")]
        return server + [word for setting in settings for word in ("-c", setting)]


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A cluster of its own, stopped and removed at the end; yields the URL of its database."""
    running = Postgres(durable=durable)
    try:
        yield running.url
    finally:
        running.stop()


def admin(url: str) -> psycopg.Connection[tuple[object, ...]]:
    plain = make_url(url).set(drivername="postgresql")
    return psycopg.connect(text(plain), autocommit=True)


def text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _programs() -> Path:
    """The folder of PostgreSQL's server programs; Debian keeps them off the path."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if newest := max(found, key=lambda path: float(path.parts[-3]), default=None):
        return newest.parent
    raise EngineMissing("PostgreSQL is missing: run `make dev`, or install the package postgresql")
