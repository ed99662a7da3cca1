"""A conference as one agency's calendar knows it, and the agencies a coordinator may invite."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, or_, select

from app.domain.access import Act
from app.domain.conference import ConferenceStatus, Reply, SeatRole
from app.domain.dates import wareki_with_weekday
from app.domain.errors import NotFound
from app.domain.facts import ConferenceCancelled, ConferenceChanged, ConferencePlanned, RoomKind
from app.domain.people import Actor
from app.domain.prefectures import PREFECTURES
from app.domain.sentences import _
from app.queries.invitation_paper import InvitationPaper, InvitedAgency
from app.store import journal, reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.conferences import ConferenceRow, SeatRow
from app.store.tables.journal import EntryRow
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Desk

# A calendar knows no written part: the agency does not come, but it has not declined either.
_IN_CALENDARS = {
    Reply.WAITING: "needs_action",
    Reply.ATTEND: "accepted",
    Reply.SUBSTITUTE: "accepted",
    Reply.WRITTEN: "tentative",
    Reply.ABSENT: "declined",
}
_CHANGES = (ConferencePlanned, ConferenceChanged, ConferenceCancelled)


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    id: str
    name: str
    kind: str
    prefecture_code: str | None


@dataclass(frozen=True, slots=True)
class AgencyChoices:
    """Agencies near the actor's own come first; the rest by prefecture, from north to south."""

    near: tuple[AgencyChoice, ...]
    far: tuple[tuple[str, tuple[AgencyChoice, ...]], ...]


def agencies_to_invite(
    desk: Desk, actor: Actor, without: frozenset[str] = frozenset()
) -> AgencyChoices:
    """Near are those of the same prefecture and those that work all over the country."""
    reach.network(actor, Act.SET_UP_SERIES)
    today = desk.today()
    query = select(AgencyRow).where(
        or_(col(AgencyRow.valid_from).is_(None), col(AgencyRow.valid_from) <= today),
        or_(col(AgencyRow.valid_to).is_(None), col(AgencyRow.valid_to) >= today),
    )
    rows = desk.session.exec(query.order_by(col(AgencyRow.position), col(AgencyRow.id)))
    choices = [
        AgencyChoice(row.id, row.name, row.kind, row.prefecture_code)
        for row in rows
        if row.id not in without
    ]
    here = {actor.prefecture_code, None}
    far = (
        (one.name, tuple(c for c in choices if c.prefecture_code == one.code))
        for one in PREFECTURES
        if one.code not in here
    )
    return AgencyChoices(
        near=tuple(c for c in choices if c.prefecture_code in here),
        far=tuple((name, group) for name, group in far if group),
    )


def invitation_paper(desk: Desk, actor: Actor, conference_id: str, link: str) -> InvitationPaper:
    """The invitation of the actor's agency alone; other agencies' addresses are not in it."""
    row = reach.conference(desk, actor, conference_id, Act.SEE_CONFERENCE).row
    seat = desk.session.get(SeatRow, (row.id, actor.agency_id))
    if seat is None or (row.invited_at is None and row.host_agency_id != actor.agency_id):
        raise NotFound
    host = desk.session.get(AgencyRow, row.host_agency_id)
    changes = _changes(desk, row)
    return InvitationPaper(
        uid=f"conference-{row.id}@entaku",
        sequence=row.sequence,
        cancelled=row.status == ConferenceStatus.CANCELLED,
        title=row.name,
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.minutes),
        place=row.place or row.online_url or None,
        link=link,
        description=_description(row, host.name if host else ""),
        organizer_name=host.name if host else "",
        organizer_email=_address(desk, changes[0].person_id),
        invited=(
            InvitedAgency(
                agency=actor.agency_name,
                email=_address(desk, actor.person_id),
                required=seat.role == SeatRole.MEMBER,
                reply=_IN_CALENDARS[Reply(seat.reply)],
            ),
        ),
        changed_at=changes[-1].at,
    )


def _changes(desk: Desk, row: ConferenceRow) -> list[EntryRow]:
    """What calendars have to follow: the founding of the conference and every change since."""
    query = select(EntryRow).where(
        EntryRow.room_id == journal.room_id(RoomKind.CONFERENCE, row.id),
        col(EntryRow.kind).in_([fact.wire_name() for fact in _CHANGES]),
    )
    return list(desk.session.exec(query.order_by(col(EntryRow.seq))))


def _address(desk: Desk, person_id: str) -> str:
    person = desk.session.get(PersonRow, person_id)
    return person.email if person else ""


def _description(row: ConferenceRow, host: str) -> str:
    lines = [_("主催：{host}").format(host=host)]
    if row.online_url:
        lines.append(_("オンライン：{url}").format(url=row.online_url))
    if row.reply_by:
        lines.append(_("出欠の回答期限：{day}").format(day=wareki_with_weekday(row.reply_by)))
    lines.append(_("出欠の回答と議題の確認は、円卓の会議ページで行えます。"))
    return "\n".join(lines)
