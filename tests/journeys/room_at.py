"""The live room of a place: entered by one person after the other, and looked at."""

from playwright.sync_api import Page, expect

from tests.journeys.place import Place


class Room:
    """``about`` begins the names of its pictures, after how the place is connected."""

    about = ""

    def __init__(self, place: Place) -> None:
        self.place, self.at = place, place.at

    def enter(self, who: str, path: str = "") -> Page:
        page = self.place.come(who, f"{self.place.room}{path}", who + path).page
        if not path:
            expect(page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
        return page

    def look(self, who: str, name: str) -> None:
        hands = self.place.entered[who]
        hands.shot(f"{self.place.transport}-{self.about}-{name}")
        assert hands.violations() == [], name

    def nothing_went_wrong(self) -> None:
        problems = {who: one.problems for who, one in self.place.entered.items() if one.problems}
        assert problems == {}
