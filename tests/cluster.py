"""Two nodes, PostgreSQL, Redis and nginx, as several machines would have them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlmodel import SQLModel

from app.store.unit_of_work import Database
from deploy.cluster.daemons import free_port
from deploy.cluster.proxy import nginx
from deploy.cluster.redis_server import RedisServer, redis_server
from tests.factories import Table
from tests.serving import Server


@dataclass
class Cluster:
    """``front`` is nginx; ``blocked`` too, but where websockets do not get through."""

    nodes: list[Server]
    front: str
    blocked: str
    redis: RedisServer

    @property
    def database(self) -> Database:
        return self.nodes[0].database

    def empty(self) -> None:
        """Take out all rows; the nodes go on running."""
        names = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
        with self.database.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names} CASCADE"))

    def logs(self) -> str:
        return "\n".join(node.log.read_text(errors="replace") for node in self.nodes)


@contextmanager
def cluster(folder: Path, database_url: str, nodes: int = 2) -> Iterator[Cluster]:
    """All nodes share one folder and one database, as the guide says."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        front, blocked = free_port(), free_port()
        made = [
            Server(
                data,
                database_url,
                ENTAKU_REDIS=redis.url,
                ENTAKU_NODE=f"node-{number}",
                ENTAKU_PROXIES="1",
            )
            for number in range(nodes)
        ]
        ports = [front, blocked, *(node.port for node in made)]
        for node in made:
            node.environ["ENTAKU_ORIGINS"] = ",".join(f"http://127.0.0.1:{p}" for p in ports)
            node.log = data / f"{node.environ['ENTAKU_NODE']}.log"
            node.start()
            stack.callback(node.stop)
        backends = [node.port for node in made]
        yield Cluster(
            made,
            stack.enter_context(nginx(front, backends)),
            stack.enter_context(nginx(blocked, backends, sockets=False)),
            redis,
        )


def rooms_of(at: Table) -> list[str]:
    """The rooms a page of the conference is in: conference, item, sheet, case."""
    return [
        f"c-{at.conference.id}",
        f"i-{at.item.id}",
        f"s-{at.case.id}",
        f"a-{at.case.id}",
    ]
