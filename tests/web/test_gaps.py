"""引受手不在 without script: declared in the room, settled on its page, listed for all."""

from pathlib import Path

import pytest

from app.store.tables.conferences import ConferenceRow
from app.store.unit_of_work import Database
from tests.factories import Table, table
from tests.gap_record import gap_of
from tests.gap_steps import declared, nobody_says
from tests.web.pages import Pages, forms_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def room(at: Table) -> str:
    return f"/conferences/{at.conference.id}/room"


def test_the_room_suggests_it_and_the_chair_declares_it(database: Database, pages: Pages) -> None:
    at = table(database)
    assert "引受手不在を宣言できます" not in pages.text(at["yorozu"], room(at))
    nobody_says(database, at)
    assert "引受手不在を宣言できます" in pages.text(at["bank"], room(at))
    assert "declare_no_taker" not in forms_of(pages.get(at["bank"], room(at)))
    assert "declare_no_taker" in forms_of(pages.get(at["yorozu"], room(at)))
    short = pages.post(at["yorozu"], "declare_no_taker", room(at), item_id=at.item.id)
    assert short.status_code == 400
    assert short.text.count('class="error"') == 7
    told = {"item_id": at.item.id, "next_date": "2026-12-22"} | gap_of(at.agencies["cga"].id)
    answer = pages.post(at["yorozu"], "declare_no_taker", room(at), **told)
    assert answer.status_code == 303
    text = pages.text(at["bank"], room(at))
    assert "次の対応：県の協議会に体制を相談する（2026年12月18日(金)まで）" in text
    assert "引受手不在を宣言できます" not in text


def test_a_result_declared_with_a_round_says_what_is_missing_too(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    pages.post(
        at["yorozu"],
        "open_round",
        room(at),
        item_id=at.item.id,
        nominee_id=at.agencies["yorozu"].id,
        wording="確認",
    )
    page = pages.get(at["yorozu"], room(at))
    for name in gap_of(""):
        assert f'name="{name}"' in page.text


def test_the_owner_is_led_from_home_to_the_record_and_settles_it(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    nobody_says(database, at)
    gap = declared(database, at)
    path = f"/gaps/{gap}"
    assert f'href="{path}"' in pages.get(at["cga"], "/").text
    assert f'href="{path}"' in pages.get(at["cga"], f"/cases/{at.case.id}").text
    assert forms_of(pages.get(at["cga"], path)) == ["settle_gap", "move_gap"]
    assert forms_of(pages.get(at["bank"], path)) == []
    assert pages.get(at.outsider, path).status_code == 404
    moved = {
        "gap_id": gap,
        "owner_id": at.agencies["council"].id,
        "owner_person": "高橋 誠",
        "due": "2026-12-25",
        "reason": "協議会で整えるため",
    }
    assert pages.post(at["cga"], "move_gap", path, **moved).status_code == 303
    told = pages.text(at["council"], path)
    assert "東京信用保証協会 斉藤 弘（2026年12月18日(金)まで）から" in told
    end = {"gap_id": gap, "outcome": "kept", "text": "県の課題とした"}
    assert pages.post(at["council"], "settle_gap", path, **end).status_code == 303
    told = pages.text(at["bank"], path)
    assert "制度・体制の課題として残す" in told
    assert forms_of(pages.get(at["council"], path)) == []
    assert f'href="{path}"' not in pages.get(at["council"], "/").text


def test_the_list_counts_and_names_firms_only_within_the_consent(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    empty = pages.text(at["cga"], "/gaps")
    assert "対応中の記録はありません。" in empty
    nobody_says(database, at)
    declared(database, at)
    own = pages.text(at["bank"], "/gaps")
    assert at.firm.name in own
    assert "再生 1 1" in own
    assert "2026年11月 1 1" in own
    other = pages.text(at.outsider, "/gaps")
    assert at.firm.name not in other
    assert "同意の範囲外のため非表示" in other
    assert "対応中の記録はありません。" in pages.text(at["bank"], "/gaps?kind=cash")
    assert "対応中の記録はありません。" in pages.text(at["bank"], "/gaps?year=2025")
    assert at.firm.name in pages.text(at["bank"], "/gaps?year=²&kind=nonsense")


def test_a_network_conference_has_open_gaps_as_material_without_a_firm(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    nobody_says(database, at)
    declared(database, at)
    path = f"/conferences/{at.conference.id}"
    assert "引受手のない支援" not in pages.text(at["bank"], path)
    with database.begin() as uow:
        uow.session.get_one(ConferenceRow, at.conference.id).kind = "network"
    page = pages.get(at["bank"], path).text
    material = page[page.index('id="gaps"') :].split("</section>")[0]
    assert "再生" in material
    assert [word for word in (at.firm.name, "令和8年度-1", "斉藤 弘") if word in material] == []
