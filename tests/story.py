"""The main job told through the use-cases, one act at a time, with every kind of fact in it."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from app.domain.consent import CONSENTABLE
from app.services.commands import Done
from app.store.tables.cases import ReferralRow
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.plans import PlanLineRow, PlanRow
from tests.cast import Cast, cast

__all__ = ["Cast", "cast", "story"]

Step = tuple[str, Callable[[], Any]]


def story(c: Cast, held: str = "2026-11-24") -> Iterator[Step]:
    """Steps in order, each (what happens, the act); ``held`` is the day of the conference."""
    a, i = {key: row.id for key, row in c.agencies.items()}, c.ids
    yield from _to_referral(c, a, i)
    yield from _to_conference(c, a, i, held)
    yield from _at_the_table(c, a, i)
    yield from _to_the_plan(c, a, i)
    withdraw = {"case_id": i["case"], "reason": "共有先を絞りたい"}
    yield "withdraw consent", lambda: c.does("bank", "withdraw_consent", **withdraw)


def _to_referral(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    firm = {
        "name": "株式会社灯夜ダイニング",
        "kana": "トウヤダイニング",
        "legal_form": "株式会社",
        "prefecture_code": "13",
        "city": "台東区",
        "industry_major": "M",
        "industry_middle_name": "飲食店",
    }
    yield "create firm", lambda: c.does("bank", "create_firm", "firm", **firm)
    sheet: dict[str, Any] = {
        "phase": "maturity",
        "request_kind": ["cash", "profit"],
        "request_detail": "店舗別採算を見直したい",
        "urgency": "B",
    }
    yield (
        "open case",
        lambda: c.does("bank", "open_case", "case", firm_id=i["firm"], **sheet),
    )
    consent: dict[str, Any] = {
        "agencies": list(a.values()),
        "item_groups": [str(g) for g in CONSENTABLE],
        "valid_from": "2026-10-21",
        "valid_until": "2028-10-31",
        "method": "handwritten",
        "purpose": "支援方針の協議",
        "explained_by": "田中 一郎",
    }
    yield (
        "record consent",
        lambda: c.does("bank", "record_consent", case_id=i["case"], **consent),
    )
    refer = {"to_agency_id": a["cga"], "reason": "複数行の調整が必要なため"}
    yield "refer", lambda: c.does("bank", "refer_case", case_id=i["case"], **refer)

    def answer(*, accept: bool, reason: str = "") -> Done:
        referral = c.one(ReferralRow, case_id=i["case"], status="sent")
        body = {"referral_id": referral.id, "accept": accept, "reason": reason}
        return c.does("cga", "answer_referral", **body)

    yield "return the referral", lambda: answer(accept=False, reason="試算表が必要です")
    yield "refer again", lambda: c.does("bank", "refer_case", case_id=i["case"], **refer)
    yield "accept the referral", lambda: answer(accept=True)


def _to_conference(c: Cast, a: dict[str, str], i: dict[str, str], held: str) -> Iterator[Step]:
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


def _at_the_table(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    def do(who: str, command: str, keep: str | None = None, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(
            who, command, keep, **{k: v() if callable(v) else v for k, v in body.items()}
        )

    conference, item, case = (lambda: i["conference"]), (lambda: i["item"]), (lambda: i["case"])
    yield "open", do("yorozu", "open_conference", conference_id=conference)
    hand = {"agency_id": a["council"], "person": "高橋 誠"}
    yield "hand over", do("yorozu", "hand_over_chair", conference_id=conference, **hand)
    back = {"agency_id": a["yorozu"], "person": "佐藤 健"}
    yield "hand back", do("council", "hand_over_chair", conference_id=conference, **back)
    yield "start", do("yorozu", "start_item", item_id=item)
    yield "extend", do("yorozu", "extend_item", item_id=item, minutes=5)
    yield "say", do("bank", "say_remark", item_id=item, text="返済は約定どおりです。𠮷")
    yield (
        "write a cell",
        do(
            "bank",
            "write_cell",
            case_id=case,
            row="case",
            column="repayment_status",
            value="repaying",
            base_version=0,
        ),
    )
    proposal: dict[str, Any] = {
        "row": a["yorozu"],
        "column": "menu",
        "value": "専門家派遣",
        "base_version": 0,
    }
    yield "propose", do("yorozu", "write_cell", case_id=case, **proposal)
    yield "add an issue", do("cga", "add_sheet_row", "issue", case_id=case, kind="issue")
    yield "add a note", do("bank", "add_sheet_row", "note", case_id=case, kind="note")
    words = {"nominee_id": a["yorozu"], "reason": "採算の見直しが先"}
    yield "nominate", do("bank", "nominate_lead", item_id=item, **words)
    yield "nominate too", do("cga", "nominate_lead", item_id=item, **words)
    again = {"nominee_id": a["council"], "reason": "やはり調整が先"}
    yield "nominate anew", do("bank", "nominate_lead", item_id=item, **again)
    proposed: dict[str, Any] = {
        "nominee_id": a["yorozu"],
        "supporters": [{"agency_id": a["cga"], "role": "返済緩和の調整"}],
        "wording": "よろず支援拠点を主担当とする。",
    }
    yield "open a round", do("yorozu", "open_round", "round", item_id=item, **proposed)
    round_ = lambda: i["round"]  # noqa: E731  # read when the step runs, not when it is told
    for who in ("bank", "cga", "yorozu", "council", "succession"):
        yield f"{who} agrees", do(who, "give_stance", round_id=round_, stance="agree")
    condition = {"stance": "agree_with_condition", "text": "月次で共有すること"}
    yield "chamber sets a condition", do("chamber", "give_stance", round_id=round_, **condition)
    yield "bank says it again", do("bank", "give_stance", round_id=round_, stance="abstain")
    accept: dict[str, Any] = {"accepted": True, "person": "佐藤 健"}
    yield "accept the lead", do("yorozu", "answer_lead", round_id=round_, **accept)
    yield "declare", do("yorozu", "declare_result", round_id=round_, result="decided")
    task: dict[str, Any] = {
        "kind": "task",
        "text": "店舗別損益表を作る",
        "agency_id": a["yorozu"],
        "person": "佐藤 健",
        "due": date(2026, 12, 5).isoformat(),
    }
    yield "record a task", do("cga", "record_outcome", item_id=item, **task)
    yield "end", do("yorozu", "end_item", item_id=item)
    yield "close", do("yorozu", "close_conference", conference_id=conference)


def _to_the_plan(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
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
