"""What pages are asked for, whatever has come to be of the story so far."""

from collections.abc import Mapping, Sequence, Set

from sqlmodel import select

from app.store.tables.papers import PaperVersionRow
from app.store.tables.polls import PollRow
from tests.cast import Cast

# Whose ids stand in addresses.
NAMED = (
    *("case", "conference", "decision", "firm", "gap"),
    *("item", "plan", "poll", "round", "series"),
)
NO_IDS = dict.fromkeys(("item", "issue", "note"), "0" * 32)
# A cell of every audience: of the table, of some of it, of one agency, and one there is not.
PAST = (
    *(f"?row=case&column={key}" for key in ("wishes", "repayment_status", "guarantor_status")),
    *(f"?row=case&column={key}" for key in ("adjusted_net_assets", "conditions", "nothing")),
    "?row={issue}&column=issue",
    "?row={note}&column=note",
)


Ids = Mapping[str, object]


def several(c: Cast) -> dict[str, Sequence[Ids]]:
    """By a name in addresses: every version of papers, every ballot, both imports, every seat."""
    with c.database.read() as desk:
        papers = desk.session.exec(select(PaperVersionRow)).all()
        polls = desk.session.exec(select(PollRow.id)).all()
    read = (c.ids.get(key) or "0" * 32 for key in ("file", "import"))
    return {
        "paper_id": [
            {"paper_id": one.paper_id, "version": one.version, "number": 1} for one in papers
        ],
        "poll_id": [{"poll_id": one} for one in polls],
        "import_id": [{"import_id": one} for one in read],
        "agency_id": [{"agency_id": one.id} for one in c.agencies.values()],
    }


def each_of(names: Set[str], several: Mapping[str, Sequence[Ids]]) -> Sequence[Ids]:
    """What a page is asked for; of an agency's own seat only where a round stands beside it."""
    for name in ("paper_id", "poll_id", "import_id"):
        if name in names:
            return several[name]
    return several["agency_id"] if {"round_id", "agency_id"} <= names else ({},)
