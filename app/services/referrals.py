"""紹介: handing a case to one agency, which takes it up or sends it back with a reason."""

from typing import Annotated

from app.domain import case_life
from app.domain.access import Act, may_receive
from app.domain.case_life import CaseStatus
from app.domain.conference import ReferralStatus
from app.domain.errors import Incomplete, Malformed, NotFound, StateForbids
from app.domain.facts import CaseReferred, ReferralAnswered
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMNS, RowKind
from app.domain.text import listed
from app.services.commands import Command, Done, Id, paragraph
from app.services.use_case import use_case
from app.store import cases, consents, reach, sheet_record, sheets
from app.store.columns import new_id
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import ReferralRow
from app.store.unit_of_work import UnitOfWork


class ReferCase(Command):
    case_id: Id
    to_agency_id: Id
    reason: Annotated[str, paragraph(1000)]


class AnswerReferral(Command):
    """Sending a case back needs a reason; taking it up does not."""

    referral_id: Id
    accept: bool
    reason: Annotated[str, paragraph(500, required=False)] = ""


@use_case
def refer_case(uow: UnitOfWork, actor: Actor, command: ReferCase) -> Done:
    """Only to an agency the live consent names, and only with the required cells filled in.

    A secretariat may take up a case of its own agency: the referral then goes to itself.
    """
    case = reach.case(uow, actor, command.case_id, Act.REFER_CASE)
    status = case_life.move(CaseStatus(case.row.status), CaseStatus.REFERRED)
    consent = consents.in_force(uow.session, case.row.id)
    if consent is None or not consent.live_on(uow.today()):
        raise StateForbids(_("有効な同意がないため、紹介できません。"))
    receiver = uow.session.get(AgencyRow, command.to_agency_id)
    own = receiver is not None and receiver.id == actor.agency_id
    if receiver is None or receiver.id not in consent.agencies or (own and not may_receive(actor)):
        raise Malformed(
            _("依頼先は、同意に含まれる他の機関から選んでください。"),
            fields={"to_agency_id": _("同意の範囲にない機関です。")},
        )
    _require_cells(uow, case.row.id)
    referral = ReferralRow(
        id=new_id(),
        case_id=case.row.id,
        from_agency_id=actor.agency_id,
        to_agency_id=receiver.id,
        status=ReferralStatus.SENT,
        reason=command.reason,
        sent_at=uow.now(),
    )
    uow.session.add(referral)
    case.row.status = status
    uow.session.add(case.row)
    cases.take_part(uow.session, case.row.id, receiver.id, uow.now())
    cursor = uow.record(
        case.room,
        CaseReferred(
            referral_id=referral.id,
            to_agency_id=receiver.id,
            to_agency_name=receiver.name,
            reason=referral.reason,
            case_status=case.row.status,
        ),
    )
    return Done(id=referral.id, cursor=cursor)


def _require_cells(uow: UnitOfWork, case_id: str) -> None:
    missing = [
        column
        for column in COLUMNS
        if column.required
        and column.row_kind is RowKind.CASE
        and _is_empty(uow, case_id, column.key)
    ]
    if missing:
        raise Incomplete(
            _("情報共有シートの必須項目が空欄のため、紹介できません：{columns}"),
            columns=listed(column.label for column in missing),
            detail={"missing": [column.key for column in missing]},
        )


def _is_empty(uow: UnitOfWork, case_id: str, key: str) -> bool:
    cell = sheets.cell_of(uow.session, case_id, sheets.CASE_ROW, key)
    return cell is None or cell.value in (None, "", [])


@use_case
def answer_referral(uow: UnitOfWork, actor: Actor, command: AnswerReferral) -> Done:
    """受付・差戻し: the addressee becomes the receiver, or leaves the case again."""
    sent = uow.session.get(ReferralRow, command.referral_id)
    if sent is None:
        raise NotFound
    case = reach.case(uow, actor, sent.case_id, Act.ANSWER_REFERRAL)
    referral = reach.load(uow, ReferralRow, sent.id)
    if referral.status != ReferralStatus.SENT:
        raise StateForbids(_("この紹介にはすでに回答しています。"))
    if not command.accept and not command.reason:
        raise Malformed(
            _("差し戻す理由を入力してください。"), fields={"reason": _("入力してください。")}
        )
    status = CaseStatus.ACCEPTED if command.accept else CaseStatus.RETURNED
    case.row.status = case_life.move(CaseStatus(case.row.status), status)
    referral.answered_at = uow.now()
    if command.accept:
        referral.status = ReferralStatus.ACCEPTED
        case.row.receiver_agency_id = actor.agency_id
    else:
        referral.status, referral.reason_returned = ReferralStatus.RETURNED, command.reason
        cases.leave(uow.session, case.row.id, actor.agency_id)
    uow.session.add(referral)
    uow.session.add(case.row)
    sheet_record.tell_record(uow, case.row, actor)
    cursor = uow.record(
        case.room,
        ReferralAnswered(
            referral_id=referral.id,
            status=referral.status,
            reason=command.reason,
            case_status=case.row.status,
        ),
    )
    return Done(id=referral.id, cursor=cursor)
