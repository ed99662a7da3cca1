"""Put away what has run out and nothing refers to any more.

Invitations, consents and whatever stands in a journal stay: they are records. So do the answers
kept by operation id, since no rule says when a browser may no longer send an act again.
"""

from datetime import timedelta

from sqlalchemy import delete, or_
from sqlmodel import col, select

from app.store.tables.guests import GuestInvitationRow, GuestSessionRow
from app.store.tables.mails import MailRow
from app.store.tables.people import AttemptRow, PendingSignInRow, SessionRow
from app.store.unit_of_work import Database

# Longer than any window in which tries are counted, and than a sign-in may be under way.
KEPT_AFTER_END = timedelta(days=1)
# Whoever comes back with the old page meanwhile is still told that the part is over.
GUESTS_KEPT_AFTER_END = timedelta(days=30)
# No mail of so long ago is put in again, and what became of it is of no use to anybody.
MAILS_KEPT = timedelta(days=90)


def put_away(database: Database) -> dict[str, int]:
    """Remove ended sign-ins, tries and one-time things; say how many of each there were."""
    with database.begin() as uow:
        before, long_before = uow.now() - KEPT_AFTER_END, uow.now() - GUESTS_KEPT_AFTER_END
        over = select(GuestInvitationRow.id).where(col(GuestInvitationRow.expires_at) < long_before)
        ended = {
            "sessions": delete(SessionRow).where(
                or_(col(SessionRow.expires_at) < before, col(SessionRow.revoked_at) < before)
            ),
            "attempts": delete(AttemptRow).where(col(AttemptRow.window_start) < before),
            "pending_sign_ins": delete(PendingSignInRow).where(
                col(PendingSignInRow.created_at) < before
            ),
            "guest_sessions": delete(GuestSessionRow).where(
                or_(
                    col(GuestSessionRow.ended_at) < long_before,
                    col(GuestSessionRow.invitation_id).in_(over),
                )
            ),
            "mails": delete(MailRow).where(col(MailRow.closed_at) < uow.now() - MAILS_KEPT),
        }
        return {
            name: uow.session.connection().execute(query).rowcount for name, query in ended.items()
        }
