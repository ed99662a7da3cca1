"""One case on one page: where it stands, whose it is, and what may be done about it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from app.domain.access import Act, decide
from app.domain.case_life import CASE_STATUS_LABELS, ENDED, CaseStatus, may_move, stage_of
from app.domain.conference import REFERRAL_STATUS_LABELS, ReferralStatus
from app.domain.consent import (
    CONSENT_STATUS_LABELS,
    ITEM_GROUP_LABELS,
    SIGN_METHOD_LABELS,
    ConsentStatus,
    ItemGroup,
    SignMethod,
)
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN, Column, RowKind
from app.domain.sheet_schema import Right, right_to
from app.queries.agencies import AgencyChoice, choice_of
from app.queries.case_timeline import Event, timeline
from app.queries.cases import NEXT_STEPS
from app.queries.firms import FirmRecord, record_groups, record_of
from app.store import cases, consents, reach, sheets, standings
from app.store.agencies import by_ids
from app.store.tables.cases import CaseAgencyRow, CaseRow, ConsentRow, ReferralRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.tables.plans import PlanRow
from app.store.tables.sheets import CellRow
from app.store.unit_of_work import Desk

_ACTS = (
    Act.RECORD_CONSENT,
    Act.WITHDRAW_CONSENT,
    Act.REFER_CASE,
    Act.ANSWER_REFERRAL,
    Act.DRAFT_PLAN,
)
# What the page shows of the sheet; everything else is on the sheet itself.
_TOLD_CELLS = ("request_kind", "request_detail", "background", "wishes", "urgency", "contention")


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """The version in force; labels are to be told. ``live``: it opens the case today."""

    version: int
    status: str
    live: bool
    agencies: tuple[AgencyChoice, ...]
    groups: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    method: str
    purpose: str
    explained_by: str
    note: str
    withdrawn_on: date | None
    withdrawn_reason: str
    missing: tuple[str, ...]  # names of those who carry the case and are not covered


@dataclass(frozen=True, slots=True)
class ReferralCard:
    id: str
    to_agency: AgencyChoice
    status: str
    is_open: bool
    reason: str
    reason_returned: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class CaseAgency:
    """``part`` is to be told; ``sees`` is False for those the consent leaves out."""

    agency: AgencyChoice
    part: str
    sees: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A cell as the page shows it; ``column`` knows its label and options."""

    column: Column
    value: Any


@dataclass(frozen=True, slots=True)
class Discussion:
    """A conference on whose agenda the case stood; the id only for those who may enter."""

    id: str | None
    item_id: str
    name: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    id: str
    case_no: str
    status: CaseStatus
    status_label: str
    stage: int
    next_step: str
    ended: bool
    record: FirmRecord
    firm_is_shared: bool
    business: str
    phase: str
    told: tuple[Told, ...]
    required: tuple[str, ...]
    consent: ConsentCard | None
    referral: ReferralCard | None
    agencies: tuple[CaseAgency, ...]
    discussions: tuple[Discussion, ...]
    plan_id: str | None
    events: tuple[Event, ...]
    may: frozenset[Act]
    may_refer_now: bool


def case_page(desk: Desk, actor: Actor, case_id: str) -> CasePage:
    case = reach.case(desk, actor, case_id, Act.SEE_CASE)
    row, status = case.row, CaseStatus(case.row.status)
    before = CaseStatus(row.status_before) if row.status_before else None
    firm = reach.load(desk, FirmRow, row.firm_id)
    groups = record_groups(desk, actor, row, case.standing)
    cells = _cells(desk, actor, case)
    may = frozenset(act for act in _ACTS if decide(actor, act, case.standing))
    return CasePage(
        id=row.id,
        case_no=row.case_no,
        status=status,
        status_label=CASE_STATUS_LABELS[status],
        stage=stage_of(status, before),
        next_step=NEXT_STEPS[status],
        ended=status in ENDED,
        record=record_of(desk, firm, groups),
        firm_is_shared=ItemGroup.IDENTITY in groups,
        business=str(cells.get("business") or ""),
        phase=_option("phase", cells.get("phase")),
        told=tuple(
            Told(COLUMN[key], cells[key]) for key in _TOLD_CELLS if cells.get(key) is not None
        ),
        required=tuple(
            column.label
            for column in COLUMN.values()
            if column.required and column.row_kind is RowKind.CASE and not cells.get(column.key)
        ),
        consent=consent_card(desk, row) if _knows(actor, case, ItemGroup.CONSENT) else None,
        referral=_referral(desk, row.id),
        agencies=_agencies(desk, row),
        discussions=_discussions(desk, actor, row.id),
        plan_id=_plan(desk, row.id),
        events=timeline(desk, row.id),
        may=may,
        may_refer_now=Act.REFER_CASE in may and may_move(status, CaseStatus.REFERRED),
    )


def _cells(desk: Desk, actor: Actor, case: reach.CaseInHand) -> dict[str, Any]:
    """Values of the case's own line, of the groups the actor may see."""
    seen = {
        column.key
        for column in COLUMN.values()
        if column.row_kind is RowKind.CASE and _knows(actor, case, column.group)
    }
    rows = desk.session.exec(
        select(CellRow).where(CellRow.case_id == case.row.id, CellRow.row == sheets.CASE_ROW)
    )
    return {cell.column: cell.value for cell in rows if cell.column in seen}


def _knows(actor: Actor, case: reach.CaseInHand, group: ItemGroup) -> bool:
    return right_to(actor, case.standing, group) is not Right.HIDDEN


def _option(key: str, value: object) -> str:
    return (COLUMN[key].options or {}).get(str(value), "") if value else ""


def consent_card(desk: Desk, case: CaseRow) -> ConsentCard | None:
    row = consents.newest(desk.session, case.id)
    if row is None:
        return None
    consent = standings.consent_of(desk.session, row)
    agencies = by_ids(desk.session, consent.agencies)
    uncovered = cases.carriers(desk.session, case) - consent.agencies
    return ConsentCard(
        version=row.version,
        status=_consent_label(row, desk.today()),
        live=consent.live_on(desk.today()),
        agencies=tuple(choice_of(one) for one in agencies.values()),
        groups=tuple(ITEM_GROUP_LABELS[ItemGroup(group)] for group in row.item_groups),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        method=SIGN_METHOD_LABELS[SignMethod(row.method)] if row.method else "",
        purpose=row.purpose,
        explained_by=row.explained_by,
        note=row.note,
        withdrawn_on=row.withdrawn_on,
        withdrawn_reason=row.withdrawn_reason,
        missing=tuple(one.name for one in by_ids(desk.session, uncovered).values()),
    )


def _consent_label(row: ConsentRow, today: date) -> str:
    """A consent past its last day reads 期限切れ, also before the records say so."""
    if row.status in consents.GIVEN and row.valid_until is not None and row.valid_until < today:
        return CONSENT_STATUS_LABELS[ConsentStatus.EXPIRED]
    return CONSENT_STATUS_LABELS[ConsentStatus(row.status)]


def _referral(desk: Desk, case_id: str) -> ReferralCard | None:
    query = select(ReferralRow).where(ReferralRow.case_id == case_id)
    row = desk.session.exec(query.order_by(col(ReferralRow.sent_at).desc()).limit(1)).first()
    if row is None:
        return None
    to_agency = by_ids(desk.session, [row.to_agency_id])[row.to_agency_id]
    return ReferralCard(
        id=row.id,
        to_agency=choice_of(to_agency),
        status=REFERRAL_STATUS_LABELS[ReferralStatus(row.status)],
        is_open=row.status == ReferralStatus.SENT,
        reason=row.reason,
        reason_returned=row.reason_returned,
        sent_at=row.sent_at,
    )


def _agencies(desk: Desk, case: CaseRow) -> tuple[CaseAgency, ...]:
    """Who takes part, in the order the office has set, with the part each has in the case."""
    joined = desk.session.exec(
        select(CaseAgencyRow.agency_id).where(CaseAgencyRow.case_id == case.id)
    )
    consent = consents.in_force(desk.session, case.id)
    parts: Sequence[tuple[str | None, str]] = (
        (case.lead_agency_id, _("主担当")),
        (case.referrer_agency_id, _("紹介元")),
        (case.receiver_agency_id, _("受付機関")),
    )
    found = []
    for agency_id, row in by_ids(desk.session, set(joined)).items():
        part = next((label for held, label in parts if held == agency_id), _("参加"))
        sees = agency_id == case.referrer_agency_id or bool(
            consent and consent.groups_for(agency_id, desk.today())
        )
        found.append(CaseAgency(choice_of(row), part, sees))
    return tuple(found)


def _discussions(desk: Desk, actor: Actor, case_id: str) -> tuple[Discussion, ...]:
    rows = desk.session.exec(
        select(ConferenceRow, AgendaItemRow.id)
        .join(AgendaItemRow, col(AgendaItemRow.conference_id) == col(ConferenceRow.id))
        .where(AgendaItemRow.case_id == case_id)
        .order_by(col(ConferenceRow.starts_at).desc())
    )
    found = []
    for conference, item_id in rows:
        standing = standings.of_conference(desk.session, actor, conference)
        may_enter = decide(actor, Act.SEE_CONFERENCE, standing)
        found.append(
            Discussion(
                id=conference.id if may_enter else None,
                item_id=item_id,
                name=conference.name,
                starts_at=conference.starts_at,
            )
        )
    return tuple(found)


def _plan(desk: Desk, case_id: str) -> str | None:
    query = select(PlanRow.id).where(PlanRow.case_id == case_id)
    return desk.session.exec(query.order_by(col(PlanRow.version).desc()).limit(1)).first()
