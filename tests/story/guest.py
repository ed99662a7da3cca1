"""事業者ゲスト: the owner is let in to the own item, puts facts right, and says what is wished."""

from collections.abc import Iterator
from typing import Any

from app.services.commands import Done, HandedOver
from app.store.tables.sheets import CellRow
from tests import guest_steps
from tests.cast import Cast, Step


def with_the_owner(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """While the item runs; the owner's son is invited too, and not after all."""

    def invite(name: str, keep: str) -> Done:
        done = c.does("cga", "invite_guest", keep, item_id=i["item"], name=name)
        assert isinstance(done, HandedOver)
        i[f"{keep}_link"] = done.secret
        return done

    def enter() -> None:
        token = guest_steps.enter(c.database, i["owner_link"])
        assert token is not None
        i["owner_session"] = token

    def owner(act: str, keep: str | None = None, **body: Any) -> Done:
        return c.guest_does(i["owner_session"], act, keep, **body)

    yield "invite the owner", lambda: invite("佐久間 灯一", "owner")
    yield "invite the owner anew", lambda: invite("佐久間 灯一", "owner")
    yield "invite the son", lambda: invite("佐久間 灯二", "son")
    yield "the owner enters", enter
    yield "the owner confirms", lambda: owner("accept_as_guest", version=1)
    yield (
        "the son is not to come",
        lambda: c.does("yorozu", "revoke_guest", invitation_id=i["son"]),
    )
    right = {"column": "business", "value": "洋食店を3店舗営んでいます。", "words": "先月閉店"}
    yield "the owner corrects", lambda: owner("correct_fact", "right", **right)
    wrong = {"column": "tried", "value": "昨年、専門家派遣を受けました。"}
    yield "the owner corrects more", lambda: owner("correct_fact", "doubt", **wrong)
    wish = {"text": "まず採算を一緒に見てほしいです。", "agency_id": a["yorozu"]}
    yield "the owner wishes", lambda: owner("state_preference", **wish)
    yield "the owner wishes anew", lambda: owner("state_preference", text="返済も相談したいです。")
    yield "take it over", lambda: _take(c, i)
    aside = {"reason": "派遣は一昨年でした"}
    yield (
        "set it aside",
        lambda: c.does("cga", "set_correction_aside", correction_id=i["doubt"], **aside),
    )


def _take(c: Cast, i: dict[str, str]) -> Done:
    return c.does("bank", "take_correction", correction_id=i["right"], base_version=_version(c, i))


def _version(c: Cast, i: dict[str, str]) -> int:
    held = c.one(CellRow, case_id=i["case"], row="case", column="business")
    return held.version if held else 0
