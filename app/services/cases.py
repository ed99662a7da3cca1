"""Opening a support case for a firm, with the first cells of its sheet."""

from typing import Annotated

from sqlmodel import col, select

from app.domain.access import Act
from app.domain.case_life import ENDED, CaseStatus
from app.domain.cell_sources import CellSource
from app.domain.errors import Duplicate
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN
from app.domain.sheet_values import value_for
from app.domain.vocabulary import ConferenceKind, LifeCyclePhase, RequestKind, Urgency
from app.services.commands import Command, Done, Id, paragraph
from app.services.use_case import use_case
from app.store import cases, reach, sheet_record, sheets
from app.store.tables.cases import CaseRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import UnitOfWork

_CELLS = ("phase", "request_kind", "request_detail", "background", "wishes", "urgency", "tried")


class OpenCase(Command):
    """Nothing but the firm is needed to begin; referring it will need the required cells."""

    firm_id: Id
    conference_kind: ConferenceKind | None = None
    phase: LifeCyclePhase | None = None
    request_kind: tuple[RequestKind, ...] = ()
    request_detail: Annotated[str, paragraph(1000, required=False)] = ""
    background: Annotated[str, paragraph(2000, required=False)] = ""
    wishes: Annotated[str, paragraph(2000, required=False)] = ""
    urgency: Urgency | None = None
    tried: Annotated[str, paragraph(2000, required=False)] = ""


@use_case
def open_case(uow: UnitOfWork, actor: Actor, command: OpenCase) -> Done:
    """The agency that opens a case is its referrer; it carries one live case per firm."""
    reach.network(actor, Act.OPEN_CASE)
    firm = reach.load(uow, FirmRow, command.firm_id)
    live = uow.session.exec(
        select(CaseRow).where(
            CaseRow.firm_id == firm.id,
            CaseRow.referrer_agency_id == actor.agency_id,
            col(CaseRow.status).not_in(ENDED),
        )
    ).first()
    if live is not None:
        raise Duplicate(
            _("この企業には、お使いの機関が扱う案件がすでにあります（{case_no}）。"),
            case_no=live.case_no,
            remedy=_("その案件を開いて続けてください。"),
            detail={"case_id": live.id},
        )
    case, cursor = cases.open_case(
        uow,
        firm,
        actor.agency_id,
        CaseStatus.DETECTED,
        conference_kind=command.conference_kind,
    )
    sheet_record.tell_record(uow, case, actor)
    for key in _CELLS:
        given = getattr(command, key)
        value = value_for(COLUMN[key], list(given) if isinstance(given, tuple) else given)
        if value is not None:
            sheets.put_cell(
                uow, case.id, sheets.CASE_ROW, key, value, actor, source=CellSource.FORM
            )
    return Done(id=case.id, cursor=cursor)
