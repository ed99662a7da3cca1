"""G1 for guests: a link lets in one browser once, and no word of a guest comes after the end."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlmodel import select

from app.domain.errors import Refused
from app.store import guests
from app.store.engine import make_engine
from app.store.tables.guests import GuestSessionRow
from app.store.tables.journal import EntryRow
from app.store.unit_of_work import Database
from tests import guest_steps as steps
from tests import room_steps
from tests.factories import SECRET, StandingClock, table
from tests.guarantees.figures import note

ROUNDS = 40

# What the room records for itself, whoever comes first.
OF_THE_ROOM = {"guest_entered", "item_opened", "item_picture_kept"}


class Pair:
    """Two stores of one database, as two nodes have them; both acts start at one moment."""

    def __init__(self, url):
        self.both = [Database(make_engine(url), StandingClock(), SECRET) for _ in range(2)]
        self.pool = ThreadPoolExecutor(2)

    def race(self, *acts):
        start = Barrier(2)

        def run(act, database):
            start.wait()
            try:
                return act(database)
            except Refused as refusal:
                return refusal

        tasks = zip(acts, self.both, strict=True)
        return [one.result() for one in [self.pool.submit(run, *task) for task in tasks]]

    def close(self):
        self.pool.shutdown()
        for database in self.both:
            database.engine.dispose()


@pytest.fixture
def pair(database_url):
    made = Pair(database_url)
    yield made
    made.close()


@pytest.mark.guarantee
def test_two_presses_at_one_moment_let_in_one(database, pair):
    at = table(database)
    let_in = []
    for number in range(ROUNDS):
        _id, link = steps.invite(database, at["cga"], at.item.id, f"客 {number}")
        press = partial(steps.enter, link=link)
        let_in.append(sum(token is not None for token in pair.race(press, press)))
    note(f"g1_guests_{database.engine.dialect.name}", rounds=ROUNDS, twice=let_in.count(2))
    assert let_in == [1] * ROUNDS


@pytest.mark.guarantee
def test_a_press_against_a_new_link_leaves_nobody_in_by_the_old_one(database, pair):
    at = table(database)
    for _ in range(ROUNDS):
        _id, old = steps.invite(database, at["cga"], at.item.id)
        pair.race(
            lambda store, old=old: steps.enter(store, old),
            lambda store: steps.invite(store, at["yorozu"], at.item.id),
        )
        with database.read() as desk:
            held = desk.session.exec(select(GuestSessionRow.token_hash)).all()
            assert guests.still_open(desk, held) == set()


@pytest.mark.guarantee
@pytest.mark.parametrize("number", range(6))
def test_a_wish_against_the_end_is_heard_before_it_or_refused(database, pair, number):
    at = table(database)
    token = steps.let_in(database, at["cga"], at.item.id)
    owner = {"owner_agency_id": at.agencies["cga"].id, "next_date": room_steps.LATER}
    said, _ended = pair.race(
        lambda store: steps.does(store, token, "state_preference", text=f"希望 {number}"),
        lambda store: room_steps.carry_over(store, at["yorozu"], at.item.id, **owner),
    )
    query = select(EntryRow.kind).where(EntryRow.room_id == f"i-{at.item.id}")
    with database.read() as desk:
        kinds = [k for k in desk.session.exec(query.order_by(EntryRow.seq)) if k not in OF_THE_ROOM]
    told = kinds[kinds.index("guest_accepted") + 1 :]
    heard = ["preference_stated", "item_settled"]
    assert told == (heard[1:] if isinstance(said, Refused) else heard)
