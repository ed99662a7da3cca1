"""A throw-away Redis, which writes nothing to disk."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.cluster.daemons import Daemon, EngineMissing, free_port, listens, own_folder, program


class RedisServer:
    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        folder = own_folder("redis")
        command = [program("redis-server", "redis-server"), "--bind", "127.0.0.1"]
        command += ["--port", str(self.port), "--dir", str(folder)]
        self._daemon = Daemon(folder, [*command, "--save", "", "--appendonly", "no"])
        self.start()

    def start(self) -> None:
        if not self._daemon.start(lambda: listens(self.port)):
            raise EngineMissing(f"somebody took port {self.port}, which Redis was to have")

    def kill(self) -> None:
        self._daemon.end(signal.SIGKILL)

    def stop(self) -> None:
        self._daemon.stop()


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    running = RedisServer()
    try:
        yield running
    finally:
        running.stop()
