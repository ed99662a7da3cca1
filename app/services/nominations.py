"""推薦: the role is defined, every agency names a lead in silence, all are revealed together."""

import secrets
from typing import Annotated, Literal

from sqlmodel import col, select

from app.domain import conference as rules
from app.domain import lead_selection
from app.domain.access import Act
from app.domain.errors import Incomplete, Malformed, NotEntitled, StateForbids
from app.domain.facts import NominationSealed, NominationsOpened, NominationsRevealed
from app.domain.item_course import ItemStep
from app.domain.lead_selection import Nominating
from app.domain.people import Actor
from app.domain.sealing import seal_of
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, paragraph
from app.services.use_case import use_case
from app.store import agenda, ballots, electorates, reach, recusals
from app.store.tables.ballots import LeadSelectionRow, NominationRow
from app.store.unit_of_work import UnitOfWork

NOBODY = "nobody"


class OpenNominations(Command):
    """主担当の役割: what whoever leads will have to do, in the chair's words."""

    item_id: Id
    role: Annotated[str, paragraph(500)]


class NominateLead(Command):
    """``nobody``: no agency at this table can lead it, and the reason says why."""

    item_id: Id
    nominee_id: Id | Literal["nobody"]
    reason: Annotated[str, paragraph(500)]


class RevealNominations(Command):
    item_id: Id


@use_case
def open_nominations(uow: UnitOfWork, actor: Actor, command: OpenNominations) -> Done:
    """The first turn; after its reveal once more, for those whom the others made think again."""
    item = _running(uow, actor, command.item_id, Act.PROPOSE_LEAD)
    if item.case is None:
        raise StateForbids(_("主担当機関は案件の議題でだけ決められます。"))
    if ballots.open_on(uow.session, item.row.id) is not None:
        raise StateForbids(_("意思表示を受付中です。先に宣言してください。"))
    row = uow.session.get(LeadSelectionRow, item.row.id)
    state = Nominating(row.state) if row else None
    turn = lead_selection.next_turn(row.turn if row else None, state)
    row = row or LeadSelectionRow(item_id=item.row.id, role="", turn=turn, state=Nominating.OPEN)
    row.role, row.turn, row.state = command.role, turn, Nominating.OPEN
    row.asked = [
        seat["agency_id"]
        for seat in electorates.at_table(uow, item.row, item.conference, item.case)
    ]
    row.opened_at = uow.now()
    uow.session.add(row)
    agenda.advance(uow, item.row, ItemStep.LEAD)
    fact = NominationsOpened(turn=turn, role=row.role, asked=row.asked)
    return Done(cursor=uow.record(item.room, fact), version=turn)


@use_case
def nominate_lead(uow: UnitOfWork, actor: Actor, command: NominateLead) -> Done:
    """One nomination per seat and turn; until the reveal a later one replaces it."""
    item = _running(uow, actor, command.item_id, Act.NOMINATE)
    row = _opened(uow, item.row.id)
    if actor.agency_id not in row.asked:
        raise NotEntitled(_("推薦を求められた機関に含まれていません。"))
    nominee_id = None if command.nominee_id == NOBODY else command.nominee_id
    _require_seated(uow, item, nominee_id)
    key = (item.row.id, actor.agency_id, row.turn)
    nomination = uow.session.get(NominationRow, key) or NominationRow(
        item_id=item.row.id,
        agency_id=actor.agency_id,
        turn=row.turn,
        reason="",
        person_name="",
        at=uow.now(),
    )
    nomination.nominee_id, nomination.reason = nominee_id, command.reason
    nomination.person_name, nomination.at = actor.person_name, uow.now()
    nomination.nonce = secrets.token_hex(16)
    uow.session.add(nomination)
    content = lead_selection.content_of(*key, nominee_id, command.reason)
    seal = seal_of(content, nomination.nonce)
    fact = NominationSealed(agency_id=actor.agency_id, turn=row.turn, seal=seal)
    return Done(cursor=uow.record(item.room, fact))


@use_case
def reveal_nominations(uow: UnitOfWork, actor: Actor, command: RevealNominations) -> Done:
    """All at once; from then on nobody can add to this turn."""
    item = _running(uow, actor, command.item_id, Act.PROPOSE_LEAD)
    row = _opened(uow, item.row.id)
    given = _still_here(uow, item.row.id, row.turn)
    if not given and row.turn == 1:
        raise Incomplete(
            _("公開できる推薦がまだ届いていません。"),
            remedy=_("各機関の推薦を待つか、推薦を経ずに主担当を提案してください。"),
        )
    row.state = Nominating.REVEALED
    uow.session.add(row)
    fact = NominationsRevealed(
        turn=row.turn,
        nominations=[
            {
                "agency_id": one.agency_id,
                "nominee_id": one.nominee_id,
                "reason": one.reason,
                "person": one.person_name,
                "nonce": one.nonce,
            }
            for one in given
        ],
    )
    return Done(cursor=uow.record(item.room, fact))


def _running(uow: UnitOfWork, actor: Actor, item_id: str, act: Act) -> reach.ItemInHand:
    item = reach.item(uow, actor, item_id, act)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    rules.require_running(rules.ItemStatus(item.row.status))
    return item


def _still_here(uow: UnitOfWork, item_id: str, turn: int) -> list[NominationRow]:
    """The turn's nominations without those of agencies that have left for an interest since."""
    given = uow.session.exec(
        select(NominationRow)
        .where(NominationRow.item_id == item_id, NominationRow.turn == turn)
        .order_by(col(NominationRow.agency_id))
    ).all()
    out = recusals.out_of(uow.session, item_id)
    for one in given:
        if one.agency_id in out:
            uow.session.delete(one)
    return [one for one in given if one.agency_id not in out]


def _opened(uow: UnitOfWork, item_id: str) -> LeadSelectionRow:
    row = uow.session.get(LeadSelectionRow, item_id, populate_existing=True)
    if row is None:
        raise lead_selection.not_begun()
    lead_selection.require_open(Nominating(row.state))
    return row


def _require_seated(uow: UnitOfWork, item: reach.ItemInHand, nominee_id: str | None) -> None:
    seats = electorates.at_table(uow, item.row, item.conference, item.case)
    if nominee_id is not None and all(seat["agency_id"] != nominee_id for seat in seats):
        raise Malformed(
            _("この議題に参加している機関から選んでください。"),
            fields={"nominee_id": _("参加機関ではありません。")},
        )
