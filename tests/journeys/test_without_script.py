"""The same table without script and without a socket: every act in the room as a plain form."""

import pytest
from playwright.sync_api import expect

from app.clock import in_japan, system_clock, today
from app.store.tables.ballots import DecisionRow
from tests.decision_record import record_on
from tests.factories import op
from tests.story import Cast, story

ALL = ("bank", "cga", "yorozu", "council", "succession", "chamber")
pytestmark = pytest.mark.browser


@pytest.fixture
def transport():
    return "plain"


@pytest.fixture
def told(stage, monkeypatch):
    """The story up to the moment the chair opens the conference, whenever today is."""
    people = {key: stage.actors[key] for key in ALL}
    c = Cast(stage.database, stage.agencies, people, stage.actors["outsider"])
    day = in_japan(stage.database.clock()).date().isoformat()
    for what, act in story(c, held=day):
        if what == "open":
            break
        act()
    return c


def test_an_item_is_carried_from_first_word_to_decision_by_forms_alone(stage, told):
    room = f"/conferences/{told.ids['conference']}/room"
    item = f"{room}?item={told.ids['item']}"
    at = {who: stage.enter(who, script=False) for who in ALL}
    chair, bank, yorozu = at["yorozu"], at["bank"], stage.agencies["yorozu"].id

    def go(who, path=item):
        assert at[who].goto(path) == 200
        return at[who]

    go("yorozu", room).act("open_conference")
    go("yorozu").act("start_item")
    go("bank").act("say_remark", text="返済は約定どおりです。")
    expect(go("cga").page.get_by_text("返済は約定どおりです。").first).to_be_visible()
    write_a_cell(told, at)
    go("yorozu").act("open_nominations", role="採算の見直しと支援の取りまとめ")
    go("bank").act("nominate_lead", nominee_id=yorozu, reason="採算の見直しが先")
    expect(go("cga").page.get_by_text("採算の見直しが先")).to_have_count(0)
    go("yorozu").act("reveal_nominations")
    expect(go("cga").page.get_by_text("採算の見直しが先").first).to_be_visible()
    go("yorozu").act("open_round", nominee_id=yorozu, wording="よろず支援拠点を主担当とする。")
    go("council").act("give_stance", stance="agree_with_condition")
    # Refused for want of a condition; the choice is still there, and so is the way on.
    # Its own form comes before the one of the seat whose 委任状 it holds.
    chosen = at["council"].page.locator("[name=stance][value=agree_with_condition]").first
    assert chosen.is_checked()
    monthly = {"owner_id": yorozu, "due": due(stage)}
    at["council"].act("give_stance", text="月次で共有すること", **monthly)
    for who in ALL:
        if who != "council":
            go(who).act("give_stance", stance="agree")
    go("yorozu").act("answer_lead", accepted="true")
    go("yorozu").act("declare_result", result="decided", **record_on(today(system_clock)))
    expect(go("chamber").page.get_by_text("決定番号").first).to_be_visible()
    task = {"kind": "task", "text": "店舗別損益表を作る", "agency_id": yorozu, "due": due(stage)}
    go("cga").act("record_outcome", **task)
    go("yorozu").act("end_item")
    go("yorozu", f"{room}?item={told.ids['report']}").act("withdraw_item")
    go("yorozu", room).act("close_conference")

    assert told.one(DecisionRow, case_id=told.ids["case"]).result == "decided"
    assert bank.problems == chair.problems == []
    for hands in at.values():
        hands.close()


def test_the_chair_runs_the_agenda_by_forms_alone(stage, told):
    """A break, a step, later, in between, in order, on another day: seen by the bank as well."""
    room = f"/conferences/{told.ids['conference']}/room"
    item, report = (f"{room}?item={told.ids[key]}" for key in ("item", "report"))
    chair, bank = stage.enter("yorozu", script=False), stage.enter("bank", script=False)

    def go(hands, path=item):
        assert hands.goto(path) == 200
        return hands

    go(chair, room).act("open_conference")
    expect(go(bank).page.get_by_text("まもなくです。準備をお願いします。")).to_be_visible()
    go(chair).act("start_item")
    go(chair).act("pause_conference", reason="換気のため", minutes="15")
    expect(go(bank).page.get_by_text("再開予定（換気のため）")).to_be_visible()
    bank.act("say_remark", text="休憩中の一言")
    expect(bank.page.get_by_text("会議は休憩中のため").first).to_be_visible()
    assert bank.page.locator('[data-command="say_remark"] textarea').input_value() == "休憩中の一言"
    go(chair).act("resume_conference")
    go(chair).act("take_step", step="menu")
    expect(go(bank).page.get_by_text("進行中 ・ 支援メニュー")).to_be_visible()
    go(chair).act("add_item", title="夏の資金需要", minutes="5", after_item_id=told.ids["report"])
    go(chair, report).act("put_off_item", to="last")
    expect(go(bank).page.locator(".agenda-title").first).to_have_text("夏の資金需要")
    go(chair).act("reorder_agenda")
    expect(go(bank).page.locator(".agenda-title").first).to_have_text("前回の宿題")
    go(chair, report).act("carry_over_item", owner_person="鈴木 花子")
    go(chair).act("close_conference")
    expect(chair.page.get_by_text("議題2が進行中です。").first).to_be_visible()
    go(chair).act("carry_over_item", next_date=due(stage))
    go(chair, room).act("close_conference")
    expect(chair.page.get_by_text("次に協議する日または会議").first).to_be_visible()
    go(chair, report).act(
        "settle_item", owner_agency_id=stage.agencies["cga"].id, next_date=due(stage)
    )
    last = chair.page.locator(".agenda-open").filter(has_text="夏の資金需要").get_attribute("href")
    go(chair, last).act("withdraw_item", reason="時間の都合")
    go(chair, room).act("close_conference")
    expect(chair.page.get_by_text("この会議は終わっています。")).to_be_visible()
    assert chair.problems == bank.problems == []
    for hands in (chair, bank):
        hands.close()


def write_a_cell(told, at):
    sheet = f"/cases/{told.ids['case']}/sheet"
    bank = at["bank"]
    bank.goto(sheet)
    cell = 'form[action="/act/write_cell"]:has([name=column][value=wishes])'
    bank.page.locator("details:has(" + cell + ") > summary").last.click()
    bank.page.locator(f"{cell} [name=value]").fill("雇用を守りたい")
    with bank.page.expect_navigation():
        bank.page.locator(f"{cell} button[type=submit]").click()
    at["chamber"].goto(sheet)
    expect(at["chamber"].page.get_by_text("雇用を守りたい").first).to_be_visible()


def due(stage):
    return stage.database.clock().date().replace(year=2027).isoformat()


def test_the_same_form_sent_twice_is_carried_out_once(stage, told):
    """The operation id is in the form: a double click or a reload changes nothing twice."""
    chair = stage.enter("yorozu", script=False)
    room = f"/conferences/{told.ids['conference']}/room"
    chair.goto(room)
    chair.act("open_conference")
    chair.goto(f"{room}?item={told.ids['item']}")
    chair.act("start_item")
    chair.goto(f"{room}?item={told.ids['item']}")
    form = chair.page.locator('form[action="/act/say_remark"]')
    fields = {
        name: form.locator(f"[name={name}]").input_value() for name in ("csrf", "op_id", "item_id")
    }
    body = {**fields, "back": room, "text": "一度だけ"}
    first, second = (
        chair.context.request.post(f"{chair.url}/act/say_remark", form=body, max_redirects=0)
        for _ in range(2)
    )
    assert (first.status, second.status) == (303, 303)
    other = chair.context.request.post(
        f"{chair.url}/act/say_remark", form={**body, "text": "別の内容"}, max_redirects=0
    )
    assert other.status == 409
    foreign = chair.context.request.post(
        f"{chair.url}/act/say_remark", form={**body, "op_id": op(), "csrf": "x"}, max_redirects=0
    )
    assert foreign.status in {400, 403}
    chair.goto(f"{room}?item={told.ids['item']}")
    said = chair.page.locator(".remark-text")
    assert [said.filter(has_text=text).count() for text in ("一度だけ", "別の内容")] == [1, 0]
