"""One thing that waits for an agency, whatever it is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.store.unit_of_work import Desk


class WaitingFor(StrEnum):
    REPLY = "reply"
    REFERRAL = "referral"
    STANCE = "stance"
    VOTE = "vote"
    CONFIRMATION = "confirmation"
    HOLD = "hold"
    OVERDUE_HOLD = "overdue_hold"
    ORPHAN_HOLD = "orphan_hold"
    GAP = "gap"
    OVERDUE_GAP = "overdue_gap"
    NEXT_TABLE = "next_table"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing somebody at the agency owes; ``subject_id`` leads to where it is done."""

    kind: WaitingFor
    subject_id: str
    title: str
    note: str
    due: date | None
    overdue: bool


def waiting(
    desk: Desk, kind: WaitingFor, subject_id: str, title: str, note: str, due: date | None
) -> Waiting:
    overdue = due is not None and due < desk.today()
    return Waiting(kind, subject_id, title, note, due, overdue)
