"""Before a case is told, everybody at the table confirms how it is to be kept."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from app.domain.confidentiality import CURRENT_VERSION
from tests.cast import Cast, Step


def all_accept(c: Cast, i: dict[str, str]) -> Iterator[Step]:
    for who in c.actors:
        body: dict[str, Any] = {"conference_id": i["conference"], "version": CURRENT_VERSION}
        yield f"{who} accepts", partial(c.does, who, "accept_confidentiality", **body)
