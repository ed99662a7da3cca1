"""How an actor's agency stands to a case, a conference or an agenda item."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.access import Relation, Standing
from app.domain.conference import ReferralStatus, SeatRole
from app.domain.confidentiality import version_asked
from app.domain.consent import Consent, ConsentStatus, ItemGroup, current
from app.domain.interest import RecusalState
from app.domain.lanes import Lane
from app.domain.people import Actor
from app.store.prepared import Prepared
from app.store.tables.cases import (
    CaseAgencyRow,
    CaseRow,
    ConsentAgencyRow,
    ConsentRow,
    ReferralRow,
)
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.confidentiality import ConfidentialityAcceptanceRow
from app.store.tables.recusals import RecusalRow

EVERY_GROUP = frozenset(ItemGroup)
STRANGER = Standing(frozenset())
CONFLICTED = Standing(frozenset({Relation.CONFLICTED}))
NETWORK_MEMBER = Standing(frozenset({Relation.MEMBER}))


# Asked at every act on a case.
_CONSENT = Prepared(
    columns(
        col(ConsentRow.id),
        col(ConsentRow.version),
        col(ConsentRow.status),
        col(ConsentRow.item_groups),
        col(ConsentRow.valid_from),
        col(ConsentRow.valid_until),
    )
    .where(col(ConsentRow.case_id) == bindparam("case"))
    .order_by(col(ConsentRow.version).desc())
    .limit(1),
    keeps=True,
)
_CONSENTED = Prepared(
    select(col(ConsentAgencyRow.agency_id)).where(
        col(ConsentAgencyRow.consent_id) == bindparam("consent")
    ),
    keeps=True,
)
_ADDRESSED = Prepared(
    select(col(ReferralRow.id))
    .where(
        col(ReferralRow.case_id) == bindparam("case"),
        col(ReferralRow.to_agency_id) == bindparam("agency"),
        col(ReferralRow.status) == ReferralStatus.SENT,
    )
    .limit(1),
    keeps=True,
)
_RECUSED = Prepared(
    select(col(RecusalRow.agency_id))
    .join(AgendaItemRow, col(AgendaItemRow.id) == col(RecusalRow.item_id))
    .where(
        col(AgendaItemRow.case_id) == bindparam("case"),
        col(RecusalRow.state) == RecusalState.STANDING,
    ),
    keeps=True,
)

_TAKES_PART = Prepared(
    select(col(CaseAgencyRow.agency_id)).where(
        col(CaseAgencyRow.case_id) == bindparam("case"),
        col(CaseAgencyRow.agency_id) == bindparam("agency"),
    ),
    keeps=True,
)
_SEAT = Prepared(
    select(col(SeatRow.role)).where(
        col(SeatRow.conference_id) == bindparam("conference"),
        col(SeatRow.agency_id) == bindparam("agency"),
    ),
    keeps=True,
)
_ACCEPTED = Prepared(
    select(col(ConfidentialityAcceptanceRow.version)).where(
        col(ConfidentialityAcceptanceRow.person_id) == bindparam("person"),
        col(ConfidentialityAcceptanceRow.version) == bindparam("version"),
    ),
    keeps=True,
)


def consent_in_force(session: Session, case_id: str) -> Consent | None:
    """The newest version, whatever its state: a withdrawn one overrides what was before."""
    newest = _CONSENT.first(session, case=case_id)
    if newest is None:
        return None
    consent_id, version, status, groups, valid_from, valid_until = newest
    consent = _consent(session, consent_id, status, groups, valid_from, valid_until)
    return current([(version, consent)])


def consent_of(session: Session, row: ConsentRow) -> Consent:
    return _consent(session, row.id, row.status, row.item_groups, row.valid_from, row.valid_until)


def _consent(
    session: Session,
    consent_id: str,
    status: str,
    groups: Iterable[str],
    valid_from: date | None,
    valid_until: date | None,
) -> Consent:
    agencies = _CONSENTED.rows(session, consent=consent_id)
    return Consent(
        status=ConsentStatus(status),
        agencies=frozenset(agency_id for (agency_id,) in agencies),
        groups=_groups(tuple(groups)),
        valid_from=valid_from,
        valid_until=valid_until,
    )


@cache
def _groups(names: tuple[str, ...]) -> frozenset[ItemGroup]:
    return frozenset(ItemGroup(name) for name in names)


def recused_from(session: Session, case_id: str) -> frozenset[str]:
    """Agencies with a conflict of interest in the case, at whichever table it came up."""
    return frozenset(agency_id for (agency_id,) in _RECUSED.rows(session, case=case_id))


def cases_kept_from(agency_id: str) -> SelectOfScalar[Any]:
    """The same for lists of many cases: those the agency has a conflict of interest in."""
    return (
        select(AgendaItemRow.case_id)
        .join(RecusalRow, col(RecusalRow.item_id) == col(AgendaItemRow.id))
        .where(
            RecusalRow.agency_id == agency_id,
            RecusalRow.state == RecusalState.STANDING,
            col(AgendaItemRow.case_id).is_not(None),
        )
    )


def of_case(session: Session, actor: Actor, case: CaseRow, day: date) -> Standing:
    """The referrer keeps sight of what it brought; everybody else needs a live consent.

    An agency that is out of the case for a conflict of interest sees nothing of it, whatever
    else it may be: referrer, lead, chair or host.
    """
    agency = actor.agency_id
    if agency in recused_from(session, case.id):
        return CONFLICTED
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
        if _TAKES_PART.first(session, case=case.id, agency=agency) is not None:
            relations.add(Relation.TAKES_PART)
        if _is_addressee(session, case.id, agency):
            relations.add(Relation.ADDRESSEE)
    if Relation.REFERRER in relations:
        groups = EVERY_GROUP
    elif not relations:
        groups = frozenset()
    return Standing(frozenset(relations), groups)


def _is_addressee(session: Session, case_id: str, agency_id: str) -> bool:
    return _ADDRESSED.first(session, case=case_id, agency=agency_id) is not None


def of_conference(session: Session, actor: Actor, conference: ConferenceRow) -> Standing:
    relations: set[Relation] = set()
    if conference.host_agency_id == actor.agency_id:
        relations.add(Relation.HOST)
    seat = _SEAT.first(session, conference=conference.id, agency=actor.agency_id)
    if seat is not None:
        observes = seat[0] == SeatRole.OBSERVER
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
    """At an item about a firm only those within its consent are at the table at all.

    What is said at any item is told to nobody who has not accepted the conference's statement.
    """
    at_table = of_conference(session, actor, conference)
    accepted = has_accepted(session, actor, conference)
    if case is None:
        return Standing(at_table.relations, at_table.groups, accepted)
    of_the_case = of_case(session, actor, case, day)
    if Relation.CONFLICTED in of_the_case.relations:
        return CONFLICTED
    if not of_the_case.relations:
        return STRANGER
    return Standing(at_table.relations, of_the_case.groups, accepted)


def has_accepted(session: Session, actor: Actor, conference: ConferenceRow) -> bool:
    """Whether the person accepted the version this conference asks for, here or elsewhere."""
    version = version_asked(conference.template)
    if version is None:
        return True
    return _ACCEPTED.first(session, person=actor.person_id, version=version) is not None


def of_lane(
    session: Session,
    actor: Actor,
    conference: ConferenceRow,
    at_item: Standing,
    agency_id: str,
    lane: Lane,
) -> Standing:
    """Within sight of the item: the people of the agency; what is put to the chair also those of
    whoever chairs at this moment. Only agencies at the table have lanes."""
    seat = _SEAT.first(session, conference=conference.id, agency=agency_id)
    if seat is None or seat[0] != SeatRole.MEMBER:
        return STRANGER
    hears = agency_id == actor.agency_id or (
        lane is Lane.CHAIR and Relation.CHAIR in at_item.relations
    )
    if not hears:
        return STRANGER
    return replace(at_item, relations=frozenset({*at_item.relations, Relation.IN_LANE}))
