"""Attendance: taken as replied, then put right; somebody comes late and leaves early."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tests.cast import Cast, Step


def at_the_door(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """Told when people come in, before the conference is opened."""
    here = {"conference_id": i["conference"]}
    yield "as replied", partial(c.does, "cga", "take_attendance_as_replied", **here)
    people = [{"name": "田中 一郎", "title": "融資課長"}, {"name": "井口 真由", "title": "主任"}]
    online: dict[str, Any] = {"mode": "online", "people": people, "arrived": "14:20"}
    yield "bank comes online", partial(c.does, "bank", "take_attendance", **here, **online)
    chamber = {"agency_id": a["chamber"], "mode": "written"}
    yield "chamber in writing", partial(c.does, "yorozu", "take_attendance", **here, **chamber)
