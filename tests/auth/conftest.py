"""Fixtures for everything about signing in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings
from app.store.unit_of_work import Database
from tests.auth import hostile
from tests.auth.house import House, open_house
from tests.auth.scene import Scene
from tests.factories import StandingClock


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return open_house(database, tmp_path)


@pytest.fixture
def settings(house: House) -> Settings:
    return house.settings


@pytest.fixture
def scene(house: House, clock: StandingClock) -> Iterator[Scene]:
    with hostile.running(clock) as provider, hostile.running(clock) as other:
        yield Scene(house, clock, provider, other, house.browser())
