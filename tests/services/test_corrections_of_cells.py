"""What the table decided stands in the sheet, and changes there only as a 訂正 with its reason."""

import pytest

from app.domain.case_life import CaseStatus
from app.domain.cell_sources import CellSource
from app.domain.consent import ItemGroup
from app.domain.errors import Malformed, NotEntitled, StaleVersion
from app.domain.sheet_schema import is_frozen
from app.queries.sheet_snapshot import sheet_columns, sheet_snapshot
from app.services.holds import AnswerHold, answer_hold
from tests.factories import op, table
from tests.round_steps import ALL, accepts, declares, opened, says
from tests.sheet_steps import decides, past, writes

SET = "・月次で共有すること（担当：東京都よろず支援拠点、期限：令和8年12月18日）"
LATER = {"base_version": 1, "reason": "議事録と照合し、頻度の誤りを正すため"}


def cell(database, at, who="bank"):
    with database.read() as desk:
        return sheet_snapshot(desk, at[who], at.case.id)["cells"].get("case|conditions")


def column(database, at, who):
    with database.read() as desk:
        known = sheet_columns(desk, at[who], at.case.id)
    return next((one["right"], one["frozen"]) for one in known if one["key"] == "conditions")


def test_only_what_is_decided_is_frozen_and_only_from_then_on():
    frozen = {status for status in CaseStatus if is_frozen(ItemGroup.DECISION, status)}

    assert frozen == {
        *(CaseStatus.LEAD_DECIDED, CaseStatus.PLANNING, CaseStatus.PLAN_AGREED),
        *(CaseStatus.EXECUTING, CaseStatus.MONITORING, CaseStatus.CLOSED),
    }
    others = [group for group in ItemGroup if group is not ItemGroup.DECISION]
    assert not any(is_frozen(group, status) for group in others for status in CaseStatus)


def test_before_the_declaring_nobody_writes_what_is_decided(database):
    at = table(database)

    for who in ALL:
        assert column(database, at, who) == ("view", False)
        with pytest.raises(NotEntitled):
            writes(database, at, who, "conditions", "先回り", reason="理由")


def test_the_declaring_fills_in_the_conditions_without_telling_who_set_them(database):
    at = table(database)

    decides(database, at)

    assert cell(database, at)["value"] == SET
    newest = past(database, at["bank"], at, "conditions").versions[0]
    assert (newest.source, newest.before, newest.reason) == (CellSource.DECISION, None, "")
    assert newest.person == at["yorozu"].person_name
    assert column(database, at, "cga") == ("edit", True)
    assert column(database, at, "bank") == ("view", True)


def test_a_decision_without_conditions_says_so(database):
    at = table(database)

    decides(database, at, condition="")

    assert cell(database, at)["value"] == "なし"


def test_a_provisional_decision_fills_them_in_once_the_head_office_agrees(database):
    at = table(database)
    asked = opened(database, at)
    for who in ALL:
        more = {"reply_by": "2026-12-01"} if who == "bank" else {}
        tied = {"text": "月次で共有すること"} if who == "council" else {}
        stance = "hold" if who == "bank" else "agree_with_condition" if tied else "agree"
        says(database, at, asked, who, stance, **more, **tied)
    accepts(database, at, asked)
    declares(database, at, asked, "provisional", next_date="2026-12-15")
    assert cell(database, at) is None

    reply = {"stance": "agree_with_condition", "text": "担保は変えないこと"}
    answer_hold(database, at["bank"], AnswerHold(op_id=op(), round_id=asked, **reply))

    assert cell(database, at)["value"] == f"{SET}\n・担保は変えないこと"


def test_a_correction_needs_a_reason_and_leaves_the_old_value_in_the_history(database):
    at = table(database)
    decides(database, at)

    with pytest.raises(Malformed) as refused:
        writes(database, at, "cga", "conditions", "四半期ごとに共有すること", base_version=1)
    assert str(refused.value) == "決定後の訂正には理由が必要です。"
    assert set(refused.value.fields) == {"reason"}
    assert cell(database, at)["value"] == SET
    with pytest.raises(Malformed):
        writes(database, at, "cga", "conditions", "x", base_version=1, reason="あ" * 301)
    with pytest.raises(NotEntitled):
        writes(database, at, "bank", "conditions", "四半期ごと", **LATER)

    writes(database, at, "cga", "conditions", "四半期ごとに共有すること", **LATER)

    assert cell(database, at, "chamber") | {"at": ""} == {
        "value": "四半期ごとに共有すること",
        "version": 2,
        "person": "鈴木 花子",
        "agency": "東京信用保証協会",
        "at": "",
        "reason": LATER["reason"],
    }
    newest = past(database, at["chamber"], at, "conditions").versions[0]
    assert (newest.before, newest.value) == (SET, "四半期ごとに共有すること")
    assert (newest.reason, newest.source) == (LATER["reason"], "typed")
    with pytest.raises(StaleVersion):
        writes(database, at, "cga", "conditions", "年次", **LATER)


def test_a_reason_belongs_to_a_correction_only(database):
    at = table(database)

    with pytest.raises(Malformed) as refused:
        writes(database, at, "bank", "wishes", "雇用を守りたい", reason="理由")
    assert set(refused.value.fields) == {"reason"}
