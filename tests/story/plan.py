"""From the decision to a support plan that its agencies confirmed."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from app.store.tables.plans import PlanLineRow, PlanRow
from tests.cast import Cast, Step


def to_the_plan(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    def do(who: str, command: str, keep: str | None = None, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(
            who, command, keep, **{k: v() if callable(v) else v for k, v in body.items()}
        )

    plan = lambda: i["plan"]  # noqa: E731  # read when the step runs, not when it is told
    yield "draft", do("yorozu", "draft_plan", "plan", case_id=lambda: i["case"])
    texts = {
        "situation": "売上は戻ったが粗利率が低下している。",
        "issues": "店舗別の損益が分からない。",
        "policy": "三か月で店舗別採算を見える化する。",
        "monitoring": "毎月、試算表を確認する。",
    }
    for section, text in texts.items():

        def write(section: str = section, text: str = text) -> Done:
            with c.database.read() as desk:
                held = desk.session.get_one(PlanRow, i["plan"])
                version = (held.sections.get(section) or {}).get("version", 0)
            body = {"section": section, "text": text, "base_version": version}
            return c.does("yorozu", "write_plan_section", plan_id=i["plan"], **body)

        yield f"write {section}", write
    kpi = {"list": "kpi", "indicator": "粗利率", "current": "65.3%", "target": "67.0%"}
    yield "put a kpi", do("yorozu", "put_plan_line", "kpi", plan_id=plan, **kpi)

    def remove() -> Done:
        line = c.one(PlanLineRow, plan_id=i["plan"], list="kpi")
        body = {"plan_id": i["plan"], "line_id": line.id}
        return c.does("yorozu", "remove_plan_line", **body, base_version=line.version)

    yield "remove the kpi", remove
    yield "circulate", do("yorozu", "circulate_plan", plan_id=plan)
    sent_back = {"answer": "return", "text": "期限を明記してください"}
    yield "send back", do("bank", "confirm_plan", plan_id=plan, **sent_back)
    yield "circulate again", do("yorozu", "circulate_plan", plan_id=plan)
    for who in ("bank", "cga", "yorozu"):
        yield f"{who} confirms", do(who, "confirm_plan", plan_id=plan, answer="approve")
