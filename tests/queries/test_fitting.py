"""Who could lead, to each reader from its own facts and from nothing else."""

from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.consent import ItemGroup
from app.domain.errors import NotFound
from app.domain.facts import RoomKind
from app.domain.vocabulary import Role
from app.queries.fitting import fitting_of
from app.services.capacities import StateCapacity, state_capacity
from app.services.interests import DeclareRecusal, declare_recusal
from app.services.sheets import AddSheetRow, WriteCell, add_sheet_row, write_cell
from app.store import journal
from app.store.tables.cases import ConsentRow
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.firms import GuaranteeRow, LoanRow
from tests.factories import op, table
from tests.figures import give_figures

EXPOSURE = {
    "保証付融資が借入の82％を占めています。",
    "借入先が2先あります。",
    "返済状況が「条件変更中」と記録されています。",
}


def writes(database, at, who, row, **cells):
    for column, value in cells.items():
        command = WriteCell(
            op_id=op(),
            case_id=at.case.id,
            row=row,
            column=column,
            value=value,
            base_version=0,
        )
        write_cell(database, at[who], command)


@pytest.fixture
def at(database):
    """A case with a fact for every group of the sheet that a reason can be read from."""
    made = table(database)
    writes(
        database,
        made,
        "bank",
        "case",
        request_kind=["profit", "repayment"],
        repayment_status="modified",
        adjusted_net_assets="▲51,200",
        cash_low_month="2028-03-01",
    )
    issue = AddSheetRow(op_id=op(), case_id=made.case.id, kind="issue")
    made.extra["issue"] = add_sheet_row(database, made["bank"], issue).id
    writes(database, made, "bank", made.extra["issue"], issue="後継者不在zqissue")
    yorozu = made.agencies["yorozu"].id
    writes(database, made, "yorozu", yorozu, menu="専門家派遣zqmenu")
    give_loans(database, made)
    return made


def give_loans(database, at):
    with database.begin() as uow:
        for position, (lender, balance) in enumerate((("つむぎ坂", 820), ("別の貸し手", 180))):
            loan = LoanRow(
                firm_id=at.firm.id,
                position=position,
                lender_name=lender,
                lender_kind="shinkin",
                lender_agency_id=at.agencies["bank"].id if position == 0 else None,
                term="long",
                balance=balance,
                annual_rate="1.85",
                repayment_status="modified",
                is_main_bank=position == 0,
            )
            uow.session.add(loan)
            uow.session.flush()
            if position == 0:
                uow.session.add(
                    GuaranteeRow(
                        loan_id=loan.id,
                        guarantee_no="1",
                        association_name="東京信用保証協会",
                        association_id=at.agencies["cga"].id,
                        responsibility_sharing=True,
                        ratio=80,
                        guaranteed_balance=656,
                        status="outstanding",
                    )
                )


def told(database, reader, item_id):
    with database.read() as desk:
        return fitting_of(desk, reader, item_id)


def lines(database, at, who):
    found = told(database, at[who], at.item.id)
    return {line.agency_id: line for line in (*found.with_reasons, *found.others)}


def facts(database, at, who, about):
    grounds = lines(database, at, who)[at.agencies[about].id].fitting.grounds
    return {str(fact.text) for ground in grounds for fact in ground.facts}


def test_agencies_with_reasons_come_first_and_each_group_keeps_the_offices_order(database, at):
    found = told(database, at["cga"], at.item.id)
    keys = list(at.agencies)
    groups = (found.with_reasons, found.others)
    assert [[keys.index(key_of(at, line)) for line in group] for group in groups] == [
        [1, 2, 3, 4],  # cga, yorozu, council, succession
        [0, 5],
    ]


def key_of(at, line):
    return next(key for key, row in at.agencies.items() if row.id == line.agency_id)


def test_a_reason_is_told_with_its_fact(database, at):
    assert facts(database, at, "cga", "cga") == EXPOSURE | {"依頼区分に「返済条件」があります。"}
    assert facts(database, at, "cga", "yorozu") == {
        "依頼区分に「採算・原価」があります。",
        "資金は1年を超えて続く見込みです。",
    }
    assert "実質純資産が▲51,200千円で、実質債務超過です。" in facts(database, at, "cga", "council")


@pytest.mark.parametrize("who", ["yorozu", "succession", "chamber"])
def test_who_may_not_see_the_loans_is_given_no_reason_from_them(database, at, who):
    everything = str(lines(database, at, who))
    assert [one for one in EXPOSURE if one in everything] == []
    assert facts(database, at, who, "cga") == {"依頼区分に「返済条件」があります。"}
    # The same words reach those who may.
    assert [one for one in EXPOSURE if one not in str(lines(database, at, "bank"))] == []


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (ItemGroup.ISSUES, ("zqissue",)),
        (ItemGroup.EXPOSURE, tuple(EXPOSURE)),
        (ItemGroup.FINANCE, ("51,200", "資金は1年")),
        (ItemGroup.REFERRAL, ("依頼区分",)),
    ],
)
def test_what_the_consent_leaves_out_is_no_reason_either(database, at, group, words):
    give_figures(database, at.firm.id)
    before = str(lines(database, at, "council"))
    assert [one for one in words if one not in before] == []
    with database.begin() as uow:
        row = uow.session.exec(select(ConsentRow)).one()
        row.item_groups = [one for one in row.item_groups if one != group]
        uow.session.add(row)
    after = str(lines(database, at, "council"))
    assert [one for one in words if one in after] == []


def test_the_menu_is_told_and_missed_where_none_is_written(database, at):
    by_key = lines(database, at, "chamber")
    assert by_key[at.agencies["yorozu"].id].menu == "専門家派遣zqmenu"
    missing = [str(one.text) for one in by_key[at.agencies["bank"].id].fitting.against]
    assert missing == ["支援メニューをまだ書いていません。"]


def test_capacity_stands_beside_every_agency_that_stated_it(database, at):
    command = StateCapacity(op_id=op(), state="closed", note="年度末まで")
    state_capacity(database, at["cga"], command)
    by_key = lines(database, at, "chamber")
    line = by_key[at.agencies["cga"].id]
    assert (line.capacity.state, line.capacity.note) == ("closed", "年度末まで")
    assert "受入状況を「不可」と示しています。" in {str(one.text) for one in line.fitting.against}
    assert by_key[at.agencies["yorozu"].id].capacity is None


def test_strangers_and_outsiders_find_no_such_item(database, at):
    for reader in (at.outsider, at.stranger, replace(at["cga"], role=Role.AUDITOR)):
        with pytest.raises(NotFound):
            told(database, reader, at.item.id)
    assert told(database, replace(at["bank"], role=Role.OBSERVER), at.item.id).others


def test_who_left_for_an_interest_sees_nothing_and_is_not_listed(database, at):
    leave = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="役員が兼務しているため")
    declare_recusal(database, at["succession"], leave)
    with pytest.raises(NotFound):
        told(database, at["succession"], at.item.id)
    assert at.agencies["succession"].id not in lines(database, at, "cga")


def test_an_item_without_a_case_has_no_list(database, at):
    with database.begin() as uow:
        item = AgendaItemRow(
            conference_id=at.conference.id, position=2, kind="exchange", title="意見交換", minutes=5
        )
        uow.session.add(item)
        uow.session.flush()
        item_id = item.id
        journal.open_room(uow.session, RoomKind.ITEM, item_id, uow.now())
    with pytest.raises(NotFound):
        told(database, at["cga"], item_id)
