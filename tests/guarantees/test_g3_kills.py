"""G3: what was acknowledged survives kill -9; nothing is doubled; all screens become the same."""

import time

import pytest
from sqlmodel import select

from app.services.rounds import OpenRound, open_round
from app.store.tables.journal import EntryRow
from tests.clients import Participant
from tests.factories import actor_of, op, table
from tests.guarantees.figures import note
from tests.guarantees.writers import Writer, check_everything
from tests.serving import serving

KILLS = 3
WRITE_SECONDS = 1.5


@pytest.mark.guarantee
def test_what_was_acknowledged_survives_kill_9(database, database_url, tmp_path):
    figures = write_through_kills(database, database_url, tmp_path, KILLS)
    note(f"g3_kill_9_{database.engine.dialect.name}", **figures)


@pytest.mark.soak
def test_what_was_acknowledged_survives_a_dozen_kills(database, database_url, tmp_path):
    figures = write_through_kills(database, database_url, tmp_path, 12)
    note(f"g3_kill_9_soak_{database.engine.dialect.name}", **figures)


def write_through_kills(database, database_url, tmp_path, kills):
    """Ten people write while the server is killed again and again; then everything must agree."""
    at = table(database)
    people = [at[key] for key in at.actors]
    with database.begin() as uow:
        people += [actor_of(uow, at.agencies[key], f"同僚 {key}") for key in list(at.agencies)[:4]]
    nominee = at.agencies["yorozu"].id
    opening = OpenRound(op_id=op(), item_id=at.item.id, nominee_id=nominee, wording="確認")
    round_id = open_round(database, at["yorozu"], opening).id
    rooms = [f"i-{at.item.id}", f"s-{at.case.id}"]
    with database.read() as desk:
        before = set(desk.session.exec(select(EntryRow.op_id)))
    with serving(tmp_path / "data", database_url) as server:
        writers = []
        for number, person in enumerate(people):
            client = Participant(server.url, server.token_for(person), rooms)
            client.agency_id = person.agency_id
            client.connect(30)
            writers.append(Writer(client, at, round_id, number))
        for writer in writers:
            writer.start()
        for _ in range(kills):
            time.sleep(WRITE_SECONDS)
            server.kill()
            server.start()
        time.sleep(WRITE_SECONDS)
        for writer in writers:
            writer.stopping = True
        for writer in writers:
            writer.join(60)
            assert not writer.is_alive(), "a writer never got its answer"
        figures = check_everything(server, writers, rooms, before)
        for writer in writers:
            writer.client.close()
    return {"kills": kills, **figures}
