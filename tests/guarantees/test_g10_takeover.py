"""G10: nobody takes over an account; every known attack through a provider is refused."""

import logging
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from app.store.engine import make_engine
from app.store.unit_of_work import Database
from tests.auth import hostile
from tests.auth.attack_table import ATTACKS
from tests.auth.attacks import Attack
from tests.auth.house import open_house
from tests.auth.scene import Scene, reasons
from tests.factories import SECRET, StandingClock
from tests.guarantees.figures import note

HONEST = Attack("none at all", "", Scene.run, 303)


def outcome(attack: Attack, folder: Path) -> tuple[int, int]:
    """Status of the last answer, and how many people are inside afterwards; a house of its own."""
    folder.mkdir()
    clock = StandingClock()
    engine = make_engine(f"sqlite:///{folder / 'entaku.sqlite3'}")
    SQLModel.metadata.create_all(engine)
    house = open_house(Database(engine, clock, SECRET), folder)
    with hostile.running(clock) as provider, hostile.running(clock) as other:
        scene = Scene(house, clock, provider, other, house.browser())
        answer = attack.perform(scene)
        inside = len(scene.people_still_inside())
    engine.dispose()
    return answer.status_code, inside


@pytest.mark.guarantee
def test_every_attack_through_a_provider_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "auth.views")
    assert outcome(HONEST, tmp_path / "honest") == (303, 1)
    outcomes = [outcome(attack, tmp_path / str(n)) for n, attack in enumerate(ATTACKS)]
    refused = [0 for _status, inside in outcomes if inside == 0]
    note("g10_takeover", attacks=len(ATTACKS), refused=len(refused))
    assert outcomes == [(attack.status, 0) for attack in ATTACKS]
    assert reasons(caplog) == [attack.reason for attack in ATTACKS]
