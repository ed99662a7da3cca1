"""What the server weighs: at rest, and for each page that is open and says nothing."""

import threading
import time

import pytest

from app.domain.facts import RoomKind
from app.store import journal
from app.store.tables.conferences import AgendaItemRow
from bench.world import build
from tests.guarantees.figures import note
from tests.guarantees.pages import Page
from tests.guarantees.test_g7_abuse import megabytes
from tests.serving import Server

PEOPLE, WARM_ROOMS, ROOMS = 15, 8, 20
MOST_AT_REST_MB, MOST_PER_SOCKET_KB = 150.0, 40.0
# Behind a handshake something lives for one interval of pings more: it is waited for.
SETTLED_SECONDS = 12.0


@pytest.fixture
def server(tmp_path):
    (tmp_path / "data").mkdir()
    made = Server(tmp_path / "data", f"sqlite:///{tmp_path / 'entaku.sqlite3'}")
    yield made
    made.stop()


class Idle:
    """Pages that only answer pings, in the background."""

    def __init__(self):
        self.pages, self._stop = [], threading.Event()
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def enter(self, server, rooms, items):
        for room in rooms:
            item = items[room.item_id]
            names = [
                journal.room_id(RoomKind.CONFERENCE, item.conference_id),
                journal.room_id(RoomKind.ITEM, item.id),
            ]
            for token in room.tokens:
                page = Page(server.url, token, names)
                page.connect()
                self.pages.append(page)

    def _answer(self):
        while not self._stop.wait(0.5):
            for page in list(self.pages):
                page.let_go()

    def close(self):
        self._stop.set()
        self._thread.join()
        for page in self.pages:
            page.close()


@pytest.mark.soak
@pytest.mark.guarantee
def test_the_server_at_rest_and_three_hundred_silent_pages(server):
    rooms = build(server.database, server.settings, WARM_ROOMS + ROOMS, PEOPLE)
    with server.database.read() as desk:
        items = {room.item_id: desk.session.get_one(AgendaItemRow, room.item_id) for room in rooms}
        desk.session.expunge_all()
    server.start(60)
    time.sleep(1)
    pid = server.process.pid
    at_rest = megabytes(pid)
    idle = Idle()
    try:
        idle.enter(server, rooms[:WARM_ROOMS], items)
        time.sleep(SETTLED_SECONDS)
        before, warm = megabytes(pid), len(idle.pages)
        idle.enter(server, rooms[WARM_ROOMS:], items)
        time.sleep(SETTLED_SECONDS)
        after, more = megabytes(pid), len(idle.pages) - warm
        assert idle._thread.is_alive(), "a page was cut off"
    finally:
        idle.close()
    each = (after - before) * 1024 / more
    note(
        "g7_weight",
        at_rest_mb=round(at_rest, 1),
        sockets=more,
        per_socket_kb=round(each, 1),
    )
    assert at_rest <= MOST_AT_REST_MB
    assert each <= MOST_PER_SOCKET_KB
