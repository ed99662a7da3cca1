"""A table that took a 仮決定 home, a mail server, and the days of December."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from app.clock import JAPAN
from app.store.unit_of_work import Database
from tests.factories import StandingClock, Table, table
from tests.services.test_holds import provisional
from tests.smtp_server import SmtpServer, smtp_server


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def at(database: Database) -> Table:
    """The bank and the chamber took it home until 8 December, a Tuesday."""
    made = table(database)
    made.extra["round"] = provisional(database, made, ("bank", "chamber"))
    return made


@pytest.fixture
def on(clock: StandingClock) -> Callable[[int], None]:
    """Half past eight in Japan on this day of December."""

    def go(day: int) -> None:
        clock.now = datetime(2026, 12, day, 8, 30, tzinfo=JAPAN)

    return go
