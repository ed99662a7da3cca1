"""決定: what was declared about a case, with its addenda, on the case's own page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from app.domain.access import Act
from app.domain.addenda import DAYS, FIELD_LABELS, Place
from app.domain.consensus import RESULT_LABELS, Result
from app.domain.consent import ItemGroup
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.plan_paper import AddendumLine
from app.domain.sentences import _
from app.domain.sheet_schema import Right, right_to
from app.domain.text import Sentence
from app.queries.agencies import AgencyChoice, choice_of
from app.store import addenda, reach
from app.store.agencies import by_ids
from app.store.decision_papers import addenda_of
from app.store.tables.ballots import DecisionRow, RoundRow
from app.store.tables.conferences import ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.tables.gaps import GapRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class Correctable:
    """``label`` is to be told; ``now`` is what it says by now, a day as ISO."""

    field: str
    agency_id: str
    label: Sentence
    now: str
    is_day: bool


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """``result`` and what it became are labels to be told; ``record`` is what was declared.

    ``paper_of``: the round whose 主担当決定書 the reader may have, who then was at the item.
    """

    id: str
    number: str
    result: str
    became: str
    conference: str
    declared_at: datetime
    declared_by: str
    wording: str
    lead: AgencyChoice | None
    lead_person: str
    supporters: tuple[tuple[str, str], ...]
    next_date: date | None
    record: Mapping[str, Any] | None
    addenda: tuple[AddendumLine, ...]
    correctable: tuple[Correctable, ...]  # empty for those who may not
    paper_of: str | None


def decisions_of_case(desk: Desk, actor: Actor, case_id: str) -> tuple[DecisionCard, ...]:
    """The newest first, for those who may read what was decided; no stances are among it."""
    case = reach.case(desk, actor, case_id, Act.SEE_CASE)
    if right_to(actor, case.standing, ItemGroup.DECISION) is Right.HIDDEN:
        return ()
    query = (
        select(DecisionRow, RoundRow, ConferenceRow)
        .where(DecisionRow.case_id == case_id, RoundRow.id == DecisionRow.round_id)
        .where(ConferenceRow.id == DecisionRow.conference_id)
        .order_by(col(DecisionRow.declared_at).desc(), col(DecisionRow.number).desc())
    )
    return tuple(
        _card(desk, actor, decision, round_, conference)
        for decision, round_, conference in desk.session.exec(query)
    )


@dataclass(frozen=True, slots=True)
class Excerpt:
    """抜粋: what the referrer files; other cases, stances and dissent are not in it."""

    case_id: str
    case_no: str
    firm_name: str
    decision: DecisionCard
    gap: GapRow | None
    gap_owner: str
    told_to: str
    today: date


def decision_excerpt(desk: Desk, actor: Actor, case_id: str, decision_id: str) -> Excerpt:
    """For whoever may read what was decided, the referrer before all."""
    case = reach.case(desk, actor, case_id, Act.SEE_CASE)
    found = decisions_of_case(desk, actor, case_id)
    card = next((one for one in found if one.id == decision_id), None)
    row = desk.session.get(DecisionRow, decision_id)
    firm = desk.session.get(FirmRow, case.row.firm_id)
    if card is None or row is None or firm is None:
        raise NotFound
    gap = desk.session.exec(select(GapRow).where(GapRow.decision_id == decision_id)).first()
    owner = by_ids(desk.session, [gap.owner_agency_id] if gap else [])
    return Excerpt(
        case_id=case.row.id,
        case_no=case.row.case_no,
        firm_name=firm.name,
        decision=replace(card, addenda=addenda_of(desk, row, conditions=False), correctable=()),
        gap=gap,
        gap_owner=next((row.name for row in owner.values()), ""),
        told_to=actor.agency_name,
        today=desk.today(),
    )


def _card(
    desk: Desk, actor: Actor, row: DecisionRow, round_: RoundRow, conference: ConferenceRow
) -> DecisionCard:
    wanted = {one["agency_id"] for one in row.supporters} | {row.lead_agency_id or ""}
    agencies = by_ids(desk.session, wanted)
    lead = agencies.get(row.lead_agency_id or "")
    was_there = reach.may_at_item(desk, actor, row.item_id, Act.SEE_ITEM)
    return DecisionCard(
        id=row.id,
        number=row.number,
        result=RESULT_LABELS[Result(row.result)],
        became=RESULT_LABELS[Result(row.settled["result"])] if row.settled else "",
        conference=conference.name,
        declared_at=row.declared_at,
        declared_by=row.declared_by,
        wording=round_.wording,
        lead=choice_of(lead) if lead else None,
        lead_person=row.lead_person if lead else "",
        supporters=tuple(
            (agencies[one["agency_id"]].name, one["role"])
            for one in row.supporters
            if one["agency_id"] in agencies
        ),
        next_date=row.next_date,
        record=row.record,
        addenda=addenda_of(desk, row, conditions=was_there),
        correctable=_correctable(desk, actor, row, round_),
        paper_of=round_.id if was_there else None,
    )


def _correctable(
    desk: Desk, actor: Actor, row: DecisionRow, round_: RoundRow
) -> tuple[Correctable, ...]:
    if not reach.may_at_item(desk, actor, row.item_id, Act.CORRECT_DECISION):
        return ()
    now = addenda.values_now(desk.session, row, round_)
    names = by_ids(desk.session, {place.agency_id for place in now if place.agency_id})
    return tuple(
        Correctable(
            field=place.field.value,
            agency_id=place.agency_id,
            label=_label(place, names[place.agency_id].name if place.agency_id in names else ""),
            now=said,
            is_day=place.field in DAYS,
        )
        for place, said in now.items()
    )


def _label(place: Place, agency: str) -> Sentence:
    label = Sentence(FIELD_LABELS[place.field])
    if not agency:
        return label
    return Sentence(_("{field}（{agency}）"), field=label, agency=agency)
