import json
from pathlib import Path

import pytest

from app.domain.prefectures import (
    PREFECTURE_BY_CODE,
    PREFECTURES,
    REGIONS,
    in_region,
    prefecture_named,
    short_name,
)

ASSOCIATIONS = Path(__file__).parents[2] / "app" / "data" / "associations.json"


def test_the_47_agree_with_the_reference_data() -> None:
    stated = json.loads(ASSOCIATIONS.read_text(encoding="utf-8"))["prefectures"]
    assert [(p.code, p.name, p.kana, p.region) for p in PREFECTURES] == [
        (row["code"], row["name"], row["kana"], row["region"]) for row in stated
    ]


def test_codes_run_from_01_to_47_in_order() -> None:
    assert list(PREFECTURE_BY_CODE) == [f"{number:02}" for number in range(1, 48)]


def test_regions_hold_every_prefecture_once() -> None:
    assert [p for region in REGIONS for p in in_region(region)] == list(PREFECTURES)
    assert [len(in_region(region)) for region in REGIONS] == [1, 6, 7, 9, 7, 5, 4, 8]


@pytest.mark.parametrize(
    ("text", "code"),
    [("東京", "13"), ("東京都", "13"), ("京都", "26"), ("北海道", "01"), ("大阪府", "27")],
)
def test_a_prefecture_is_found_by_its_long_and_short_name(text: str, code: str) -> None:
    assert prefecture_named(text) == PREFECTURE_BY_CODE[code]


@pytest.mark.parametrize("text", ["", "北海", "都", "江戸", "東京府"])
def test_other_names_are_no_prefecture(text: str) -> None:
    assert prefecture_named(text) is None


def test_short_names_are_told_apart() -> None:
    assert len({short_name(prefecture) for prefecture in PREFECTURES}) == 47
