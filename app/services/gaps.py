"""引受手不在の記録: what became of a gap, or who has it in hand from now on."""

from typing import Annotated

from sqlmodel import select

from app.clock import iso
from app.domain import gaps as rules
from app.domain.access import Act
from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.domain.facts import GapMoved, GapSettled
from app.domain.gaps import GapOutcome, GapState
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Day, Done, Id, line, paragraph
from app.services.use_case import use_case
from app.store import gaps, reach
from app.store.tables.gaps import GapRow
from app.store.unit_of_work import UnitOfWork


class SettleGap(Command):
    gap_id: Id
    outcome: GapOutcome
    text: Annotated[str, paragraph(500)]


class MoveGap(Command):
    """Another agency takes it over, another person of the same one, or the day changes."""

    gap_id: Id
    owner_id: Id
    owner_person: Annotated[str, line(80)]
    due: Day
    reason: Annotated[str, paragraph(300)]


@use_case
def settle_gap(uow: UnitOfWork, actor: Actor, command: SettleGap) -> Done:
    gap, item = _in_hand(uow, actor, command.gap_id)
    gap.state, gap.outcome, gap.outcome_text = GapState.CLOSED, command.outcome, command.text
    gap.closed_by, gap.closed_at = actor.person_name, uow.now()
    uow.session.add(gap)
    fact = GapSettled(gap_id=gap.id, outcome=command.outcome, text=command.text)
    return Done(id=gap.id, cursor=uow.record(item.room, fact))


@use_case
def move_gap(uow: UnitOfWork, actor: Actor, command: MoveGap) -> Done:
    """What it was before stays on record."""
    gap, item = _in_hand(uow, actor, command.gap_id)
    lacking: dict[str, str] = {}
    if command.owner_id not in gaps.owners_at(uow, item):
        lacking["owner_id"] = _("この案件の情報を受けられる参加機関から選んでください。")
    if wrong := rules.wrong_day(command.due, uow.today()):
        lacking["due"] = wrong
    if lacking:
        raise Malformed(_("担当または期限を変更できませんでした。"), fields=lacking)
    gap.moves = [
        *gap.moves,
        {
            "from_agency_id": gap.owner_agency_id,
            "from_person": gap.owner_person,
            "from_due": gap.due.isoformat(),
            "agency_id": command.owner_id,
            "person": command.owner_person,
            "due": command.due.isoformat(),
            "reason": command.reason,
            "by": actor.person_name,
            "at": iso(uow.now()),
        },
    ]
    if command.owner_id != gap.owner_agency_id:
        gap.state = GapState.ASSIGNED
    gap.owner_agency_id, gap.owner_person = command.owner_id, command.owner_person
    gap.due = command.due
    uow.session.add(gap)
    fact = GapMoved(
        gap_id=gap.id,
        owner_agency_id=gap.owner_agency_id,
        owner_person=gap.owner_person,
        due=gap.due.isoformat(),
        reason=command.reason,
        state=gap.state,
    )
    return Done(id=gap.id, cursor=uow.record(item.room, fact))


def _in_hand(uow: UnitOfWork, actor: Actor, gap_id: str) -> tuple[GapRow, reach.ItemInHand]:
    """An open gap through its item, for its owner and for the conference's secretariat."""
    item_id = uow.session.exec(select(GapRow.item_id).where(GapRow.id == gap_id)).first()
    if item_id is None:
        raise NotFound
    item = reach.item(uow, actor, item_id, Act.KEEP_GAP)
    gap = reach.load(uow, GapRow, gap_id)
    if actor.agency_id not in {gap.owner_agency_id, item.conference.host_agency_id}:
        raise NotEntitled(_("この記録を更新できるのは、担当機関と会議の事務局だけです。"))
    if gap.state == GapState.CLOSED:
        raise StateForbids(_("この引受手不在の記録は、すでに完了しています。"))
    return gap, item
