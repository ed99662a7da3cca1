"""The guests' live door: whole pictures for the guest alone, and out at once when it is over."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from app.clock import system_clock, today
from app.domain.people import Guest
from app.services.listing import USE_CASES
from app.services.rounds import OpenRound, open_round
from app.services.validation import validated
from app.settings import Settings
from app.store.engine import make_engine
from app.store.tables.cases import ConsentRow
from app.store.tables.guests import GuestInvitationRow
from app.store.unit_of_work import Database
from realtime.guard import Bucket
from realtime.guests import GuestDoor, Visit
from realtime.outlet import Outlet
from tests import guest_steps
from tests.clients import NAMESPACE as LIVE
from tests.clients import eventually
from tests.decision_record import record_on
from tests.factories import StandingClock, Table, op, table
from tests.guest_client import GuestClient
from tests.serving import Server, serving

AT_ONCE = 1.0


@pytest.fixture
def server(tmp_path: Path, database_url: str) -> Iterator[Server]:
    with serving(tmp_path, database_url) as running:
        yield running


def cookie(token: str) -> str:
    return f"entaku_guest={token}"


def does(server: Server, at: Table, who: str, command: str, **body: Any) -> None:
    """In this process, so nobody wakes the server: the bus may as well be dead."""
    one = USE_CASES[command]
    one.run(server.database, at[who], validated(one.command, {"op_id": op(), **body}))


@pytest.mark.parametrize("transports", [("polling",), ("polling", "websocket")])
def test_a_guest_is_shown_what_changes(server: Server, transports: tuple[str, ...]) -> None:
    at = table(server.database)
    token = guest_steps.let_in(server.database, at["cga"], at.item.id)
    guest = GuestClient(server.url, cookie(token), transports).connect()
    assert guest.call("look")["result"]["picture"]["firm"] == at.firm.name
    cell = {"row": "case", "column": "wishes", "value": "店を続けたい", "base_version": 0}
    does(server, at, "bank", "write_cell", case_id=at.case.id, **cell)

    def wished() -> list[str]:
        facts = guest.shown["table"]["facts"]
        return [fact["value"] for fact in facts if fact["column"] == "wishes"]

    def told() -> list[str]:
        return [one["text"] for one in guest.shown["table"]["preferences"]]

    assert eventually(lambda: bool(guest.pictures) and wished() == ["店を続けたい"], 3)
    guest_steps.does(server.database, token, "state_preference", text="採算を見てほしい")
    assert eventually(lambda: told() == ["採算を見てほしい"], 3)
    guest.close()


def test_what_does_not_concern_the_guest_is_not_even_a_frame(server: Server) -> None:
    at = table(server.database)
    token = guest_steps.let_in(server.database, at["cga"], at.item.id)
    guest = GuestClient(server.url, cookie(token)).connect()
    assert eventually(lambda: len(guest.pictures) == 1, 3)
    before = len(guest.frames)
    does(server, at, "bank", "say_remark", item_id=at.item.id, text="席での話")
    does(server, at, "bank", "write_cell", case_id=at.case.id, **_cell("background", "内情"))
    time.sleep(1.5)
    assert guest.frames[before:] == []
    guest.close()


def _cell(column: str, value: str) -> dict[str, Any]:
    return {"row": "case", "column": column, "value": value, "base_version": 0}


def ends_item(server: Server, at: Table) -> None:
    does(server, at, "yorozu", "withdraw_item", item_id=at.item.id, **_withdrawn(at))


def _withdrawn(at: Table) -> dict[str, str]:
    return {"agency_id": at.agencies["bank"].id, "person": "田中", "reason": "事業者の申し出"}


def continues_item(server: Server, at: Table) -> None:
    later = {"owner_agency_id": at.agencies["cga"].id, "next_date": "2027-01-15"}
    does(server, at, "yorozu", "carry_over_item", item_id=at.item.id, **later)


def decides(server: Server, at: Table) -> None:
    lead = at.agencies["yorozu"].id
    command = OpenRound(op_id=op(), item_id=at.item.id, nominee_id=lead, wording="主担当とする。")
    round_id = open_round(server.database, at["yorozu"], command).id
    for who in at.actors:
        does(server, at, who, "give_stance", round_id=round_id, stance="agree")
    taken = {"accepted": True, "person": "佐藤 健"}
    does(server, at, "yorozu", "answer_lead", round_id=round_id, **taken)
    decided = {"result": "decided"} | record_on(today(system_clock))
    does(server, at, "yorozu", "declare_result", round_id=round_id, **decided)
    does(server, at, "yorozu", "end_item", item_id=at.item.id)


def withdraws_consent(server: Server, at: Table) -> None:
    does(server, at, "bank", "withdraw_consent", case_id=at.case.id, reason="事業者の申し出")


def lets_consent_run_out(server: Server, at: Table) -> None:
    with server.database.begin() as uow:
        consent = uow.session.exec(select(ConsentRow).where(ConsentRow.case_id == at.case.id)).one()
        consent.valid_until = uow.today() - timedelta(days=1)
        uow.session.add(consent)
    # A date that passes is no entry; any entry makes the door look, and so does midnight.
    does(server, at, "bank", "say_remark", item_id=at.item.id, text="続けます")


def revokes(server: Server, at: Table) -> None:
    guest_steps.revoke(server.database, at["yorozu"], _invitation(server, at))


def _invitation(server: Server, at: Table) -> str:
    with server.database.read() as desk:
        query = select(GuestInvitationRow.id).where(GuestInvitationRow.item_id == at.item.id)
        return desk.session.exec(query).one()


def lets_time_pass(server: Server, at: Table) -> None:
    """The door was told when; here the hour is moved instead of the clock, and it looks again."""
    with server.database.begin() as uow:
        row = uow.session.get_one(GuestInvitationRow, _invitation(server, at))
        row.expires_at = uow.now()
        uow.session.add(row)
    does(server, at, "bank", "say_remark", item_id=at.item.id, text="続けます")


def closes_conference(server: Server, at: Table) -> None:
    continues_item(server, at)
    does(server, at, "yorozu", "close_conference", conference_id=at.conference.id)


ENDINGS: tuple[Callable[[Server, Table], None], ...] = (
    ends_item,
    continues_item,
    decides,
    withdraws_consent,
    lets_consent_run_out,
    revokes,
    lets_time_pass,
    closes_conference,
)


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda one: one.__name__)
def test_the_guest_is_out_within_a_second(server: Server, ending: Any) -> None:
    at = table(server.database)
    token = guest_steps.let_in(server.database, at["cga"], at.item.id)
    guest = GuestClient(server.url, cookie(token), ("polling", "websocket")).connect()
    assert guest.call("look")["ok"] is True
    ending(server, at)
    began = time.monotonic()
    assert eventually(lambda: guest.out_at is not None, 5)
    assert guest.over is not None
    assert at.firm.name not in str(guest.over)
    assert guest.out_at is not None
    assert guest.out_at - began < AT_ONCE
    page = requests.get(f"{server.url}/guest", headers={"Cookie": cookie(token)}, timeout=5)
    assert (page.status_code, at.firm.name in page.text) == (410, False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        GuestClient(server.url, cookie(token)).connect()


def test_each_door_takes_its_own_cookie_only(server: Server) -> None:
    at = table(server.database)
    token = guest_steps.let_in(server.database, at["cga"], at.item.id)
    staff = f"entaku_session={server.token_for(at['cga'])}"
    for held in (staff, "entaku_guest=" + "0" * 43, ""):
        with pytest.raises(socketio.exceptions.ConnectionError):
            GuestClient(server.url, held).connect()
    asked = requests.Session()
    asked.headers.update({"Cookie": cookie(token), "Referer": f"{server.url}/"})
    client = socketio.Client(reconnection=False, http_session=asked)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(server.url, namespaces=[LIVE], transports=["polling"], wait_timeout=5)


def test_nothing_but_looking_can_be_asked(server: Server) -> None:
    at = table(server.database)
    token = guest_steps.let_in(server.database, at["cga"], at.item.id)
    guest = GuestClient(server.url, cookie(token)).connect()
    for event in ("join", "say_remark", "give_stance", "where", "invite_guest"):
        answer = guest.call(event, {"room": f"i-{at.item.id}", "op_id": op()})
        assert (answer["ok"], answer["code"]) == (False, "unknown_command")
    time.sleep(6)
    assert guest.client.connected, "a guest is not taken for somebody who never signed in"
    guest.close()


def test_a_store_out_of_reach_is_admitted_and_not_taken_for_the_end(tmp_path: Path) -> None:
    lost = Database(make_engine("postgresql://nobody@127.0.0.1:1/none"), StandingClock(), b"s")
    settings = Settings(data=tmp_path, database_url="sqlite://", secret=b"s")
    door = GuestDoor(server=None, settings=settings, database=lost, outlet=Outlet(None, "/guest"))
    with pytest.raises(socketio.exceptions.ConnectionRefusedError) as refused:
        door.connect("one", {"HTTP_COOKIE": cookie("anything")})
    assert refused.value.error_args["message"] == "unavailable"
    guest = Guest("i", "s", "item", "佐久間 灯一", "株式会社灯夜ダイニング")
    door.visits["one"] = Visit(guest, "ja", Bucket(lost.clock))
    answer = door.look("one")
    assert (answer["ok"], answer["code"]) == (False, "unavailable")
    with pytest.raises(OperationalError):
        door.make_round()
    assert list(door.visits) == ["one"]
