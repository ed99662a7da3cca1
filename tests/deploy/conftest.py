"""The demonstration, set up once for each engine and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlmodel import SQLModel

from app.store.engine import make_engine
from app.store.files import Files
from app.store.unit_of_work import Database
from deploy.demonstration import demonstrate
from tests import engines
from tests.factories import NOW, SECRET, StandingClock


def _filled(url: str, files: Path | None = None) -> None:
    engine = make_engine(url)
    SQLModel.metadata.create_all(engine)
    with TemporaryDirectory() as nowhere:  # papers nobody opens
        demonstrate(Database(engine, StandingClock(NOW), SECRET), Files(files or Path(nowhere)))
    engine.dispose()


@pytest.fixture(scope="session")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demonstration") / "entaku.sqlite3"
    _filled(f"sqlite:///{file}", file.parent / "files")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def demo(
    request: pytest.FixtureRequest, tmp_path: Path, clock: StandingClock
) -> Iterator[Database]:
    """A copy of the demonstration as it was set up on the morning of TODAY."""
    if request.param == "sqlite":
        filled: Path = request.getfixturevalue("filled_sqlite")
        url = f"sqlite:///{shutil.copy(filled, tmp_path / 'entaku.sqlite3')}"
        yield from _open(url, clock)
        return
    cluster = engines.shared_postgres()
    name = engines.template(cluster, "entaku_demonstration", _filled)
    with engines.database(cluster, template=name) as url:
        yield from _open(url, clock)


def _open(url: str, clock: StandingClock) -> Iterator[Database]:
    engine = make_engine(url)
    yield Database(engine, clock, SECRET)
    engine.dispose()
