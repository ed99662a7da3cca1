"""From a case taken up to a conference with an agenda."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from app.services.commands import Done
from app.store.tables.conferences import AgendaItemRow
from tests.cast import Cast, Step


def to_conference(c: Cast, a: dict[str, str], i: dict[str, str], held: str) -> Iterator[Step]:
    others = [a[key] for key in a if key not in {"cga", "chamber"}]
    conference: dict[str, Any] = {
        "kind": "joint_case",
        "name": "合同カンファレンス",
        "held": held,
        "start_time": "14:00",
        "minutes": 120,
        "agency_ids": others,
        "chair_agency_id": a["yorozu"],
    }
    yield "plan", lambda: c.does("cga", "create_conference", "conference", **conference)
    yield (
        "invite one more",
        lambda: c.does(
            "cga", "invite_agency", conference_id=i["conference"], agency_id=a["chamber"]
        ),
    )
    moved: dict[str, Any] = {key: conference[key] for key in ("name", "held", "minutes")} | {
        "start_time": "15:00"
    }
    yield (
        "change the time",
        lambda: c.does("cga", "change_conference", conference_id=i["conference"], **moved),
    )
    rule: dict[str, Any] = {
        "method": "consensus",
        "quorum": 50,
        "share": True,
        "must_include": ["secretariat", "yorozu"],
        "allow_provisional": True,
    }
    yield (
        "say how to decide",
        lambda: c.does("cga", "set_decision_rule", conference_id=i["conference"], **rule),
    )
    yield (
        "send invitations",
        lambda: c.does("cga", "send_invitations", conference_id=i["conference"], reply_by=held),
    )
    for who in c.actors:
        body = {"reply": "attend", "attendees": c.actors[who].person_name}
        yield f"{who} replies", partial(_reply, c, who, body)

    def table() -> Done:
        body: dict[str, Any] = {"case_id": i["case"], "minutes": 20}
        done = c.does("cga", "table_case", conference_id=i["conference"], **body)
        i["item"] = c.one(AgendaItemRow, case_id=i["case"]).id
        return done

    yield "table the case", table
    report: dict[str, Any] = {"kind": "report", "title": "前回の宿題", "minutes": 5}
    yield (
        "add a report",
        lambda: c.does("cga", "add_item", "report", conference_id=i["conference"], **report),
    )
    yield (
        "reorder",
        lambda: c.does(
            "cga",
            "reorder_agenda",
            conference_id=i["conference"],
            item_ids=[i["report"], i["item"]],
        ),
    )
    series: dict[str, Any] = {
        "pattern": "nth_weekday",
        "nth": 3,
        "weekday": 1,
        "starts_on": "2026-12-01",
        **{k: conference[k] for k in ("kind", "name", "start_time", "minutes", "agency_ids")},
    }
    yield "set up a series", lambda: c.does("cga", "create_series", "series", **series)
    yield (
        "plan an occurrence",
        lambda: c.does("cga", "plan_occurrence", series_id=i["series"], occurrence="2026-12"),
    )
    yield "plan a second", lambda: c.does("cga", "create_conference", "second", **conference)
    reason = {"reason": "会場の都合"}
    yield (
        "cancel the second",
        lambda: c.does("cga", "cancel_conference", conference_id=i["second"], **reason),
    )


def _reply(c: Cast, who: str, body: dict[str, Any]) -> Done:
    return c.does(who, "answer_invitation", conference_id=c.ids["conference"], **body)
