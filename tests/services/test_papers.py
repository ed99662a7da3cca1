"""Who may bring, renew and fix papers, and what stays of them."""

import pytest
from sqlmodel import select

from app.domain.consent import ItemGroup
from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids, TooMany
from app.domain.facts import RoomKind
from app.domain.papers import Examined, PaperType
from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.item_papers import (
    FixItemPapers,
    PutPaperOnItem,
    ShowPaper,
    TakePaperOffItem,
    fix_item_papers,
    put_paper_on_item,
    show_paper,
    take_paper_off_item,
)
from app.services.papers import BringPaper, RenewPaper, bring_paper, renew_paper
from app.services.room_life import CarryOverItem, StartItem, carry_over_item, start_item
from app.services.uploads import MOST_AN_HOUR, keep_upload, require_room
from app.store.tables.conferences import ConferenceRow
from app.store.tables.papers import ItemPaperRow, PaperVersionRow, UploadRow
from tests.conference_steps import entries, kinds
from tests.factories import op, table

DIGEST, LATER = "a" * 64, "b" * 64


@pytest.fixture
def at(database):
    return table(database)


def handed_in(database, actor, digest=DIGEST):
    return keep_upload(database, actor, Examined(PaperType.PDF, digest, 900, 3), "決算書.pdf")


def bring(database, at, who="bank", group=ItemGroup.FINANCE, **more):
    values = {
        "op_id": op(),
        "case_id": at.case.id,
        "title": "決算書（第30期）",
        "kind": "statements",
        "item_group": group,
        "file": handed_in(database, at[who]),
    }
    return bring_paper(database, at[who], BringPaper.model_validate(values | more)).id


def renew(database, at, paper_id, who="bank"):
    file = handed_in(database, at[who], LATER)
    return renew_paper(database, at[who], RenewPaper(op_id=op(), paper_id=paper_id, file=file))


def put(database, at, paper_id, version, who="yorozu"):
    command = PutPaperOnItem(op_id=op(), item_id=at.item.id, paper_id=paper_id, version=version)
    return put_paper_on_item(database, at[who], command)


def on_item(database):
    with database.read() as desk:
        rows = desk.session.exec(select(ItemPaperRow).order_by(ItemPaperRow.at)).all()
        return [(row.version, row.until is None) for row in rows]


@pytest.mark.parametrize("group", ["exposure", "decision", "consent", "identity"])
def test_an_agency_brings_no_paper_of_a_group_it_may_not_write(database, at, group):
    with pytest.raises(Malformed) as refused:
        bring(database, at, "yorozu", group)
    assert set(refused.value.fields) == {"item_group"}


def test_bytes_of_somebody_else_make_no_paper_even_with_the_right_digest(database, at):
    digest = handed_in(database, at["bank"])
    with pytest.raises(Malformed) as refused:
        bring(database, at, "cga", file=digest.replace("a", "c"))
    assert set(refused.value.fields) == {"file"}
    handed_in(database, at["bank"], LATER)
    with pytest.raises(Malformed):
        bring(database, at, "cga", file=LATER)


def test_the_same_command_twice_brings_one_paper(database, at):
    again = {"op_id": op()}
    assert bring(database, at, **again) == bring(database, at, **again)
    assert kinds(database, RoomKind.SHEET, at.case.id).count("paper_added") == 1


def test_a_newer_version_leaves_the_older_one_and_comes_from_its_own_agency(database, at):
    paper = bring(database, at)
    with pytest.raises(NotEntitled):
        renew(database, at, paper, "cga")
    assert renew(database, at, paper).version == 2
    with database.read() as desk:
        rows = desk.session.exec(select(PaperVersionRow).order_by(PaperVersionRow.version)).all()
        assert [row.digest for row in rows] == [DIGEST, LATER]


def test_a_paper_is_told_only_to_those_its_group_is_open_to(database, at):
    bring(database, at, "bank", ItemGroup.EXPOSURE)
    bring(database, at, "yorozu", ItemGroup.PRIVATE)
    told = {
        entry.visibility
        for entry in entries(database, RoomKind.SHEET, at.case.id)
        if entry.kind == "paper_added"
    }
    assert told == {"exposure", f"private:{at.agencies['yorozu'].id}"}


def test_fixing_takes_the_newest_of_all_but_private_papers_and_keeps_what_is_there(database, at):
    first = bring(database, at)
    bring(database, at, "yorozu", ItemGroup.PRIVATE)
    fix = lambda: fix_item_papers(  # noqa: E731  # said again below
        database, at["yorozu"], FixItemPapers(op_id=op(), item_id=at.item.id)
    )
    fix()
    renew(database, at, first)
    bring(database, at, "cga", ItemGroup.EXPOSURE)
    fix()
    assert on_item(database) == [(1, True), (1, True)]
    assert kinds(database, RoomKind.ITEM, at.item.id) == ["item_papers_fixed"] * 2


def test_a_newer_version_takes_the_place_of_the_older_and_the_change_stays_on_record(database, at):
    paper = bring(database, at)
    put(database, at, paper, 1)
    renew(database, at, paper)
    put(database, at, paper, 2, "cga")
    assert put(database, at, paper, 2).cursor is None
    assert sorted(on_item(database)) == [(1, False), (2, True)]
    put_on = [
        (entry.body["replaced"], entry.body["version"], entry.agency_name)
        for entry in entries(database, RoomKind.SHEET, at.case.id)
        if entry.kind == "paper_put_on_item"
    ]
    assert put_on == [(0, 1, "東京都よろず支援拠点"), (1, 2, "東京信用保証協会")]


def take_off(database, at, paper_id, who="yorozu"):
    command = TakePaperOffItem(op_id=op(), item_id=at.item.id, paper_id=paper_id)
    return take_paper_off_item(database, at[who], command)


def test_a_paper_taken_off_is_on_record_and_comes_back_only_by_itself(database, at):
    paper = bring(database, at)
    fix = FixItemPapers(op_id=op(), item_id=at.item.id)
    fix_item_papers(database, at["yorozu"], fix)
    take_off(database, at, paper, "cga")
    assert on_item(database) == [(1, False)]
    with pytest.raises(StateForbids):
        take_off(database, at, paper)
    bring(database, at, title="試算表")
    fix_item_papers(database, at["yorozu"], fix.model_copy(update={"op_id": op()}))
    assert on_item(database) == [(1, False), (1, True)]
    with pytest.raises(StateForbids):
        fix_item_papers(database, at["yorozu"], fix.model_copy(update={"op_id": op()}))
    put(database, at, paper, 1)
    told = [
        (entry.kind, entry.body["version"], entry.agency_name)
        for entry in entries(database, RoomKind.SHEET, at.case.id)
        if entry.body.get("paper_id") == paper and entry.kind != "paper_added"
    ]
    assert told == [
        ("paper_put_on_item", 1, "東京都よろず支援拠点"),
        ("paper_taken_off_item", 1, "東京信用保証協会"),
        ("paper_put_on_item", 1, "東京都よろず支援拠点"),
    ]


def test_a_paper_that_may_not_be_seen_or_of_an_ended_item_is_not_taken_off(database, at):
    hidden = bring(database, at, "bank", ItemGroup.EXPOSURE)
    paper = bring(database, at)
    for one in (hidden, paper):
        put(database, at, one, 1, "cga")
    with pytest.raises(NotFound):
        take_off(database, at, hidden)
    with pytest.raises(NotEntitled):
        take_off(database, at, paper, "bank")
    carry_over_item(database, at["yorozu"], CarryOverItem(op_id=op(), item_id=at.item.id))
    with pytest.raises(StateForbids):
        take_off(database, at, paper)
    assert on_item(database) == [(1, True), (1, True)]


def test_what_does_not_exist_private_papers_and_other_agencies_change_no_set(database, at):
    paper = bring(database, at)
    own = bring(database, at, "yorozu", ItemGroup.PRIVATE)
    with pytest.raises(Malformed):
        put(database, at, paper, 2)
    with pytest.raises(StateForbids):
        put(database, at, own, 1)
    with pytest.raises(NotFound):
        put(database, at, own, 1, "cga")
    with pytest.raises(NotEntitled):
        put(database, at, paper, 1, "bank")
    assert on_item(database) == []


def test_the_chair_puts_no_paper_before_the_table_that_it_may_not_see(database, at):
    paper = bring(database, at, "bank", ItemGroup.EXPOSURE)
    with pytest.raises(NotFound):
        put(database, at, paper, 1, "yorozu")
    put(database, at, paper, 1, "cga")


def test_an_item_that_ended_keeps_its_set(database, at):
    paper = bring(database, at)
    carry_over_item(database, at["yorozu"], CarryOverItem(op_id=op(), item_id=at.item.id))
    with pytest.raises(StateForbids):
        put(database, at, paper, 1)
    with pytest.raises(StateForbids):
        fix_item_papers(database, at["cga"], FixItemPapers(op_id=op(), item_id=at.item.id))


def test_nothing_is_fixed_where_there_is_no_paper(database, at):
    with pytest.raises(StateForbids):
        fix_item_papers(database, at["cga"], FixItemPapers(op_id=op(), item_id=at.item.id))
    assert kinds(database, RoomKind.ITEM, at.item.id) == []


def test_the_papers_of_an_item_are_fixed_at_the_latest_when_it_begins(database):
    at = table(database, running=False)
    bring(database, at)
    with database.begin() as uow:
        row = uow.session.get(ConferenceRow, at.conference.id)
        row.status = "open"
        case = uow.session.merge(at.case)
        case.status = "scheduled"
        uow.session.add_all([row, case])
    start_item(database, at["yorozu"], StartItem(op_id=op(), item_id=at.item.id))
    assert on_item(database) == [(1, True)]


def test_with_the_consent_the_papers_go(database, at):
    paper = bring(database, at)
    command = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="本人の申し出")
    withdraw_consent(database, at["bank"], command)
    for who in ("cga", "yorozu"):
        with pytest.raises(NotFound):
            put(database, at, paper, 1, who)


def test_whoever_watches_hands_nothing_in_and_nobody_fills_the_disk(database, at, clock):
    with pytest.raises(NotEntitled):
        require_room(database, at.stranger)
    with database.begin() as uow:
        for number in range(MOST_AN_HOUR):
            file = {"digest": f"{number:064}", "name": "a", "type": "pdf", "size": 1, "pages": 1}
            who = {"person_id": at["bank"].person_id, "agency_id": at["bank"].agency_id}
            uow.session.add(UploadRow(**file, **who, at=uow.now()))
    with pytest.raises(TooMany):
        require_room(database, at["bank"])
    clock.advance(hours=2)
    require_room(database, at["bank"])


def show(database, at, paper_id, page, who="yorozu"):
    command = ShowPaper(op_id=op(), item_id=at.item.id, paper_id=paper_id, page=page)
    return show_paper(database, at[who], command)


def on_screen(database):
    with database.read() as desk:
        rows = desk.session.exec(select(ItemPaperRow).where(ItemPaperRow.page > 0)).all()
        return [(row.paper_id, row.page) for row in rows if row.until is None]


def test_a_paper_taken_off_leaves_the_screen_and_does_not_come_back_onto_it(database, at):
    paper = bring(database, at)
    put(database, at, paper, 1)
    show(database, at, paper, 2)
    take_off(database, at, paper)
    assert on_screen(database) == []
    put(database, at, paper, 1)
    assert on_screen(database) == []


def test_one_page_of_the_items_own_papers_is_on_the_screen_at_a_time(database, at):
    first, second = bring(database, at), bring(database, at, title="試算表")
    with pytest.raises(StateForbids):
        show(database, at, first, 1)
    fix_item_papers(database, at["cga"], FixItemPapers(op_id=op(), item_id=at.item.id))
    with pytest.raises(Malformed):
        show(database, at, first, 4)
    show(database, at, first, 3)
    assert on_screen(database) == [(first, 3)]
    show(database, at, second, 1, "cga")
    assert on_screen(database) == [(second, 1)]
    with pytest.raises(NotEntitled):
        show(database, at, second, 2, "bank")
    show(database, at, second, 0)
    assert on_screen(database) == []
    told = entries(database, RoomKind.SHEET, at.case.id)
    assert [e.body["page"] for e in told if e.kind == "paper_shown"] == [3, 0, 1, 0]
