"""継続: an item goes on elsewhere, with an agency that answers for it until then."""

from dataclasses import replace
from datetime import date

from app.domain.access import Act
from app.domain.conference import ConferenceStatus, ItemKind, ItemStatus
from app.domain.consensus import Result
from app.domain.errors import Malformed, NotFound, StateForbids
from app.domain.item_results import ItemResult, Settled
from app.domain.people import Actor
from app.domain.sentences import _
from app.store import conferences, item_results, reach, tabling
from app.store.agenda import require_nothing_asked
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.unit_of_work import UnitOfWork


def require_may_leave(uow: UnitOfWork, conference: ConferenceRow, item: AgendaItemRow) -> None:
    """An item on which a lead was declared has its result; one that is asked waits for it."""
    if conferences.is_over(conference) or item.status == ItemStatus.DONE:
        raise StateForbids(_("この議題はすでに終わっています。"))
    require_nothing_asked(uow, item)
    declared = item_results.last_declared(uow.session, item.id)
    if declared is not None and declared.result in {Result.DECIDED, Result.PROVISIONAL}:
        raise StateForbids(
            _("この議題はすでに結果が宣言されています。"),
            remedy=_("「議題を終える」で終えてください。"),
        )


def goes_on(
    conference: ConferenceRow,
    case: CaseRow | None,
    *,
    owner_agency_id: str | None,
    owner_person: str,
    next_date: date | None,
) -> Settled:
    """Whoever runs the case, or the conference, answers for it unless another agency is named."""
    usual = item_results.runs(case) if case is not None else conference.host_agency_id
    return Settled(
        ItemResult.CONTINUED,
        owner_agency_id=owner_agency_id or usual,
        owner_person=owner_person,
        next_date=next_date,
    )


def onto(
    uow: UnitOfWork,
    actor: Actor,
    conference: ConferenceRow,
    item: AgendaItemRow,
    case: CaseRow | None,
    target_id: str,
    settled: Settled,
) -> Settled:
    """Put the item on the agenda of a planned conference of the same secretariat."""
    try:
        target = reach.conference(uow, actor, target_id, Act.SEE_CONFERENCE)
    except NotFound:
        raise _no_such_target() from None
    row = target.row
    if row.id == conference.id or row.host_agency_id != conference.host_agency_id:
        raise _no_such_target()
    if row.status != ConferenceStatus.PLANNED:
        raise StateForbids(_("移す先の会議はすでに始まっているか、終わっています。"))
    if case is not None:
        tabling.table(uow, actor, target.room, row, case, item.minutes)
    else:
        added = tabling.put_on(uow, row, ItemKind(item.kind), item.title, item.minutes)
        uow.record(target.room, tabling.added(added))
    return replace(settled, next_conference_id=row.id, next_date=conferences.held_on(row))


def _no_such_target() -> Malformed:
    return Malformed(
        _("移す先の会議を選び直してください。"),
        fields={"conference_id": _("同じ主催機関の、これから開く会議から選んでください。")},
    )
