"""What happens at the table, from opening the conference to closing it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from app.services.commands import Done
from tests.cast import Cast, Step
from tests.decision_record import RECORD, condition
from tests.story.course import in_its_course
from tests.story.guest import with_the_owner
from tests.story.interest import while_it_is_asked, with_an_interest
from tests.story.lead import with_capacity, with_nominations
from tests.story.papers import on_the_screen
from tests.story.polls import with_ballots
from tests.story.provisional import with_head_offices
from tests.story.proxies import beforehand, while_they_answer
from tests.story.sheet import into_the_sheet
from tests.story.speaking import at_the_microphone
from tests.story.talk import before_the_item, while_it_runs

DECIDED = {"result": "decided"} | RECORD
# What the declaring wrote into the sheet, put right afterwards.
SLIPPED: dict[str, Any] = {
    "row": "case",
    "column": "conditions",
    "value": "四半期ごとに共有し、報告すること",
    "base_version": 1,
    "reason": "議事録と照合したため",
}


def at_the_table(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    def do(who: str, command: str, keep: str | None = None, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(
            who, command, keep, **{k: v() if callable(v) else v for k, v in body.items()}
        )

    conference, item, case = (lambda: i["conference"]), (lambda: i["item"]), (lambda: i["case"])
    yield from before_the_item(c, a, i)
    yield from beforehand(c, a, i)
    yield "open", do("yorozu", "open_conference", conference_id=conference)
    hand = {"agency_id": a["council"], "person": "高橋 誠"}
    yield "hand over", do("yorozu", "hand_over_chair", conference_id=conference, **hand)
    back = {"agency_id": a["yorozu"], "person": "佐藤 健"}
    yield "hand back", do("council", "hand_over_chair", conference_id=conference, **back)
    yield "start", do("yorozu", "start_item", item_id=item)
    yield from on_the_screen(c, i)
    yield "extend", do("yorozu", "extend_item", item_id=item, minutes=5)
    yield from in_its_course(c, a, i)
    yield "say", do("bank", "say_remark", "remark", item_id=item, text="返済は約定どおりです。𠮷")
    yield from at_the_microphone(c, a, i)
    yield from while_it_runs(c, a, i)
    yield from into_the_sheet(c, a, i)
    yield from with_the_owner(c, a, i)
    yield from with_an_interest(c, a, i)
    yield from with_ballots(c, i)
    yield from with_capacity(c)
    yield from with_nominations(c, a, i)
    yield from with_head_offices(c, a, i)
    proposed: dict[str, Any] = {
        "nominee_id": a["yorozu"],
        "supporters": [{"agency_id": a["cga"], "role": "返済緩和の調整"}],
        "wording": "よろず支援拠点を主担当とする。",
        "because": "期限までに回答がなかったため",
        "blind": True,
    }
    yield "open a round", do("yorozu", "open_round", "round", item_id=item, **proposed)
    round_ = lambda: i["round"]  # noqa: E731  # read when the step runs, not when it is told
    for who in ("bank", "cga", "yorozu", "council"):
        yield f"{who} agrees", do(who, "give_stance", round_id=round_, stance="agree")
    yield from while_it_is_asked(c, a, i)
    yield from while_they_answer(c, a, i)
    monthly = condition(a["yorozu"], "月次で共有すること")
    yield "chamber sets a condition", do("chamber", "give_stance", round_id=round_, **monthly)
    yield "bank says it again", do("bank", "give_stance", round_id=round_, stance="abstain")
    yield "reveal", do("yorozu", "reveal_stances", round_id=round_)
    openly = condition(a["cga"], "四半期ごとに報告すること")
    yield "bank says it openly", do("bank", "give_stance", round_id=round_, **openly)
    accept = do("yorozu", "answer_lead", round_id=round_, accepted=True, person="佐藤 健")
    yield "accept the lead", accept
    yield "declare", do("yorozu", "declare_result", "decision", round_id=round_, **DECIDED)
    yield "correct the conditions", do("cga", "write_cell", case_id=case, **SLIPPED)
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
    slip = {"field": "action", "says": "店舗別と商品別の損益を確認する", "reason": "書き漏れのため"}
    declared = lambda: i["decision"]  # noqa: E731  # read when the step runs
    yield "correct the decision", do("cga", "correct_decision", decision_id=declared, **slip)
