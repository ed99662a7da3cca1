import json

import pytest

from app.domain.firms import INDUSTRIES, LEGAL_FORMS, SOLE_PROPRIETOR, names_alike
from app.domain.names import fold_name
from app.settings import ROOT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("株式会社灯夜ダイニング", "灯夜ダイニング㈱"),
        ("灯夜ダイニング", "灯夜ダイニング谷中店"),
        ("髙橋商店", "有限会社高橋商店"),
        ("ABC", "ａｂｃ商事"),
    ],
)
def test_names_that_may_be_one_firm_are_alike_in_both_directions(one: str, other: str) -> None:
    assert names_alike(fold_name(one), fold_name(other))
    assert names_alike(fold_name(other), fold_name(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("灯夜ダイニング", "灯台ダイニング"), ("AB", "ABC商事"), ("山田", "山田商店")],
)
def test_a_shared_beginning_or_a_very_short_name_says_nothing(one: str, other: str) -> None:
    assert not names_alike(fold_name(one), fold_name(other))


def test_the_lists_hold_what_the_demonstration_firms_use() -> None:
    cases = json.loads((ROOT / "app" / "data" / "demo_cases.json").read_bytes())["cases"]

    assert {case["firm"]["legal_form"] for case in cases} <= set(LEGAL_FORMS)
    assert SOLE_PROPRIETOR in LEGAL_FORMS
    for case in cases:
        industry = case["firm"]["industry"]
        assert INDUSTRIES[industry["jsic_major"]] == industry["jsic_major_name"]
    assert len(INDUSTRIES) == 20
