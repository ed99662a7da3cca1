"""What machines of acts share: one table made once, acts carried out, the journal at the end."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import Engine

from app.domain.errors import Refused
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.store import verification
from app.store.engine import make_engine
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import Database
from tests import engines
from tests.factories import NOW, SECRET, StandingClock, Table, op, table
from tests.guarantees.figures import note

Plant = Callable[[pytest.MonkeyPatch], None]
PLAYED = "played.sqlite3"
WALK = settings(
    deadline=None,
    database=None,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


class Played(RuleBasedStateMachine):
    """Every act is tried in any state; a model says whether it must be taken."""

    template: ClassVar[Path]
    at: ClassVar[Table]
    engine: ClassVar[Engine]  # one for all runs: it knows the statements it has compiled

    def copy_the_table(self) -> None:
        shutil.copy(self.template, self.template.with_name(PLAYED))
        self.database = Database(self.engine, StandingClock(NOW), SECRET)

    def teardown(self) -> None:
        """At the end the journal tells the same, and the tables beside it too."""
        if not hasattr(self, "database"):
            return
        try:
            with self.database.read() as desk:
                room = desk.session.get_one(RoomRow, f"i-{self.at.item.id}")
                assert list(verification.verify(desk.session, room)) == []
        finally:
            self.engine.dispose()
            for end in ("", "-wal", "-shm"):
                self.template.with_name(PLAYED + end).unlink(missing_ok=True)

    def tries(self, who: str, command: str, must: bool, **body: Any) -> str:
        """Carry it out as this agency; it is taken if, and only if, it must be."""
        use_case = USE_CASES[command]
        values = validated(use_case.command, {"op_id": op(), **body})
        made, told = "", ""
        try:
            made = use_case.run(self.database, self.at[who], values).id or "done"
        except Refused as refusal:
            told = str(refusal)
        assert bool(made) is must, f"{command} of {who}: {told or 'taken'}"
        return made

    def agency(self, who: str) -> str:
        return self.at.agencies[who].id


@contextmanager
def machine(folder: Path, kind: type[Played]) -> Iterator[type[Played]]:
    """A machine whose every run begins at one table, made once."""
    file = folder / "template.sqlite3"
    url = f"sqlite:///{file}"
    engines.create_tables(url)
    engine = make_engine(url)
    at = table(Database(engine, StandingClock(NOW), SECRET))
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    played = make_engine(f"sqlite:///{folder / PLAYED}")
    yield type("Machine", (kind,), {"template": file, "at": at, "engine": played})
    played.dispose()


def walks(
    folder: Path,
    kind: type[Played],
    examples: int,
    steps: int,
    phases: Sequence[Phase] = tuple(Phase),
) -> None:
    with machine(folder, kind) as made:
        walk = settings(WALK, max_examples=examples, phases=phases, stateful_step_count=steps)
        run_state_machine_as_test(made, settings=walk)


def is_found(bug: Plant, folder: Path, kind: type[Played]) -> None:
    """A random walk meets the planted bug, and does not have to be told what it is."""
    with pytest.MonkeyPatch.context() as plant:
        bug(plant)
        with pytest.raises((AssertionError, ExceptionGroup)):
            walks(folder, kind, 600, 8, [Phase.generate])
    note(f"g1_planted_{bug.__name__}", found=1)
