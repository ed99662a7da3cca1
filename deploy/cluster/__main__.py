"""``make cluster``: two nodes, a worker, PostgreSQL, Redis and nginx, with the demonstration."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click

from app.settings import ROOT
from deploy.cluster.daemons import READY_SECONDS, EngineMissing, free_port, listens
from deploy.cluster.postgres import postgres
from deploy.cluster.proxy import nginx
from deploy.cluster.redis_server import redis_server

NODES = 2


@contextlib.contextmanager
def node(port: int, environ: dict[str, str]) -> Iterator[None]:
    """One server process on this port, answering."""
    names = {"ENTAKU_PORT": str(port), "ENTAKU_NODE": f"node-{port}"}
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.serve"],
        env=environ | names,
        cwd=ROOT,
        start_new_session=True,  # Ctrl-C ends us first, and then we end it
    )
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise EngineMissing(f"the node on port {port} did not start")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def worker(environ: dict[str, str]) -> Iterator[None]:
    """What does the daily chores for all nodes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.work"], env=environ, cwd=ROOT, start_new_session=True
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def fill(environ: dict[str, str]) -> None:
    for command in ("migrate", "demo"):
        subprocess.run([sys.executable, "-m", "deploy.entaku", command], env=environ, check=True)


@click.command()
@click.option("--port", type=int, default=8080, show_default=True, help="Where people come in.")
def main(port: int) -> None:
    """Start everything, say where, and stop and remove everything on Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.ExitStack() as stack, contextlib.suppress(KeyboardInterrupt):
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="entaku-cluster-"))
        address = f"http://127.0.0.1:{port}"
        environ = {
            **os.environ,
            "ENTAKU_DATA": str(Path(data)),
            "ENTAKU_DEMO": "1",
            "ENTAKU_PROXIES": "1",
            "ENTAKU_ORIGINS": f"{address},http://localhost:{port}",
            "DATABASE_URL": stack.enter_context(postgres(durable=True)),
            "ENTAKU_REDIS": stack.enter_context(redis_server()).url,
        }
        fill(environ)
        ports = [free_port() for _ in range(NODES)]
        for one in ports:
            stack.enter_context(node(one, environ))
        stack.enter_context(worker(environ))
        stack.enter_context(nginx(port, ports))
        click.echo(f"\n{address}  (nginx; nodes on {', '.join(map(str, ports))}; Ctrl-C ends it)")
        signal.pause()


if __name__ == "__main__":
    main()
