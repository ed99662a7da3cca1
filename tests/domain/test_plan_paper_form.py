from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.plan_paper import PlanPaper
from app.domain.plan_paper_form import as_json, digest_of, from_json
from app.domain.plan_revision import summary_of
from tests.documents.papers import empty_paper, full_paper, long_paper


@pytest.mark.parametrize("paper", [full_paper(), empty_paper(), long_paper()])
def test_a_paper_comes_back_from_json_as_it_was(paper: PlanPaper) -> None:
    assert from_json(as_json(paper)) == paper


def test_the_digest_names_the_content_and_not_its_issue() -> None:
    paper = full_paper()
    issued_otherwise = replace(
        paper,
        is_draft=True,
        digest="",
        issued_by="別の機関",
        issued_at=datetime(2027, 1, 1, tzinfo=UTC),
        confirmations=(),
    )
    assert digest_of(issued_otherwise) == digest_of(paper)
    assert digest_of(replace(paper, policy="別の方針")) != digest_of(paper)
    assert len(digest_of(paper)) == 64


def test_the_first_version_is_called_so() -> None:
    assert summary_of(None, full_paper()) == "初版"


def test_a_later_version_names_the_parts_it_rewrote() -> None:
    before = full_paper()
    after = replace(before, policy="別の方針", actions=before.actions[:1])
    assert summary_of(before, after) == "支援方針、具体的支援内容を改めました。"
    assert summary_of(before, before) == "記載内容の変更はありません。"
