"""無記名: nothing that is kept, told or answered says, or lets anybody work out, who chose what."""

import hashlib
import itertools
import json
import random
import secrets
import uuid
from collections import Counter
from contextlib import ExitStack

import pytest
from sqlalchemy import inspect, text

from app.domain.facts import RoomKind
from app.services.use_case import _digest
from app.services.voting import CastVote, cast_vote
from app.store import polls
from app.store.engine import make_engine
from app.store.unit_of_work import Database
from tests import engines
from tests.conference_steps import entries
from tests.conftest import ENGINES
from tests.factories import NOW, SECRET, StandingClock, op, table
from tests.poll_steps import SIX, all_cast, casts, closes, opened

OPTIONS = [{"text": "東部"}, {"text": "西部"}, {"text": "北部"}]
BOX = "poll_box"


def everything(database):
    """Every column of every row of every table there is, as text."""
    with database.engine.connect() as connection:
        return {
            name: sorted(
                json.dumps([str(value) for value in row], ensure_ascii=False)
                for row in connection.execute(text(f'SELECT * FROM "{name}"'))
            )
            for name in inspect(database.engine).get_table_names()
        }


@pytest.fixture(params=ENGINES)
def make_database(request, tmp_path):
    """Makes empty databases of one engine, as many as are asked for."""
    with ExitStack() as stack:

        def make():
            if request.param == "sqlite":
                url = f"sqlite:///{tmp_path / uuid.uuid4().hex}.sqlite3"
                engines.create_tables(url)
            else:
                cluster = engines.shared_postgres()
                name = engines.template(cluster, "entaku_tables", engines.create_tables)
                url = stack.enter_context(engines.database(cluster, template=name))
            engine = make_engine(url)
            stack.callback(engine.dispose)
            return Database(engine, StandingClock(NOW), SECRET)

        yield make


def secret_ballot(database, at, **more):
    return opened(database, at, secret=True, options=OPTIONS, **more)


def predictable(monkeypatch, seed):
    """All that is drawn by lot comes out alike a second time: ids, nonces, salts."""
    lot = random.Random(seed)
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=lot.getrandbits(128), version=4))
    monkeypatch.setattr(secrets, "token_hex", lambda n=32: lot.randbytes(n).hex())


def told_of(database, monkeypatch, at, choices, until_closed):
    """The whole store after this ballot; without the slips, and undone again afterwards."""
    predictable(monkeypatch, 7)
    poll_id = secret_ballot(database, at)
    all_cast(database, at, poll_id, choices)
    if until_closed:
        closes(database, at, poll_id)
    kept = everything(database)
    slips = [json.loads(row)[2] for row in kept.pop(BOX)]
    return kept, Counter(slips)


@pytest.mark.parametrize(
    ("first", "second", "until_closed"),
    [("123121", "331222", False), ("112233", "332211", True), ("111112", "211111", True)],
)
def test_two_ballots_that_differ_only_in_who_chose_what_leave_the_same_behind(
    make_database, monkeypatch, first, second, until_closed
):
    """Two stores whose every lot falls alike: outside the box no byte depends on a choice."""
    left = []
    for choices in (first, second):
        database = make_database()
        predictable(monkeypatch, 1)
        at = table(database)
        left.append(told_of(database, monkeypatch, at, choices, until_closed))
    (one, slips), (other, others) = left
    assert (slips, others) == (Counter(first), Counter(second))
    for name in one:
        assert one[name] == other[name], name


def test_no_row_of_the_box_says_who_and_no_other_row_says_what(database):
    at = table(database)
    poll_id = secret_ballot(database, at)
    all_cast(database, at, poll_id, "123123")
    kept = everything(database)
    assert [column["name"] for column in inspect(database.engine).get_columns(BOX)] == [
        "poll_id",
        "id",
        "choice",
    ]
    assert inspect(database.engine).get_foreign_keys(BOX) == []
    people = {one.id for one in at.agencies.values()} | {at[who].person_id for who in SIX}
    assert not any(word in row for row in kept[BOX] for word in people)
    assert len(kept["poll_turnout"]) == 6
    assert kept["poll_vote"] == []
    ids = [json.loads(row)[1] for row in kept[BOX]]
    elsewhere = "".join(row for name, rows in kept.items() if name != BOX for row in rows)
    assert not any(one in elsewhere for one in ids)


def test_the_box_is_written_anew_with_every_vote(database):
    at = table(database)
    poll_id = secret_ballot(database, at)
    seen = set()
    for n, who in enumerate(SIX):
        casts(database, at, poll_id, who, "1")
        ids = {json.loads(row)[1] for row in everything(database)[BOX]}
        assert len(ids) == n + 1
        assert ids.isdisjoint(seen)
        seen |= ids


def test_the_order_of_the_box_is_not_the_order_of_the_votes(database):
    """The one different slip, cast last, stands at every place sooner or later."""
    at = table(database)
    places = set()
    for _ in range(40):
        poll_id = secret_ballot(database, at)
        all_cast(database, at, poll_id, "111112")
        with database.engine.connect() as connection:
            query = text("SELECT choice FROM poll_box WHERE poll_id = :poll")
            rows = [row[0] for row in connection.execute(query, {"poll": poll_id})]
        places.add(rows.index("2"))
        closes(database, at, poll_id)
    assert len(places) >= 4


def test_neither_number_nor_transaction_of_a_row_tells_when_it_was_cast(database):
    at = table(database)
    poll_id = secret_ballot(database, at)
    all_cast(database, at, poll_id, "123123")
    with database.engine.connect() as connection:
        if database.engine.dialect.name == "sqlite":
            with pytest.raises(Exception, match="no such column"):
                connection.execute(text("SELECT rowid FROM poll_box"))
        else:
            query = text("SELECT DISTINCT xmin::text FROM poll_box")
            assert len(list(connection.execute(query))) == 1


def test_what_is_kept_of_the_operation_does_not_determine_the_choice(database):
    at = table(database)
    poll_id = secret_ballot(database, at)
    cast = {}
    for who in SIX:
        command = CastVote(op_id=op(), poll_id=poll_id, choice="2")
        answer = cast_vote(database, at[who], command)
        assert set(answer.model_dump(exclude_none=True)) == {"cursor"}
        cast[who] = command
    kept = "".join(row for rows in everything(database).values() for row in rows)
    for who, command in cast.items():
        possible = [
            command.model_copy(update={"choice": one}) for one in ("1", "2", "3", "abstain")
        ]
        assert len({_digest("cast_vote", one) for one in possible}) == 1
        for one in possible:
            for told in guesses(one, at[who].agency_id):
                assert hashlib.sha256(told.encode()).hexdigest() not in kept


def guesses(command, agency_id):
    """Whatever a command might have been written down as before it was hashed."""
    body = command.model_dump(mode="json")
    fields = (body, {"choice": command.choice}, body | {"agency_id": agency_id})
    separators = (None, (",", ":"))
    for told, among in itertools.product(fields, separators):
        written = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=among)
        yield written
        yield f"cast_vote\n{written}"
        yield f"{command.op_id}\n{written}"
    yield command.choice
    yield f"{command.op_id}{command.choice}"
    yield f"{command.op_id}\n{command.choice}"
    yield f"{agency_id}{command.choice}"


def test_the_journal_and_the_picture_know_only_who_has_voted_until_the_count(database):
    at = table(database)
    poll_id = secret_ballot(database, at)
    all_cast(database, at, poll_id, "123123")
    told = [entry.body for entry in entries(database, RoomKind.CONFERENCE, at.conference.id)]
    cast = [body for body in told if body.get("poll_id") == poll_id and "agency_id" in body]
    assert [(body["choice"], body["seal"]) for body in cast] == [(None, None)] * 6
    row = closes(database, at, poll_id)
    assert row.closing["votes"] == {}
    with database.read() as desk:
        assert polls.answered(desk.session, row) == sorted(one.id for one in at.agencies.values())
