"""主担当の確認: the chair proposes a lead, every seat is asked, what was sealed is revealed."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain import conference as rules
from app.domain import decision_rules
from app.domain.access import Act
from app.domain.case_life import CaseStatus
from app.domain.consensus import STILL_ASKED, Result, RoundState
from app.domain.errors import Malformed, StateForbids
from app.domain.facts import RoundOpened, RoundReplaced, StancesRevealed
from app.domain.item_course import ItemStep
from app.domain.lead_selection import Nominating
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.text import listed
from app.services.commands import Command, Done, Id, line, paragraph
from app.services.use_case import use_case
from app.store import agenda, ballots, electorates, item_results, reach
from app.store.columns import new_id
from app.store.tables.ballots import LeadSelectionRow, RoundRow
from app.store.tables.cases import CaseRow
from app.store.unit_of_work import UnitOfWork


class Supporter(BaseModel):
    """An agency that supports the lead, and in what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency_id: Id
    role: Annotated[str, line(200)]


class OpenRound(Command):
    """The chair proposes a lead with supporters; every seat is then asked.

    ``blind``: nobody reads the others' stances until the chair reveals them. ``because``: why it
    is asked again, where it was asked before.
    """

    item_id: Id
    nominee_id: Id
    supporters: list[Supporter] = Field(default_factory=list, max_length=20)
    wording: Annotated[str, paragraph(500)]
    blind: bool = False
    because: Annotated[str, paragraph(500, required=False)] = ""


class RevealStances(Command):
    round_id: Id


@use_case
def open_round(uow: UnitOfWork, actor: Actor, command: OpenRound) -> Done:
    """The rule and the electorate are pinned to the round for good."""
    item = reach.item(uow, actor, command.item_id, Act.PROPOSE_LEAD)
    rules.require_open(rules.ConferenceStatus(item.conference.status))
    rules.require_running(rules.ItemStatus(item.row.status))
    _require_ready(uow, item)
    seats = electorates.electorate_of(uow, item.row, item.conference, item.case)
    present = electorates.at_table(uow, item.row, item.conference, item.case)
    known = {seat["agency_id"] for seat in present}
    _require_in(known, command.nominee_id, "nominee_id")
    for position, supporter in enumerate(command.supporters):
        _require_in(known, supporter.agency_id, f"supporters-{position}-agency_id")
    earlier = uow.session.exec(_rounds_of(item.row.id)).all()
    if earlier:
        _ask_again(uow, item, earlier[-1], command.because)
    else:
        agenda.take_up_if_left(uow, item.conference, item.case)
    rule = ballots.rule_at(uow, item.conference, item.case, blind=command.blind)
    row = RoundRow(
        id=new_id(),
        item_id=item.row.id,
        number=len(earlier) + 1,
        nominee_id=command.nominee_id,
        supporters=[{"agency_id": s.agency_id, "role": s.role} for s in command.supporters],
        wording=command.wording,
        because=command.because if earlier else "",
        rule=rule.as_mapping(),
        rule_digest=decision_rules.digest_of(rule),
        seats=seats,
        state=RoundState.OPEN,
        opened_at=uow.now(),
    )
    uow.session.add(row)
    fact = RoundOpened(
        round_id=row.id,
        number=row.number,
        nominee_id=row.nominee_id,
        supporters=row.supporters,
        wording=row.wording,
        because=row.because,
        rule=row.rule,
        rule_digest=row.rule_digest,
        seats=seats,
    )
    agenda.advance(uow, item.row, ItemStep.LEAD)
    return Done(id=row.id, cursor=uow.record(item.room, fact))


@use_case
def reveal_stances(uow: UnitOfWork, actor: Actor, command: RevealStances) -> Done:
    """All together; what is said after that is said openly."""
    round_ = reach.round_(uow, actor, command.round_id, Act.DECLARE)
    rules.require_open(rules.ConferenceStatus(round_.item.conference.status))
    row = round_.row
    if not decision_rules.DecisionRule.of(row.rule).blind:
        raise StateForbids(_("この確認の回答は、はじめから公開されています。"))
    if row.state != RoundState.OPEN:
        raise StateForbids(_("回答はすでに公開されています。"))
    row.state, row.revealed_at = RoundState.REVEALED, uow.now()
    uow.session.add(row)
    given = ballots.stances_on(uow.session, row.id)
    fact = StancesRevealed(
        round_id=row.id,
        stances={
            one.agency_id: ballots.content_of(one) | ballots.manner_of(one) | {"nonce": one.nonce}
            for one in given
        },
    )
    return Done(cursor=uow.record(round_.item.room, fact))


def _rounds_of(item_id: str) -> SelectOfScalar[RoundRow]:
    query = select(RoundRow).where(RoundRow.item_id == item_id).order_by(col(RoundRow.number))
    return query.execution_options(populate_existing=True)


def _ask_again(uow: UnitOfWork, item: reach.ItemInHand, last: RoundRow, because: str) -> None:
    """What is still asked is replaced; what was to be continued is on the table once more."""
    declared = item_results.last_declared(uow.session, item.row.id)
    if declared and declared.result in {Result.DECIDED, Result.PROVISIONAL}:
        raise StateForbids(_("この議題では、主担当がすでに決まっています。"))
    if ballots.is_sealed(last):
        raise StateForbids(
            _("伏せた回答を受付中です。"),
            remedy=_("回答を公開してから、別の案で確認してください。"),
        )
    if not because:
        raise Malformed(
            _("前回の確認から改めて確認する理由を入力してください。"),
            fields={"because": _("入力してください。")},
        )
    if last.state in STILL_ASKED:
        _verdict, last.closing = ballots.closing_of(uow, last, item.conference.id)
        last.state = RoundState.REPLACED
        uow.session.add(last)
        uow.session.flush()
        uow.record(item.room, RoundReplaced(round_id=last.id, closing=last.closing))
    elif item.case is not None and item.case.status == CaseStatus.ACCEPTED:
        agenda.take_up_again(uow, item.conference, reach.load(uow, CaseRow, item.case.id))


def _require_ready(uow: UnitOfWork, item: reach.ItemInHand) -> None:
    if item.case is None:
        raise StateForbids(_("主担当機関は案件の議題でだけ決められます。"))
    if item.conference.preliminary:
        raise StateForbids(
            _("事前協議扱いの会議のため、主担当機関は決められません（欠席：{names}）。"),
            remedy=_("「継続」にして、次の会議で決めてください。"),
            names=listed(item.conference.preliminary),
        )
    selection = uow.session.get(LeadSelectionRow, item.row.id)
    if selection is not None and selection.state == Nominating.OPEN:
        raise StateForbids(
            _("推薦を受付中です。"), remedy=_("推薦を公開してから、主担当を提案してください。")
        )


def _require_in(known: set[str], agency_id: str, field: str) -> None:
    if agency_id not in known:
        raise Malformed(
            _("この議題に参加している機関から選んでください。"),
            fields={field: _("参加機関ではありません。")},
        )
