"""委任状: given, given anew, taken back, and used; and a word that came in writing."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from app.store.tables.people import MembershipRow
from tests.cast import Cast, Step
from tests.decision_record import condition

# What the succession centre of the story sent by fax.
WRITING = b"%PDF-1.7 by fax"
INSTRUCTION = "担保の扱いが決まるまでは条件付きで回答してください"


def beforehand(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """The chamber hands its word on; the centre for succession thinks better of it."""

    def gives(who: str, keep: str, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(who, "give_proxy", keep, conference_id=i["conference"], **body)

    member = c.one(MembershipRow, agency_id=a["council"]).id
    person = {"holder": "person", "membership_id": member}
    yield "to the chair", gives("succession", "spare", holder="chair")
    yield "taken back", lambda: c.does("succession", "revoke_proxy", proxy_id=i["spare"])
    yield "to the chair too", gives("chamber", "general", holder="chair")
    yield "to a person", gives("chamber", "proxy", instruction=INSTRUCTION, **person)


def while_they_answer(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """The holder answers, and answers again; the secretariat enters what came by fax."""
    spoken = {"agency_id": a["chamber"]}

    def entered() -> Done:
        file = c.hands_in("cga", WRITING, "回答書.pdf", "case")
        words = {"agency_id": a["succession"], "reason": "書面で回答があったため", "file": file}
        return c.does("cga", "enter_stance", round_id=i["round"], stance="agree", **words)

    def says(**body: Any) -> Callable[[], Done]:
        return lambda: c.does("council", "give_stance", round_id=i["round"], **spoken, **body)

    yield "the holder agrees", says(stance="agree")
    terms = condition(a["yorozu"], "担保の扱いを先に確かめること")
    yield "the holder sets a condition", says(**terms)
    yield "the secretariat enters a word", entered
