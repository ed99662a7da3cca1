"""The ways the part of a guest ends, carried out by another process than the guest is at."""

from contextlib import suppress
from functools import partial

from app.domain.errors import Refused
from tests import guest_steps, room_steps
from tests.factories import conference_on


def picture_changes(scene):
    """What the guest is shown changes: a cell of the sheet, written by this process.

    While there is no consent it is refused, and tried again.
    """
    cell = {"case_id": scene.at.case.id, "row": "case", "column": "wishes"}
    written = [0]

    def write():
        with suppress(Refused):
            version = written[-1]
            scene.carry_out("bank", "write_cell", **cell, value=f"{version}", base_version=version)
            written.append(version + 1)

    return write


def running_item(scene):
    """The case at another table: each guest has an item that can end."""
    at = scene.at
    with scene.database.begin() as uow:
        _conference, item = conference_on(uow, at.agencies, at.case, at["yorozu"], True)
    return item.id


def links(scene, number):
    item_id = running_item(scene)
    guest = scene.guest(item_id)
    invitation_id = guest_steps.guest_behind(scene.database, guest.token).invitation_id
    revoke = partial(guest_steps.revoke, scene.database, scene.at["yorozu"], invitation_id)
    scene.ends(number, ("link revoked", [guest], revoke))


def consents_for_guests(scene, number):
    guest = scene.guest(running_item(scene))
    why = {"case_id": scene.at.case.id, "reason": "撤回"}
    withdraw = partial(scene.carry_out, "bank", "withdraw_consent", **why)
    scene.ends(number, ("consent withdrawn", [guest], withdraw))
    scene.grant()


def items(scene, number):
    item_id = running_item(scene)
    guest = scene.guest(item_id)
    owner = {"owner_agency_id": scene.at.agencies["cga"].id, "next_date": room_steps.LATER}
    end = partial(scene.carry_out, "yorozu", "carry_over_item", item_id=item_id, **owner)
    scene.ends(number, ("item ended", [guest], end))
