"""From referral to an agreed support plan in PDF: six agencies, six browsers, one outsider."""

import io
import re
from datetime import timedelta
from urllib.parse import urlencode

import pypdfium2
import pytest
from playwright.sync_api import expect

from app.clock import system_clock, today

FIRM = "株式会社髙灯夜ダイニング"
SECRET = "谷中店の撤退費用が足りません"
ALL = ("bank", "cga", "yorozu", "council", "succession", "chamber")
pytestmark = pytest.mark.browser


def test_six_agencies_take_a_firm_from_referral_to_an_agreed_plan(stage, transport):
    at = {who: stage.enter(who) for who in (*ALL, "outsider")}
    day = today(system_clock)

    def look(who, name):
        """Pictures at every size, and no finding of axe."""
        at[who].shot(f"{transport}-{name}")
        found = at[who].violations()
        assert found == [], f"{name}: {found}"

    def outside(path):
        """At every step the outsider gets the answer for what does not exist."""
        assert at["outsider"].goto(path) == 404
        assert at["outsider"].saw(FIRM, SECRET) == []

    case = refer_the_case(stage, at, look, outside, day)
    conference = invite_to_the_conference(stage, at, look, outside, day)
    at["cga"].goto(conference)
    at["cga"].act("table_case", case_id=case.rpartition("/")[2], minutes="20")
    look("cga", "conference")
    meet_in_the_room(stage, at, look, outside, conference, transport)
    agree_on_the_plan(at, look, outside, case)

    assert at["outsider"].saw(FIRM, SECRET) == []
    assert {who: hands.problems for who, hands in at.items() if hands.problems} == {}
    for hands in at.values():
        hands.close()


def refer_the_case(stage, at, look, outside, day):
    bank, cga = at["bank"], at["cga"]
    look("bank", "home")
    bank.goto("/firms?q=灯夜")
    look("bank", "firms")
    bank.goto("/firms/new")
    bank.act(
        "create_firm",
        name=FIRM,
        kana="タカトウヤダイニング",
        legal_form="株式会社",
        corporate_number="5990001100002",
        prefecture_code="13",
        city="台東区",
        industry_major="M",
    )
    # A wrong check digit is refused, and what was typed is still there.
    assert bank.page.locator("[name=name]").input_value() == FIRM
    look("bank", "firm-refused")
    bank.act("create_firm", corporate_number="5990001100001")
    look("bank", "firm")
    bank.goto(bank.page.url.removeprefix(bank.url) + "/case")
    bank.act(
        "open_case",
        phase="maturity",
        request_kind=["cash", "profit"],
        request_detail="店舗別の採算を見直し、返済を緩めたい。",
        background="ゼロゼロ融資の据置が明けた。",
        urgency="B",
    )
    case = re.search(r"/cases/[0-9a-f]{32}", bank.page.url).group()
    outside(case)
    bank.goto(f"{case}/consent")
    look("bank", "consent")
    bank.act(
        "record_consent",
        agencies=[stage.agencies[key].id for key in ALL],
        item_groups=[
            "identity",
            "referral",
            "finance",
            "exposure",
            "issues",
            "support",
            "monitoring",
        ],
        method="handwritten",
        purpose="支援方針の協議と支援の実施",
        explained_by="田中 一郎",
    )
    bank.goto(f"{case}/refer/{stage.agencies['cga'].id}")
    look("bank", "refer")
    bank.act("refer_case", reason="複数の金融機関の調整が必要なため。")
    outside(case)
    cga.goto("/")
    look("cga", "home-waiting")
    cga.goto(case)
    look("cga", "case-referred")
    cga.act("answer_referral")
    look("cga", "case")
    return case


def invite_to_the_conference(stage, at, look, outside, day):
    cga = at["cga"]
    members = [stage.agencies[key].id for key in ALL if key != "cga"]
    series = {
        "pattern": "nth_weekday",
        "nth": "3",
        "weekday": "0",
        "starts_on": str(day),
        "kind": "joint_case",
        "name": "事業者支援合同カンファレンス",
        "start_time": "14:00",
        "minutes": "120",
        "agency_ids": members,
    }
    cga.goto(f"/conferences/series/new?{urlencode(series, doseq=True)}")
    assert cga.page.get_by_text("敬老の日").count() >= 1
    look("cga", "series-preview")
    cga.act("create_series")
    look("cga", "series")
    cga.goto("/conferences/new")
    cga.act(
        "create_conference",
        kind="joint_case",
        name="第8回 事業者支援合同カンファレンス",
        held=str(day),
        start_time="14:00",
        minutes="120",
        agency_ids=members,
        chair_agency_id=stage.agencies["yorozu"].id,
    )
    conference = re.search(r"/conferences/[0-9a-f]{32}", cga.page.url).group()
    cga.act("send_invitations", reply_by=str(day))
    outside(conference)
    outside(f"{conference}/invitation.ics")
    for who in ALL:
        hands = at[who]
        hands.goto(f"{conference}/invitation")
        if who == "bank":
            look(who, "invitation")
            ics = hands.context.request.get(f"{hands.url}{conference}/invitation.ics").text()
            assert "BEGIN:VEVENT" in ics
            assert FIRM not in ics
        hands.act("answer_invitation", reply="attend", attendees=stage.actors[who].person_name)
    return conference


def meet_in_the_room(stage, at, look, outside, conference, transport):
    room = f"{conference}/room"
    outside(room)
    for who in ALL:
        assert at[who].goto(room) == 200
        expect(at[who].page.get_by_text("接続中").first).to_be_visible()
    chair, bank = at["yorozu"].page, at["bank"].page
    expect(bank.get_by_text("接続 6人／6機関")).to_be_visible()
    chair.get_by_role("button", name="会議を開始する").click()
    chair.get_by_role("button", name="この議題を始める").click()
    expect(bank.get_by_role("heading", name="討議")).to_be_visible()
    clocks_agree(at)
    bank.get_by_label("発言する").fill(SECRET)
    bank.get_by_label("発言する").press("Control+Enter")
    for who in ALL:
        expect(at[who].page.get_by_role("log").get_by_text(SECRET)).to_be_visible()
    type_into_the_sheet(bank, "事業者の希望", "従業員の雇用は守りたい")
    for who in ("cga", "chamber"):
        expect(at[who].page.get_by_text("従業員の雇用は守りたい").first).to_be_visible()
    look("bank", "room")
    nominate_and_declare(stage, at, look)
    outcome_and_end(stage, at, look)
    at["chamber"].goto(f"{conference}/room/projector")
    expect(at["chamber"].page.locator(".link-state")).to_be_attached()
    look("chamber", "projector")
    outside(f"{conference}/room/projector")
    assert at["cga"].polled(SECRET) == (transport == "polling")


def clocks_agree(at):
    """All screens show the same remaining time, give or take the second they were read in."""
    shown = [at[who].page.locator("[role=timer]").first.inner_text() for who in ALL]
    seconds = []
    for text in shown:
        minutes, secs = re.search(r"(\d+):(\d\d)", text).groups()
        seconds.append(int(minutes) * 60 + int(secs))
    assert max(seconds) - min(seconds) <= 3


def type_into_the_sheet(page, label, text):
    row = page.get_by_role("row").filter(has=page.get_by_text(label, exact=True))
    row.get_by_role("gridcell").first.click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def nominate_and_declare(stage, at, look):
    bank, chair = at["bank"].page, at["yorozu"].page
    yorozu = stage.agencies["yorozu"]
    chair.get_by_text("推薦の受付を始める").click()
    chair.get_by_label("主担当の役割").fill("採算の見直しと、各機関の支援の取りまとめ")
    chair.get_by_role("button", name="推薦を求める").click()
    bank.get_by_label("推薦する機関").select_option(yorozu.id)
    bank.locator(".decision").get_by_label("理由").fill("飲食の専門家が複数いるため")
    look("bank", "room-nominate")
    bank.get_by_role("button", name="推薦を提出する").click()
    expect(chair.get_by_text("提出 1／6機関", exact=True).first).to_be_visible()
    expect(chair.get_by_text("飲食の専門家が複数いるため")).to_have_count(0)
    chair.get_by_role("button", name="推薦を公開する").click()
    expect(chair.get_by_text("飲食の専門家が複数いるため")).to_be_visible()
    look("yorozu", "room-nominated")
    chair.get_by_role("button", name="主担当", exact=True).click()
    chair.get_by_label("主担当の候補").select_option(yorozu.id)
    chair.get_by_label("確認する内容").fill("よろず支援拠点を主担当とし、採算の見直しを進める。")
    chair.get_by_label(stage.agencies["cga"].name, exact=True).check()
    chair.get_by_label(f"{stage.agencies['cga'].name}の役割").fill("返済緩和の調整")
    look("yorozu", "room-chair")
    chair.get_by_role("button", name="各機関に確認する").click()
    for who in ALL:
        page = at[who].page
        choice = "^条件付賛成" if who == "council" else "^賛成"
        page.get_by_role("radio", name=re.compile(choice)).check()
        if who == "council":
            page.locator(".decision textarea").fill("月次で資金繰りを共有すること")
            page.get_by_label("条件を担う機関").select_option(yorozu.id)
            page.get_by_label("条件の期限").fill((today(system_clock) + timedelta(60)).isoformat())
            look("council", "room-stance")
        page.get_by_role("button", name="回答する").click()
        expect(page.get_by_text("回答済み")).to_be_visible()
    chair.get_by_role("radio", name="受諾する").check()
    chair.get_by_role("button", name="受諾の回答を送る").click()
    chair.get_by_role("radio", name=re.compile("^決定")).check()
    chair.get_by_label("見直し日").fill((today(system_clock) + timedelta(days=90)).isoformat())
    chair.get_by_label("主担当の最初の行動").fill("店舗別の損益を確認する")
    look("yorozu", "room-declare")
    chair.get_by_role("button", name="宣言する", exact=True).click()
    for who in ALL:
        expect(at[who].page.get_by_text("決定番号").first).to_be_visible()
    look("chamber", "room-decided")


def outcome_and_end(stage, at, look):
    chair = at["yorozu"].page
    due = (today(system_clock) + timedelta(days=10)).isoformat()
    chair.get_by_role("tab", name="記録").click()
    chair.get_by_text("記録を加える").click()
    chair.get_by_label("種類").select_option("task")
    chair.get_by_label("内容").last.fill("店舗別損益表を作成する")
    chair.get_by_label("担当機関").select_option(stage.agencies["yorozu"].id)
    chair.get_by_label("期限").last.fill(due)
    chair.get_by_role("button", name="記録する").click()
    expect(at["bank"].page.get_by_text("店舗別損益表を作成する").first).to_be_attached()
    look("yorozu", "room-record")
    chair.get_by_role("button", name="議題を終える").click()
    chair.get_by_text("その他の操作").click()
    chair.get_by_role("button", name="会議を終える").click()
    chair.get_by_role("button", name="会議を終える").last.click()
    expect(chair.get_by_text("この会議は終わっています。")).to_be_visible()


def agree_on_the_plan(at, look, outside, case):
    lead = at["yorozu"]
    lead.goto(case)
    lead.act("draft_plan")
    plan = re.search(r"/plans/[0-9a-f]{32}", lead.page.url).group()
    outside(plan)
    outside(f"{plan}.pdf")
    for section, text in {
        "situation": "売上は二億円台に戻ったが、粗利率が低下している。",
        "issues": "店舗別の損益が把握できていない。",
        "policy": "三か月で店舗別採算を見える化し、撤退の要否を判断する。",
        "monitoring": "毎月、試算表と資金繰り表を確認する。",
    }.items():
        form = lead.page.locator(f'form:has([name=section][value="{section}"])')
        form.locator("[name=text]").fill(text)
        with lead.page.expect_navigation():
            form.locator("button[type=submit]").click()
    look("yorozu", "plan-draft")
    lead.act("circulate_plan")
    for who in ("bank", "cga", "yorozu"):
        at[who].goto(plan)
        at[who].act("confirm_plan", answer="approve")
    at["bank"].goto(plan)
    expect(at["bank"].page.get_by_text("合意", exact=True).first).to_be_visible()
    look("bank", "plan-agreed")
    outside(f"{plan}.pdf")
    first, second = (
        at[who].context.request.get(f"{lead.url}{plan}.pdf") for who in ("bank", "cga")
    )
    assert (first.status, first.body()) == (200, second.body())
    document = pypdfium2.PdfDocument(io.BytesIO(first.body()))
    words = "".join(page.get_textpage().get_text_range() for page in document)
    assert all(word in words for word in (FIRM, "取扱注意", "東京都よろず支援拠点"))
