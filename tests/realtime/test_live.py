"""The live door as its users meet it: who enters, who hears, who is sent out, who is slowed."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import websocket
from sqlmodel import select

from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.discussion import SayRemark, say_remark
from app.store.tables.conferences import RemarkRow
from auth import session
from tests.clients import Participant, eventually
from tests.factories import op, table
from tests.serving import serving

TRANSPORTS = [("polling", "websocket"), ("polling",)]


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def server(at, database_url, tmp_path):
    with serving(tmp_path / "data", database_url) as running:
        yield running


def rooms_of(at):
    return [f"c-{at.conference.id}", f"i-{at.item.id}", f"s-{at.case.id}", f"a-{at.case.id}"]


def enter(server, at, who, transports=TRANSPORTS[0]):
    actor = at[who] if isinstance(who, str) else who
    client = Participant(server.url, server.token_for(actor), rooms_of(at), transports)
    client.connect()
    return client


@pytest.mark.parametrize("transports", TRANSPORTS, ids=["websocket", "polling"])
def test_everyone_at_the_table_hears_and_the_outsider_gets_nothing(server, at, transports):
    bank, yorozu = enter(server, at, "bank", transports), enter(server, at, "yorozu", transports)
    outsider = enter(server, at, at.outsider, transports)
    token = "秘密の合言葉9f2c"

    bank.act("say_remark", item_id=at.item.id, text=token)
    cell = {"case_id": at.case.id, "row": "case", "column": "wishes", "base_version": 0}
    bank.act("write_cell", **cell, value=token)
    refused = outsider.act("say_remark", item_id=at.item.id, text="聞こえますか")

    assert eventually(lambda: len(yorozu.applied[rooms_of(at)[1]]) == 1)
    assert eventually(lambda: len(yorozu.applied[rooms_of(at)[2]]) == 1)
    assert refused["code"] == "not_found"
    assert [f for f in outsider.frames if token in f or at.firm.name in f] == []
    assert outsider.snapshots == {}
    for client in (bank, yorozu, outsider):
        client.close()


def test_a_group_outside_ones_rights_never_reaches_the_socket(server, at):
    bank, chamber = enter(server, at, "bank"), enter(server, at, "chamber")
    cell = {"case_id": at.case.id, "row": "case", "base_version": 0}

    bank.act("write_cell", **cell, column="repayment_status", value="delinquent")
    bank.call("where", {"room": rooms_of(at)[2], "row": "case", "column": "repayment_status"})
    bank.act("write_cell", **cell, column="wishes", value="雇用を守りたい")

    assert eventually(lambda: len(chamber.applied[rooms_of(at)[2]]) == 1)
    assert [f for f in chamber.frames if "repayment_status" in f or "delinquent" in f] == []
    # What one may not see leaves no gap: the chain of the others goes on unbroken.
    bank.act("write_cell", **{**cell, "base_version": 1}, column="wishes", value="返済も")
    assert eventually(lambda: len(chamber.applied[rooms_of(at)[2]]) == 2)
    bank.close()
    chamber.close()


def test_a_withdrawn_consent_sends_everybody_out_at_once(server, at):
    bank, yorozu = enter(server, at, "bank"), enter(server, at, "yorozu")

    withdraw_consent(
        server.database,
        at["bank"],
        WithdrawConsent(op_id=op(), case_id=at.case.id, reason="共有先を絞りたい"),
    )

    assert eventually(lambda: yorozu.evicted >= set(rooms_of(at)[1:]), 3)
    heard = len(yorozu.frames)
    cell = {"case_id": at.case.id, "row": "case", "column": "wishes", "base_version": 0}
    assert bank.act("write_cell", **cell, value="撤回後の記入")["ok"] is True
    assert yorozu.act("write_cell", **cell, value="x")["code"] == "not_found"
    assert yorozu.join(rooms_of(at)[2])["code"] == "not_found"
    assert [f for f in yorozu.frames[heard:] if "撤回後" in f] == []
    bank.close()
    yorozu.close()


def test_signing_out_closes_the_connection(server, at):
    bank = enter(server, at, "bank")

    with server.database.begin() as uow:
        session.revoke(uow, session.hash_of(bank.token))

    assert eventually(lambda: not bank.client.connected, 4)


def test_what_another_process_wrote_arrives_too(server, at):
    bank = enter(server, at, "bank")

    say_remark(server.database, at["cga"], SayRemark(op_id=op(), item_id=at.item.id, text="別の口"))

    assert eventually(lambda: len(bank.applied[rooms_of(at)[1]]) == 1, 5)
    bank.close()


def test_many_who_enter_in_the_same_moment_all_hear(server, at):
    """Entering reads from the database, and others enter meanwhile; nobody may be left out."""
    clients = [
        Participant(server.url, server.token_for(at[who]), rooms_of(at))
        for who in at.actors
        for _twice in range(3)
    ]
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(lambda client: client.connect(30), clients))
    for number in range(3):
        clients[0].act("say_remark", item_id=at.item.id, text=f"全員へ {number}")

    assert eventually(lambda: {len(c.applied[rooms_of(at)[1]]) for c in clients} == {3})
    for client in clients:
        client.close()


def test_a_client_that_was_away_gets_what_it_missed_once(server, at):
    bank, yorozu = enter(server, at, "bank"), enter(server, at, "yorozu")
    yorozu.client.disconnect()
    for number in range(5):
        bank.act("say_remark", item_id=at.item.id, text=f"不在中 {number}")

    yorozu.connect()

    assert eventually(lambda: yorozu.applied == bank.applied)
    bank.close()
    yorozu.close()


def test_bad_requests_are_answered_and_nothing_is_stored(server, at):
    bank = enter(server, at, "bank")
    replay = op()
    bank.act("say_remark", op_id=replay, item_id=at.item.id, text="一度目")

    answers = {
        "unknown event": bank.call("shout", {}),
        "no body": bank.call("say_remark", None),
        "a list": bank.call("say_remark", [1, 2]),
        "unknown field": bank.act("say_remark", item_id=at.item.id, text="a", admin=True),
        "wrong type": bank.act("say_remark", item_id=at.item.id, text={"a": 1}),
        "too long": bank.act("say_remark", item_id=at.item.id, text="あ" * 2001),
        "foreign id": bank.act("say_remark", item_id="0" * 32, text="a"),
        "no room": bank.call("join", {"room": "i-" + "0" * 32}),
        "made-up cursor": bank.call("join", {"room": rooms_of(at)[1], "cursor": "AAAA"}),
        "another body": bank.act("say_remark", op_id=replay, item_id=at.item.id, text="二度目"),
    }

    assert {name: answer["code"] for name, answer in answers.items()} == {
        "unknown event": "unknown_command",
        "no body": "malformed",
        "a list": "malformed",
        "unknown field": "malformed",
        "wrong type": "malformed",
        "too long": "malformed",
        "foreign id": "not_found",
        "no room": "not_found",
        "made-up cursor": "malformed",
        "another body": "op_id_reused",
    }
    with server.database.read() as desk:
        assert [r.text for r in desk.session.exec(select(RemarkRow))] == ["一度目"]
    bank.close()


def test_a_flood_is_slowed_and_the_others_go_on(server, at):
    bank, yorozu = enter(server, at, "bank"), enter(server, at, "yorozu")

    answers = [bank.call("leave", {"room": "i-" + "0" * 32}) for _ in range(70)]

    assert "too_many" in {answer.get("code") for answer in answers}
    assert yorozu.act("say_remark", item_id=at.item.id, text="続けられます")["ok"] is True
    bank.close()
    yorozu.close()


def test_the_door_opens_to_our_own_pages_only(server, at):
    address = f"{server.url}/socket.io/?EIO=4&transport=polling"
    cookie = {"Cookie": f"entaku_session={server.token_for(at['bank'])}"}

    def status(path=address, **headers):
        return requests.get(path, headers={**cookie, **headers}, timeout=5).status_code

    assert status() == 403
    assert status(Origin="http://evil.example") == 403
    assert status(Origin=server.url, Host="evil.example") == 403
    assert status(f"{address}&j=1", Origin=server.url) == 403
    assert status(Origin=server.url) == 200
    with pytest.raises(websocket.WebSocketBadStatusException):
        websocket.create_connection(
            address.replace("http", "ws").replace("polling", "websocket"),
            origin="http://evil.example",
            cookie=cookie["Cookie"],
        )


def test_nobody_enters_without_a_session(server, at):
    stranger = Participant(server.url, "no-such-token", rooms_of(at))

    with pytest.raises(Exception, match=r"sign_in_required|One or more namespaces"):
        stranger.client.connect(
            server.url, headers=stranger.headers, namespaces=["/live"], wait_timeout=5
        )
    stranger.client.disconnect()


def test_a_page_opened_by_somebody_else_is_turned_away(server, at):
    """Unsent acts of one person never go out under the name of the next at that terminal."""
    page = Participant(server.url, server.token_for(at["bank"]), rooms_of(at))

    with pytest.raises(Exception, match=r"another_person|One or more namespaces"):
        page.client.connect(
            server.url,
            headers=page.headers,
            namespaces=["/live"],
            auth={"capacity": at["cga"].membership_id},
            wait_timeout=5,
        )
    page.client.disconnect()
    own = {"capacity": at["bank"].membership_id}
    page.client.connect(server.url, headers=page.headers, namespaces=["/live"], auth=own)
    assert page.client.connected
    page.client.disconnect()


def test_a_frame_over_the_limit_ends_only_its_own_connection(server, at):
    bank = enter(server, at, "bank")
    address = f"{server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket"
    wild = websocket.create_connection(
        address,
        origin=server.url,
        cookie=f"entaku_session={server.token_for(at['yorozu'])}",
        timeout=10,
    )
    assert json.loads(wild.recv()[1:])["maxPayload"] == 65536

    assert is_cut_off(wild)

    assert bank.act("say_remark", item_id=at.item.id, text="無事です")["ok"] is True
    wild.close()
    bank.close()


def is_cut_off(wild):
    """The server ends the link while the frame is still coming, or right after."""
    try:
        wild.send("4" + "x" * 5_000_000)
        while wild.recv() != "":
            pass
    except (websocket.WebSocketException, OSError):
        pass
    try:
        return wild.recv() == ""
    except (websocket.WebSocketException, OSError):
        return True
