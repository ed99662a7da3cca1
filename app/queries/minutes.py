"""議事録: what was recorded of a conference, as its reader may know it at this moment.

A reading and nothing else: no word is typed here, and of an item the reader may not see, nothing
but its number is told. What agencies said in their inner lanes and what was said in discussion is
no part of it.
"""

from sqlmodel import col, select

from app.domain.access import Act
from app.domain.attendance import MODE_LABELS, Mode
from app.domain.conference import REPLY_LABELS, ConferenceStatus
from app.domain.errors import StateForbids
from app.domain.facts import ChairHandedOver, ConferenceOpened, RoomKind
from app.domain.minutes import (
    Break,
    Chairing,
    Form,
    Minutes,
    SeatTaken,
    WordGiven,
)
from app.domain.minutes_summary import as_summary
from app.domain.people import Actor
from app.domain.proxies import Holder
from app.domain.sentences import _
from app.domain.vocabulary import CONFERENCE_KIND_LABELS
from app.queries.conference_page import ConferencePage, SeatLine, conference_page
from app.queries.minutes_ballots import ballots_in
from app.queries.minutes_items import item_minutes
from app.queries.proxies import proxies_at
from app.store import agencies, journal, pauses, reach
from app.store.tables.conferences import ConferenceRow
from app.store.tables.journal import EntryRow
from app.store.unit_of_work import Desk


def minutes_of(desk: Desk, actor: Actor, conference_id: str, form: Form = Form.FULL) -> Minutes:
    """For anybody who may see the conference; items as far as each may be seen."""
    page = conference_page(desk, actor, conference_id)
    row = reach.conference(desk, actor, conference_id, Act.SEE_CONFERENCE).row
    minutes = Minutes(
        form=Form.FULL,
        id=row.id,
        name=row.name,
        kind=CONFERENCE_KIND_LABELS[page.kind],
        status=page.status,
        starts_at=row.starts_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        breaks=tuple(
            Break(one.paused_at, one.resumed_at, one.reason)
            for one in pauses.of_conference(desk.session, row.id)
        ),
        place=row.place,
        online=bool(row.online_url),
        host=page.host,
        chairs=_chairs(desk, page),
        preliminary=tuple(row.preliminary or ()),
        quorum=page.quorum,
        seats=tuple(_seat(page, seat) for seat in page.seats),
        proxies=_proxies(desk, actor, row),
        ballots=ballots_in(desk, journal.room_id(RoomKind.CONFERENCE, row.id)),
        items=tuple(item_minutes(desk, actor, entry, page.fingerprint) for entry in page.agenda),
        fingerprint=page.fingerprint,
        issuer=actor.agency_name,
        issuer_person=actor.person_name,
    )
    return as_summary(minutes) if form is Form.SUMMARY else minutes


def minutes_to_print(
    desk: Desk, actor: Actor, conference_id: str, form: Form = Form.FULL
) -> Minutes:
    """There is no paper of a conference at which nothing happened yet, or never will."""
    minutes = minutes_of(desk, actor, conference_id, form)
    if not minutes.has_begun:
        raise StateForbids(
            _("会議が始まっていないため、議事録はまだありません。")
            if minutes.status is not ConferenceStatus.CANCELLED
            else _("中止になった会議には、議事録がありません。")
        )
    return minutes


def _chairs(desk: Desk, page: ConferencePage) -> tuple[Chairing, ...]:
    """From the opening on, each time the chair went to somebody else."""
    handed = ChairHandedOver.wire_name()
    query = select(EntryRow).where(
        EntryRow.room_id == journal.room_id(RoomKind.CONFERENCE, page.id),
        col(EntryRow.kind).in_([ConferenceOpened.wire_name(), handed]),
    )
    entries = [one for one in desk.session.exec(query.order_by(col(EntryRow.seq))) if one.body]
    while entries and entries[0].kind == handed:
        del entries[0]
    told = [(one.body or {}, one.at) for one in entries]
    names = agencies.by_ids(
        desk.session, {str(body.get("chair_agency_id", "")) for body, _at in told}
    )
    found = tuple(
        Chairing(names[body["chair_agency_id"]].name, str(body.get("chair_name", "")), at)
        for body, at in told
        if body.get("chair_agency_id") in names
    )
    if len(found) > 1:
        return found
    return (Chairing(page.chair, page.chair_name, None),)


def _seat(page: ConferencePage, seat: SeatLine) -> SeatTaken:
    noted = seat.noted
    return SeatTaken(
        agency=seat.name,
        kind=seat.kind,
        is_member=not seat.is_observer,
        is_chair=seat.agency_id == page.chair_id,
        is_host=seat.agency_id == page.host_id,
        manner=MODE_LABELS[noted.mode] if noted else "",
        is_absent=noted is not None and noted.mode is Mode.ABSENT,
        replied=REPLY_LABELS[seat.reply],
        people=tuple((one.name, one.title) for one in noted.people) if noted else (),
        arrived=noted.arrived if noted else "",
        left=noted.left if noted else "",
    )


def _proxies(desk: Desk, actor: Actor, row: ConferenceRow) -> tuple[WordGiven, ...]:
    """Without what the giver asked of the holder: that is between the two."""
    return tuple(
        WordGiven(
            agency=one.agency,
            to_chair=one.holder is Holder.CHAIR,
            person=one.holder_name if one.holder is Holder.PERSON else "",
            to_agency=one.holder_agency,
            position=one.position,
        )
        for one in proxies_at(desk, actor, row.id).standing
    )
