from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel, col, select

from app.clock import in_japan
from app.documents.paper_reader import reader_within
from app.domain.errors import StateForbids
from app.domain.lanes import Lane, LaneOf
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.queries.capacities import capacity_page
from app.queries.item_snapshot import item_snapshot
from app.queries.remarks import lane_snapshot
from app.services.nominations import (
    NominateLead,
    OpenNominations,
    nominate_lead,
    open_nominations,
)
from app.services.room_life import OpenConference, StartItem, open_conference, start_item
from app.store import journal
from app.store.engine import make_engine
from app.store.files import Files
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.journal import RoomRow
from app.store.tables.papers import PaperRow, PaperVersionRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.tables.plans import PlanRow
from app.store.unit_of_work import Database
from auth import accounts
from auth.capacities import capacities_of
from deploy.demonstration import PASSWORD, demonstrate
from tests import factories
from tests.factories import NOW, SECRET, StandingClock, op

TODAY = date(2026, 11, 24)
COORDINATOR = "suzuki.hanako@cga-13.example"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def person(database: Database, email: str) -> tuple[Actor, ...]:
    with database.read() as desk:
        query = select(PersonRow.id).where(PersonRow.email == email)
        return capacities_of(desk, desk.session.exec(query).one())


def conference_today(database: Database) -> ConferenceRow:
    with database.read() as desk:
        rows = desk.session.exec(select(ConferenceRow)).all()
        today = desk.today()
    return next(row for row in rows if in_japan(row.starts_at).date() == today)


def entries(database: Database) -> int:
    with database.read() as desk:
        return sum(desk.session.exec(select(RoomRow.last_seq)))


def test_cases_stand_at_every_stage_up_to_an_agreed_plan(demo: Database) -> None:
    with demo.read() as desk:
        rows = desk.session.exec(select(CaseRow.source_key, CaseRow.status)).all()
        plans = desk.session.exec(select(PlanRow.status).order_by(PlanRow.status)).all()
    stood = {str(key).removeprefix("demo_cases/1:"): status for key, status in rows}
    assert len(stood) == 24
    told = ("C01", "C02", "C03", "C05", "C07", "C09", "C12", "C15", "C17", "C20", "C25")
    assert {case: stood[case] for case in told} == {
        "C01": "scheduled",
        "C02": "scheduled",
        "C03": "accepted",
        "C05": "referred",
        "C07": "plan_agreed",
        "C09": "planning",
        "C12": "scheduled",
        "C15": "returned",
        "C17": "referred",
        "C20": "suspended",
        "C25": "consent_pending",
    }
    assert plans == ["agreed", "draft"]


def test_today_s_conference_waits_to_be_opened_with_one_agency_silent(demo: Database) -> None:
    row = conference_today(demo)
    with demo.read() as desk:
        seats = desk.session.exec(
            select(AgencyRow.name, SeatRow.role, SeatRow.reply)
            .join(SeatRow, col(SeatRow.agency_id) == col(AgencyRow.id))
            .where(SeatRow.conference_id == row.id)
        ).all()
    assert (row.name, row.status) == ("東京アシスト会議（令和8年11月）", "planned")
    assert {(name, role, reply) for name, role, reply in seats} == {
        ("東京信用保証協会", "member", "attend"),
        ("つむぎ坂信用金庫", "member", "attend"),
        ("東京都よろず支援拠点", "member", "attend"),
        ("東京都中小企業活性化協議会", "member", "attend"),
        ("東京都事業承継・引継ぎ支援センター", "member", "attend"),
        ("商工会議所(架空・大田区)", "member", "attend"),
        ("商工会議所(架空・台東区)", "member", "waiting"),
        ("東京都産業支援課(架空)", "observer", "waiting"),
    }


def test_the_coordinator_can_open_it_and_the_bank_speaks_on_the_first_case(
    demo: Database,
) -> None:
    (coordinator,) = person(demo, COORDINATOR)
    (bank,) = person(demo, "tanaka.ichiro@tsumugizaka-shinkin.example")
    conference_id = conference_today(demo).id
    with demo.read() as desk:
        item = desk.session.exec(
            select(AgendaItemRow.id)
            .join(CaseRow, col(CaseRow.id) == col(AgendaItemRow.case_id))
            .where(CaseRow.source_key == "demo_cases/1:C01")
        ).one()
    open_conference(demo, coordinator, OpenConference(op_id=op(), conference_id=conference_id))
    start_item(demo, coordinator, StartItem(op_id=op(), item_id=item))
    begin = OpenNominations(op_id=op(), item_id=item, role="資金繰りの立て直し")
    open_nominations(demo, coordinator, begin)
    command = NominateLead(
        op_id=op(), item_id=item, nominee_id=bank.agency_id, reason="月次の確認を当庫で行うため"
    )
    assert nominate_lead(demo, bank, command).cursor is not None


def item_of(database: Database, case: str) -> AgendaItemRow:
    with database.read() as desk:
        query = (
            select(AgendaItemRow)
            .join(CaseRow, col(CaseRow.id) == col(AgendaItemRow.case_id))
            .where(CaseRow.source_key == f"demo_cases/1:{case}")
        )
        return desk.session.exec(query).one()


def test_its_papers_are_there_and_can_be_opened(filled_sqlite: Path) -> None:
    engine = make_engine(f"sqlite:///{filled_sqlite}")
    with Database(engine, StandingClock(NOW), SECRET).read() as desk:
        rows = desk.session.exec(
            select(PaperRow.title, PaperVersionRow.type, PaperVersionRow.digest)
            .join(PaperVersionRow, col(PaperVersionRow.paper_id) == col(PaperRow.id))
            .order_by(col(PaperVersionRow.at))
        ).all()
    engine.dispose()
    told = [(title, type_) for title, type_, _digest in rows]
    assert told == [
        ("決算書の要約", "pdf"),
        ("資金繰り表（12か月）", "xlsx"),
        ("決算書の要約", "pdf"),
    ]
    for _title, type_, digest in rows:
        examined = reader_within(20, 1024).examine(
            Files(filled_sqlite.parent / "files").get(digest)
        )
        assert (examined.type, examined.digest, examined.pages) == (type_, digest, 1)


def test_agencies_have_spoken_among_themselves_and_to_the_chair(demo: Database) -> None:
    (bank,) = person(demo, "tanaka.ichiro@tsumugizaka-shinkin.example")
    (coordinator,) = person(demo, COORDINATOR)
    item = item_of(demo, "C01")
    with demo.read() as desk:
        heard = [
            [one["text"][:6] for one in lane_snapshot(desk, who, lane)["remarks"]]
            for who, lane in (
                (bank, LaneOf(item.id, bank.agency_id, Lane.AGENCY)),
                (coordinator, LaneOf(item.id, bank.agency_id, Lane.CHAIR)),
            )
        ]
    assert heard == [["当庫の返済猶"], ["冒頭で5分ほ"]]


def test_the_owner_was_heard_at_the_conference_that_was_held(demo: Database) -> None:
    (coordinator,) = person(demo, "satake.ryo@cga-06.example")
    item = item_of(demo, "C07")
    with demo.read() as desk:
        told = item_snapshot(desk, coordinator, item.id)
    assert [one["name"] for one in told["guests"]] == ["白岩 隆明"]
    assert [(one["column"], one["state"]) for one in told["corrections"]] == [("business", "taken")]
    assert [one["text"][:6] for one in told["preferences"]] == ["普通酒を減ら"]


def test_four_agencies_say_whether_they_take_cases_on_and_one_said_it_long_ago(
    demo: Database,
) -> None:
    (bank,) = person(demo, "tanaka.ichiro@tsumugizaka-shinkin.example")
    with demo.read() as desk:
        lines = capacity_page(desk, bank).others
    assert [(one.agency.name, one.stated.label, one.stated.age) for one in lines if one.stated] == [
        ("東京信用保証協会", "受入可", None),
        ("東京都中小企業活性化協議会", "要面談", None),
        ("東京都よろず支援拠点", "待ち", None),
        ("東京都事業承継・引継ぎ支援センター", "受入可", "118日前の情報です。"),
    ]


def test_every_agency_named_has_somebody_and_they_sign_in_with_the_printed_password(
    demo: Database,
) -> None:
    with demo.read() as desk:
        named = set(desk.session.exec(select(AgencyRow.id).where(col(AgencyRow.key).contains(":"))))
        manned = set(desk.session.exec(select(MembershipRow.agency_id)))
        emails = list(desk.session.exec(select(PersonRow.email)))
    assert named - manned == set()
    assert len(PASSWORD) >= 12
    assert all(email.endswith(".example") for email in emails)
    assert accounts.prove(demo, emails[-1], PASSWORD, "127.0.0.1").email == emails[-1]


def test_the_seconded_person_chooses_between_two_agencies_and_the_observer_only_reads(
    demo: Database,
) -> None:
    seconded = person(demo, "otsuka.kenichi@cga-09.example")
    (observer,) = person(demo, "ishida.naoko@tokyo-sangyo.example")
    assert [one.agency_name for one in seconded] == ["栃木県信用保証協会", "栃木県よろず支援拠点"]
    assert observer.role is Role.OBSERVER


def test_its_past_lies_before_it_and_every_journal_holds_together(demo: Database) -> None:
    with demo.read() as desk:
        rooms = desk.session.exec(select(RoomRow)).all()
        broken = [place for room in rooms for place in journal.verify(desk.session, room)]
        backwards = []
        for room in rooms:
            times = [entry.at for entry in journal.entries_after(desk.session, room.id, 0)]
            if times != sorted(times) or (times and times[-1] > NOW):
                backwards.append(room.id)
    assert (broken, backwards) == ([], [])


def test_a_second_time_on_the_same_day_changes_nothing(demo: Database, files: Files) -> None:
    before = entries(demo)
    shown = demonstrate(demo, files)
    assert entries(demo) == before
    assert shown.conference_id == conference_today(demo).id


def test_on_a_later_day_the_conference_nobody_opened_is_today_again(
    demo: Database, clock: StandingClock, files: Files
) -> None:
    earlier = conference_today(demo).id
    clock.advance(days=3)
    demonstrate(demo, files)
    moved = conference_today(demo)
    with demo.read() as desk:
        replies = desk.session.exec(
            select(SeatRow.reply).where(SeatRow.conference_id == moved.id)
        ).all()
    assert (moved.id, in_japan(moved.starts_at).date()) == (earlier, TODAY + timedelta(days=3))
    assert sorted(replies) == ["attend"] * 6 + ["waiting"] * 2


@pytest.mark.parametrize("day", ["2025-01-02", "2028-02-29", "2030-05-31"])
def test_it_can_be_set_up_on_any_day(tmp_path: Path, clock: StandingClock, day: str) -> None:
    clock.now = NOW.replace(
        year=int(day[:4]), month=int(day[5:7]), day=int(day[8:]), hour=14, minute=50
    )
    engine = make_engine(f"sqlite:///{tmp_path / 'entaku.sqlite3'}")
    SQLModel.metadata.create_all(engine)
    database = Database(engine, clock, SECRET)
    demonstrate(database, Files(tmp_path / "files"))
    started = in_japan(conference_today(database).starts_at)
    engine.dispose()
    assert (started.date().isoformat(), started.strftime("%H:%M")) == (day, "23:30")


def test_nothing_is_put_beside_anybody_s_own_records(database: Database, files: Files) -> None:
    with database.begin() as uow:
        factories.firm(uow, "本物の事業者")
    with pytest.raises(StateForbids):
        demonstrate(database, files)
    with database.read() as desk:
        assert list(desk.session.exec(select(AgencyRow))) == []
