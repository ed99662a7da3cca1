"""The cases an agency may see, as a list."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from app.domain.access import Act, decide
from app.domain.case_life import CASE_STATUS_LABELS, ENDED, STAGES, CaseStatus, stage_of
from app.domain.conference import LIVE
from app.domain.people import Actor
from app.domain.prefectures import PREFECTURE_BY_CODE
from app.domain.sentences import _
from app.store import cases, standings
from app.store.agencies import by_ids
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk

# What usually comes next; whoever has to do it finds the form on the case's page.
NEXT_STEPS = {
    CaseStatus.DETECTED: _("同意を得る"),
    CaseStatus.CONSENT_PENDING: _("同意書の署名を待つ"),
    CaseStatus.CONSENTED: _("依頼先へ紹介する"),
    CaseStatus.REFERRED: _("紹介先が回答する"),
    CaseStatus.RETURNED: _("紹介先を選び直す"),
    CaseStatus.ACCEPTED: _("会議に付議する"),
    CaseStatus.SCHEDULED: _("会議で協議する"),
    CaseStatus.IN_CONFERENCE: _("主担当を決める"),
    CaseStatus.PROVISIONAL: _("持ち帰りの回答を待つ"),
    CaseStatus.LEAD_DECIDED: _("支援計画を作成する"),
    CaseStatus.PLANNING: _("支援計画の確認をそろえる"),
    CaseStatus.PLAN_AGREED: _("支援を始める"),
    CaseStatus.EXECUTING: _("支援を進める"),
    CaseStatus.MONITORING: _("次回の確認を行う"),
    CaseStatus.SUSPENDED: _("同意を取り直す"),
    CaseStatus.CLOSED: "",
    CaseStatus.WITHDRAWN: "",
}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """``stage``, ``status`` and ``next_step`` are labels to be told."""

    id: str
    case_no: str
    firm_name: str
    place: str
    stage: str
    status: str
    is_suspended: bool
    referrer: str
    lead: str
    lead_kind: str
    next_step: str
    next_conference: datetime | None


@dataclass(frozen=True, slots=True)
class CaseList:
    """``live`` and ``ended`` count all that may be seen; ``lines`` are those asked for."""

    lines: tuple[CaseLine, ...]
    live: int
    ended: int


def case_list(desk: Desk, actor: Actor, *, ended: bool = False) -> CaseList:
    """Newest first. The ids come from one query, the decision from the one place that decides."""
    visible = cases.visible_ids(desk.session, actor.agency_id, desk.today())
    rows = desk.session.exec(
        select(CaseRow, FirmRow)
        .join(FirmRow, col(FirmRow.id) == col(CaseRow.firm_id))
        .where(col(CaseRow.id).in_(visible))
        .order_by(col(CaseRow.created_at).desc(), col(CaseRow.case_no).desc())
    )
    seen = [(case, firm) for case, firm in rows if _may_see(desk, actor, case)]
    over = [one for one in seen if CaseStatus(one[0].status) in ENDED]
    asked = over if ended else [one for one in seen if one not in over]
    agencies = by_ids(
        desk.session,
        {case.referrer_agency_id for case, _firm in asked}
        | {case.lead_agency_id for case, _firm in asked if case.lead_agency_id},
    )
    coming = _coming_conferences(desk, {case.id for case, _firm in asked})
    lines = []
    for case, firm in asked:
        status = CaseStatus(case.status)
        before = CaseStatus(case.status_before) if case.status_before else None
        lead = agencies.get(case.lead_agency_id or "")
        lines.append(
            CaseLine(
                id=case.id,
                case_no=case.case_no,
                firm_name=firm.name,
                place=PREFECTURE_BY_CODE[firm.prefecture_code].name + firm.city,
                stage=STAGES[stage_of(status, before)][0],
                status=CASE_STATUS_LABELS[status],
                is_suspended=status is CaseStatus.SUSPENDED,
                referrer=agencies[case.referrer_agency_id].name,
                lead=lead.name if lead else "",
                lead_kind=lead.kind if lead else "",
                next_step=NEXT_STEPS[status],
                next_conference=coming.get(case.id),
            )
        )
    return CaseList(tuple(lines), live=len(seen) - len(over), ended=len(over))


def _may_see(desk: Desk, actor: Actor, case: CaseRow) -> bool:
    standing = standings.of_case(desk.session, actor, case, desk.today())
    return decide(actor, Act.SEE_CASE, standing)


def _coming_conferences(desk: Desk, case_ids: set[str]) -> dict[str, datetime]:
    """The next conference on whose agenda each case stands."""
    rows = desk.session.exec(
        select(AgendaItemRow.case_id, ConferenceRow.starts_at)
        .join(ConferenceRow, col(ConferenceRow.id) == col(AgendaItemRow.conference_id))
        .where(
            col(AgendaItemRow.case_id).in_(case_ids),
            AgendaItemRow.status != "done",
            col(ConferenceRow.status).in_(LIVE),
        )
        .order_by(col(ConferenceRow.starts_at).desc())
    )
    return {str(case_id): starts_at for case_id, starts_at in rows}
