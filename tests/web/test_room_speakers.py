"""The list of speakers as plain forms, and what a masked projector says of it."""

from pathlib import Path

import pytest

from app.store.unit_of_work import Database
from tests.factories import table
from tests.speaker_steps import doing, speakers
from tests.web.pages import Pages, forms_of, words_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def test_the_whole_list_is_run_by_plain_forms(database: Database, pages: Pages) -> None:
    at = table(database)
    here = f"/conferences/{at.conference.id}/room"
    item = {"item_id": at.item.id}
    for who, kind in (("bank", "contribution"), ("chamber", "question")):
        pages.post(at[who], "ask_to_speak", here, kind=kind, **item)
    listed = pages.text(at["bank"], here)
    assert listed.index("質問 商 台東商工会議所") < listed.index("発言 金 つむぎ坂信用金庫")
    assert "withdraw_request" in forms_of(pages.get(at["bank"], here))
    assert "withdraw_request" not in forms_of(pages.get(at["council"], here))
    pages.post(at["yorozu"], "call_speaker", here, present_id="", **item)
    assert "発言中（質問） 商 台東商工会議所 渡辺 実" in pages.text(at["council"], here)
    assert "end_speech" in forms_of(pages.get(at["chamber"], here))
    assert "end_speech" not in forms_of(pages.get(at["bank"], here))
    present = speakers(database, at)["present"]["id"]
    pages.post(at["yorozu"], "call_speaker", here, present_id=present, **item)
    pages.post(at["yorozu"], "set_speaking_time", here, minutes="２", **item)
    assert "残り 02:00" in pages.text(at["bank"], here)
    pages.post(at["yorozu"], "close_speakers", here, **item)
    assert "発言の受付は締め切られています。" in pages.text(at["council"], here)
    assert "ask_to_speak" not in forms_of(pages.get(at["council"], here))
    late = pages.post(at["yorozu"], "call_speaker", here, present_id=present, **item)
    assert late.status_code == 409
    assert "発言者が替わりました。" in words_of(late)


def test_what_is_over_the_time_is_told_in_words(database, pages, clock) -> None:
    at = table(database)
    here = f"/conferences/{at.conference.id}/room"
    do = doing(database, at)
    do("bank", "ask_to_speak", kind="contribution")
    do("yorozu", "call_speaker")
    clock.advance(seconds=215)
    told = pages.text(at["chamber"], here)
    assert "超過 00:15" in told
    assert "まだ発言のない機関：東京信用保証協会" in told.replace(" ", "")
    assert "台東商工会議所 00:00 03:35" in told
    assert "発言の少ない機関" not in told
    assert "発言の少ない機関：東京信用保証協会" in pages.text(at["yorozu"], here).replace(" ", "")


def test_the_masked_projector_names_the_agency_and_nobody_of_it(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    projector = f"/conferences/{at.conference.id}/room/projector"
    do = doing(database, at)
    do("bank", "ask_to_speak", kind="contribution")
    do("yorozu", "call_speaker")
    assert "発言中 金 つむぎ坂信用金庫 田中 一郎" in pages.text(at["cga"], projector)
    masked = pages.text(at["cga"], f"{projector}?mask=1")
    assert "発言中 金 つむぎ坂信用金庫 残り 03:20" in masked
    assert "田中" not in masked
