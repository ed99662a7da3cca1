"""The house that is measured: rooms in the middle of an item, and people signed in to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from app.domain.case_life import CaseStatus
from app.domain.conference import ConferenceStatus, ItemKind, ItemStatus, Reply, SeatRole
from app.domain.confidentiality import CURRENT_VERSION
from app.domain.consent import CONSENTABLE, ConsentStatus, SignMethod
from app.domain.facts import RoomKind
from app.domain.names import fold_name
from app.domain.vocabulary import AgencyKind, ConferenceKind, Role
from app.settings import Settings
from app.store import journal
from app.store.columns import new_id
from app.store.migrate import upgrade
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseAgencyRow, CaseRow, ConsentAgencyRow, ConsentRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.confidentiality import ConfidentialityAcceptanceRow
from app.store.tables.firms import FirmRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.unit_of_work import Database, UnitOfWork
from auth import session

AGENCIES = (
    (AgencyKind.FINANCIAL_INSTITUTION, "つむぎ坂信用金庫"),
    (AgencyKind.GUARANTEE_ASSOCIATION, "東京信用保証協会"),
    (AgencyKind.YOROZU, "東京都よろず支援拠点"),
    (AgencyKind.REVITALIZATION_COUNCIL, "東京都中小企業活性化協議会"),
    (AgencyKind.SUCCESSION_CENTER, "東京都事業承継・引継ぎ支援センター"),
    (AgencyKind.CHAMBER, "台東商工会議所"),
)


@dataclass(frozen=True, slots=True)
class MeetingRoom:
    """One item under discussion; each token is the session of one person at that table."""

    item_id: str
    tokens: list[str]

    @property
    def room_id(self) -> str:
        return journal.room_id(RoomKind.ITEM, self.item_id)


def build(database: Database, settings: Settings, rooms: int, people: int) -> list[MeetingRoom]:
    """Make the schema and, in one transaction, every room with its own people.

    Rows are written directly: what is measured begins when the item is running.
    """
    upgrade(database.engine)
    with database.begin() as uow:
        agencies = [
            AgencyRow(key=f"bench-{at}", kind=kind, name=name, short_name=name, position=at)
            for at, (kind, name) in enumerate(AGENCIES)
        ]
        _keep(uow, agencies)
        items = _items(uow, agencies, rooms)
        return [
            MeetingRoom(item.id, _tokens(uow, settings, agencies, at, people))
            for at, item in enumerate(items)
        ]


def _items(uow: UnitOfWork, agencies: list[AgencyRow], rooms: int) -> list[AgendaItemRow]:
    """Per room one firm, its case within everybody's consent, and the conference about it."""
    firms = [
        FirmRow(
            name=name,
            name_key=fold_name(name),
            legal_form="株式会社",
            is_corporation=True,
            prefecture_code="13",
            created_at=uow.now(),
        )
        for name in (f"株式会社計測{at:04}" for at in range(rooms))
    ]
    _keep(uow, firms)
    cases = [
        CaseRow(
            case_no=f"13-R8-{at:04}",
            firm_id=firm.id,
            status=CaseStatus.IN_CONFERENCE,
            referrer_agency_id=agencies[0].id,
            receiver_agency_id=agencies[1].id,
            created_at=uow.now(),
        )
        for at, firm in enumerate(firms)
    ]
    _keep(uow, cases)
    _consents(uow, agencies, cases)
    return _conferences(uow, agencies, cases)


def _consents(uow: UnitOfWork, agencies: list[AgencyRow], cases: list[CaseRow]) -> None:
    consents = [
        ConsentRow(
            case_id=case.id,
            version=1,
            status=ConsentStatus.GRANTED,
            method=SignMethod.HANDWRITTEN,
            purpose="支援方針の協議",
            item_groups=[str(group) for group in CONSENTABLE],
            valid_from=uow.today() - timedelta(days=30),
            valid_until=uow.today() + timedelta(days=700),
            recorded_by_agency_id=agencies[0].id,
            recorded_at=uow.now(),
        )
        for case in cases
    ]
    _keep(uow, consents)
    for case, consent in zip(cases, consents, strict=True):
        for one in agencies:
            uow.session.add(ConsentAgencyRow(consent_id=consent.id, agency_id=one.id))
            uow.session.add(CaseAgencyRow(case_id=case.id, agency_id=one.id, since=uow.now()))
        for kind in (RoomKind.CASE, RoomKind.SHEET):
            journal.open_room(uow.session, kind, case.id, uow.now())


def _conferences(
    uow: UnitOfWork, agencies: list[AgencyRow], cases: list[CaseRow]
) -> list[AgendaItemRow]:
    conferences = [
        ConferenceRow(
            host_agency_id=agencies[1].id,
            kind=ConferenceKind.JOINT_CASE,
            name="事業者支援合同カンファレンス",
            starts_at=uow.now(),
            minutes=120,
            template={"quorum": 2, "allow_provisional": True},
            status=ConferenceStatus.OPEN,
            chair_agency_id=agencies[2].id,
            opened_at=uow.now(),
            created_at=uow.now(),
        )
        for _case in cases
    ]
    _keep(uow, conferences)
    items = [
        AgendaItemRow(
            conference_id=conference.id,
            position=1,
            kind=ItemKind.CASE,
            case_id=case.id,
            minutes=240,
            status=ItemStatus.RUNNING,
            started_at=uow.now(),
            ends_at=uow.now() + timedelta(minutes=240),
        )
        for conference, case in zip(conferences, cases, strict=True)
    ]
    for conference in conferences:
        for position, one in enumerate(agencies):
            seat = SeatRow(
                conference_id=conference.id,
                agency_id=one.id,
                role=SeatRole.MEMBER,
                position=position,
                reply=Reply.ATTEND,
            )
            uow.session.add(seat)
    _keep(uow, items)
    for conference, item in zip(conferences, items, strict=True):
        journal.open_room(uow.session, RoomKind.CONFERENCE, conference.id, uow.now())
        journal.open_room(uow.session, RoomKind.ITEM, item.id, uow.now())
    return items


def _tokens(
    uow: UnitOfWork, settings: Settings, agencies: list[AgencyRow], room: int, people: int
) -> list[str]:
    """People of one table, agency after agency in turn, each signed in."""
    persons = [
        PersonRow(name=f"計測 {at:02}番", email=f"{new_id()}@example.jp", created_at=uow.now())
        for at in range(people)
    ]
    _keep(uow, persons)
    members = [
        MembershipRow(
            person_id=person.id,
            agency_id=agencies[(room + at) % len(agencies)].id,
            role=Role.PARTICIPANT,
            title="主任",
        )
        for at, person in enumerate(persons)
    ]
    _keep(uow, members)
    accepted = [
        ConfidentialityAcceptanceRow(
            person_id=one.person_id,
            version=CURRENT_VERSION,
            agency_id=one.agency_id,
            person_name=person.name,
            accepted_at=uow.now(),
        )
        for one, person in zip(members, persons, strict=True)
    ]
    _keep(uow, accepted)
    return [
        session.start(uow, settings, person_id=one.person_id, membership_id=one.id)
        for one in members
    ]


def _keep(uow: UnitOfWork, rows: Iterable[object]) -> None:
    """Written at once: what points to these rows comes next."""
    uow.session.add_all(rows)
    uow.session.flush()
