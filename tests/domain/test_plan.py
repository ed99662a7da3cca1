import pytest

from app.domain.plan import (
    LONGEST_SECTION,
    SECTIONS,
    Answer,
    PlanStatus,
    document_number,
    missing_for_circulation,
    status_after,
)

FULL = {section.key: "本文" for section in SECTIONS}


def test_a_document_number_names_the_case_and_the_version() -> None:
    assert document_number("13-R8-0001", 2) == "SP-13-R8-0001-2"


def test_a_complete_draft_lacks_nothing() -> None:
    assert missing_for_circulation(FULL, actions=1, roles=1, undated_actions=0) == ()


def test_an_empty_draft_lacks_its_required_parts_in_the_order_of_the_paper() -> None:
    assert missing_for_circulation({}, actions=0, roles=0, undated_actions=0) == (
        "現状認識",
        "経営課題と優先順位",
        "支援方針",
        "モニタリング（頻度・方法・報告先・見直し条件）",
        "役割分担",
        "具体的支援内容（1件以上）",
    )


def test_optional_sections_may_stay_empty_and_blanks_are_no_text() -> None:
    texts = FULL | {"cash": "", "notes": "", "policy": " \n　"}
    assert missing_for_circulation(texts, 1, 1, 0) == ("支援方針",)


def test_undated_actions_and_endless_sections_are_named() -> None:
    texts = FULL | {"notes": "長" * (LONGEST_SECTION + 1)}
    assert missing_for_circulation(texts, 2, 1, 1) == (
        "支援内容の期限",
        "「付帯条件・留意事項」の短縮（6000文字以内）",
    )


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({}, PlanStatus.CIRCULATING),
        ({"a": Answer.APPROVE}, PlanStatus.CIRCULATING),
        ({"a": Answer.APPROVE, "b": Answer.CONDITIONAL}, PlanStatus.AGREED),
        ({"a": Answer.APPROVE, "b": Answer.RETURN}, PlanStatus.DRAFT),
        ({"a": Answer.APPROVE, "c": Answer.APPROVE}, PlanStatus.CIRCULATING),
    ],
)
def test_a_plan_is_agreed_once_everybody_asked_approved(
    answers: dict[str, Answer], status: PlanStatus
) -> None:
    assert status_after(answers, frozenset({"a", "b"})) is status


def test_nobody_asked_is_no_agreement() -> None:
    assert status_after({}, frozenset()) is PlanStatus.CIRCULATING
