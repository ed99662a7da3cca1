"""事業者ゲスト: the chair invites, the owner comes in on a phone, is heard, and is let out."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import DESK, SIZES
from tests.journeys.place import TWO_NODES_TOO, Place

pytestmark = pytest.mark.browser
OWNER = "佐久間 灯一"
BUSINESS = "浅草と谷中で洋食店を営む"
RIGHT = "浅草の洋食店のみ（谷中店は先月閉店）"
WISH = "まず採算を一緒に見ていただける機関と進めたいです。"
INNER = "代表者の資質に不安がある"


class Scene:
    """The open conference of the place, and how its people look at it."""

    def __init__(self, place: Place) -> None:
        self.place, self.at, self.entered = place, place.at, place.entered
        self.transport, self.hands, self.does = place.transport, place.hands, place.does

    def enter(self, who: str, path: str = "", *, script: bool = True) -> Page:
        """A person of the agency in the room, or on what lies behind it."""
        key = f"{who}{path}"
        page = self.place.come(who, f"{self.place.room}{path}", key, script=script).page
        if script:
            shown = page.locator(".room-bottom" if not path else ".room-top").first
            expect(shown).to_be_visible()
        if script and not path:
            expect(page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
        return page

    def look(self, key: str, name: str, *, size: str = "desk") -> None:
        self.entered[key].shot(f"{self.transport}-guest-{name}")
        width, height = SIZES[size]
        self.entered[key].page.set_viewport_size({"width": width, "height": height})
        assert self.entered[key].violations() == [], name


@pytest.fixture
def scene(place: Place) -> Scene:
    made = Scene(place)
    at = place.at
    cell = {"row": "case", "base_version": 0, "case_id": at.case.id}
    made.does("bank", "write_cell", column="business", value=BUSINESS, **cell)
    made.does("bank", "write_cell", column="background", value=INNER, **cell)
    made.does("bank", "write_cell", column="wishes", value="店を続けたい", **cell)
    offer = cell | {"row": at.agencies["yorozu"].id}
    made.does("yorozu", "write_cell", column="menu", value="採算の見直し（月2回）", **offer)
    return made


def invited(scene: Scene, chair: Page) -> str:
    """The chair makes a link in the room."""
    chair.locator(".firm-voice-all > summary").click()
    chair.get_by_text("事業者の方を招く", exact=True).click()
    chair.get_by_label("招く方の氏名").fill(OWNER)
    chair.get_by_role("button", name="リンクを作る").click()
    link = chair.locator(".guest-link").inner_text()
    made_at, opened_at = scene.place.url("yorozu"), scene.place.url("owner")
    assert link.startswith(f"{made_at}/guest/")
    scene.look("yorozu", "invited")
    return link.replace(made_at, opened_at)


def come_in(scene: Scene, link: str) -> Page:
    """The owner on a phone, past the door and the statement."""
    owner = scene.hands("owner").page
    owner.set_viewport_size({"width": SIZES["phone"][0], "height": SIZES["phone"][1]})
    owner.goto(link)
    scene.look("owner", "door", size="phone")
    owner.get_by_role("button", name="入室する").click()
    expect(owner.get_by_role("heading", name="はじめにご確認ください")).to_be_visible()
    assert BUSINESS not in owner.content()
    scene.look("owner", "statement", size="phone")
    owner.get_by_role("button", name="確認しました").click()
    expect(owner.get_by_text("いま、ご相談の内容をみんなで確認しています。")).to_be_visible()
    expect(owner.get_by_text(BUSINESS).first).to_be_visible()
    scene.look("owner", "empty", size="phone")
    return owner


def look_at_the_projector(scene: Scene) -> None:
    projector = scene.enter("bank", "/projector")
    expect(projector.locator(".firm-voice")).to_contain_text(WISH)
    scene.look("bank/projector", "projector", size="projector")
    masked = scene.enter("bank", "/projector?mask=1")
    expect(masked.locator(".room-left")).to_contain_text("議題1")
    told = masked.locator("body").inner_text()
    assert [word for word in (OWNER, WISH, RIGHT) if word in told] == []


@TWO_NODES_TOO
def test_the_owner_comes_in_is_heard_and_is_let_out(scene: Scene) -> None:
    at = scene.at
    chair, bank = scene.enter("yorozu"), scene.enter("bank")
    link = invited(scene, chair)
    owner = come_in(scene, link)
    expect(bank.locator(".firm-voice-count")).to_contain_text(f"{OWNER} 様")

    # What goes on at the table is told by itself.
    scene.does("yorozu", "take_step", item_id=at.item.id, step="menu")
    expect(owner.get_by_text("いま、どのような支援ができるかを出し合っています。")).to_be_visible()

    fact = owner.locator(".guest-facts > div").filter(has_text="事業内容")
    fact.get_by_text("正しい内容を知らせる").click()
    fact.get_by_label("正しい内容").fill(RIGHT)
    fact.get_by_label("補足（あれば）").fill("決算書も直します。")
    fact.get_by_role("button", name="知らせる").click()
    expect(fact.get_by_text("確認をお待ちください")).to_be_visible()
    owner.locator("textarea").first.fill(WISH)
    owner.get_by_label("相談したい機関").select_option(label=at.agencies["yorozu"].name)
    owner.get_by_role("button", name="希望を伝える").click()
    expect(owner.locator(".guest-said")).to_contain_text(WISH)
    scene.look("owner", "said", size="phone")

    # The table sees both; an agency that may edit the cell takes the correction over.
    for page in (chair, bank):
        expect(page.locator(".firm-voice")).to_contain_text(RIGHT)
        expect(page.locator(".firm-voice")).to_contain_text(WISH)
    scene.look("bank", "heard")
    look_at_the_projector(scene)
    bank.get_by_role("button", name="シートに反映する").click()
    expect(bank.locator(".firm-voice")).to_contain_text("シートに反映しました")
    expect(fact.get_by_text("反映しました")).to_be_visible()
    expect(fact.locator("dd > p")).to_have_text(RIGHT)
    expect(bank.get_by_role("gridcell", name=RIGHT).first).to_be_visible()

    # Half typed, and the item ends: nothing of it stays on the owner's screen.
    chair.get_by_role("button", name="議題の操作").click()
    carry = chair.get_by_role("form", name="継続にする")
    carry.get_by_role("button", name="継続にする").click()
    expect(owner.get_by_role("heading", name="この画面は終了しました")).to_be_visible(timeout=2000)
    assert [word for word in (RIGHT, WISH, at.firm.name) if word in owner.content()] == []
    scene.look("owner", "over", size="phone")
    owner.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    owner.goto(link)
    owner.get_by_role("button", name="入室する").click()
    expect(owner.get_by_role("heading", name="このリンクからは入れません")).to_be_visible()
    scene.look("owner", "closed")
    assert scene.entered["owner"].saw(INNER, at.case.case_no) == []
    for hands in scene.entered.values():
        assert hands.problems == []


def test_all_of_it_works_without_script(scene: Scene) -> None:
    at = scene.at
    chair = scene.enter("yorozu", script=False)
    chair.locator(".firm-voice-all > summary").click()
    chair.get_by_role("link", name="事業者の方を招く").click()
    chair.get_by_label("招く方の氏名").fill(OWNER)
    chair.get_by_role("button", name="リンクを作る").click()
    link = chair.locator(".guest-link").inner_text()
    scene.entered["yorozu"].shot(f"{scene.transport}-guest-page-of-invitations")

    owner = scene.hands("owner", script=False).page
    owner.goto(link)
    owner.get_by_role("button", name="入室する").click()
    owner.get_by_role("button", name="確認しました").click()
    owner.get_by_role("button", name="希望を伝える").click()
    expect(owner.locator("#refusal")).to_be_visible()
    scene.entered["owner"].shot(f"{scene.transport}-guest-refused")
    owner.locator("textarea[name=text]").fill(WISH)
    owner.get_by_role("button", name="希望を伝える").click()
    expect(owner.locator(".guest-said")).to_contain_text(WISH)
    fact = owner.locator(".guest-facts > div").filter(has_text="事業内容")
    fact.get_by_text("正しい内容を知らせる").click()
    fact.get_by_label("正しい内容").fill(RIGHT)
    fact.get_by_role("button", name="知らせる").click()
    expect(owner.get_by_text("確認をお待ちください")).to_be_visible()
    scene.entered["owner"].shot(f"{scene.transport}-guest-plain")

    bank = scene.enter("bank", script=False)
    expect(bank.locator(".firm-voice")).to_contain_text(WISH)
    bank.get_by_text("見送る", exact=True).click()
    bank.get_by_label("理由（事業者の方にも表示されます）").fill("登記を確かめてから反映します")
    bank.get_by_role("button", name="見送りとする").click()
    expect(bank.locator(".firm-voice")).to_contain_text("見送りました")
    scene.entered["bank"].shot(f"{scene.transport}-guest-room-plain")
    owner.reload()
    expect(owner.get_by_text("登記を確かめてから反映します")).to_be_visible()

    chair.reload()
    expect(chair.get_by_text("画面を開いています")).to_be_visible()
    chair.get_by_role("button", name="取り消す").click()
    owner.reload()
    expect(owner.get_by_text("会議の事務局が取り消しました")).to_be_visible()
    assert at.firm.name not in owner.content()
