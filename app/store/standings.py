"""How an actor's agency stands to a case, a conference or an agenda item."""

from datetime import date

from sqlmodel import Session, select

from app.domain.access import Relation, Standing
from app.domain.conference import ReferralStatus, SeatRole
from app.domain.consent import Consent, ConsentStatus, ItemGroup, current
from app.domain.people import Actor
from app.store.tables.cases import (
    CaseAgencyRow,
    CaseRow,
    ConsentAgencyRow,
    ConsentRow,
    ReferralRow,
)
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow

EVERY_GROUP = frozenset(ItemGroup)
STRANGER = Standing(frozenset())
NETWORK_MEMBER = Standing(frozenset({Relation.MEMBER}))


def consent_in_force(session: Session, case_id: str) -> Consent | None:
    """The newest version, whatever its state: a withdrawn one overrides what was before."""
    rows = session.exec(select(ConsentRow).where(ConsentRow.case_id == case_id)).all()
    if not rows:
        return None
    newest = max(rows, key=lambda row: row.version)
    return current([(newest.version, consent_of(session, newest))])


def consent_of(session: Session, row: ConsentRow) -> Consent:
    agencies = session.exec(
        select(ConsentAgencyRow.agency_id).where(ConsentAgencyRow.consent_id == row.id)
    )
    return Consent(
        status=ConsentStatus(row.status),
        agencies=frozenset(agencies),
        groups=frozenset(ItemGroup(g) for g in row.item_groups),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def of_case(session: Session, actor: Actor, case: CaseRow, day: date) -> Standing:
    """The referrer keeps sight of what it brought; everybody else needs a live consent."""
    agency = actor.agency_id
    relations: set[Relation] = set()
    if case.referrer_agency_id == agency:
        relations.add(Relation.REFERRER)
    consent = consent_in_force(session, case.id)
    groups = consent.groups_for(agency, day) if consent else frozenset()
    if groups:
        if case.receiver_agency_id == agency:
            relations.add(Relation.RECEIVER)
        if case.lead_agency_id == agency:
            relations.add(Relation.LEAD)
        if session.get(CaseAgencyRow, (case.id, agency)) is not None:
            relations.add(Relation.TAKES_PART)
        if _is_addressee(session, case.id, agency):
            relations.add(Relation.ADDRESSEE)
    if Relation.REFERRER in relations:
        groups = EVERY_GROUP
    elif not relations:
        groups = frozenset()
    return Standing(frozenset(relations), groups)


def _is_addressee(session: Session, case_id: str, agency_id: str) -> bool:
    query = select(ReferralRow.id).where(
        ReferralRow.case_id == case_id,
        ReferralRow.to_agency_id == agency_id,
        ReferralRow.status == ReferralStatus.SENT,
    )
    return session.exec(query).first() is not None


def of_conference(session: Session, actor: Actor, conference: ConferenceRow) -> Standing:
    relations: set[Relation] = set()
    if conference.host_agency_id == actor.agency_id:
        relations.add(Relation.HOST)
    seat = session.get(SeatRow, (conference.id, actor.agency_id))
    if seat is not None:
        observes = seat.role == SeatRole.OBSERVER
        relations.add(Relation.OBSERVES if observes else Relation.SEATED)
    if conference.chair_agency_id == actor.agency_id:
        relations.add(Relation.CHAIR)
    return Standing(frozenset(relations))


def of_item(
    session: Session,
    actor: Actor,
    conference: ConferenceRow,
    item: AgendaItemRow,
    case: CaseRow | None,
    day: date,
) -> Standing:
    """At an item about a firm only those within its consent are at the table at all."""
    at_table = of_conference(session, actor, conference)
    if case is None:
        return at_table
    of_the_case = of_case(session, actor, case, day)
    if not of_the_case.relations:
        return STRANGER
    return Standing(at_table.relations, of_the_case.groups)
