"""A table at which everybody says that nobody takes the case, a line each."""

from app.services.decisions import DeclareNoTaker, declare_no_taker
from app.services.gaps import MoveGap, SettleGap, move_gap, settle_gap
from app.services.nominations import (
    NominateLead,
    OpenNominations,
    RevealNominations,
    nominate_lead,
    open_nominations,
    reveal_nominations,
)
from tests.factories import op
from tests.gap_record import gap_of
from tests.round_steps import ALL


def asked(database, at):
    command = OpenNominations(op_id=op(), item_id=at.item.id, role="再生の伴走")
    open_nominations(database, at["yorozu"], command)


def names(database, at, who, whom="nobody", reason="体制がないため"):
    nominee = whom if whom == "nobody" else at.agencies[whom].id
    command = NominateLead(op_id=op(), item_id=at.item.id, nominee_id=nominee, reason=reason)
    nominate_lead(database, at[who], command)


def revealed(database, at):
    reveal_nominations(database, at["yorozu"], RevealNominations(op_id=op(), item_id=at.item.id))


def nobody_says(database, at, but=None):
    """All name nobody; ``but``: agency → whom it names instead."""
    asked(database, at)
    for who in ALL:
        names(database, at, who, (but or {}).get(who, "nobody"))
    revealed(database, at)


def declared(database, at, who="yorozu", owner="cga", **more):
    told = {"next_date": "2026-12-22", **gap_of(at.agencies[owner].id), **more}
    command = DeclareNoTaker(op_id=op(), item_id=at.item.id, **told)
    return declare_no_taker(database, at[who], command).id


def settled(database, at, gap_id, who="cga", outcome="taken"):
    command = SettleGap(op_id=op(), gap_id=gap_id, outcome=outcome, text="協議会が引き受けた")
    return settle_gap(database, at[who], command)


def moved(database, at, gap_id, who="cga", owner="council", due="2026-12-25"):
    command = MoveGap(
        op_id=op(),
        gap_id=gap_id,
        owner_id=at.agencies[owner].id,
        owner_person="高橋 誠",
        due=due,
        reason="協議会で体制を整えるため",
    )
    return move_gap(database, at[who], command)
