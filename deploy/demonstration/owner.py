"""The firm's owner in the demonstration: let in to the own item, and heard."""

from collections.abc import Mapping
from typing import Any

from app.domain.confidentiality import CURRENT_VERSION
from app.domain.guests import Ending, GuestOver
from app.domain.people import Actor, Guest
from app.services.commands import Done, HandedOver
from app.services.listing import GUEST_ACTS
from app.store import guests, sheets, tokens
from app.store.unit_of_work import UnitOfWork
from deploy.demonstration.stage import Stage, operation


def speaks(stage: Stage, case: str, item_id: str, host: Actor, told: Mapping[str, Any]) -> None:
    """Invited by the chair's link, the owner puts one fact right and says what is wished.

    Where the story was broken off after the link was made, nobody has it any more.
    """
    name = stage.cases[case]["firm"]["representative"]
    done = stage.do(host, "invite_guest", case, item_id=item_id, name=name)
    if not isinstance(done, HandedOver):
        return
    with stage.then().begin() as uow:
        session = guests.exchange(uow, done.secret)
    if session is None:
        return
    key = tokens.hash_of(session)
    _acts(stage, case, key, "accept_as_guest", version=CURRENT_VERSION)
    right = _acts(stage, case, key, "correct_fact", **told["right"])
    agency_id = stage.agency(case, told["wished_of"])
    _acts(stage, case, key, "state_preference", text=told["wish"], agency_id=agency_id)
    _take_over(stage, case, right.id, told["right"]["column"])


def _take_over(stage: Stage, case: str, correction_id: str | None, column: str) -> None:
    """The bank writes into the sheet what the owner has put right."""
    with stage.database.read() as desk:
        held = sheets.cell_of(desk.session, stage.case_id(case), sheets.CASE_ROW, column)
    version = held.version if held else 0
    values = {"correction_id": correction_id, "base_version": version}
    stage.do(stage.referrer(case), "take_correction", case, **values)


def _acts(stage: Stage, case: str, key: str, name: str, **values: Any) -> Done:
    def who(uow: UnitOfWork) -> Guest:
        found = guests.guest_of(uow, key)
        if found is None:
            raise GuestOver(Ending.LEFT)
        return found

    act = GUEST_ACTS[name]
    op_id = operation(stage.begun, name, stage.chapter + case)
    return act.run_as(stage.then(), who, act.command.model_validate({"op_id": op_id, **values}))
