from datetime import date

import pytest

from app.domain import plan_draft
from app.domain.plan_draft import ImportedPlan, IssueFound, Reserved, imported_plan


def test_the_situation_leaves_out_what_nobody_wrote() -> None:
    parts = [("経営者", "創業社長"), ("事業", " "), ("窮境要因", "赤字店舗")]
    assert plan_draft.situation(parts) == "【経営者】創業社長\n【窮境要因】赤字店舗"


def test_issues_come_by_priority_and_otherwise_as_in_the_sheet() -> None:
    found = [
        IssueFound("順位なし", "", "", ""),
        IssueFound("低い課題", "low", "低", ""),
        IssueFound("", "high", "高", "題のない根拠"),
        IssueFound("高い課題", "high", "高", "試算表"),
        IssueFound("もう一つの高い課題", "high", "高", ""),
    ]
    assert plan_draft.issues(found).splitlines() == [
        "1．高い課題（優先度：高）",
        "　根拠：試算表",
        "2．もう一つの高い課題（優先度：高）",
        "3．低い課題（優先度：低）",
        "4．順位なし",
    ]


def test_the_sheets_policy_goes_before_the_imported_one() -> None:
    imported = ImportedPlan(policy="取込みの方針", months=12)
    assert plan_draft.policy("", imported, ["6か月据え置く。"]).splitlines() == [
        "取込みの方針",
        "支援期間は12か月を目安とします。",
        "（会議での決定）6か月据え置く。",
    ]
    assert plan_draft.policy("シートの方針", ImportedPlan(policy="取込みの方針"), []) == (
        "シートの方針"
    )


def test_monitoring_names_whom_to_report_to_only_if_there_is_something_to_report() -> None:
    assert plan_draft.monitoring(ImportedPlan(), None, "よろず支援拠点") == ""
    assert plan_draft.monitoring(
        ImportedPlan(frequency="毎月"), date(2026, 12, 22), "よろず支援拠点"
    ).splitlines() == ["頻度：毎月", "次回確認日：令和8年12月22日", "報告先：よろず支援拠点"]


def test_what_was_reserved_stands_word_for_word() -> None:
    reserved = [Reserved("条件", "協議会", "期限を守ること。"), Reserved("異議", "", "反対。")]
    assert plan_draft.notes(reserved) == "【条件】協議会：期限を守ること。\n【異議】反対。"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("粗利率 65.3%→67.0%(12か月)", ("粗利率", "65.3%", "67.0%(12か月)")),
        ("短期借入 4,500万円→2,000万円", ("短期借入", "4,500万円", "2,000万円")),
        ("月次営業損益の黒字化(6か月)", ("月次営業損益の黒字化", "", "6か月")),
        (" 店舗別損益表の毎月作成 ", ("店舗別損益表の毎月作成", "", "")),
        ("→", ("→", "", "")),
    ],
)
def test_a_kpi_is_split_where_its_form_is_known(text: str, parts: tuple[str, str, str]) -> None:
    found = plan_draft.kpi(text)
    assert (found["indicator"], found["current"], found["target"]) == parts
    assert set(found) == {"indicator", "current", "target", "due", "how"}


@pytest.mark.parametrize("given", [None, "方針", [], {"policy": 3, "kpis": "一つ", "x": 1}])
def test_an_import_that_is_no_plan_counts_as_none(given: object) -> None:
    assert imported_plan(given) == ImportedPlan()
