"""Starts the engines the tests run on: throw-away PostgreSQL clusters, and the browser's path."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, TypedDict

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL, make_url

SHARED: Final = "ENTAKU_TEST_POSTGRES"
"""Names the cluster every worker of a session uses; set beforehand, one that is running already."""

_READY_SECONDS: Final = 60
_PORT_TRIES: Final = 5
_FAST: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

# The guard stops the server and removes its files as soon as the pipe closes: also when the tests
# were killed and could not clean up after themselves.
_GUARD: Final = """
folder=$1; shift
"$@" > "$folder/log" 2>&1 &
server=$!
exec 3<&0
(read -r _ <&3; kill -INT "$server") 2> /dev/null &
wait "$server" || exit  # it never came up: the log stays for whoever asked
exec rm -rf "$folder"
"""

_stack = ExitStack()


class EngineMissing(RuntimeError):
    """An engine the tests need is not on this machine; the message says what to install."""


def chromium() -> str:
    """The path of the browser the journeys run in."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise EngineMissing("Chromium is missing: run `make dev`, or install the package chromium")


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A cluster of its own, stopped and removed at the end; yields the URL of its first database.

    Without `durable` nothing is flushed to disk: fast, and lost if the machine stops.
    """
    programs = _programs()
    password = secrets.token_urlsafe(16)
    for _ in range(_PORT_TRIES):
        url = URL.create(
            "postgresql+psycopg",
            username="entaku",
            password=password,
            host="127.0.0.1",
            port=_free_port(),
            database="postgres",
        )
        folder = _new_cluster(programs, password)
        guard = _start(programs, folder, url, durable=durable)
        try:
            if _answers(guard, folder, url):
                yield _text(url)
                return
        finally:
            _stop(guard, folder)
    raise EngineMissing(f"PostgreSQL found no free port in {_PORT_TRIES} attempts")


@contextmanager
def database(cluster: str, *, template: str = "template0") -> Iterator[str]:
    """A fresh database, a copy of `template`, dropped at the end; yields its URL."""
    name = f"t_{secrets.token_hex(8)}"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with _admin(cluster) as admin:
        admin.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield _text(make_url(cluster).set(database=name))
    finally:
        with _admin(cluster) as admin:
            admin.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)),
            )


def template(cluster: str, name: str, build: Callable[[str], None]) -> str:
    """The template `name`, filled once per cluster by `build(url)`, whichever worker comes first.

    `build` must leave no connection open: PostgreSQL copies only what nobody is using.
    """
    with _admin(cluster) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            half = sql.Identifier(f"{name}_half")
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(half))
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(half))
            build(_text(make_url(cluster).set(database=f"{name}_half")))
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(half, sql.Identifier(name)),
            )
    return name


def share_postgres(config: pytest.Config) -> None:
    """For `pytest_configure`: with workers, start the one cluster they share before they start."""
    is_worker = hasattr(config, "workerinput")
    if not is_worker and config.getoption("numprocesses", default=None):
        shared_postgres()


def shared_postgres() -> str:
    """The session's cluster; without workers it starts when the first test asks for it."""
    if SHARED not in os.environ:
        os.environ[SHARED] = _stack.enter_context(postgres())
        _stack.callback(os.environ.pop, SHARED)
    return os.environ[SHARED]


def unshare_postgres() -> None:
    """For `pytest_unconfigure`: stop what this process started, and nothing else."""
    _stack.close()


def _programs() -> Path:
    """The folder of PostgreSQL's server programs; Debian keeps them off the path."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if newest := max(found, key=lambda path: float(path.parts[-3]), default=None):
        return newest.parent
    raise EngineMissing("PostgreSQL is missing: run `make dev`, or install the package postgresql")


class _RunAs(TypedDict):
    user: int | None
    group: int | None
    extra_groups: list[int] | None


def _run_as() -> _RunAs:
    """Whom the server runs as: ourselves, but never root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return _RunAs(user=None, group=None, extra_groups=None)
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    return _RunAs(user=user.pw_uid, group=user.pw_gid, extra_groups=[])


def _new_cluster(programs: Path, password: str) -> Path:
    run_as = _run_as()
    folder = Path(tempfile.mkdtemp(prefix="entaku-postgres-"))
    secret = folder / "password"
    secret.write_text(password)
    if run_as["user"] is not None:
        for path in (secret, folder):
            os.chown(path, run_as["user"], run_as["group"] or -1)
    made = subprocess.run(
        [
            programs / "initdb",
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
        **run_as,
    )
    if made.returncode != 0:
        shutil.rmtree(folder)
        raise EngineMissing(f"initdb failed: {made.stderr.strip()}")
    return folder


def _start(programs: Path, folder: Path, url: URL, *, durable: bool) -> subprocess.Popen[bytes]:
    settings = [
        "listen_addresses=127.0.0.1",
        f"port={url.port}",
        "unix_socket_directories=",
        "max_connections=200",
        "timezone=UTC",
        *(() if durable else _FAST),
    ]
    server = [str(programs / "postgres"), "-D", str(folder / "data")]
    server += [word for setting in settings for word in ("-c", setting)]
    return subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, "sh", str(folder), *server],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,  # Ctrl-C ends the tests first, then the server
        **_run_as(),
    )


def _answers(guard: subprocess.Popen[bytes], folder: Path, url: URL) -> bool:
    """Wait until the server takes connections; False if somebody else took its port meanwhile."""
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if guard.poll() is not None:
            log = (folder / "log").read_text(errors="replace")
            if "Address already in use" in log:
                return False
            raise EngineMissing(f"PostgreSQL did not start: {log.strip()}")
        try:
            _admin(_text(url)).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    raise EngineMissing(f"PostgreSQL did not answer within {_READY_SECONDS} s")


def _stop(guard: subprocess.Popen[bytes], folder: Path) -> None:
    if guard.stdin is not None:
        guard.stdin.close()
    try:
        guard.wait(_READY_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(guard.pid, signal.SIGKILL)
        guard.wait()
    shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _admin(url: str) -> psycopg.Connection[tuple[object, ...]]:
    plain = make_url(url).set(drivername="postgresql")
    return psycopg.connect(_text(plain), autocommit=True)


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
