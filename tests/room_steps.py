"""Steps of a conference at work: what chair and host do while it is open."""

from app.domain.people import Actor
from app.services.invitations import AnswerInvitation, answer_invitation
from app.services.item_course import (
    PutOffItem,
    TakeStep,
    WithdrawItem,
    put_off_item,
    take_step,
    withdraw_item,
)
from app.services.pausing import (
    PauseConference,
    ResumeConference,
    pause_conference,
    resume_conference,
)
from app.services.room_life import (
    CarryOverItem,
    CloseConference,
    EndItem,
    ExtendItem,
    HandOverChair,
    OpenConference,
    StartItem,
    carry_over_item,
    close_conference,
    end_item,
    extend_item,
    hand_over_chair,
    open_conference,
    start_item,
)
from app.services.rounds import OpenRound, open_round
from app.store.unit_of_work import Database
from tests.factories import Table, op

LATER = "2027-01-19"


def open_(database: Database, actor: Actor, conference_id: str, chair: str = "") -> None:
    command = OpenConference(op_id=op(), conference_id=conference_id, chair_name=chair)
    open_conference(database, actor, command)


def start(database: Database, actor: Actor, item_id: str) -> None:
    start_item(database, actor, StartItem(op_id=op(), item_id=item_id))


def end(database: Database, actor: Actor, item_id: str) -> None:
    end_item(database, actor, EndItem(op_id=op(), item_id=item_id))


def carry_over(database: Database, actor: Actor, item_id: str, **more: object) -> None:
    command = CarryOverItem.model_validate({"op_id": op(), "item_id": item_id, **more})
    carry_over_item(database, actor, command)


def put_off(database: Database, actor: Actor, item_id: str, to: str = "last") -> None:
    values = {"op_id": op(), "item_id": item_id, "to": to}
    put_off_item(database, actor, PutOffItem.model_validate(values))


def step(database: Database, actor: Actor, item_id: str, name: str) -> None:
    values = {"op_id": op(), "item_id": item_id, "step": name}
    take_step(database, actor, TakeStep.model_validate(values))


def pause(database: Database, actor: Actor, conference_id: str, minutes: int = 10) -> None:
    command = PauseConference(
        op_id=op(), conference_id=conference_id, reason="換気のため", minutes=minutes
    )
    pause_conference(database, actor, command)


def resume(database: Database, actor: Actor, conference_id: str) -> None:
    resume_conference(database, actor, ResumeConference(op_id=op(), conference_id=conference_id))


def pass_over(database: Database, actor: Actor, item_id: str) -> None:
    withdraw_item(database, actor, WithdrawItem(op_id=op(), item_id=item_id))


def close(database: Database, actor: Actor, conference_id: str) -> None:
    close_conference(database, actor, CloseConference(op_id=op(), conference_id=conference_id))


def hand_over(database: Database, actor: Actor, conference_id: str, agency_id: str) -> None:
    command = HandOverChair(
        op_id=op(), conference_id=conference_id, agency_id=agency_id, person="佐藤 健"
    )
    hand_over_chair(database, actor, command)


def extend(database: Database, actor: Actor, item_id: str, minutes: int = 5) -> None:
    extend_item(database, actor, ExtendItem(op_id=op(), item_id=item_id, minutes=minutes))


def propose(database: Database, at: Table, item_id: str) -> str:
    command = OpenRound(
        op_id=op(), item_id=item_id, nominee_id=at.agencies["yorozu"].id, wording="よろずが主担当"
    )
    return open_round(database, at["cga"], command).id or ""


def note(database: Database, at: Table, conference_id: str, key: str) -> None:
    values = {"op_id": op(), "conference_id": conference_id, "reply": "attend"}
    command = AnswerInvitation.model_validate(values | {"agency_id": at.agencies[key].id})
    answer_invitation(database, at["cga"], command)
