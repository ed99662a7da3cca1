"""What is said around an item: in the inner lanes before and while it runs, and before all."""

from collections.abc import Iterator
from typing import Any

from app.services.commands import Done
from tests.cast import Cast, Step


def before_the_item(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """On the agenda, not yet open: agencies settle their position and ask the chair."""
    among = {"lane": "agency", "agency_id": a["bank"]}
    yield (
        "among the bank",
        lambda: _in_lane(c, i, "bank", "aside_bank", "当行は条件変更に応じます", **among),
    )
    own = {"lane": "agency", "agency_id": a["chamber"]}
    yield (
        "among the chamber",
        lambda: _in_lane(c, i, "chamber", None, "窓口で一度断りました", **own),
    )
    chair = {"lane": "chair", "agency_id": a["bank"]}
    yield (
        "to the chair",
        lambda: _in_lane(c, i, "bank", "to_chair", "先に説明させてください", **chair),
    )


def while_it_runs(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """After the first remark; ``i['remark']`` is the bank's, ``i['issue']`` a line of the sheet."""
    chair = {"lane": "chair", "agency_id": a["bank"]}

    def answer() -> Done:
        back: dict[str, Any] = {"reply_to": i["to_chair"]}
        return _in_lane(c, i, "yorozu", None, "承知しました。最初に", **chair, **back)

    yield "the chair answers the bank", answer
    yield (
        "the bank corrects itself",
        lambda: c.does("bank", "correct_in_lane", remark_id=i["aside_bank"], text="応じる方向です"),
    )
    calling = "@東京都よろず支援拠点 ＠田中一郎 採算はどうですか"

    def reply() -> Done:
        body = {"item_id": i["item"], "reply_to": i["remark"], "links": ["cell:case|wishes"]}
        return c.does("cga", "say_remark", "reply", text=calling, **body)

    yield "reply, calling on two", reply
    yield (
        "correct the reply",
        lambda: c.does("cga", "correct_remark", remark_id=i["reply"], text="@田中 一郎 採算は"),
    )
    mark = {"kind": "information", "text": "返済は続いている"}
    yield "mark", lambda: c.does("yorozu", "mark_outcome", remark_id=i["remark"], **mark)


def _in_lane(
    c: Cast, i: dict[str, str], who: str, keep: str | None, text: str, **lane: Any
) -> Done:
    return c.does(who, "say_in_lane", keep, item_id=i["item"], text=text, **lane)
