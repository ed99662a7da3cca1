"""訂正 without script: from the case's page, and told there, in the room and on the plan."""

from pathlib import Path

import pytest

from app.store.unit_of_work import Database
from tests.factories import Table, table
from tests.round_steps import ALL, accepts, declares, opened, says
from tests.web.pages import Pages, forms_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def decided(database: Database) -> tuple[Table, str]:
    at = table(database)
    round_id = opened(database, at)
    for who in ALL:
        says(database, at, round_id, who, "agree")
    accepts(database, at, round_id)
    return at, declares(database, at, round_id, "decided").id


def test_the_secretariat_adds_it_and_everybody_reads_both(database: Database, pages: Pages) -> None:
    at, decision = decided(database)
    case, room = f"/cases/{at.case.id}", f"/conferences/{at.conference.id}/room"
    assert "correct_decision" not in forms_of(pages.get(at["bank"], case))
    assert "correct_decision" in forms_of(pages.get(at["cga"], case))
    told = {"decision_id": decision, "field": "review_on", "reason": "曜日の取り違えのため"}
    answer = pages.post(at["cga"], "correct_decision", case, **told, says="令和9年3月24日")
    assert answer.status_code == 303
    line = "見直し日 2027年2月24日(水) → 2027年3月24日(水) 曜日の取り違えのため"
    assert line in pages.text(at["bank"], case)
    assert line in pages.text(at["bank"], room)
    # The decision itself is printed as it was declared.
    assert "見直し日 2027年2月24日(水)" in pages.text(at["bank"], case)


def test_a_refusal_stands_beside_its_own_form(database: Database, pages: Pages) -> None:
    at, decision = decided(database)
    case = f"/cases/{at.case.id}"
    told = {"decision_id": decision, "field": "action_due", "reason": "遅れるため"}
    page = pages.post(at["cga"], "correct_decision", case, **told, says="2027-06-30")
    assert page.status_code == 400
    assert page.text.count('id="refusal"') == 1
    assert "発効日から14日以内" in page.text
    never = {"decision_id": decision, "field": "lead", "reason": "変更", "says": "活性化協議会"}
    page = pages.post(at["cga"], "correct_decision", case, **never)
    assert page.status_code == 409
    assert "会議で改めて主担当を提案し、各機関に確認してください。" in page.text


def test_the_excerpt_names_the_decision_and_no_stance(database: Database, pages: Pages) -> None:
    at = table(database)
    round_id = opened(database, at)
    for who in ALL:
        says(database, at, round_id, who, "agree")
    says(database, at, round_id, "chamber", "agree_with_condition", text="商工会にも知らせること")
    accepts(database, at, round_id)
    decision = declares(database, at, round_id, "decided").id
    path = f"/cases/{at.case.id}/decisions/{decision}"
    slip = {"decision_id": decision, "reason": "書き誤りのため", "field": "condition_text"}
    slip |= {"agency_id": at.agencies["chamber"].id, "says": "商工会にも必ず知らせること"}
    pages.post(at["cga"], "correct_decision", path, **slip)
    assert "商工会にも必ず知らせること" in pages.text(at["bank"], f"/cases/{at.case.id}")
    assert f'href="{path}"' in pages.get(at["bank"], f"/cases/{at.case.id}").text
    told = pages.text(at["bank"], path)
    for word in ("令和8年度-1", "東京都よろず支援拠点 佐藤 健", "経営サポート会議の事務局"):
        assert word in told
    assert "店舗別の損益を確認する（佐藤 健、2026年12月4日(金)まで）" in told
    assert [word for word in ("賛成", "知らせること", "台東商工会議所") if word in told] == []
    assert pages.get(at.outsider, path).status_code == 404
    assert pages.get(at["bank"], f"/cases/{at.case.id}/decisions/{'0' * 32}").status_code == 404


def test_who_is_outside_the_case_sees_no_decision(database: Database, pages: Pages) -> None:
    at, _decision = decided(database)
    assert pages.get(at.outsider, f"/cases/{at.case.id}").status_code == 404
