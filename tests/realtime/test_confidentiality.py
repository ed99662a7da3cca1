"""The live door of a conference stays shut to whoever has not accepted its statement."""

import pytest

from app.domain.confidentiality import CURRENT_VERSION
from tests.clients import Participant, eventually
from tests.factories import actor_of, table
from tests.serving import serving

TRANSPORTS = [("polling", "websocket"), ("polling",)]
TOKEN = "秘密の合言葉7d1e"


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def server(at, database_url, tmp_path):
    with serving(tmp_path / "data", database_url) as running:
        yield running


@pytest.mark.parametrize("transports", TRANSPORTS, ids=["websocket", "polling"])
def test_no_frame_tells_of_an_item_until_the_statement_is_accepted(server, at, transports):
    conference, item = f"c-{at.conference.id}", f"i-{at.item.id}"
    with server.database.begin() as uow:
        person = actor_of(uow, at.agencies["bank"], "井口 真由", has_accepted=False)
    newcomer = Participant(server.url, server.token_for(person), [conference, item], transports)
    bank = Participant(server.url, server.token_for(at["bank"]), [conference, item], transports)
    newcomer.connect()
    bank.connect()

    bank.act("say_remark", item_id=at.item.id, text=TOKEN)
    refused = {
        newcomer.join(item)["code"],
        newcomer.act("say_remark", item_id=at.item.id, text="伺います")["code"],
    }
    newcomer.call("where", {"room": item, "row": "case", "column": "wishes"})

    assert refused == {"confidentiality_unaccepted"}
    assert set(newcomer.snapshots) == {conference}
    assert [f for f in newcomer.frames if TOKEN in f or at.firm.name in f] == []
    accepted = newcomer.act(
        "accept_confidentiality", conference_id=at.conference.id, version=CURRENT_VERSION
    )
    assert accepted["ok"] is True
    newcomer.join(item)
    assert [one["text"] for one in newcomer.snapshots[item]["remarks"]] == [TOKEN]
    assert eventually(lambda: len(bank.applied[conference]) == 1)
    bank.act("say_remark", item_id=at.item.id, text="続けます")
    assert eventually(lambda: len(newcomer.applied[item]) == 1)
    newcomer.close()
    bank.close()
