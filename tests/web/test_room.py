import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.domain.vocabulary import Role
from app.store.unit_of_work import Database
from tests.conference_steps import as_role, case_of, opened, tabled
from tests.decision_record import RECORD
from tests.factories import Table, table
from tests.web.pages import Pages, forms_of, words_of

ALL = ("bank", "cga", "yorozu", "council", "succession", "chamber")
FIRM = "株式会社灯夜ダイニング"


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def room(at: Table) -> str:
    return f"/conferences/{at.conference.id}/room"


def data_of(text: str) -> dict[str, Any]:
    found = re.search(r'id="room-data">(.*?)</script>', text, re.S)
    assert found is not None
    return dict(json.loads(found[1]))


# What the chair may do about conflicts of interest, until the item has ended.
AWAY = ("declare_recusal", "suggest_recusal", "pin_recusal")


def ask(pages: Pages, at: Table) -> str:
    """The chair proposes itself with one supporter; the id of the question."""
    sent = pages.post(
        at["yorozu"],
        "open_round",
        room(at),
        item_id=at.item.id,
        nominee_id=at.agencies["yorozu"].id,
        wording="よろず支援拠点を主担当とする。",
        **{
            "supporters-1-agency_id": at.agencies["cga"].id,
            "supporters-1-role": "事務局",
            "supporters-2-role": "",
        },
        next="/{id}",
    )
    assert sent.status_code == 303
    return sent.headers["Location"].removeprefix("/")


def test_each_reader_gets_the_forms_it_may_use(database: Database, pages: Pages) -> None:
    at = table(database)
    course = ["pause_conference", "take_step", "put_off_item", "carry_over_item", "withdraw_item"]
    running = ["extend_item", "end_item", *course, "add_item", "close_conference"]
    running += ["hand_over_chair"]
    lists = ["ask_to_speak", "call_speaker", "close_speakers", "set_speaking_time"]
    member = ["record_outcome", "declare_recusal"]
    assert forms_of(pages.get(at["bank"], room(at))) == [
        *member,
        "ask_to_speak",
        "say_remark",
        "say_in_lane",
    ]
    host = [*running, *member, "suggest_recusal", *lists, "say_remark", "say_in_lane"]
    assert forms_of(pages.get(at["cga"], room(at))) == host
    chair = [
        "record_outcome",
        "open_nominations",
        "open_round",
        *AWAY,
        *lists,
        "say_remark",
        "say_in_lane",
    ]
    running.insert(running.index("close_conference"), "open_poll")
    assert forms_of(pages.get(at["yorozu"], room(at))) == running + chair
    assert forms_of(pages.get(as_role(at["bank"], Role.OBSERVER), room(at))) == []


def test_before_it_begins_the_room_offers_only_to_begin(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    assert forms_of(pages.get(at["yorozu"], room(at))) == [
        "open_conference",
        "hand_over_chair",
        *AWAY,
        "say_in_lane",
    ]
    assert forms_of(pages.get(at["bank"], room(at))) == ["declare_recusal", "say_in_lane"]


def test_the_whole_way_goes_by_plain_forms(database: Database, pages: Pages) -> None:
    """Speak, nominate, ask, answer, accept, declare, record, end: no script anywhere."""
    at = table(database)
    here = room(at)
    pages.post(at["bank"], "say_remark", here, item_id=at.item.id, text="粗利率が低下しています。")
    role = "採算の見直しと支援の取りまとめ"
    pages.post(at["yorozu"], "open_nominations", here, item_id=at.item.id, role=role)
    assert "nominate_lead" in forms_of(pages.get(at["bank"], here))
    pages.post(
        at["bank"],
        "nominate_lead",
        here,
        item_id=at.item.id,
        nominee_id=at.agencies["yorozu"].id,
        reason="原価計算から始めるため",
    )
    sealed = pages.text(at["chamber"], here)
    assert "提出 1／6機関" in sealed
    assert "原価計算から始めるため" not in sealed
    pages.post(at["yorozu"], "reveal_nominations", here, item_id=at.item.id)
    said = pages.text(at["chamber"], here)
    assert role in said
    assert "粗利率が低下しています。" in said
    assert "原価計算から始めるため" in said
    round_id = ask(pages, at)
    asked = ["record_outcome", "give_stance", "declare_recusal", "ask_to_speak", "say_remark"]
    asked[4:] = ["correct_remark", "say_remark", "say_in_lane"]
    assert forms_of(pages.get(at["bank"], here)) == asked
    assert "まだ決定を宣言できません。" in pages.text(at["bank"], here)
    for who in ALL:
        pages.post(at[who], "give_stance", here, round_id=round_id, stance="agree")
    accepted = {"round_id": round_id, "accepted": "true", "person": "佐藤 健"}
    pages.post(at["yorozu"], "answer_lead", here, **accepted)
    ready = pages.text(at["yorozu"], here)
    assert "回答 6／6機関" in ready
    assert "宣言できる結果：決定" in ready
    pages.post(at["yorozu"], "declare_result", here, round_id=round_id, result="decided", **RECORD)
    pages.post(
        at["cga"], "record_outcome", here, item_id=at.item.id, kind="decision", text="毎月集まる"
    )
    done = pages.text(at["succession"], here)
    assert "決定番号 令和8年度-1" in done
    assert "決定毎月集まる" in done.replace(" ", "")
    pages.post(at["yorozu"], "end_item", here, item_id=at.item.id)
    ended = pages.post(at["yorozu"], "close_conference", here, conference_id=at.conference.id)
    assert (ended.status_code, ended.location) == (303, here)
    assert forms_of(pages.get(at["yorozu"], here)) == []


def test_one_objection_leaves_the_chair_no_decision_to_declare(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    round_id = ask(pages, at)
    pages.post(
        at["chamber"],
        "give_stance",
        room(at),
        round_id=round_id,
        stance="object",
        text="承継が先です",
        alternative="承継センターを主担当に",
    )
    page = pages.get(at["yorozu"], room(at)).text
    form = page[page.index('data-command="declare_result"') :]
    assert re.findall(r'name="result" value="(\w+)"', form) == ["continued", "no_taker"]
    assert "代案：承継センターを主担当に" in pages.text(at["bank"], room(at))


def test_a_refused_form_comes_back_in_the_room_it_was_sent_from(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    back = f"{room(at)}?item={at.item.id}"
    too_long = "あ" * 2001
    answer = pages.post(at["bank"], "say_remark", back, item_id=at.item.id, text=too_long)
    assert answer.status_code == 400
    assert too_long in answer.text
    assert f'value="{back}"' in answer.text
    assert "room-data" not in answer.text  # the script would take what was typed from the page


def test_a_refusal_whose_form_is_gone_still_shows_what_was_typed(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    pages.post(at["yorozu"], "carry_over_item", room(at), item_id=at.item.id)
    answer = pages.post(
        at["bank"], "say_remark", room(at), item_id=at.item.id, text="言いかけたこと"
    )
    assert answer.status_code == 409
    assert "この議題は進行中ではありません。" in words_of(answer)
    assert "言いかけたこと" in words_of(answer)


def test_an_item_outside_ones_consent_is_only_said_to_be_there(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    conference_id, case_item, report = opened(database, at)
    here = f"/conferences/{conference_id}/room"
    inside = pages.text(at["bank"], f"{here}?item={case_item}")
    assert "有限会社仁科坂プレス" in inside
    outside = pages.get(at["succession"], f"{here}?item={case_item}")
    assert "仁科坂" not in outside.text
    assert "案件（非公開）" in words_of(outside)
    assert "前回の報告" in pages.text(at["succession"], f"{here}?item={report}")
    assert data_of(outside.text)["item"] == case_item


def test_what_nobody_may_know_of_looks_like_what_is_not_there(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    conference, case = at.conference.id, at.case.id
    for path in (
        "/conferences/{conference}/room",
        "/conferences/{conference}/room/projector",
        "/cases/{case}/sheet",
        "/api/cases/{case}/columns",
        "/api/items/{item}/fitting",
    ):
        here = {"conference": conference, "case": case, "item": at.item.id}
        refused = pages.get(at.outsider, path.format(**here))
        missing = pages.get(at.outsider, path.format(**dict.fromkeys(here, "0" * 32)))
        assert (refused.status_code, missing.status_code) == (404, 404)
        assert words_of(refused) == words_of(missing)


def test_the_masked_projector_names_neither_firm_nor_people(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    pages.post(
        at["yorozu"],
        "open_round",
        room(at),
        item_id=at.item.id,
        nominee_id=at.agencies["yorozu"].id,
        wording=f"{FIRM}をよろず支援拠点が支援する。",
    )
    cell = {"case_id": at.case.id, "row": at.agencies["bank"].id, "base_version": "0"}
    offers = f"/cases/{at.case.id}/sheet"
    pages.post(at["bank"], "write_cell", offers, column="in_charge", value="田中 一郎", **cell)
    pages.post(at["bank"], "write_cell", offers, column="menu", value=f"{FIRM}への融資", **cell)
    named = pages.text(at["bank"], f"{room(at)}/projector")
    assert all(name in named for name in (FIRM, "田中 一郎", "佐藤 健"))
    masked = pages.text(at["bank"], f"{room(at)}/projector?mask=1")
    assert [name for name in (FIRM, "田中 一郎", "佐藤 健") if name in masked] == []
    assert "議題1" in masked
    assert "◯◯◯◯への融資" in masked
    assert forms_of(pages.get(at["bank"], f"{room(at)}/projector")) == []


def test_the_room_hands_its_script_who_acts_and_the_words(database: Database, pages: Pages) -> None:
    at = table(database)
    page = pages.get(at["bank"], room(at)).text
    data = data_of(page)
    assert data["actor"] == {
        "person_id": at["bank"].person_id,
        "agency_id": at.agencies["bank"].id,
        "agency": "つむぎ坂信用金庫",
        "kind": "financial_institution",
        "person": "田中 一郎",
        "role": "participant",
        "membership_id": at["bank"].membership_id,
    }
    assert (data["conference_id"], data["item"], data["is_host"]) == (
        at.conference.id,
        None,
        False,
    )
    assert data["labels"]["stances"]["hold"] == "留保（持ち帰り）"
    assert 'id="catalogue"' not in page
    assert data_of(pages.get(at["cga"], room(at)).text)["is_host"] is True


def test_a_second_case_is_found_by_its_line_of_the_agenda(database: Database, pages: Pages) -> None:
    at = table(database)
    conference_id, first, _report = opened(database, at)
    second = tabled(database, at, conference_id, case_of(database, at))
    here = f"/conferences/{conference_id}/room"
    page = pages.get(at["cga"], here).text
    current = re.findall(r'href="[^"]*item=(\w+)" aria-current="page"', page)
    assert current == [first]
    page = pages.get(at["cga"], f"{here}?item={second}").text
    assert re.findall(r'href="[^"]*item=(\w+)" aria-current="page"', page) == [second]
