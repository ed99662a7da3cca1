"""G2 before the statement: no word of a case in any frame, page or refusal of a conference."""

import pytest

from app.domain.confidentiality import ConfidentialityUnaccepted
from app.domain.errors import Refused
from app.domain.vocabulary import Role
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.settings import Settings
from deploy.assembly import assemble
from realtime import views
from tests.factories import actor_of, op
from tests.guarantees.canaries import CONFERENCE, FACE, PRIVATE, REPLY, marked, told
from tests.guarantees.figures import note
from tests.guarantees.papers_told import said
from tests.guarantees.test_g2_leaks import House

# Of the conference itself everybody at the table may know; these kinds are not of a case.
OF_THE_CONFERENCE = {CONFERENCE, REPLY}
PAGES_OF_A_CONFERENCE = {
    "conferences.index",
    "conferences.show",
    "conferences.invitation",
    "fitting.show",
    "room.show",
    "room.projector",
}
STAGES = ("reorder", "add a note", "record a task", "close")
OF_AN_ITEM = {"item_id", "round_id"}


class Conference(House):
    """Only the pages of conferences are asked for: a case's own pages wait for no statement."""

    def rules(self):
        return [rule for rule in super().rules() if rule.endpoint in PAGES_OF_A_CONFERENCE]


@pytest.fixture
def house(database, database_url, clock, tmp_path):
    c, people = marked(database)
    with database.begin() as uow:
        newcomers = {
            f"new at {key}": actor_of(uow, c.agencies[key], "新任 者", role, has_accepted=False)
            for key, role in (
                ("bank", Role.PARTICIPANT),
                ("cga", Role.COORDINATOR),
                ("yorozu", Role.PARTICIPANT),
                ("chamber", Role.OBSERVER),
            )
        }
    settings = Settings(data=tmp_path, database_url=database_url, secret=database.secret)
    whole = assemble(settings, clock)
    yield Conference(c, newcomers, whole, settings), people
    whole.engine.dispose()


def rooms_of_the_conference(database, c, actor):
    conference = f"c-{c.ids['conference']}"
    with database.read() as desk:
        way = views.entrance(desk, actor, conference)
        yield conference, said(views.snapshot(desk, actor, way))
        for item in (c.ids["item"], c.ids["report"]):
            with pytest.raises(ConfidentialityUnaccepted) as refused:
                views.entrance(desk, actor, f"i-{item}")
            yield item, f"{refused.value} {refused.value.remedy} {refused.value.detail}"


def refused_acts(database, c, actor):
    """Every act of the story on an item, once more, by somebody who may not yet."""
    for command, body in c.done:
        if OF_AN_ITEM.isdisjoint(body) or command in ITS_PLACE_ON_THE_AGENDA:
            continue
        use_case = USE_CASES[command]
        with pytest.raises(Refused) as refused:
            use_case.run(c.database, actor, validated(use_case.command, {**body, "op_id": op()}))
        assert refused.value.code == "confidentiality_unaccepted", (command, refused.value)
        spoken = " ".join(str(value) for value in body.values())
        text = f"{refused.value} {refused.value.remedy} {refused.value.detail}"
        yield command, "" if text in spoken else text


# Chair and host move the agenda by its numbers; nothing of the item comes with it.
ITS_PLACE_ON_THE_AGENDA = {
    *("start_item", "extend_item", "end_item", "carry_over_item"),
    *("take_step", "put_off_item", "withdraw_item", "settle_item"),
}


@pytest.mark.guarantee
def test_before_accepting_no_token_of_the_case_is_found_in_the_conference(house, database):
    house, _people = house
    c, leaks, answers = house.c, [], 0
    for act in told(c):
        if act not in STAGES:
            continue
        for who, actor in house.people.items():
            found = [
                *house.pages(actor),
                *rooms_of_the_conference(database, c, actor),
                *refused_acts(database, c, actor),
            ]
            answers += len(found)
            leaks += [
                (act, who, place, token)
                for place, text in found
                for token in c.tokens
                if token.kind not in OF_THE_CONFERENCE and token.text in text
            ]
    engine = database.engine.dialect.name
    note(f"g2_confidentiality_{engine}", answers=answers, tokens=len(c.tokens), leaks=len(leaks))
    assert leaks == []
    assert {FACE, PRIVATE} <= {token.kind for token in c.tokens}


def test_the_search_finds_what_is_there_once_accepted(house, database):
    house, people = house
    for act in told(house.c):
        if act == "record a task":
            break
    bank = people["bank"]
    with database.read() as desk:
        way = views.entrance(desk, bank, f"i-{house.c.ids['item']}")
        picture = said(views.snapshot(desk, bank, way))
    assert any(token.text in picture for token in house.c.tokens if token.kind == FACE)
