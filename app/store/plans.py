"""Support plans: their versions, lines and confirmations, and who is asked to confirm."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, or_, select

from app.domain.case_life import CASE_STATUS_LABELS, CaseStatus
from app.domain.consensus import Result
from app.domain.consent import FOLLOWS_FROM_TAKING_PART, ItemGroup
from app.domain.errors import NotFound, StateForbids
from app.domain.people import Actor
from app.domain.plan import PlanList, missing_for_circulation
from app.domain.sentences import _
from app.domain.sheet_schema import Right, right_to
from app.domain.text import Sentence, listed
from app.domain.vocabulary import AgencyKind, Role
from app.store import agencies, reach, standings
from app.store.columns import new_id
from app.store.tables.ballots import DecisionRow
from app.store.tables.cases import CaseAgencyRow, CaseRow
from app.store.tables.journal import EntryRow
from app.store.tables.plans import PlanConfirmationRow, PlanLineRow, PlanRow
from app.store.unit_of_work import Desk


def versions(session: Session, case_id: str) -> list[PlanRow]:
    """Every version of the case's plan, the newest first."""
    query = select(PlanRow).where(PlanRow.case_id == case_id)
    return list(session.exec(query.order_by(col(PlanRow.version).desc())))


def newest(session: Session, case_id: str) -> PlanRow | None:
    return next(iter(versions(session, case_id)), None)


def lines_of(session: Session, plan_id: str) -> list[PlanLineRow]:
    query = select(PlanLineRow).where(PlanLineRow.plan_id == plan_id)
    ordered = query.order_by(
        col(PlanLineRow.list), col(PlanLineRow.position), col(PlanLineRow.id)
    ).execution_options(populate_existing=True)
    return list(session.exec(ordered))


def line_of(desk: Desk, plan_id: str, line_id: str) -> PlanLineRow:
    """A line of this very plan; the line of another plan does not exist here."""
    line = reach.load(desk, PlanLineRow, line_id)
    if line.plan_id != plan_id:
        raise NotFound
    return line


def add_line(
    session: Session,
    plan_id: str,
    kind: PlanList,
    agency_id: str | None,
    values: Mapping[str, Any],
) -> PlanLineRow:
    """Put a line at the end of its table; the plan is locked, so no other takes the same place."""
    last = session.exec(
        select(func.max(PlanLineRow.position)).where(
            PlanLineRow.plan_id == plan_id, PlanLineRow.list == kind
        )
    ).one()
    line = PlanLineRow(
        id=new_id(),
        plan_id=plan_id,
        list=kind,
        position=(last or 0) + 1,
        agency_id=agency_id,
        values=dict(values),
    )
    session.add(line)
    session.flush()
    return line


def line_on_wire(line: PlanLineRow) -> dict[str, Any]:
    """A plan line as facts and snapshots carry it."""
    return {
        "id": line.id,
        "list": line.list,
        "position": line.position,
        "agency_id": line.agency_id,
        "version": line.version,
        "values": line.values,
    }


def answers_on(session: Session, plan_id: str) -> dict[str, PlanConfirmationRow]:
    query = select(PlanConfirmationRow).where(PlanConfirmationRow.plan_id == plan_id)
    return {row.agency_id: row for row in session.exec(query)}


def deciding(session: Session, case_id: str) -> DecisionRow | None:
    """The declaration that made the present lead lead."""
    query = select(DecisionRow).where(
        DecisionRow.case_id == case_id,
        or_(
            DecisionRow.result == Result.DECIDED,
            col(DecisionRow.settled)["result"].as_string() == Result.DECIDED,
        ),
    )
    return session.exec(query.order_by(col(DecisionRow.declared_at).desc()).limit(1)).first()


def to_ask(
    session: Session, case: CaseRow, lines: Iterable[PlanLineRow], day: date
) -> list[dict[str, str]]:
    """Lead, supporters, referrer and whoever a line gives work, as far as the consent is live.

    They come in listing order. Nobody takes on work in a plan without being asked.
    """
    decision = deciding(session, case.id)
    concerned = {case.referrer_agency_id, case.lead_agency_id}
    concerned |= {s["agency_id"] for s in decision.supporters} if decision else set()
    concerned |= {line.agency_id for line in lines}
    within = within_consent(session, case.id, concerned - {None}, day)
    return [
        {"agency_id": row.id, "name": row.name, "kind": row.kind}
        for row in agencies.by_ids(session, within).values()
    ]


def may_be_given_work(session: Session, case_id: str, day: date) -> set[str]:
    """Agencies that take part in the case and are within its live consent."""
    query = select(CaseAgencyRow.agency_id).where(CaseAgencyRow.case_id == case_id)
    taking_part = list(session.exec(query))
    return within_consent(session, case_id, taking_part, day)


def missing(session: Session, plan: PlanRow, day: date) -> tuple[str, ...]:
    """What the draft lacks before it can be circulated, as sentences."""
    lines = lines_of(session, plan.id)
    actions = [line for line in lines if line.list == PlanList.ACTION]
    found = missing_for_circulation(
        {key: kept["text"] for key, kept in plan.sections.items()},
        len(actions),
        sum(line.list == PlanList.ROLE for line in lines),
        sum(not line.values.get("due") for line in actions),
    )
    named = {line.agency_id for line in lines if line.agency_id}
    outside = named - within_consent(session, plan.case_id, named, day)
    if not outside:
        return found
    names = listed(row.name for row in agencies.by_ids(session, outside).values())
    return (*found, Sentence(_("同意の範囲にない機関の行の変更（{names}）"), names=names))


def require_planning(case: CaseRow) -> None:
    """A plan moves only while its case is being planned: not while it is suspended, for one."""
    if case.status != CaseStatus.PLANNING:
        raise StateForbids(
            _("案件は現在「{status}」のため、支援計画書は動かせません。"),
            status=CASE_STATUS_LABELS[CaseStatus(case.status)],
        )


def within_consent(
    session: Session, case_id: str, agency_ids: Iterable[str | None], day: date
) -> set[str]:
    """Those of the agencies that may know about the case on that day: within the firm's consent,
    and without a conflict of interest."""
    consent = standings.consent_in_force(session, case_id)
    if consent is None:
        return set()
    out = standings.recused_from(session, case_id)
    return {one for one in agency_ids if one and one not in out and consent.groups_for(one, day)}


def last_entry(
    session: Session, room_id: str, kind: str, about: Mapping[str, Any]
) -> EntryRow | None:
    """The newest entry of a kind whose body says all of ``about``: who wrote last."""
    query = select(EntryRow).where(EntryRow.room_id == room_id, EntryRow.kind == kind)
    for entry in session.exec(query.order_by(col(EntryRow.seq).desc())):
        if entry.body and about.items() <= entry.body.items():
            return entry
    return None


def known_to_all(
    desk: Desk, case: CaseRow, asked: Iterable[Mapping[str, str]]
) -> frozenset[ItemGroup]:
    """The item groups any of the agencies' people may know: a paper for all carries no others.

    Nor does it carry what the firm shares with nobody, though its referrer sees all of the case.
    """
    consent = standings.consent_in_force(desk.session, case.id)
    live = consent is not None and consent.live_on(desk.today())
    shared = consent.groups if consent is not None and live else frozenset[ItemGroup]()
    groups = shared | FOLLOWS_FROM_TAKING_PART
    for one in asked:
        anybody = Actor(
            person_id="",
            person_name="",
            membership_id="",
            title="",
            role=Role.PARTICIPANT,
            agency_id=one["agency_id"],
            agency_name=one["name"],
            agency_kind=AgencyKind(one["kind"]),
        )
        standing = standings.of_case(desk.session, anybody, case, desk.today())
        groups = frozenset(g for g in groups if right_to(anybody, standing, g) is not Right.HIDDEN)
    return groups
