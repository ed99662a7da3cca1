"""The door of a head office's link: how often one address may try."""

from flask import g, request

from app.domain.errors import TooMany
from app.store import head_office
from auth import csrf, throttle
from auth.door import Door
from auth.throttle import Limit

PAGES = frozenset({"head_office_door"})
PER_ADDRESS = Limit("head_office_link", 30, throttle.WINDOW)


def recognise(here: Door) -> None:
    """Only tries that open nothing count; whoever only looks is told nothing and tries nothing."""
    if request.method in csrf.READING:
        return
    whom = throttle.network_of(request.remote_addr)
    try:
        with here.database.begin() as uow:
            throttle.take(uow, PER_ADDRESS, whom)
    except TooMany:
        g.too_many = True
        return
    token = (request.view_args or {}).get("token", "")
    with here.database.begin() as uow:
        row = head_office.found_by(uow, token)
        if row is not None and head_office.is_live(uow, row):
            throttle.give_back(uow, PER_ADDRESS, whom)
