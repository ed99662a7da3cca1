"""The live door answers in the language chosen at the foot of a page."""

from pathlib import Path

import pytest

from app.store.unit_of_work import Database
from tests.clients import Participant
from tests.factories import table
from tests.serving import serving

# Neither database speaks: one is enough.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_refusal_is_told_in_the_language_chosen(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    at = table(database)
    with serving(tmp_path / "data", database_url) as server:
        client = Participant(server.url, server.token_for(at.outsider), [])
        client.headers |= {"Cookie": client.headers["Cookie"] + "; language=en"}
        client.connect()
        answer = client.act("say_remark", item_id=at.item.id, text="聞こえますか")
        client.close()
    assert (answer["message"], answer["remedy"]) == (
        "It does not exist, or you may not view it.",
        "Please check the address, or ask the secretariat.",
    )
