"""受入状況: an agency says for itself whether it can take cases on."""

from typing import Annotated

from app.domain import capacity as rules
from app.domain.access import Act
from app.domain.capacity import Capacity
from app.domain.people import Actor
from app.services.commands import Command, Done, OptionalDay, line
from app.services.use_case import use_case
from app.store import capacities, reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.capacities import CapacityRow
from app.store.unit_of_work import UnitOfWork


class StateCapacity(Command):
    """``as_of``: the day the statement is about; without one it is about today."""

    state: Capacity
    note: Annotated[str, line(200, required=False)] = ""
    as_of: OptionalDay = None


@use_case
def state_capacity(uow: UnitOfWork, actor: Actor, command: StateCapacity) -> Done:
    """Add a statement; earlier ones stay.

    This belongs to no conference, item, sheet, case or lane, so no journal has a place for it:
    its history is the table itself, a row for every statement with the operation it came by.
    """
    reach.network(actor, Act.STATE_CAPACITY)
    rules.require_past(as_of := command.as_of or uow.today(), uow.today())
    reach.load(uow, AgencyRow, actor.agency_id)
    row = CapacityRow(
        agency_id=actor.agency_id,
        number=capacities.next_number(uow.session, actor.agency_id),
        state=command.state,
        note=command.note,
        as_of=as_of,
        person_id=actor.person_id,
        person_name=actor.person_name,
        op_id=command.op_id,
        stated_at=uow.now(),
    )
    uow.session.add(row)
    return Done(id=row.id, version=row.number)
