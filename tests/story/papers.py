"""Papers of the case, and the set its agenda item discusses."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from app.services.commands import Done
from tests import papers
from tests.cast import Cast, Step

STATEMENTS = papers.pdf("Statements zqstatements0x")
CASH = papers.workbook(Cash=[["zqcash0x", 1200], ["x", 3]])
CASH_LATER = papers.workbook(Cash=[["zqcash1x", 900], ["x", 3]])
LOANS = papers.pdf("Loans zqloans0x")
NOTES = papers.pdf("Our own notes zqown0x")
CONTENTS = (STATEMENTS, CASH, CASH_LATER, LOANS, NOTES)


def to_papers(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """Told once the case is on an agenda that has not begun."""

    def bring(who: str, keep: str, group: str, content: bytes, **body: Any) -> Done:
        file = c.hands_in(who, content, f"{keep}.file", group)
        return c.does(
            who, "bring_paper", keep, case_id=i["case"], item_group=group, file=file, **body
        )

    cash = {"title": "資金繰り表", "kind": "cash_flow", "note": "4月分まで"}
    yield "bring the cash table", lambda: bring("bank", "cash", "finance", CASH, **cash)
    loans = {"title": "返済予定", "kind": "loans"}
    yield "bring the loans", lambda: bring("bank", "loans", "exposure", LOANS, **loans)
    own = {"title": "所内検討", "kind": "other"}
    yield "bring own notes", lambda: bring("yorozu", "own", "private", NOTES, **own)
    yield "fix the papers", lambda: c.does("cga", "fix_item_papers", item_id=i["item"])
    plan = {"title": "決算書", "kind": "statements"}
    yield "bring late", lambda: bring("cga", "late", "identity", STATEMENTS, **plan)

    def renew() -> Done:
        file = c.hands_in("bank", CASH_LATER, "cash.file", "finance")
        return c.does("bank", "renew_paper", paper_id=i["cash"], file=file, note="5月分を追加")

    yield "renew the cash table", renew
    newer: dict[str, Any] = {"version": 2}
    yield (
        "discuss the newer",
        lambda: c.does("cga", "put_paper_on_item", item_id=i["item"], paper_id=i["cash"], **newer),
    )
    off = {"item_id": i["item"], "paper_id": i["loans"]}
    yield "take the loans out", lambda: c.does("cga", "take_paper_off_item", **off)
    yield "take them in again", lambda: c.does("cga", "put_paper_on_item", version=1, **off)
    yield (
        "add the late one",
        lambda: c.does(
            "yorozu", "put_paper_on_item", item_id=i["item"], paper_id=i["late"], version=1
        ),
    )


def on_the_screen(c: Cast, i: dict[str, str]) -> Iterator[Step]:
    """Told while the item runs."""
    for paper, page in (("cash", 1), ("late", 1), ("late", 0)):
        body: dict[str, Any] = {"item_id": i["item"], "paper_id": i[paper], "page": page}
        yield f"page {page} of {paper}", partial(c.does, "yorozu", "show_paper", **body)
