"""Nominations, rounds on who leads, stances, and the decision that came of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.domain.consensus import Result, RoundState
from app.domain.lead_selection import TURNS, Nominating
from app.domain.stances import Stance
from app.store.columns import added_text, id_field, json_field, one_of, ref, time_field


class LeadSelectionRow(SQLModel, table=True):
    """主担当の選び方 at an item: the role as the chair defined it, and the turn of nominations."""

    __tablename__ = "lead_selection"
    __table_args__ = (
        one_of("state", Nominating),
        CheckConstraint(f"turn BETWEEN 1 AND {TURNS}", name="turn_known"),
    )

    item_id: str = Field(foreign_key="agenda_item.id", primary_key=True, max_length=32)
    role: str = Field(max_length=500)
    turn: int
    state: str = Field(max_length=10)
    asked: list[str] = json_field(list)
    opened_at: datetime = time_field()


class NominationRow(SQLModel, table=True):
    """One nomination per seat and turn, until it is revealed; without a nominee: nobody here.

    What was written before nominations were silent has no nonce.
    """

    __tablename__ = "nomination"

    item_id: str = Field(foreign_key="agenda_item.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32)
    turn: int = Field(primary_key=True)
    nominee_id: str | None = ref("agency", nullable=True)
    reason: str = Field(max_length=1000)
    person_name: str = Field(max_length=80)
    nonce: str = Field(default="", max_length=32)
    at: datetime = time_field()


class RoundRow(SQLModel, table=True):
    """A question put to the table; immutable once declared.

    ``seats`` is the electorate when it opened, ``closing`` the one it was judged by, with what
    each had said. A later round says ``because`` of what it asks again.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        one_of("state", RoundState),
        CheckConstraint("(state = 'declared') = (result IS NOT NULL)", name="declared_has_result"),
        one_of("result", Result, null=True),
        Index(
            "uq_round_one_open",
            "item_id",
            unique=True,
            sqlite_where=text("state IN ('open', 'revealed')"),
            postgresql_where=text("state IN ('open', 'revealed')"),
        ),
    )

    id: str = id_field()
    item_id: str = ref("agenda_item")
    number: int
    nominee_id: str = ref("agency")
    supporters: list[dict[str, str]] = json_field(list)
    wording: str = Field(max_length=500)
    rule: dict[str, Any] = json_field()
    seats: list[dict[str, Any]] = json_field(list)
    state: str = Field(max_length=10)
    accepted: bool | None = None
    lead_person: str = Field(default="", max_length=80)
    answer_reason: str = Field(default="", max_length=1000)
    result: str | None = Field(default=None, max_length=20)
    reasons: list[str] = json_field(list)
    next_date: date | None = None
    opened_at: datetime = time_field()
    declared_at: datetime | None = time_field(nullable=True)
    declared_by: str = Field(default="", max_length=80)
    because: str = added_text(500)
    rule_digest: str = added_text(64)
    closing: dict[str, Any] | None = json_field(None)
    revealed_at: datetime | None = time_field(nullable=True)


class StanceRow(SQLModel, table=True):
    """One seat, one voice: the primary key says so. ``nonce`` belongs to the seal, if any.

    ``owner_id`` and ``due``: which agency sees to the condition, and by when; stances given before
    that was asked have neither. ``manner``: empty where the seat's own people gave it; what the
    office entered has its reason and the file it was entered from.
    """

    __tablename__ = "stance"
    __table_args__ = (
        one_of("stance", Stance),
        CheckConstraint("stance <> 'hold' OR reply_by IS NOT NULL", name="hold_has_date"),
        CheckConstraint(
            "stance NOT IN ('agree_with_condition', 'object') OR text <> ''",
            name="says_why",
        ),
    )

    round_id: str = Field(foreign_key="round.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32)
    stance: str = Field(max_length=30)
    text: str = Field(default="", max_length=1000)
    alternative: str = Field(default="", max_length=1000)
    reply_by: date | None = None
    person_id: str = ref("person")
    person_name: str = Field(max_length=80)
    version: int = 1
    receipt: str = Field(max_length=12)
    at: datetime = time_field()
    nonce: str = added_text(32)
    owner_id: str = added_text(32)
    due: date | None = None
    manner: str = added_text(10)
    manner_reason: str = added_text(500)
    file_digest: str = added_text(64)
    file_name: str = added_text(160)


class HoldReplyRow(SQLModel, table=True):
    """What an agency that took a 仮決定 home says after its head office was asked."""

    __tablename__ = "hold_reply"
    __table_args__ = (
        CheckConstraint(
            "stance IN ('agree', 'agree_with_condition', 'object')", name="stance_known"
        ),
        CheckConstraint("stance = 'agree' OR text <> ''", name="says_why"),
    )

    round_id: str = Field(foreign_key="round.id", primary_key=True, max_length=32)
    agency_id: str = Field(foreign_key="agency.id", primary_key=True, max_length=32)
    stance: str = Field(max_length=30)
    text: str = Field(default="", max_length=1000)
    alternative: str = Field(default="", max_length=1000)
    person_id: str = ref("person")
    person_name: str = Field(max_length=80)
    version: int = 1
    receipt: str = Field(max_length=12)
    at: datetime = time_field()


class DecisionRow(SQLModel, table=True):
    """What the chair declared; the case's own record of who leads and on what terms.

    ``record``: from when it holds, when it is reviewed, and the lead's first action.
    ``settled``: what a 仮決定 became, why, by whom and when.
    """

    __tablename__ = "decision"
    __table_args__ = (one_of("result", Result), UniqueConstraint("round_id"))

    id: str = id_field()
    case_id: str = ref("support_case")
    conference_id: str = ref("conference")
    item_id: str = ref("agenda_item")
    round_id: str = ref("round", index=False)
    number: str = Field(default="", max_length=30)
    result: str = Field(max_length=20)
    lead_agency_id: str | None = ref("agency", nullable=True)
    lead_person: str = Field(default="", max_length=80)
    supporters: list[dict[str, str]] = json_field(list)
    conditions: list[dict[str, str]] = json_field(list)
    reasons: list[str] = json_field(list)
    next_date: date | None = None
    declared_by: str = Field(max_length=80)
    declared_at: datetime = time_field()
    settled: dict[str, Any] | None = json_field(None)
    record: dict[str, Any] | None = json_field(None)
