from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import select

from app.services.putting_away import put_away
from app.settings import Settings
from app.store import guests, tokens
from app.store.tables.agencies import ProviderRow
from app.store.tables.guests import GuestInvitationRow, GuestSessionRow
from app.store.tables.people import AttemptRow, PendingSignInRow, SessionRow
from app.store.unit_of_work import Database
from auth import session
from tests import guest_steps
from tests.factories import NOW, StandingClock, Table, table

KINDS = (SessionRow, AttemptRow, PendingSignInRow, GuestSessionRow)


def left(database: Database) -> dict[str, int]:
    with database.read() as desk:
        return {
            str(kind.__tablename__): len(desk.session.exec(select(kind)).all()) for kind in KINDS
        }


def used(database: Database, at: Table, folder: Path) -> str:
    """A sign-in, a try, a sign-in under way and a guest; the guest's session is returned."""
    settings = Settings(data=folder, database_url="sqlite://", secret=b"s")
    who = at["bank"]
    with database.begin() as uow:
        for _ in range(2):
            session.start(uow, settings, person_id=who.person_id, membership_id=who.membership_id)
        uow.session.add(AttemptRow(key="a", count=3, window_start=uow.now()))
        provider = ProviderRow(
            agency_id=who.agency_id,
            issuer="https://id.example",
            client_id="c",
            client_secret="s",
            created_at=uow.now(),
        )
        uow.session.add(provider)
        uow.session.flush()
        uow.session.add(
            PendingSignInRow(state_hash="h", provider_id=provider.id, data={}, created_at=uow.now())
        )
    return guest_steps.let_in(database, at["cga"], at.item.id)


def test_what_may_still_be_used_stays(
    database: Database, clock: StandingClock, tmp_path: Path
) -> None:
    used(database, table(database), tmp_path)
    clock.advance(hours=23)
    assert set(put_away(database).values()) == {0}
    assert left(database) == {
        "session": 2,
        "attempt": 1,
        "pending_sign_in": 1,
        "guest_session": 1,
    }


def test_what_has_run_out_goes_and_a_second_time_finds_nothing(
    database: Database, clock: StandingClock, tmp_path: Path
) -> None:
    at = table(database)
    token = used(database, at, tmp_path)
    clock.advance(days=2)
    gone = {"sessions": 2, "attempts": 1, "pending_sign_ins": 1, "guest_sessions": 0, "mails": 0}
    assert put_away(database) == gone
    assert set(put_away(database).values()) == {0}

    clock.now = expires_at(database) + timedelta(days=31)
    assert put_away(database)["guest_sessions"] == 1
    assert set(left(database).values()) == {0}
    with database.read() as desk:
        assert guests.guest_of(desk, tokens.hash_of(token)) is None
        assert len(desk.session.exec(select(GuestInvitationRow)).all()) == 1


def test_a_session_that_was_ended_goes_a_day_later_whatever_it_was_good_for(
    database: Database, clock: StandingClock, tmp_path: Path
) -> None:
    used(database, table(database), tmp_path)
    with database.begin() as uow:
        first, second = uow.session.exec(select(SessionRow)).all()
        first.expires_at = second.expires_at = NOW + timedelta(days=9)
        session.revoke(uow, first.token_hash)
        kept = second.token_hash
    clock.advance(days=1, seconds=1)
    assert put_away(database)["sessions"] == 1
    with database.read() as desk:
        assert [row.token_hash for row in desk.session.exec(select(SessionRow))] == [kept]


def test_a_link_whose_session_is_gone_still_opens_nothing(
    database: Database, clock: StandingClock
) -> None:
    at = table(database)
    invitation_id, link = guest_steps.invite(database, at["cga"], at.item.id)
    assert guest_steps.enter(database, link) is not None
    guest_steps.revoke(database, at["yorozu"], invitation_id)
    clock.advance(days=31)
    assert put_away(database)["guest_sessions"] == 1
    assert guest_steps.enter(database, link) is None


def expires_at(database: Database) -> datetime:
    with database.read() as desk:
        return desk.session.exec(select(GuestInvitationRow.expires_at)).one()
