"""同意: recording what a firm allowed, taking it back, and ending what has run out."""

from datetime import date
from typing import Annotated

from app.domain.access import Act
from app.domain.case_life import ENDED, CaseStatus
from app.domain.consent import CONSENTABLE, ConsentStatus, ItemGroup, SignMethod
from app.domain.errors import Malformed, StateForbids
from app.domain.facts import ConsentRecorded, ConsentWithdrawn, RoomKind
from app.domain.machine import AUTOMATIC
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, OptionalDay, line, paragraph
from app.services.use_case import use_case
from app.store import agencies, cases, conferences, consents, journal, reach, sheet_record
from app.store.columns import new_id
from app.store.tables.cases import CaseRow, ConsentRow
from app.store.unit_of_work import Database, UnitOfWork

USUAL_YEARS = 2
MOST_YEARS = 10


class RecordConsent(Command):
    """``declined`` and ``explained`` carry no scope; otherwise agencies are ticked one by one."""

    case_id: Id
    answer: ConsentStatus = ConsentStatus.GRANTED
    agencies: tuple[Id, ...] = ()
    item_groups: tuple[ItemGroup, ...] = ()
    valid_from: OptionalDay = None
    valid_until: OptionalDay = None
    method: SignMethod | None = None
    purpose: Annotated[str, paragraph(1000, required=False)] = ""
    explained_by: Annotated[str, line(120, required=False)] = ""
    note: Annotated[str, paragraph(500, required=False)] = ""


class WithdrawConsent(Command):
    case_id: Id
    reason: Annotated[str, paragraph(500)]


def years_after(day: date, years: int) -> date:
    """The same day years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@use_case
def record_consent(uow: UnitOfWork, actor: Actor, command: RecordConsent) -> Done:
    """The next version replaces the one before at once, and the case follows it.

    A case without consent begins to wait for it, or is ``consented``; a suspended case goes on
    where it stood when the new version names everyone who carries it. A consent that leaves out
    the addressee, receiver or lead suspends the case.
    """
    case = reach.case(uow, actor, command.case_id, Act.RECORD_CONSENT)
    if CaseStatus(case.row.status) in ENDED:
        raise StateForbids(_("この案件は終わっているため、同意を記録できません。"))
    row = consents.draft(case.row.id, command.answer, actor.agency_id, uow.now())
    row.explained_by, row.note = command.explained_by or actor.agency_name, command.note
    if command.answer in consents.GIVEN:
        _fill_in(uow, row, command)
    elif command.answer in {ConsentStatus.EXPLAINED, ConsentStatus.DECLINED}:
        before = consents.in_force(uow.session, case.row.id)
        if before is not None and before.live_on(uow.today()):
            raise StateForbids(
                _("有効な同意があります。取りやめる場合は「同意の撤回」を記録してください。")
            )
    else:
        raise Malformed(
            _("同意の状態を選び直してください。"),
            fields={"answer": _("選択肢から選んでください。")},
        )
    named = command.agencies if command.answer in consents.GIVEN else ()
    consents.add_version(uow.session, row, set(named))
    consent = consents.in_force(uow.session, case.row.id)
    cases.follow_consent(uow.session, case.row, consent, uow.today())
    if consent is not None and consent.live_on(uow.today()):
        conferences.let_tables_take_part(uow, case.row.id, consent)
    sheet_record.tell_record(uow, case.row, actor)
    fact = _recorded(case.row, row, sorted(set(named)))
    return Done(id=row.id, cursor=uow.record(case.room, fact), version=row.version)


def _fill_in(uow: UnitOfWork, row: ConsentRow, command: RecordConsent) -> None:
    """Check what a given consent must say; whether it is limited follows from the groups."""
    problems: dict[str, str] = {}
    groups = [group for group in CONSENTABLE if group in command.item_groups]
    if set(command.item_groups) - set(CONSENTABLE):
        problems["item_groups"] = _("選択肢から選んでください。")
    elif ItemGroup.IDENTITY not in groups:
        problems["item_groups"] = _("企業概要を含む、共有する項目を選んでください。")
    if not command.agencies:
        problems["agencies"] = _("提供先の機関を一つ以上選んでください。")
    elif len(agencies.by_ids(uow.session, command.agencies)) < len(set(command.agencies)):
        problems["agencies"] = _("登録されていない機関が含まれています。選び直してください。")
    if command.method is None:
        problems["method"] = _("署名の方法を選んでください。")
    today = uow.today()
    start = command.valid_from or today
    until = command.valid_until or years_after(start, USUAL_YEARS)
    if start > today:
        problems["valid_from"] = _("今日以前の日付を入力してください。")
    if until < start:
        problems["valid_until"] = _("始まりの日以降の日付を入力してください。")
    elif until < today:
        problems["valid_until"] = _("期限がすでに過ぎています。")
    elif until > years_after(start, MOST_YEARS):
        problems["valid_until"] = _("期間は10年以内にしてください。")
    if problems:
        raise Malformed(_("同意の内容を確認してください。"), fields=problems)
    row.status = (
        ConsentStatus.GRANTED if len(groups) == len(CONSENTABLE) else ConsentStatus.GRANTED_LIMITED
    )
    row.item_groups = [str(group) for group in groups]
    row.method, row.purpose = command.method, command.purpose
    row.valid_from, row.valid_until = start, until


def _recorded(case: CaseRow, row: ConsentRow, named: list[str]) -> ConsentRecorded:
    return ConsentRecorded(
        version=row.version,
        status=row.status,
        agencies=named,
        groups=row.item_groups,
        valid_until=row.valid_until.isoformat() if row.valid_until else None,
        case_status=case.status,
    )


@use_case
def withdraw_consent(uow: UnitOfWork, actor: Actor, command: WithdrawConsent) -> Done:
    """撤回: from this moment nobody but the referrer sees the case, and it is suspended."""
    case = reach.case(uow, actor, command.case_id, Act.WITHDRAW_CONSENT)
    row = consents.newest(uow.session, case.row.id)
    if row is None or row.status not in consents.GIVEN:
        raise StateForbids(_("撤回できる同意がありません。"))
    row.status, row.withdrawn_on = ConsentStatus.WITHDRAWN, uow.today()
    row.withdrawn_reason = command.reason
    uow.session.add(row)
    uow.session.flush()
    cases.follow_consent(uow.session, case.row, None, uow.today())
    sheet_record.tell_record(uow, case.row, actor)
    fact = ConsentWithdrawn(
        version=row.version,
        on=uow.today().isoformat(),
        reason=command.reason,
        case_status=case.row.status,
    )
    return Done(id=row.id, cursor=uow.record(case.room, fact), version=row.version)


def suspend_expired(database: Database) -> int:
    """Write down that consents ran out, and suspend their cases; return how many.

    Sight of a case ends by date all by itself (``standings``); this only makes the records say
    so. It is the product's own act, run once a day and harmless to repeat; each case is a
    transaction of its own, so that one that fails does not hold up the others.
    """
    with database.read() as desk:
        overdue = consents.overdue_cases(desk.session, desk.today())
    return sum(_expire(database, case_id) for case_id in overdue)


def _expire(database: Database, case_id: str) -> int:
    with database.begin() as uow:
        uow.act_as(AUTOMATIC, new_id())
        case = reach.load(uow, CaseRow, case_id)
        row = consents.newest(uow.session, case_id)
        today = uow.today()
        if row is None or row.status not in consents.GIVEN:
            return 0
        if row.valid_until is None or row.valid_until >= today:
            return 0
        row.status = ConsentStatus.EXPIRED
        uow.session.add(row)
        uow.session.flush()
        consent = consents.in_force(uow.session, case_id)
        cases.follow_consent(uow.session, case, consent, today)
        sheet_record.tell_record(uow, case, AUTOMATIC)
        named = sorted(consent.agencies) if consent else []
        room = journal.room_of(uow.session, RoomKind.CASE, case_id)
        uow.record(room, _recorded(case, row, named))
        return 1
