from sqlmodel import col, select

from app.domain.consent import ItemGroup
from app.services.consents import suspend_expired
from app.store import journal, standings
from app.store.tables.cases import CaseRow, ConsentRow
from app.store.tables.journal import EntryRow, RoomRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock
from tests.services.case_paths import Network, consented_case, network


def groups_of(database: Database, at: Network, case_id: str) -> frozenset[ItemGroup]:
    """What the association may know of the case today."""
    with database.read() as desk:
        case = desk.session.get(CaseRow, case_id)
        assert case is not None
        standing = standings.of_case(desk.session, at.cga, case, desk.today())
        return frozenset(standing.groups)


def statuses(database: Database, case_id: str) -> tuple[str, str | None, list[str]]:
    """Of the case, before its suspension, and of its consents."""
    with database.read() as desk:
        case = desk.session.get(CaseRow, case_id)
        assert case is not None
        consents = desk.session.exec(select(ConsentRow.status))
        return case.status, case.status_before, list(consents)


def test_consents_that_ran_out_are_written_down_once(
    database: Database, clock: StandingClock
) -> None:
    at = network(database)
    case_id = consented_case(database, at)
    clock.advance(days=732)
    assert groups_of(database, at, case_id) == frozenset()

    assert suspend_expired(database) == 1
    assert suspend_expired(database) == 0

    assert statuses(database, case_id) == ("suspended", "consented", ["expired"])
    with database.read() as desk:
        last = desk.session.exec(
            select(EntryRow).where(EntryRow.kind == "consent_recorded").order_by(col(EntryRow.seq))
        ).all()[-1]
        assert last.body is not None
        assert (last.body["status"], last.body["case_status"]) == ("expired", "suspended")
        assert (last.person_name, last.agency_name) == ("自動処理", "円卓")
        for room in desk.session.exec(select(RoomRow)):
            assert list(journal.verify(desk.session, room)) == []


def test_nothing_expires_before_its_last_day_is_over(
    database: Database, clock: StandingClock
) -> None:
    at = network(database)
    case_id = consented_case(database, at)
    clock.advance(days=731)

    assert suspend_expired(database) == 0
    assert statuses(database, case_id) == ("consented", None, ["granted"])
