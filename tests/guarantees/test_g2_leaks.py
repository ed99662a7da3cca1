"""G2: at every stage of a case nobody finds a word of it anywhere that is not theirs to know."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.domain.errors import Refused
from app.domain.vocabulary import Role
from app.settings import Settings
from app.store import journal
from app.store.files import Files
from app.store.tables.journal import RoomRow
from app.store.tables.plans import PlanRow
from auth import session
from deploy.assembly import assemble
from realtime import views
from tests.guarantees import asked
from tests.guarantees.asked import NAMED, NO_IDS, PAST
from tests.guarantees.canaries import (
    AMONG,
    CASE,
    CONFERENCE,
    FACE,
    INSTRUCTION,
    NETWORK,
    PRIVATE,
    REPLY,
    TO_CHAIR,
    marked,
    told,
)
from tests.guarantees.figures import note
from tests.guarantees.papers_told import papers_told, said, words_in
from tests.story.papers import CONTENTS
from tests.story.proxies import WRITING

HOST = "http://localhost:8000"
# Every page there is, with the queries it is asked with. A PDF is read as the paper it prints.
PAGES = {
    "account.show": ("",),
    "attendance.show": ("",),
    "auth.choose_capacity": ("",),
    "auth.oidc_callback": ("",),
    "auth.oidc_start": ("",),
    "auth.sign_in": ("",),
    "capacities.show": ("",),
    "cases.confirm": ("",),
    "cases.excerpt": ("",),
    "cases.consent": ("",),
    "cases.index": ("", "?view=ended"),
    "cases.refer": ("",),
    "cases.show": ("",),
    "conferences.calendar": ("",),
    "conferences.edit": ("",),
    "conferences.index": ("", "?view=month&month=2026-11", "?view=series"),
    "conferences.invitation": ("",),
    "conferences.new": ("",),
    "conferences.series": ("",),
    "conferences.show": ("",),
    "decisions.pdf": (),
    "exchange.begin": ("",),
    "exchange.book": ("",),
    "exchange.check": ("?m0.0=policy",),
    "exchange.csv": ("?table=case", "?table=issue", "?table=proposal&code=cp932&replace=1"),
    "exchange.mapping": ("",),
    "exchange.result": ("",),
    "firms.begin": ("",),
    "firms.index": ("?q=灯夜", "?q=トウヤ", "?q=株式会社", "?q=%25"),
    "firms.new": ("",),
    "firms.show": ("",),
    "fitting.show": ("",),
    "gaps.index": ("", "?year=2025", "?kind=revitalization"),
    "gaps.show": ("",),
    "guest.show": ("",),
    "guest_door.knock": ("",),
    "guests.show": ("",),
    "head_office.show": ("",),
    "head_office_door.knock": ("",),
    "home.show": ("",),
    "minutes.pdf": (),
    "minutes.show": ("", "?form=summary"),
    "moments.entries": ("",),
    "moments.show": ("", "?page=2"),
    "moments.sight": ("",),
    "papers.leaf": ("",),
    "papers.original": ("",),
    "papers.page": ("",),
    "papers.show": ("", "?page=2"),
    "plans.pdf": (),
    "plans.show": ("",),
    "polls.vote": ("",),
    "room.columns": ("",),
    "room.projector": ("", "?mask=1"),
    "room.show": ("", "?item={item}"),
    "series.new": ("",),
    "sheets.history": PAST,
    "sheets.show": ("", "?at=2026-11-24"),
    "sheets.versions": PAST,
    "stances.enter": ("",),
    "stances.file": ("",),
    "stances.prospect": ("",),
    "stances.word": ("",),
    "static": (),
}
# Name, town and trade of a firm answer to whoever names it whole, and so do the pages found so.
ANSWERS_TO_THE_NAME = {"firms.show", "firms.begin"}
NOBODY = {
    "consented": {"bank"},
    "referred": {"bank", "cga"},
    "returned": {"bank"},
    "accepted": {"bank", "cga"},
    "withdrawn": {"bank"},
    "expired": {"bank"},
}
TABLE = {"bank", "cga", "yorozu", "council", "succession", "chamber", "onlooker"}
# A conflict of interest: out of the case with all one said in it oneself, until it is lifted.
NOBODY |= {f"{who} out": TABLE - {who} for who in ("chamber", "succession")}
AT_THE_TABLE = TABLE | {"uncovered", "gallery"}
STAGES = {
    "record consent": "consented",
    "refer": "referred",
    "return the referral": "returned",
    "accept the referral": "accepted",
    "reorder": "tabled",
    "add a note": "discussed",
    "the chamber leaves": "chamber out",
    "take the succession centre out": "succession out",
    "close": "closed",
    "yorozu confirms": "agreed",
    "withdraw consent": "withdrawn",
}
AGENCY_OF = {"onlooker": "yorozu", "auditor": "cga"}
HIDDEN = {
    "exposure": {"yorozu", "succession", "chamber", "onlooker"},
    "finance": {"onlooker"},
}


def may_know(who, token, stage):
    """Who may know what, said once more in other words than the product's own."""
    inside = who in NOBODY.get(stage, TABLE)
    if token.kind == NETWORK:
        return who != "auditor"
    if token.kind == CONFERENCE:
        return who in AT_THE_TABLE
    if token.kind == INSTRUCTION:
        return who in {token.owner, "council"}  # whose person holds it in the story
    if token.kind == REPLY:
        return who in AT_THE_TABLE and AGENCY_OF.get(who, who) in {"cga", token.owner}
    if token.kind == TO_CHAIR:
        return inside and who in {token.owner, "yorozu"}
    if token.kind in {PRIVATE, AMONG}:
        return inside and who == token.owner
    return inside and who not in HIDDEN.get(token.kind, ())


class House:
    """The assembled product, asked by one person after the other."""

    def __init__(self, c, people, whole, settings):
        self.c, self.people, self.whole, self.settings = c, people, whole, settings
        self.checked = self.answers = 0
        self.leaks, self.seen = [], set()

    def look_everywhere(self, stage):
        for who, actor in self.people.items():
            for place, text in [
                *self.pages(actor),
                *self.rooms(actor),
                *papers_told(self.c.database, actor),
            ]:
                self.answers += 1
                for token in self.c.tokens:
                    self.checked += 1
                    if token.text not in text:
                        continue
                    by_name = token.kind == FACE and place.split()[0] in ANSWERS_TO_THE_NAME
                    if may_know(who, token, stage):
                        self.seen.add((who, token.kind, stage))
                    elif not (by_name and actor.role is not Role.AUDITOR):
                        self.leaks.append((stage, who, place, token))

    def pages(self, actor):
        with self.c.database.begin() as uow:
            key = session.start(
                uow, self.settings, person_id=actor.person_id, membership_id=actor.membership_id
            )
        client = self.whole.app.test_client()
        client.set_cookie(session.cookie_name(self.settings), key, domain="localhost")
        with self.whole.app.test_request_context(base_url=HOST):
            addresses = list(self.addresses())
        for endpoint, address in addresses:
            answer = client.get(address, base_url=HOST)
            assert answer.status_code < 500, address
            text = words_in(answer.data)
            yield f"{endpoint} {address}", f"{text} {answer.headers}"

    def addresses(self):
        ids = {**self.c.ids, "plan": self.plan_id()}
        given = {
            "agency_id": self.c.agencies["cga"].id,
            "provider_id": "0" * 32,
            "token": "0" * 43,
            **{f"{key}_id": ids.get(key) or "0" * 32 for key in NAMED},
        }
        for rule, more in self.rules_and_papers():
            for query in PAGES[rule.endpoint]:
                path = self.whole.app.url_map.bind("localhost").build(
                    rule.endpoint, {name: (given | more)[name] for name in rule.arguments}
                )
                yield rule.endpoint, path + query.format_map({**NO_IDS, **ids})

    def rules(self):
        return [rule for rule in self.whole.app.url_map.iter_rules() if "GET" in rule.methods]

    def rules_and_papers(self):
        several = asked.several(self.c)
        for rule in self.rules():
            yield from ((rule, more) for more in asked.each_of(rule.arguments, several))

    def plan_id(self):
        plan = self.c.one(PlanRow)
        return plan.id if plan else None

    def rooms(self, actor):
        """Every room's picture, and every entry as the actor's class would be sent it."""
        with self.c.database.read() as desk:
            for room in desk.session.exec(select(RoomRow)).all():
                try:
                    way = views.entrance(desk, actor, room.id)
                except Refused as refusal:
                    yield f"refusal {room.kind}", str(refusal)
                    continue
                yield f"snapshot {room.kind}", said(views.snapshot(desk, actor, way))
                for entry in journal.entries_after(desk.session, room.id, 0, way.tags):
                    frame = journal.on_wire(desk.secret, entry, 0)
                    yield f"entry {entry.kind}", said(frame)


@pytest.fixture
def house(database, database_url, clock, tmp_path):
    c, people = marked(database)
    settings = Settings(data=tmp_path, database_url=database_url, secret=database.secret)
    for content in (*CONTENTS, WRITING):
        Files(settings.files).put(content)
    whole = assemble(settings, clock)
    yield House(c, people, whole, settings)
    whole.engine.dispose()


def test_every_page_is_looked_at(house):
    assert sorted({rule.endpoint for rule in house.rules()}) == sorted(PAGES)


@pytest.mark.guarantee
def test_no_token_is_found_where_it_may_not_be_known(house, clock, database):
    for act in told(house.c):
        if act == "yorozu confirms":
            house.look_everywhere("agreed")
            now, clock.now = clock.now, datetime(2028, 11, 1, tzinfo=UTC)
            house.look_everywhere("expired")
            clock.now = now
        elif act in STAGES:
            house.look_everywhere(STAGES[act])

    kinds = {token.kind for token in house.c.tokens}
    routes = len({rule.endpoint for rule in house.rules()})
    engine = database.engine.dialect.name
    note(
        f"g2_canaries_{engine}",
        tokens=len(house.c.tokens),
        kinds=len(kinds),
        people=len(house.people),
        routes=f"{len(PAGES)}/{routes}",
        answers=house.answers,
        checked=house.checked,
        leaks=len(house.leaks),
    )
    assert {(stage, who, place, token.kind) for stage, who, place, token in house.leaks} == set()
    # Had nobody found anything, the search itself would be blind.
    bank = {kind for who, kind, stage in house.seen if (who, stage) == ("bank", "agreed")}
    assert bank == kinds - {INSTRUCTION}
    council = {kind for who, kind, stage in house.seen if (who, stage) == ("council", "agreed")}
    assert INSTRUCTION in council
    chamber = {kind for who, kind, stage in house.seen if (who, stage) == ("chamber", "agreed")}
    assert chamber == kinds - {"exposure", TO_CHAIR}
    assert {FACE, CASE} <= kinds
