import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio
from click.testing import CliRunner
from pydantic import TypeAdapter
from sqlmodel import select

from app.cli import Console
from app.domain.errors import NotEntitled, NotFound
from app.domain.facts import RoomKind, all_facts
from app.domain.people import Actor
from app.queries.wire import SNAPSHOTS
from app.queries.wire.guest import DatedPicture, GuestEnd, GuestPicture
from app.queries.wire.live import Entries, Evicted, Positions, Presence, Refusal
from app.queries.wire.shape import Entry
from app.services.commands import Done, HandedOver
from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.guests import InviteGuest, invite_guest
from app.services.listing import GUEST_ACTS, USE_CASES
from app.settings import ROOT, read_settings
from app.store import journal
from app.store.tables.journal import EntryRow, RoomRow
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Database
from auth.capacities import capacities_of
from deploy.commands import wire
from deploy.opening import open_database
from deploy.wire import describe
from deploy.wire.markdown import as_markdown
from deploy.wire.refusals import FAULT_REMEDY, UNAVAILABLE_REMEDY, codes
from realtime import faults, views
from realtime.guests import NAMESPACE as GUESTS
from tests import guest_steps
from tests.clients import NAMESPACE, eventually
from tests.factories import Table, op, table
from tests.guest_client import GuestClient
from tests.serving import Server, serving

FACTS = {fact.wire_name(): fact for fact in all_facts()}


def fits(shape: type, value: object) -> bool:
    """Exactly this shape: of these types, with these fields and no other."""
    TypeAdapter(shape).validate_json(json.dumps(value), strict=True)
    return True


def everybody(database: Database) -> list[Actor]:
    with database.read() as desk:
        people = desk.session.exec(select(PersonRow.id)).all()
        return [actor for person in people for actor in capacities_of(desk, person)]


def test_real_pictures_of_every_kind_have_the_shape_told(demo: Database) -> None:
    """Each room of the demonstration, as the first person who may enter it sees it."""
    people = everybody(demo)
    seen: dict[RoomKind, int] = dict.fromkeys(RoomKind, 0)
    with demo.read() as desk:
        for room in desk.session.exec(select(RoomRow)).all():
            for actor in people:
                try:
                    way = views.entrance(desk, actor, room.id)
                except (NotFound, NotEntitled):
                    continue
                picture = views.snapshot(desk, actor, way)
                assert fits(SNAPSHOTS[way.kind], picture)
                seen[way.kind] += 1
                break
    assert seen == {"conference": 8, "item": 7, "sheet": 24, "case": 24, "lane": 4}


def test_real_entries_have_the_shape_told(demo: Database) -> None:
    with demo.read() as desk:
        rows = desk.session.exec(select(EntryRow)).all()
        frames = [journal.on_wire(demo.secret, row, row.seq - 1) for row in rows]
    wrong = [
        row.kind
        for row in rows
        if set(row.body or {}) != set(TypeAdapter(FACTS[row.kind]).json_schema()["properties"])
    ]
    assert wrong == []
    assert all(fits(Entry, frame) and fits(FACTS[frame["kind"]], frame["body"]) for frame in frames)


def test_every_command_and_every_fact_is_told_with_its_bounds() -> None:
    told = describe()
    assert (set(told["commands"]), set(told["facts"])) == (set(USE_CASES), set(FACTS))
    text = told["commands"]["say_remark"]["schema"]["properties"]["text"]
    nested = told["commands"]["open_round"]["schema"]["$defs"]["Supporter"]["properties"]
    minutes = told["commands"]["add_item"]["schema"]["properties"]["minutes"]
    assert (text["maxLength"], nested["role"]["maxLength"]) == (2000, 200)
    assert (minutes["minimum"], minutes["maximum"]) == (1, 240)
    assert told["facts"]["cell_written"]["seen_by"] != told["facts"]["remark_made"]["seen_by"]
    assert told["facts"]["consent_withdrawn"]["changes_rights"] is True


def test_every_refusal_is_told_in_a_sentence_the_product_says() -> None:
    told = codes()
    sources = "".join(
        path.read_text()
        for folder in ("app", "auth", "realtime")
        for path in (ROOT / folder).rglob("*.py")
    )
    assert [one["code"] for one in told if one["sentence"] not in sources] == []
    assert [one["code"] for one in told if not one["remedy"]] == []
    assert faults.FAULT["remedy"] == FAULT_REMEDY
    assert faults.UNAVAILABLE["remedy"] == UNAVAILABLE_REMEDY


def test_the_committed_page_is_current() -> None:
    """After a change: entaku wire --markdown > docs/wire.md"""
    assert (ROOT / "docs" / "wire.md").read_text() == as_markdown(describe())


def test_the_command_prints_json() -> None:
    console = Console(read_settings, open_database)
    printed = CliRunner().invoke(wire, ["--json"], obj=console)
    assert json.loads(printed.stdout) == describe()


class Ear:
    """Connects, joins, and keeps every message as it came."""

    def __init__(self, server: Server, actor: Actor, rooms: list[str]) -> None:
        self.heard: list[tuple[str, Any]] = []
        headers = {
            "Cookie": f"entaku_session={server.token_for(actor)}",
            "Referer": f"{server.url}/",
        }
        session = requests.Session()
        session.headers.update(headers)
        self.client = socketio.Client(reconnection=False, http_session=session)
        self.client.on("*", lambda event, body: self.heard.append((event, body)), NAMESPACE)
        self.client.connect(
            server.url, namespaces=[NAMESPACE], transports=["polling"], wait_timeout=30
        )
        for room in rooms:
            assert self.ask("join", room=room)["ok"]

    def ask(self, event: str, **body: Any) -> Any:
        return self.client.call(event, body, namespace=NAMESPACE, timeout=10)

    def messages(self, event: str) -> list[Any]:
        return [body for name, body in self.heard if name == event]


@contextmanager
def listening(server: Server, at: Table) -> Iterator[tuple[Ear, Ear]]:
    rooms = [f"c-{at.conference.id}", f"i-{at.item.id}", f"s-{at.case.id}"]
    ears = [Ear(server, at[key], rooms) for key in ("bank", "yorozu")]
    try:
        yield ears[0], ears[1]
    finally:
        for ear in ears:
            ear.client.disconnect()


@pytest.fixture
def server(tmp_path: Path, database_url: str) -> Iterator[Server]:
    with serving(tmp_path, database_url) as running:
        yield running


def test_live_messages_and_answers_have_the_shape_told(server: Server) -> None:
    at = table(server.database)
    with listening(server, at) as (bank, yorozu):
        said = yorozu.ask("say_remark", op_id=op(), item_id=at.item.id, text="よろしくお願いします")
        refused = yorozu.ask("say_remark", op_id=op(), item_id=at.item.id, text="")
        yorozu.ask("where", room=f"s-{at.case.id}", row="case", column="business", editing=True)
        assert eventually(lambda: bool(bank.messages("entries")))
        assert eventually(lambda: any(one["cells"] for one in bank.messages("positions")))
        gone = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="事業者の申し出による")
        withdraw_consent(server.database, at["bank"], gone)
        assert eventually(lambda: bool(yorozu.messages("evicted")))
        heard = bank.heard + yorozu.heard
    assert fits(Done, said["result"])
    assert fits(Refusal, refused)
    shapes = {"entries": Entries, "presence": Presence, "positions": Positions, "evicted": Evicted}
    assert {event for event, _body in heard} == set(shapes)
    assert all(fits(shapes[event], body) for event, body in heard)


def test_what_a_guest_is_sent_has_the_shape_told(server: Server) -> None:
    at = table(server.database)
    made = invite_guest(
        server.database, at["cga"], InviteGuest(op_id=op(), item_id=at.item.id, name="佐久間")
    )
    assert fits(HandedOver, made.model_dump())
    token = guest_steps.let_in(server.database, at["cga"], at.item.id)
    guest = GuestClient(server.url, f"entaku_guest={token}").connect()
    assert fits(DatedPicture, guest.call("look")["result"])
    right = {"column": "wishes", "value": "続けたい"}
    assert fits(
        Done, guest_steps.does(server.database, token, "correct_fact", **right).model_dump()
    )
    guest_steps.does(server.database, token, "state_preference", text="採算から")
    refused = guest.call("join", {"room": f"i-{at.item.id}"})
    guest_steps.invite(server.database, at["cga"], at.item.id)
    assert eventually(lambda: guest.over is not None)
    guest.close()
    assert all(fits(GuestPicture, one) for one in guest.pictures)
    assert fits(GuestEnd, guest.over)
    assert fits(Refusal, refused)
    told = describe()["guests"]
    assert (set(told["commands"]), told["namespace"]) == (set(GUEST_ACTS), GUESTS)


def test_the_guide_tells_the_figures_the_server_gives(server: Server) -> None:
    at = table(server.database)
    answer = requests.get(
        f"{server.url}/socket.io/?EIO=4&transport=polling",
        headers={"Cookie": f"entaku_session={server.token_for(at['bank'])}", "Referer": server.url},
        timeout=5,
    )
    handshake = json.loads(answer.text[1:])
    assert (handshake["pingInterval"], handshake["pingTimeout"]) == (10_000, 5_000)
    page = as_markdown(describe())
    assert "every 10 s and gives up after 5 s more" in page
    assert f"| largest message | {handshake['maxPayload'] // 1024} KiB |" in page
