"""The bare floor: the product's own transport and one durable row per remark, and nothing else.

Nobody is asked who they are or what they may, nothing is validated, chained, digested or kept as an
answer. What the product costs above this, its promises cost; what this costs beside Node, the
language and a full sync of the disk do.
"""

from gevent import monkey

monkey.patch_all()

import gc
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import gevent
import socketio
from gevent.pywsgi import WSGIServer

from app.clock import iso, system_clock
from realtime import transport
from realtime.live import NAMESPACE
from realtime.outlet import Outlet, TextPacket, Wording
from realtime.server import BEAT_SECONDS
from realtime.shortcut import Shortcut

_TABLE = "CREATE TABLE IF NOT EXISTS remark (id TEXT PRIMARY KEY, room TEXT, text TEXT, at TEXT)"
_BY = {"person": "計測 00番", "agency_id": "a" * 32, "agency": "東京都中小企業活性化協議会"}
_CURSOR = "c" * 22


def main(port: int, path: Path) -> None:
    server: Any = socketio.Server(
        async_mode="gevent",
        async_handlers=False,
        cors_allowed_origins="*",
        http_compression=False,
        ping_interval=10,
        ping_timeout=5,
        monitor_clients=False,
        json=Wording,
        serializer=TextPacket,
    )
    transport.install(server)
    rooms: dict[str, set[str]] = defaultdict(set)
    outlet = Outlet(server, NAMESPACE)
    rows = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    rows.execute("PRAGMA journal_mode=WAL")
    rows.execute("PRAGMA synchronous=FULL")
    rows.execute(_TABLE)

    def join(sid: str, asked: dict[str, Any]) -> dict[str, Any]:
        rooms[asked["room"]].add(sid)
        return {"ok": True, "result": {"cursor": _CURSOR}}

    def say_remark(_sid: str, said: dict[str, Any]) -> dict[str, Any]:
        room, at = f"i-{said['item_id']}", iso(system_clock())
        values = (said["op_id"], room, said["text"], at)
        rows.execute("INSERT INTO remark VALUES (?, ?, ?, ?)", values)  # commits, with full sync
        entry = {
            "room": room,
            "cursor": _CURSOR,
            "prev": _CURSOR,
            "id": said["op_id"],
            "kind": "remark_made",
            "at": at,
            "by": _BY,
            "body": {"remark_id": said["op_id"], "text": said["text"]},
        }
        outlet.tell(rooms[room], "entries", {"entries": [entry]})
        result = {"id": said["op_id"], "cursor": _CURSOR, "version": None, "receipt": None}
        return {"ok": True, "result": result}

    handlers = {"join": join, "say_remark": say_remark}
    server.on("connect", lambda _sid, _environ: None, namespace=NAMESPACE)
    for name, handler in handlers.items():
        server.on(name, handler, namespace=NAMESPACE)
    server.eio.shortcut = Shortcut(server, NAMESPACE, handlers).take

    def beat() -> None:
        while True:
            gevent.sleep(BEAT_SECONDS)
            server.eio.heart.beat()

    gevent.spawn(beat)
    gc.freeze()
    WSGIServer(("127.0.0.1", port), socketio.WSGIApp(server), log=None).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
