"""Server programs that run in a folder of their own and end with whoever started them."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypedDict

READY_SECONDS: Final = 60

# The guard stops the server and removes its files as soon as the pipe closes: also when whoever
# started it was killed and could not clean up. Where a file "keep" lies, the server ended on
# purpose and will be started again.
_GUARD: Final = """
folder=$1; shift
"$@" >> "$folder/log" 2>&1 &
server=$!
echo "$server" > "$folder/pid"
exec 3<&0
(read -r _ <&3; kill -INT "$server") 2> /dev/null &
wait "$server" || exit  # it never came up, or was killed: the log stays for whoever asks
[ -e "$folder/keep" ] && exit
exec rm -rf "$folder"
"""


class EngineMissing(RuntimeError):
    """A program that is needed is not on this machine; the message says what to install."""


class RunAs(TypedDict):
    user: int | None
    group: int | None
    extra_groups: list[int] | None


def run_as() -> RunAs:
    """Whom the servers run as: ourselves, but never root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return RunAs(user=None, group=None, extra_groups=None)
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    return RunAs(user=user.pw_uid, group=user.pw_gid, extra_groups=[])


def own_folder(name: str) -> Path:
    """An empty folder of whom the servers run as."""
    folder = Path(tempfile.mkdtemp(prefix=f"entaku-{name}-"))
    hand_over(folder)
    return folder


def hand_over(path: Path) -> None:
    somebody = run_as()
    if somebody["user"] is not None:
        os.chown(path, somebody["user"], somebody["group"] or -1)


def program(name: str, package: str) -> str:
    """The path of a server program; Debian keeps some where only root looks."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise EngineMissing(f"{name} is missing: run `make dev`, or install the package {package}")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


class Daemon:
    """One server program; its files are in ``folder`` and go with it."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self.folder, self.command = folder, command
        self._guard: subprocess.Popen[bytes] | None = None

    def start(self, answers: Callable[[], bool]) -> bool:
        """Wait until it answers; False if somebody else took its port meanwhile."""
        (self.folder / "keep").unlink(missing_ok=True)
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "sh", str(self.folder), *self.command],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,  # Ctrl-C ends those who use it first
            **run_as(),
        )
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self._guard.poll() is not None:
                log = (self.folder / "log").read_text(errors="replace")
                if "Address already in use" in log:
                    return False
                raise EngineMissing(f"{self.command[0]} did not start: {log.strip()[-1500:]}")
            if answers():
                return True
            time.sleep(0.05)
        raise EngineMissing(f"{self.command[0]} did not answer within {READY_SECONDS} s")

    def send(self, number: signal.Signals) -> None:
        os.kill(int((self.folder / "pid").read_text()), number)

    def end(self, number: signal.Signals) -> None:
        """End the server but keep its files, so that it can be started again."""
        (self.folder / "keep").touch()
        self.send(number)
        if self._guard is not None:
            self._guard.wait(READY_SECONDS)
        self._close()

    def stop(self) -> None:
        if self._guard is not None:
            self._close()
            try:
                self._guard.wait(READY_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self._guard.pid, signal.SIGKILL)
                self._guard.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _close(self) -> None:
        if self._guard is not None and self._guard.stdin is not None:
            self._guard.stdin.close()
