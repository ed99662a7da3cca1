"""What others have already seen and kill -9 takes away again, server by server."""

import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.clock import system_clock
from app.settings import read_settings
from app.store.engine import make_engine
from app.store.unit_of_work import Database
from bench import world
from bench.room import Task
from bench.servers import (
    FLOOR,
    PEER,
    PEERS,
    PROTOCOLS,
    BenchFailed,
    environ_of,
    free_port,
    kill,
    node,
    running,
)

SAID = 200


def count_losses(
    task: Task, tell: Callable[[str], None], said: int = SAID
) -> dict[str, dict[str, int]]:
    """One speaks, another sees it, the server is killed at once and started again."""
    found = {}
    for name in task.servers:
        if name in {PEER, FLOOR}:
            continue  # one keeps nothing, the other gives nothing back
        tell(f"{name}: kill -9")
        with tempfile.TemporaryDirectory(prefix="entaku-bench-") as folder:
            data = Path(folder)
            settings = read_settings(environ_of(data, free_port()))
            database = Database(make_engine(settings.database_url), system_clock, settings.secret)
            room = world.build(database, settings, 1, 3)[0]
            database.engine.dispose()
            order = {
                "protocol": PROTOCOLS[name],
                "room_id": room.room_id,
                "item_id": room.item_id,
                "tokens": room.tokens,
                "count": said,
            }
            port = free_port()
            with running(name, data, port) as pid:
                seen = _run({**order, "port": port, "say": True})
                kill(pid)
            port = free_port()
            with running(name, data, port):
                kept = _run({**order, "port": port, "say": False})
        found[name] = {"seen": seen, "kept": kept}
    return found


def _run(order: dict[str, Any]) -> int:
    answer = subprocess.run(
        [node(), str(PEERS / "loss.mjs")],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise BenchFailed(answer.stderr[-2000:])
    return int(json.loads(answer.stdout)["seen"])
