"""Who wrote what into one cell, and when, for those who may see the cell now."""

import pytest
from sqlalchemy import update

from app.domain.errors import NotFound
from app.queries import cell_history
from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.interests import DeclareRecusal, declare_recusal
from app.store.tables.journal import EntryRow
from tests.factories import op, table
from tests.sheet_steps import adds, past, writes


def refusal(database, actor, at, *cell):
    with pytest.raises(NotFound) as refused:
        past(database, actor, at, *cell)
    return str(refused.value), refused.value.remedy, refused.value.detail


def test_each_version_says_who_when_by_which_way_and_what_stood_before(database, clock):
    at = table(database)
    writes(database, at, "bank", "wishes", "返済を緩めたい", source="paste")
    clock.advance(hours=1)
    writes(database, at, "cga", "wishes", "雇用も守りたい", base_version=1)
    clock.advance(hours=1)
    writes(database, at, "bank", "wishes", "", base_version=2, source="undo")

    found = past(database, at["chamber"], at, "wishes")

    assert [
        (one.version, one.person, one.agency, one.before, one.value, one.source)
        for one in found.versions
    ] == [
        (3, "田中 一郎", "つむぎ坂信用金庫", "雇用も守りたい", None, "undo"),
        (2, "鈴木 花子", "東京信用保証協会", "返済を緩めたい", "雇用も守りたい", "typed"),
        (1, "田中 一郎", "つむぎ坂信用金庫", None, "返済を緩めたい", "paste"),
    ]
    assert found.versions[0].at == clock.now
    assert {one.agency_kind for one in found.versions} == {
        "financial_institution",
        "guarantee_association",
    }
    assert (found.may_write, found.is_frozen, found.earlier) == (True, False, None)
    assert not past(database, at.colleague("bank"), at, "phase").versions


def test_pages_go_on_where_they_ended_and_lose_no_value_between_them(database, monkeypatch):
    monkeypatch.setattr(cell_history, "PAGE", 3)
    at = table(database)
    for number in range(7):
        writes(database, at, "bank", "wishes", f"{number}", base_version=number)

    found, before = [], None
    while True:
        page = past(database, at["bank"], at, "wishes", before=before)
        found += [(one.version, one.before, one.value) for one in page.versions]
        before = page.earlier
        if before is None:
            break

    assert found == [(n + 1, f"{n - 1}" if n else None, f"{n}") for n in reversed(range(7))]


def test_a_cell_out_of_sight_answers_as_one_that_does_not_exist(database):
    at = table(database)
    writes(database, at, "bank", "repayment_status", "modified")
    note = adds(database, at, "bank", "note")
    writes(database, at, "bank", "note", "稟議は来週", row=note)
    nothing = refusal(database, at["chamber"], at, "nonsense")

    assert refusal(database, at["chamber"], at, "repayment_status") == nothing
    assert refusal(database, at["cga"], at, "note", note) == nothing
    assert refusal(database, at["cga"], at, "note", "0" * 32) == nothing
    assert refusal(database, at["bank"], at, "wishes", note) == nothing
    assert refusal(database, at.outsider, at, "wishes") == nothing
    assert past(database, at["bank"], at, "repayment_status").versions[0].value == "modified"
    assert past(database, at["bank"], at, "note", note).versions[0].value == "稟議は来週"


def test_another_lender_sees_nothing_of_what_the_main_bank_owes(database):
    at = table(database)
    writes(database, at, "bank", "repayment_status", "modified")

    assert refusal(database, at.outsider, at, "repayment_status") == refusal(
        database, at.outsider, at, "nonsense"
    )


def test_a_recusal_and_a_withdrawn_consent_end_the_sight_of_the_past_too(database):
    at = table(database)
    writes(database, at, "bank", "wishes", "返済を緩めたい")
    left = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="競合する取引先がある")

    declare_recusal(database, at["chamber"], left)

    assert refusal(database, at["chamber"], at, "wishes") == refusal(
        database, at["chamber"], at, "nonsense"
    )
    gone = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="事業者の申出")
    withdraw_consent(database, at["bank"], gone)
    assert refusal(database, at["council"], at, "wishes") == refusal(
        database, at["council"], at, "nonsense"
    )


def test_an_entry_that_was_erased_is_told_as_one_whose_content_is_gone(database):
    at = table(database)
    for number, value in enumerate(("一", "二", "三")):
        writes(database, at, "bank", "wishes", value, base_version=number)
    with database.begin() as uow:
        second = update(EntryRow).where(EntryRow.room_id == f"s-{at.case.id}", EntryRow.seq == 3)
        uow.session.execute(second.values(body=None))

    found = past(database, at["bank"], at, "wishes").versions

    assert [(one.before, one.value, one.is_known) for one in found] == [
        (None, "三", True),
        ("一", None, False),
        (None, "一", True),
    ]
