"""Fixtures every test may use: both engines, a clock that stands still, the whole product."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import ROOT
from app.store.engine import make_engine
from app.store.unit_of_work import Database
from tests import engines
from tests.cluster import Cluster
from tests.cluster import cluster as cluster_of
from tests.factories import NOW, SECRET, StandingClock

ENGINES = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        # Once, before the workers start: no test speaks from an older catalogue.
        subprocess.run([ROOT / "deploy" / "setup" / "catalogues.sh"], check=True)
    engines.share_postgres(config)


def pytest_unconfigure() -> None:
    engines.unshare_postgres()


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(NOW)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of the product on each engine."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'entaku.sqlite3'}"
        engines.create_tables(url)
        yield url
        return
    cluster = engines.shared_postgres()
    name = engines.template(cluster, "entaku_tables", engines.create_tables)
    with engines.database(cluster, template=name) as url:
        yield url


@pytest.fixture
def database(database_url: str, clock: StandingClock) -> Iterator[Database]:
    engine = make_engine(database_url)
    yield Database(engine, clock, SECRET)
    engine.dispose()


@pytest.fixture(scope="session")
def _nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    shared = engines.shared_postgres()
    name = engines.template(shared, "entaku_tables", engines.create_tables)
    with (
        engines.database(shared, template=name) as url,
        cluster_of(tmp_path_factory.mktemp("cluster"), url) as running,
    ):
        yield running


@pytest.fixture
def cluster(_nodes: Cluster) -> Cluster:
    """Two nodes behind nginx, started once, with an empty database for each test."""
    _nodes.empty()
    return _nodes
