"""Ballots at the table: equals that the chair decides between; in secret; and without script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.clock import system_clock, today
from app.store.tables.polls import PollRow
from tests.journeys.place import TWO_NODES_TOO, Place
from tests.journeys.room_at import Room
from tests.poll_steps import SIX

pytestmark = pytest.mark.browser
DAYS = [today(system_clock) + timedelta(days=n) for n in (20, 21)]


class PollRoom(Room):
    about = "poll"

    def asked(self) -> str:
        with self.place.database.read() as desk:
            query = select(PollRow.id).where(PollRow.state == "open")
            return desk.session.exec(query).one()

    def votes(self, who: str, choice: str) -> None:
        self.place.does(who, "cast_vote", poll_id=self.asked(), choice=choice)


@pytest.fixture
def room(place: Place) -> PollRoom:
    return PollRoom(place)


def card(page: Page):
    return page.locator(".poll")


def form(page: Page):
    """The chair's form, with its panel opened."""
    page.get_by_role("button", name="その他の操作").click()
    page.locator("summary", has_text="投票・意向確認を行う").click()
    return page.get_by_role("form", name="投票・意向確認を行う")


def choose(page: Page, text: str, button: str = "回答する") -> None:
    card(page).get_by_role("radio", name=text).check()
    card(page).get_by_role("button", name=button, exact=True).click()


def close(page: Page) -> None:
    label = "締め切って結果を出す"
    card(page).get_by_role("button", name=label).click()
    card(page).get_by_role("group", name=label).get_by_role("button", name=label).click()


def ask_for_a_day(room: PollRoom, chair: Page) -> None:
    """With a mistake first: options without a day are named, and what was typed stays."""
    asking = form(chair)
    asking.get_by_label("問い").fill("次回の日程はどちらがよいですか")
    asking.get_by_text("定足数など、詳しい決め方").click()
    asking.get_by_label("定足数（空欄は会議の既定）").fill("200")
    asking.get_by_label("定足数の数え方").select_option("対象機関の割合（％）")
    asking.get_by_role("checkbox", name="商工会議所").check()
    asking.get_by_role("button", name="最後の選択肢を除く").click()
    room.look("yorozu", "form")
    asking.get_by_role("button", name="受付を始める").click()
    expect(asking.get_by_role("alert")).to_be_visible()
    asking.get_by_label("定足数（空欄は会議の既定）").fill("50")
    for n, day in enumerate(DAYS):
        asking.get_by_label(f"候補{n + 1}").fill(day.isoformat())
        asking.get_by_label("時刻").nth(n).fill("14:00")
    asking.get_by_role("button", name="受付を始める").click()


def read_back(room: PollRoom, bank: Page, first: str) -> None:
    card(bank).get_by_role("button", name="回答と控えを確認する").click()
    read = card(bank).locator(".read-back")
    expect(read).to_contain_text(first)
    receipt = read.locator(".mono").inner_text()
    assert len(receipt) == 12, receipt
    room.look("bank", "own-vote")


@TWO_NODES_TOO
def test_a_day_is_chosen_by_plurality_and_the_chair_decides_between_equals(room):
    chair, bank, cga = (room.enter(who) for who in ("yorozu", "bank", "cga"))
    ask_for_a_day(room, chair)
    expect(card(bank).get_by_text("次回の日程はどちらがよいですか")).to_be_visible()
    expect(card(bank).get_by_role("radio")).to_have_count(3)
    room.look("bank", "asked")
    first, second = (f"{day.month}月{day.day}日" for day in DAYS)
    choose(bank, first)
    expect(card(bank).get_by_text("締切まで伏せています")).to_be_visible()
    read_back(room, bank, first)
    choose(cga, second)
    for page in (chair, bank, cga):
        expect(card(page).get_by_text("6機関中2機関が回答").first).to_be_visible()
    # Still open, a colleague at the agency may choose another.
    card(bank).get_by_role("button", name="変更する").click()
    choose(bank, second)
    expect(card(bank).get_by_text("締切まで伏せています")).to_be_visible()
    for who, choice in (("council", "1"), ("succession", "1"), ("chamber", "2")):
        room.votes(who, choice)
    choose(chair, first)
    expect(card(chair).get_by_text("6機関中6機関が回答").first).to_be_visible()
    projector = room.enter("yorozu", "/projector")
    expect(card(projector).get_by_text("6機関中6機関が回答").first).to_be_visible()
    room.look("yorozu/projector", "projector-asked")
    close(chair)
    for page in (chair, bank, projector):
        expect(card(page).get_by_text("最多が同数です")).to_be_visible()
    room.look("bank", "tied")
    tie = card(chair).get_by_role("form", name="議長の裁決")
    tie.get_by_role("radio", name=second).check()
    tie.get_by_label("裁決の理由").fill("会場の都合がつくため")
    room.look("yorozu", "tie")
    tie.get_by_role("button", name="裁決する").click()
    for page in (chair, bank, cga, projector):
        expect(card(page).get_by_text("議長裁決：").first).to_be_visible()
        expect(card(page).get_by_text("会場の都合がつくため")).to_be_visible()
    card(bank).get_by_text("機関ごとの状況").click()
    expect(card(bank).locator(".stances")).to_contain_text(second)
    expect(card(bank).locator(".stances .mono")).to_have_count(6)
    room.look("bank", "decided")
    room.look("yorozu/projector", "projector-decided")
    bank.get_by_role("tab", name="記録").click()
    past = bank.get_by_role("region", name="投票の記録")
    past.locator("summary", has_text="次回の日程はどちらがよいですか").click()
    expect(past.get_by_text("最多が同数です")).to_be_visible()
    room.look("bank", "record")
    room.nothing_went_wrong()


def never_told(room: Room) -> None:
    """Of no vote more than that it was cast, in no frame and on no page of anybody."""
    for who, hands in room.place.entered.items():
        for one in hands.received:
            for told in ('"counts":{"', '"votes":{"', '"seal":"'):
                assert told not in one, who
            # By the key of an option: the word itself is also a way in which cells are written.
            assert not re.search(r'"choice": ?"([0-9]|abstain)"', one), who
            assert "%</" not in one or "poll-bar" not in one, who


@TWO_NODES_TOO
def test_a_secret_ballot_tells_only_who_has_voted_and_at_the_end_how_many_chose_what(room):
    chair, bank, cga = (room.enter(who) for who in ("yorozu", "bank", "cga"))
    asking = form(chair)
    asking.get_by_label("種類").select_option("other")
    asking.get_by_label("問い").fill("次回の会場はどちらがよいですか")
    asking.get_by_role("button", name="最後の選択肢を除く").click()
    asking.get_by_label("選択肢1").fill("東部会館")
    asking.get_by_label("選択肢2").fill("西部会館")
    asking.get_by_label("無記名で行う").check()
    expect(asking.get_by_text("対象が5機関以上のときに行えます")).to_be_visible()
    room.look("yorozu", "secret-form")
    asking.get_by_role("button", name="受付を始める").click()
    expect(card(bank).get_by_text("一度投じると、変更も取消しもできません。")).to_be_visible()
    room.look("bank", "secret-asked")
    choose(bank, "東部会館", "無記名で投票する")
    expect(card(bank).get_by_text("投票済みです。")).to_be_visible()
    expect(card(bank).get_by_role("radio")).to_have_count(0)
    choose(cga, "西部会館", "無記名で投票する")
    expect(card(chair).get_by_text("6機関中2機関が回答").first).to_be_visible()
    card(chair).get_by_role("button", name="締め切って結果を出す").click()
    expect(card(chair).get_by_text("投票が5機関に満たないため、開票されません。")).to_be_visible()
    card(chair).get_by_role("button", name="やめる").click()
    for who in ("council", "succession", "chamber"):
        room.votes(who, "1")
    choose(chair, "棄権", "無記名で投票する")
    for page in (chair, bank, cga):
        expect(card(page).get_by_text("6機関中6機関が回答").first).to_be_visible()
    room.look("bank", "secret-cast")
    card(chair).get_by_text("機関ごとの状況").click()
    expect(card(chair).locator(".stances")).to_contain_text("回答済み")
    never_told(room)
    close(chair)
    for page in (chair, bank, cga):
        rows = card(page).locator(".poll-counts tbody tr")
        expect(rows.first).to_be_visible()
        assert [row.locator("td").first.inner_text() for row in rows.all()] == ["4", "1", "1"]
        expect(card(page).locator(".stances")).not_to_contain_text("東部会館")
    room.look("cga", "secret-result")
    for hands in room.place.entered.values():
        assert not any('"votes":{"' in one for one in hands.received)
    room.nothing_went_wrong()


@pytest.mark.parametrize("transport", ["websocket"], indirect=True)
def test_everything_about_a_ballot_works_by_plain_forms(place):
    at = {who: place.come(who, place.room, script=False) for who in SIX}
    chair, bank = at["yorozu"], at["bank"]
    question = {"kind": "other", "question": "次回の会場", "options-0-text": "東部会館"}
    chair.act("open_poll", **question, secret="true", tie="chair")
    expect(chair.page.get_by_text("選択肢は2〜8個で入力してください。")).to_be_visible()
    expect(chair.page.locator('[name="options-0-text"]').first).to_have_value("東部会館")
    chair.act("open_poll", **{"options-1-text": "西部会館"})
    bank.goto(place.room)
    bank.shot("plain-poll-asked")
    bank.act("cast_vote", choice="1")
    expect(bank.page.get_by_text("投票済みです。")).to_be_visible()
    for who, choice in (("cga", "2"), ("council", "1"), ("succession", "2"), ("chamber", "1")):
        at[who].goto(place.room)
        at[who].act("cast_vote", choice=choice)
    chair.goto(place.room)
    chair.act("cast_vote", choice="2")
    chair.act("close_poll")
    expect(chair.page.locator(".poll").get_by_text("最多が同数です")).to_be_visible()
    chair.act("decide_tie", choice="2", reason="駐車場があるため")
    bank.goto(place.room)
    expect(bank.page.locator(".poll").get_by_text("議長裁決：西部会館")).to_be_visible()
    bank.shot("plain-poll-result")
    bank.goto(f"{place.room}/projector")
    expect(bank.page.locator(".poll").get_by_text("駐車場があるため")).to_be_visible()
    bank.shot("plain-poll-projector")
