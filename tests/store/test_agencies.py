from datetime import date

from sqlmodel import col, func, select

from app.domain.vocabulary import AgencyKind
from app.store import agencies
from app.store.tables.agencies import AgencyRow
from app.store.unit_of_work import Database

JFC, BANK = AgencyKind.JFC, AgencyKind.FINANCIAL_INSTITUTION
CHAMBER, CGA = AgencyKind.CHAMBER, AgencyKind.GUARANTEE_ASSOCIATION


def test_reference_data_is_51_associations_and_three_centres_per_prefecture(
    database: Database,
) -> None:
    with database.begin() as uow:
        assert agencies.load_reference(uow.session, uow.now()) == 51 + 47 * 3
        assert agencies.load_reference(uow.session, uow.now()) == 0

    with database.read() as desk:
        query = select(AgencyRow.kind, func.count()).group_by(AgencyRow.kind)
        assert dict(desk.session.exec(query).all()) == {
            "guarantee_association": 51,
            "yorozu": 47,
            "revitalization_council": 47,
            "succession_center": 47,
        }
        yokohama = desk.session.get(AgencyRow, agencies.agency_id("cga-14100"))
        assert yokohama is not None
        assert (yokohama.name, yokohama.prefecture_code, yokohama.municipality_code) == (
            "横浜市信用保証協会",
            "14",
            "14100",
        )
        tokyo = desk.session.get(AgencyRow, agencies.agency_id("yorozu-13"))
        assert tokyo is not None
        assert (tokyo.name, tokyo.kana) == (
            "東京都よろず支援拠点",
            "トウキョウトヨロズシエンキョテン",
        )
        order = select(AgencyRow.name).order_by(col(AgencyRow.position)).limit(3)
        assert list(desk.session.exec(order)) == [
            "北海道信用保証協会",
            "青森県信用保証協会",
            "岩手県信用保証協会",
        ]


def test_what_changed_is_brought_up_to_date_and_what_left_the_list_ends(
    database: Database,
) -> None:
    with database.begin() as uow:
        agencies.load_reference(uow.session, uow.now())
        row = uow.session.get(AgencyRow, agencies.agency_id("cga-13"))
        assert row is not None
        row.name = "東京都信用保証協会"
        merged = AgencyRow(key="cga-27000", kind=CGA, name="大阪市信用保証協会")
        uow.session.add(merged)

    with database.begin() as uow:
        assert agencies.load_reference(uow.session, uow.now()) == 2
        assert agencies.load_reference(uow.session, uow.now()) == 0

    with database.read() as desk:
        row = desk.session.get(AgencyRow, agencies.agency_id("cga-13"))
        ended = desk.session.exec(select(AgencyRow).where(AgencyRow.key == "cga-27000")).one()
        assert row is not None
        assert (row.name, ended.valid_to) == ("東京信用保証協会", date(2026, 11, 24))
        assert ended.id not in {one.id for one in agencies.around(desk.session, "27")}


def test_a_lender_is_one_agency_everywhere_and_a_chamber_one_per_prefecture(
    database: Database,
) -> None:
    with database.begin() as uow:
        agencies.load_reference(uow.session, uow.now())
        bank = agencies.register(uow.session, BANK, "瀬戸灯銀行", "33")
        chamber = agencies.register(uow.session, CHAMBER, "みなみ商工会議所", "33")

        assert agencies.register(uow.session, BANK, "㈱瀬戸灯銀行", "34").id == bank.id
        assert agencies.register(uow.session, CHAMBER, "みなみ商工会議所", "33").id == chamber.id
        assert agencies.register(uow.session, CHAMBER, "みなみ商工会議所", "34").id != chamber.id
        known = agencies.register(uow.session, CGA, "岡山県信用保証協会", "33")
        assert known.id == agencies.agency_id("cga-33")


def test_agencies_around_a_firm_are_its_prefectures_and_those_of_the_whole_country(
    database: Database,
) -> None:
    with database.begin() as uow:
        agencies.load_reference(uow.session, uow.now())
        agencies.register(uow.session, JFC, "日本政策金融公庫", "33")
        agencies.register(uow.session, BANK, "瀬戸灯銀行", "33")

        assert [one.name for one in agencies.around(uow.session, "33")] == [
            "岡山県信用保証協会",
            "岡山県中小企業活性化協議会",
            "岡山県よろず支援拠点",
            "岡山県事業承継・引継ぎ支援センター",
            "日本政策金融公庫",
            "瀬戸灯銀行",
        ]
