from dataclasses import replace

import pytest
from pydantic import ValidationError
from sqlmodel import select

from app.domain.errors import Duplicate, Malformed, NotEntitled, OpReused
from app.domain.vocabulary import Role
from app.services.firms import create_firm
from app.services.validation import problems_of
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Database
from tests.services.case_paths import firm_command, network, new_firm


def names(database: Database) -> list[str]:
    with database.read() as desk:
        return sorted(desk.session.exec(select(FirmRow.name)))


def test_a_firm_is_kept_as_typed_and_found_by_folded_keys(database: Database) -> None:
    at = network(database)

    firm_id = new_firm(
        database,
        at.bank,
        name="㈱𠮷野髙橋　🏮商店",
        kana="よしの たかはし",
        corporate_number="Ｔ５９９０００１１００００１",
        postal_code="１１００００５",
        capital="1,000万円",
        employees="２１",
    )

    with database.read() as desk:
        row = desk.session.get(FirmRow, firm_id)
        assert row is not None
        assert (row.name, row.kana, row.name_key) == (
            "㈱𠮷野髙橋　🏮商店",
            "ヨシノ タカハシ",
            "吉野高橋🏮商店",
        )
        assert (row.corporate_number, row.postal_code) == ("5990001100001", "110-0005")
        assert (row.capital, row.employees, row.is_corporation) == (10000, 21, True)
        assert row.industry_major_name == "宿泊業、飲食サービス業"
        assert row.created_by_agency_id == at.bank.agency_id


def test_a_number_that_is_registered_refuses_the_second_firm(database: Database) -> None:
    at = network(database)
    first = new_firm(database, at.bank)

    with pytest.raises(Duplicate) as refused:
        new_firm(database, at.outsider, name="全く別の名前", even_if_similar=True)

    assert refused.value.detail == {"firm_id": first}
    assert names(database) == ["株式会社灯夜ダイニング"]


def test_a_name_alike_is_a_warning_that_can_be_passed(database: Database) -> None:
    at = network(database)
    first = new_firm(database, at.bank)
    again = {"name": "灯夜ダイニング㈱", "corporate_number": None}

    with pytest.raises(Duplicate) as refused:
        new_firm(database, at.bank, **again)
    assert refused.value.detail == {"firm_ids": [first]}

    new_firm(database, at.bank, even_if_similar=True, **again)
    assert names(database) == ["株式会社灯夜ダイニング", "灯夜ダイニング㈱"]


def test_a_like_name_nearby_is_told_only_to_those_who_know_the_firm(database: Database) -> None:
    at = network(database)
    new_firm(database, at.bank)
    again = {"name": "灯夜ダイニング本店", "corporate_number": None}

    with pytest.raises(Duplicate):
        new_firm(database, at.bank, **again)

    new_firm(database, at.outsider, **again)
    assert len(names(database)) == 2


def test_a_wrong_check_digit_has_to_be_confirmed(database: Database) -> None:
    at = network(database)
    wrong = {"corporate_number": "1990001100001"}

    with pytest.raises(Malformed) as refused:
        new_firm(database, at.bank, **wrong)
    assert set(refused.value.fields) == {"corporate_number"}
    assert names(database) == []

    new_firm(database, at.bank, number_confirmed=True, **wrong)
    assert names(database) == ["株式会社灯夜ダイニング"]


def test_a_sole_proprietor_has_no_number(database: Database) -> None:
    at = network(database)

    with pytest.raises(Malformed):
        new_firm(database, at.bank, legal_form="個人事業主")

    firm_id = new_firm(database, at.bank, legal_form="個人事業主", corporate_number="")
    with database.read() as desk:
        row = desk.session.get(FirmRow, firm_id)
        assert row is not None
        assert (row.is_corporation, row.corporate_number) == (False, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "あ" * 121),
        ("name", "株式会社\ud800"),
        ("name", "改行\nあり"),
        ("kana", "漢字"),
        ("legal_form", "秘密結社"),
        ("corporate_number", "123456789012"),
        ("corporate_number", 5990001100001),
        ("prefecture_code", "48"),
        ("postal_code", "11-0005"),
        ("phone", "電話なし"),
        ("founded", "2009年"),
        ("employees", "-1"),
        ("employees", True),
        ("capital", "いっぱい"),
        ("fiscal_year_end_month", "13"),
        ("industry_major", "Z"),
        ("unknown", "x"),
        ("op_id", "not an id"),
    ],
)
def test_what_cannot_be_taken_is_named_in_japanese(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        firm_command(**{field: value})

    told = problems_of(refused.value)
    assert list(told) == [field]
    assert not told[field].isascii()


def test_the_same_operation_makes_one_firm_and_another_body_is_refused(database: Database) -> None:
    at = network(database)
    command = firm_command()

    assert create_firm(database, at.bank, command) == create_firm(database, at.bank, command)
    with pytest.raises(OpReused):
        create_firm(database, at.bank, command.model_copy(update={"city": "大田区"}))
    assert names(database) == ["株式会社灯夜ダイニング"]


def test_observers_and_auditors_register_nothing(database: Database) -> None:
    at = network(database)
    for role in (Role.OBSERVER, Role.AUDITOR):
        with pytest.raises(NotEntitled):
            create_firm(database, replace(at.bank, role=role), firm_command())
    assert names(database) == []
