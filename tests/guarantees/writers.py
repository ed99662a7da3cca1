"""People who write through every break, and the comparison of what they know with the store."""

import itertools
import threading
import time
from collections import Counter
from functools import partial
from typing import Any

from engineio.exceptions import EngineIOError
from socketio.exceptions import SocketIOError
from sqlmodel import col, select

from app.store import journal
from app.store.columns import new_id
from app.store.tables.ballots import StanceRow
from app.store.tables.conferences import RemarkRow
from app.store.tables.journal import EntryRow, OperationRow, RoomRow
from tests.clients import eventually
from tests.serving import Server

STANCES = itertools.cycle(["agree", "abstain"])
# Not refused for what it is: the same act may be sent again.
LATER = {"too_many", "unavailable"}


class Writer(threading.Thread):
    """One client that writes remarks, cells and stances until told to stop, through every break."""

    def __init__(self, client, at, round_id, number):
        super().__init__(daemon=True)
        self.client, self.at, self.round_id, self.number = client, at, round_id, number
        self.row = client.agency_id
        # Two colleagues share their agency's row, so each keeps to a column of its own.
        self.column = "situation" if number < len(at.actors) else "menu"
        self.stopping = False
        self.unanswered: list[tuple[str, dict[str, Any]]] = []

    def run(self) -> None:
        for turn in itertools.count():
            if self.stopping:
                break
            self.unanswered.append(self.next_act(turn))
            self.settle()
        self.settle()

    def settle(self) -> None:
        """Send what is unanswered until it is answered, over as many connections as it takes."""
        while self.unanswered:
            command, body = self.unanswered[0]
            try:
                if not self.client.client.connected:
                    self.client.lost()
                    self.client.connect(30)
                answer = self.client.act(command, **body)
            except (OSError, SocketIOError, EngineIOError):
                self.client.close()
                time.sleep(0.05)
                continue
            if answer["ok"] or answer["code"] not in LATER:
                self.unanswered.pop(0)
            else:
                time.sleep(0.3)

    def next_act(self, turn: int) -> tuple[str, dict[str, Any]]:
        what = turn % 3
        if what == 0:
            text = f"発言 {self.number}-{turn}"
            return "say_remark", {"op_id": new_id(), "item_id": self.at.item.id, "text": text}
        if what == 1:
            body = {
                "op_id": new_id(),
                "case_id": self.at.case.id,
                "row": self.row,
                "column": self.column,
                "value": f"状況 {self.number}-{turn}",
                "base_version": self.known_version(),
            }
            return "write_cell", body
        body = {"op_id": new_id(), "round_id": self.round_id, "stance": next(STANCES)}
        return "give_stance", body

    def known_version(self) -> int:
        """The version of the own cell as this client knows it from its acknowledgements."""
        done = self.client.acknowledged.values()
        return max((answer["version"] for answer in done if answer["id"] == self.row), default=0)


def check_everything(
    server: Server, writers: list[Writer], rooms: list[str], before: set[str]
) -> dict[str, int]:
    """acknowledged ⊆ stored ⊆ attempted, none twice, no gap, chains whole, screens equal."""
    attempted = set().union(*(w.client.attempted for w in writers))
    acknowledged = set().union(*(set(w.client.acknowledged) for w in writers))
    with server.database.read() as desk:
        stored = Counter(desk.session.exec(select(OperationRow.id)).all())
        remarks = Counter(r.text for r in desk.session.exec(select(RemarkRow)))
        seats = Counter(s.agency_id for s in desk.session.exec(select(StanceRow)))
        broken = [
            place
            for room in desk.session.exec(select(RoomRow)).all()
            for place in journal.verify(desk.session, room)
        ]
        parts = desk.session.exec(select(EntryRow.op_id, EntryRow.kind)).all()
        order = {
            room: [
                e.op_id
                for e in desk.session.exec(
                    select(EntryRow).where(EntryRow.room_id == room).order_by(col(EntryRow.seq))
                )
            ]
            for room in rooms
        }
    assert acknowledged <= set(stored), "an acknowledged act is lost"
    assert set(stored) - before <= attempted, "something was stored that nobody asked for"
    assert set().union(*order.values()) - before <= attempted
    assert max(Counter(parts).values()) == 1, "an act was carried out twice"
    assert set(remarks.values()) == {1}, "a remark was stored twice"
    assert set(seats.values()) == {1}, f"not one stance of each agency: {seats}"
    assert broken == []
    for writer in writers:
        for room in rooms:
            if not writer.client.client.connected:
                writer.client.connect(30)
            tail = len(order[room])
            assert eventually(partial(shows, writer, room, order)), (
                f"a screen differs in {room} ({tail} entries)"
            )
    return {"attempted": len(attempted), "acknowledged": len(acknowledged), "lost": 0, "doubled": 0}


def shows(writer: Writer, room: str, order: dict[str, list[str]]) -> bool:
    """What was in the first picture is not among what was applied since."""
    applied = writer.client.applied[room]
    return bool(applied) and order[room][len(order[room]) - len(applied) :] == applied
