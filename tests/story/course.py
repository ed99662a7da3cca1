"""The chair's hand on the agenda while the table sits: a break, steps, later, in between, away."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from tests.cast import Cast, Step


def in_its_course(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """With the case running and the report waiting; afterwards only the case is left."""

    def do(command: str, keep: str | None = None, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(
            "yorozu", command, keep, **{k: v() if callable(v) else v for k, v in body.items()}
        )

    conference, item = (lambda: i["conference"]), (lambda: i["item"])
    report, extra = (lambda: i["report"]), (lambda: i["extra"])
    rest: dict[str, Any] = {"reason": "換気のため", "minutes": 10}
    yield "pause", do("pause_conference", conference_id=conference, **rest)
    yield "resume", do("resume_conference", conference_id=conference)
    yield "take a step", do("take_step", item_id=item, step="questions")
    between: dict[str, Any] = {"kind": "exchange", "title": "夏の資金需要", "minutes": 10}
    yield (
        "insert",
        do("add_item", "extra", conference_id=conference, after_item_id=item, **between),
    )
    yield "put off", do("put_off_item", item_id=report, to="last")
    order = lambda: [i["report"], i["item"], i["extra"]]  # noqa: E731  # read when the step runs
    yield "reorder at the table", do("reorder_agenda", conference_id=conference, item_ids=order)
    yield "pass over", do("withdraw_item", item_id=extra, reason="時間の都合")
    yield "carry over", do("carry_over_item", item_id=report, owner_agency_id=a["cga"])
    later: dict[str, Any] = {"owner_person": "鈴木 花子", "next_date": "2026-12-22"}
    yield "settle", do("settle_item", item_id=report, owner_agency_id=a["cga"], **later)
