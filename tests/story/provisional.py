"""A head office is asked: it objects, and at another time it never answers."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from tests.cast import Cast, Step
from tests.decision_record import RECORD


def with_head_offices(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    def do(who: str, command: str, keep: str | None = None, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(
            who, command, keep, **{k: v() if callable(v) else v for k, v in body.items()}
        )

    round_ = lambda: i["held"]  # noqa: E731  # read when the step runs, not when it is told
    proposal = {"nominee_id": a["yorozu"], "wording": "よろず支援拠点を主担当とする。"}

    def asked(because: str) -> Iterator[Step]:
        yield (
            f"ask {because}",
            lambda: c.does(
                "yorozu", "open_round", "held", item_id=i["item"], because=because, **proposal
            ),
        )
        for who in ("cga", "yorozu", "council", "succession", "chamber"):
            yield f"{who} agrees first", do(who, "give_stance", round_id=round_, stance="agree")
        hold: dict[str, Any] = {"stance": "hold", "reply_by": "2026-11-25"}
        yield "the bank takes it home", do("bank", "give_stance", round_id=round_, **hold)
        accept: dict[str, Any] = {"accepted": True, "person": "佐藤 健"}
        yield "accept for now", do("yorozu", "answer_lead", round_id=round_, **accept)
        declared: dict[str, Any] = {"result": "provisional", "next_date": "2026-12-15"} | RECORD
        yield "declare for now", do("yorozu", "declare_result", round_id=round_, **declared)

    first: dict[str, Any] = {
        "because": "",
        "nominee_id": a["council"],
        "wording": "活性化協議会を主担当とする。",
    }
    yield "ask", do("yorozu", "open_round", item_id=lambda: i["item"], **first)
    yield from asked("よろず支援拠点の提案を受けて")
    link = lambda: i["link"]  # noqa: E731  # read when the step runs, not when it is told
    yield "ask the head office", do("bank", "ask_head_office", "link", round_id=round_)
    yield "ask it anew", do("bank", "ask_head_office", "link", round_id=round_)
    yield "think better of the link", do("bank", "revoke_head_office_link", link_id=link)
    objection = {"stance": "object", "text": "担保の扱いを先に", "alternative": "協議会を先に"}
    yield "its head office objects", do("bank", "answer_hold", round_id=round_, **objection)
    yield from asked("担保の扱いがまとまったため")
    yield "two days pass", lambda: c.database.clock.advance(days=2)  # type: ignore[attr-defined]  # the story runs on a clock that stands
    back: dict[str, Any] = {"reason": "本部の回答が期限までにないため", "next_date": "2026-12-22"}
    yield "it is returned", do("cga", "return_provisional", round_id=round_, **back)
