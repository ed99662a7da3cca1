"""Silent nominations: defined role, sealed words, one reveal, one turn to think again."""

import pytest
from sqlmodel import select

from app.domain.errors import Incomplete, Malformed, NotEntitled, NotFound, StateForbids
from app.domain.lead_selection import content_of
from app.domain.sealing import seal_of
from app.services.interests import DeclareRecusal, declare_recusal
from app.services.nominations import (
    NominateLead,
    OpenNominations,
    RevealNominations,
    nominate_lead,
    open_nominations,
    reveal_nominations,
)
from app.services.rounds import OpenRound, open_round
from app.store.pictures.item import item_picture
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.journal import EntryRow
from tests.factories import op, table


def begun(database, at, who="yorozu"):
    command = OpenNominations(op_id=op(), item_id=at.item.id, role="採算の見直し")
    return open_nominations(database, at[who], command).version


def names(database, at, who, nominee, reason="専門家がいるため"):
    nominee_id = at.agencies[nominee].id if nominee in at.agencies else nominee
    command = NominateLead(op_id=op(), item_id=at.item.id, nominee_id=nominee_id, reason=reason)
    return nominate_lead(database, at[who], command)


def reveals(database, at, who="yorozu"):
    return reveal_nominations(database, at[who], RevealNominations(op_id=op(), item_id=at.item.id))


def picture(database, at):
    with database.read() as desk:
        told = item_picture(desk, desk.session.get(AgendaItemRow, at.item.id))
    return told["nominating"], told["nominations"]


def entries(database, kind):
    with database.read() as desk:
        query = select(EntryRow).where(EntryRow.kind == kind).order_by(EntryRow.seq)
        return [entry.body for entry in desk.session.exec(query)]


def test_nobody_names_anybody_before_the_chair_asks(database):
    at = table(database)
    with pytest.raises(StateForbids):
        names(database, at, "bank", "yorozu")


def test_a_nomination_is_sealed_until_all_are_revealed(database):
    at = table(database)
    assert begun(database, at) == 1
    names(database, at, "bank", "yorozu", "飲食の専門家がいるため")
    turn, revealed = picture(database, at)
    assert (turn["given"], revealed) == ({at.agencies["bank"].id: at["bank"].person_name}, [])
    (sealed,) = entries(database, "nomination_sealed")
    assert set(sealed) == {"agency_id", "turn", "seal"}

    reveals(database, at)

    turn, revealed = picture(database, at)
    assert (turn["state"], [one["reason"] for one in revealed]) == (
        "revealed",
        ["飲食の専門家がいるため"],
    )


def test_what_is_revealed_is_what_was_sealed_last(database):
    at = table(database)
    begun(database, at)
    names(database, at, "bank", "council")
    names(database, at, "bank", "yorozu", "やはり採算が先")
    reveals(database, at)
    sealed = entries(database, "nomination_sealed")
    (revealed,) = entries(database, "nominations_revealed")
    (one,) = revealed["nominations"]
    content = content_of(
        at.item.id, one["agency_id"], revealed["turn"], one["nominee_id"], one["reason"]
    )
    assert one["nominee_id"] == at.agencies["yorozu"].id
    assert seal_of(content, one["nonce"]) == sealed[-1]["seal"] != sealed[0]["seal"]


def test_nothing_is_added_to_a_turn_that_was_revealed(database):
    at = table(database)
    begun(database, at)
    names(database, at, "bank", "yorozu")
    reveals(database, at)
    with pytest.raises(StateForbids):
        names(database, at, "cga", "yorozu")
    with pytest.raises(StateForbids):
        reveals(database, at)


def test_everybody_may_think_again_once_and_only_once(database):
    at = table(database)
    begun(database, at)
    names(database, at, "bank", "council")
    names(database, at, "cga", "yorozu")
    with pytest.raises(StateForbids):
        begun(database, at)
    reveals(database, at)
    assert begun(database, at) == 2
    names(database, at, "bank", "yorozu", "説明を聞いて納得したため")
    reveals(database, at)
    told = [(one["turn"], one["agency_id"], one["nominee_id"]) for one in picture(database, at)[1]]
    ids = {who: at.agencies[who].id for who in ("bank", "cga", "council", "yorozu")}
    assert told == [
        *sorted([(1, ids["bank"], ids["council"]), (1, ids["cga"], ids["yorozu"])]),
        (2, ids["bank"], ids["yorozu"]),
    ]
    with pytest.raises(StateForbids):
        begun(database, at)


def test_that_nobody_can_lead_is_said_in_so_many_words(database):
    at = table(database)
    begun(database, at)
    names(database, at, "bank", "nobody", "どの機関も体制が整わない")
    reveals(database, at)
    assert picture(database, at)[1][0]["nominee_id"] is None


def test_there_is_nothing_to_reveal_before_anybody_spoke(database):
    at = table(database)
    begun(database, at)
    with pytest.raises(Incomplete):
        reveals(database, at)


def test_an_agency_that_left_is_not_revealed(database):
    at = table(database)
    begun(database, at)
    names(database, at, "bank", "yorozu")
    names(database, at, "chamber", "bank", "縁故があるため")
    command = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="役員を兼ねているため")
    declare_recusal(database, at["chamber"], command)
    reveals(database, at)
    (revealed,) = entries(database, "nominations_revealed")
    assert [one["agency_id"] for one in revealed["nominations"]] == [at.agencies["bank"].id]
    assert "縁故" not in str(picture(database, at))


def test_no_lead_is_proposed_while_nominations_are_sealed(database):
    at = table(database)
    begun(database, at)
    proposal = OpenRound(
        op_id=op(), item_id=at.item.id, nominee_id=at.agencies["yorozu"].id, wording="案"
    )
    with pytest.raises(StateForbids):
        open_round(database, at["yorozu"], proposal)
    names(database, at, "bank", "yorozu")
    reveals(database, at)
    assert open_round(database, at["yorozu"], proposal).id
    with pytest.raises(StateForbids):
        begun(database, at)


def test_only_the_chair_asks_and_reveals(database):
    at = table(database)
    with pytest.raises(NotEntitled):
        begun(database, at, "bank")
    begun(database, at)
    with pytest.raises(NotEntitled):
        reveals(database, at, "bank")
    command = NominateLead(
        op_id=op(), item_id=at.item.id, nominee_id=at.agencies["bank"].id, reason="x"
    )
    with pytest.raises(NotFound):
        nominate_lead(database, at.outsider, command)


def test_only_agencies_at_the_table_can_be_nominated(database):
    at = table(database)
    begun(database, at)
    with pytest.raises(Malformed):
        names(database, at, "bank", at.outsider.agency_id)
