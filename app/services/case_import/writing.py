"""Writing one case of a file: its firm with all figures, consent, sheet, opinions and papers."""

from typing import Any

from app.domain.case_life import CaseStatus
from app.domain.cell_sources import CellSource
from app.domain.consent import ConsentStatus, SignMethod
from app.domain.facts import ConsentRecorded, ConsentWithdrawn, RoomKind
from app.domain.machine import importer
from app.domain.people import Actor
from app.domain.sheet_columns import COLUMN, RowKind
from app.domain.sheet_values import value_for
from app.domain.vocabulary import AgencyKind
from app.services.case_import.case_record import SCHEMA, Case
from app.services.case_import.firm_writing import write_firm
from app.services.case_import.reading import ReadCase
from app.store import agencies, cases, consents, journal, sheet_record, sheets
from app.store.columns import new_id
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CasePaperRow, CaseRow, ConsentRow, OpinionRow
from app.store.unit_of_work import UnitOfWork

_STATUS = {
    "granted": ConsentStatus.GRANTED,
    "granted_limited": ConsentStatus.GRANTED_LIMITED,
    "expired": ConsentStatus.EXPIRED,
    "explained_not_signed": ConsentStatus.EXPLAINED,
    "declined": ConsentStatus.DECLINED,
    "withdrawn": ConsentStatus.WITHDRAWN,
}
_CASE_STATUS = {
    ConsentStatus.GRANTED: CaseStatus.CONSENTED,
    ConsentStatus.GRANTED_LIMITED: CaseStatus.CONSENTED,
    ConsentStatus.EXPIRED: CaseStatus.SUSPENDED,
    ConsentStatus.WITHDRAWN: CaseStatus.SUSPENDED,
    ConsentStatus.EXPLAINED: CaseStatus.CONSENT_PENDING,
    ConsentStatus.DECLINED: CaseStatus.CONSENT_PENDING,
}
# Read, not edited: what came with the case and has no table of its own.
_KEPT = (
    "fictional",
    "conference_kind_ja",
    "early_warning_signs",
    "plausible_lead",
    "alternative_lead",
    "supporting_agencies",
    "contention",
    "sample_opinions",
    "support_plan",
)


def source_key(case_id: str) -> str:
    return f"{SCHEMA}:{case_id}"


def write_case(uow: UnitOfWork, read: ReadCase) -> CaseRow:
    """Store the case at the stage its consent allows; nobody has referred or accepted it yet."""
    record = read.record
    prefecture = record.firm.prefecture_code
    named = {
        kind: agencies.register(uow.session, kind, name, prefecture)
        for kind, name in record.agencies.items()
    }
    referrer = named[record.referrer.agency_kind]
    actor = importer(referrer.id, referrer.name, AgencyKind(referrer.kind))
    uow.act_as(actor, new_id())
    firm = write_firm(uow, read, referrer)
    status = _consent_status(uow, record)
    case, _cursor = cases.open_case(
        uow,
        firm,
        referrer.id,
        _CASE_STATUS[status],
        source_key=source_key(record.case_id),
        conference_kind=record.conference_kind,
    )
    _consents(uow, case, record, status, named)
    sheet_record.tell_record(uow, case, actor)
    _sheet(uow, case, record, actor)
    _opinions(uow, case, record, named)
    kept = {name: read.raw[name] for name in _KEPT}
    if record.cash_flow_table is not None:
        kept["cash_flow_note"] = record.cash_flow_table.note
    source = {"schema": SCHEMA, "case_id": record.case_id, "digest": read.digest}
    uow.session.add(CasePaperRow(case_id=case.id, content={**kept, "source": source}))
    uow.session.flush()
    return case


def _consent_status(uow: UnitOfWork, record: Case) -> ConsentStatus:
    """As the file says, but for a consent that has run out since it was written."""
    status = _STATUS[record.consent.status]
    until = record.consent.valid_until
    if status in consents.GIVEN and until is not None and until < uow.today():
        return ConsentStatus.EXPIRED
    return status


def _consents(
    uow: UnitOfWork,
    case: CaseRow,
    record: Case,
    status: ConsentStatus,
    named: dict[AgencyKind, AgencyRow],
) -> None:
    """Earlier versions first, known only by their end; then the one in force."""
    room = journal.room_of(uow.session, RoomKind.CASE, case.id)
    given = record.consent
    for event in given.history:
        ended = _version(uow, case, ConsentStatus.WITHDRAWN, record)
        ended.withdrawn_on, ended.withdrawn_reason = event.on, event.reason
        consents.add_version(uow.session, ended, ())
        uow.record(
            room,
            ConsentWithdrawn(
                version=ended.version,
                on=event.on.isoformat(),
                reason=event.reason,
                case_status=case.status,
            ),
        )
    row = _version(uow, case, status, record)
    row.purpose, row.note = given.purpose or "", given.note
    row.valid_from, row.valid_until = given.granted_on, given.valid_until
    row.withdrawn_on = given.withdrawn_on
    row.item_groups = [str(group) for group in given.scope_item_groups]
    if given.method is not None:
        on_paper = given.method.startswith("書面")
        row.method = SignMethod.HANDWRITTEN if on_paper else SignMethod.ELECTRONIC
    scope = {named[kind].id for kind in given.scope_agency_kinds}
    consents.add_version(uow.session, row, scope)
    uow.record(
        room,
        ConsentRecorded(
            version=row.version,
            status=row.status,
            agencies=sorted(scope),
            groups=row.item_groups,
            valid_until=row.valid_until.isoformat() if row.valid_until else None,
            case_status=case.status,
        ),
    )


def _version(uow: UnitOfWork, case: CaseRow, status: ConsentStatus, record: Case) -> ConsentRow:
    row = consents.draft(case.id, status, case.referrer_agency_id, uow.now())
    row.explained_by = record.consent.explained_by
    return row


def _sheet(uow: UnitOfWork, case: CaseRow, record: Case, actor: Actor) -> None:
    cells: dict[str, Any] = {
        "phase": record.life_cycle_phase,
        "business": record.firm.business,
        "background": record.background,
        "wishes": "\n".join(record.wishes),
        "nf_manager": record.non_financial.manager,
        "nf_business": record.non_financial.business,
        "nf_environment": record.non_financial.environment_and_stakeholders,
        "nf_internal": record.non_financial.internal_control,
        "contention": record.contention,
    }
    for key, given in cells.items():
        _put(uow, case, sheets.CASE_ROW, key, given, actor)
    for issue in record.issues:
        row = new_id()
        sheets.add_row(uow, case.id, row, RowKind.ISSUE)
        _put(uow, case, row, "issue", issue, actor)


def _put(uow: UnitOfWork, case: CaseRow, row: str, key: str, given: object, actor: Actor) -> None:
    value = value_for(COLUMN[key], given)
    if value is not None:
        sheets.put_cell(uow, case.id, row, key, value, actor, source=CellSource.IMPORT)


def _opinions(
    uow: UnitOfWork, case: CaseRow, record: Case, named: dict[AgencyKind, AgencyRow]
) -> None:
    opinions = record.sample_opinions
    for stage, round_ in (("first", opinions.first_round), ("final", opinions.final_round)):
        for opinion in round_:
            uow.session.add(
                OpinionRow(
                    case_id=case.id,
                    agency_id=named[opinion.agency_kind].id,
                    stage=stage,
                    preferred_agency_id=named[opinion.preferred_lead].id,
                    stance=opinion.stance,
                )
            )
