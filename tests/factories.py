"""Plain functions that make what a test needs, from one agency to a whole table at work."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from app.domain.conference import ConferenceStatus, ItemStatus, Reply
from app.domain.confidentiality import CURRENT_VERSION
from app.domain.facts import RoomKind
from app.domain.names import fold_name
from app.domain.people import Actor
from app.domain.vocabulary import AgencyKind, ConferenceKind, Role
from app.store import journal
from app.store.columns import new_id
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.confidentiality import ConfidentialityAcceptanceRow
from app.store.tables.firms import FirmRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.unit_of_work import Database, UnitOfWork
from tests.case_rows import case_of

# 2026-11-24 09:00 in Japan, a Tuesday.
NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
SECRET = b"tests do not keep secrets, but cursors need one"


@dataclass
class StandingClock:
    """A clock that moves only when a test says so."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def op() -> str:
    return new_id()


def agency(uow: UnitOfWork, key: str, kind: AgencyKind, name: str, position: int = 0) -> AgencyRow:
    row = AgencyRow(
        key=key, kind=kind, name=name, short_name=name, position=position, prefecture_code="13"
    )
    uow.session.add(row)
    uow.session.flush()
    return row


def actor_of(
    uow: UnitOfWork,
    agency_row: AgencyRow,
    name: str,
    role: Role = Role.PARTICIPANT,
    title: str = "主任",
    *,
    has_accepted: bool = True,
) -> Actor:
    """A person enrolled at the agency, ready to act for it and to hear of cases."""
    person = PersonRow(name=name, email=f"{new_id()}@example.jp", created_at=uow.now())
    uow.session.add(person)
    uow.session.flush()
    membership = MembershipRow(person_id=person.id, agency_id=agency_row.id, role=role, title=title)
    uow.session.add(membership)
    uow.session.flush()
    if has_accepted:
        accept(uow, person, agency_row)
    return Actor(
        person_id=person.id,
        person_name=name,
        membership_id=membership.id,
        title=title,
        role=role,
        agency_id=agency_row.id,
        agency_name=agency_row.name,
        agency_kind=AgencyKind(agency_row.kind),
        prefecture_code=agency_row.prefecture_code,
    )


def accept(uow: UnitOfWork, person: PersonRow, agency_row: AgencyRow) -> None:
    """The person confirmed the confidentiality statement some time ago."""
    uow.session.add(
        ConfidentialityAcceptanceRow(
            person_id=person.id,
            version=CURRENT_VERSION,
            agency_id=agency_row.id,
            person_name=person.name,
            accepted_at=uow.now(),
        )
    )


def firm(uow: UnitOfWork, name: str = "株式会社灯夜ダイニング") -> FirmRow:
    row = FirmRow(
        name=name,
        name_key=fold_name(name),
        kana="トウヤダイニング",
        legal_form="株式会社",
        is_corporation=True,
        representative="佐久間 灯一",
        prefecture_code="13",
        city="台東区",
        industry_middle_name="飲食店",
        employees=21,
        created_at=uow.now(),
    )
    uow.session.add(row)
    uow.session.flush()
    return row


_MEMBERS = (
    ("bank", AgencyKind.FINANCIAL_INSTITUTION, "つむぎ坂信用金庫", "田中 一郎", Role.PARTICIPANT),
    (
        "cga",
        AgencyKind.GUARANTEE_ASSOCIATION,
        "東京信用保証協会",
        "鈴木 花子",
        Role.COORDINATOR,
    ),
    ("yorozu", AgencyKind.YOROZU, "東京都よろず支援拠点", "佐藤 健", Role.PARTICIPANT),
    (
        "council",
        AgencyKind.REVITALIZATION_COUNCIL,
        "東京都中小企業活性化協議会",
        "高橋 誠",
        Role.PARTICIPANT,
    ),
    (
        "succession",
        AgencyKind.SUCCESSION_CENTER,
        "東京都事業承継・引継ぎ支援センター",
        "伊藤 恵",
        Role.PARTICIPANT,
    ),
    ("chamber", AgencyKind.CHAMBER, "台東商工会議所", "渡辺 実", Role.PARTICIPANT),
)


@dataclass
class Table:
    """Six agencies around one firm's case in an open conference, and one agency outside."""

    agencies: dict[str, AgencyRow]
    actors: dict[str, Actor]
    outsider: Actor
    stranger: Actor
    firm: FirmRow
    case: CaseRow
    conference: ConferenceRow
    item: AgendaItemRow
    extra: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Actor:
        return self.actors[key]

    def colleague(self, key: str) -> Actor:
        """Somebody else's name at the same agency and the same person row: one seat, two people."""
        return replace(self.actors[key], person_name="同僚 二郎")


def six_agencies(
    uow: UnitOfWork, *, have_accepted: bool = True
) -> tuple[dict[str, AgencyRow], dict[str, Actor], AgencyRow]:
    """The six of the table with one person each, and an agency that stays outside."""
    agencies, actors = {}, {}
    for position, (key, kind, name, person, role) in enumerate(_MEMBERS):
        agencies[key] = agency(uow, key, kind, name, position)
        actors[key] = actor_of(uow, agencies[key], person, role, has_accepted=have_accepted)
    outside = agency(
        uow, "outside", AgencyKind.FINANCIAL_INSTITUTION, "白霧信用組合", len(_MEMBERS)
    )
    return agencies, actors, outside


def table(database: Database, *, running: bool = True) -> Table:
    """The yorozu centre chairs, the association is the secretariat and receiver of the case."""
    with database.begin() as uow:
        agencies, actors, outside = six_agencies(uow)
        outsider = actor_of(uow, outside, "外山 徹", Role.COORDINATOR)
        stranger = actor_of(uow, outside, "見学 太郎", Role.OBSERVER)
        uow.act_as(actors["bank"], op())
        subject = firm(uow)
        case = case_of(uow, agencies, subject, running)
        conference, item = conference_on(uow, agencies, case, actors["yorozu"], running)
    return Table(agencies, actors, outsider, stranger, subject, case, conference, item)


def another(database: Database, at: Table) -> Table:
    """The same people about the same case at a conference of its own."""
    with database.begin() as uow:
        uow.act_as(at["bank"], op())
        conference, item = conference_on(uow, at.agencies, at.case, at["yorozu"], running=True)
    return replace(at, conference=conference, item=item)


def conference_on(
    uow: UnitOfWork,
    agencies: dict[str, AgencyRow],
    case: CaseRow,
    chair: Actor,
    running: bool,
) -> tuple[ConferenceRow, AgendaItemRow]:
    """A conference of these agencies with the case as its only item."""
    conference = ConferenceRow(
        host_agency_id=agencies["cga"].id,
        kind=ConferenceKind.JOINT_CASE,
        name="事業者支援合同カンファレンス 11月",
        starts_at=NOW + timedelta(hours=5),
        minutes=120,
        template={"quorum": 2, "allow_provisional": True},
        status=ConferenceStatus.OPEN if running else ConferenceStatus.PLANNED,
        chair_agency_id=agencies["yorozu"].id,
        chair_name=chair.person_name,
        opened_at=uow.now() if running else None,
        created_at=uow.now(),
    )
    uow.session.add(conference)
    uow.session.flush()
    for position, one in enumerate(agencies.values()):
        uow.session.add(
            SeatRow(
                conference_id=conference.id,
                agency_id=one.id,
                role="member",
                position=position,
                reply=Reply.ATTEND,
            )
        )
    item = AgendaItemRow(
        conference_id=conference.id,
        position=1,
        kind="case",
        case_id=case.id,
        minutes=20,
        status=ItemStatus.RUNNING if running else ItemStatus.WAITING,
        started_at=uow.now() if running else None,
        ends_at=uow.now() + timedelta(minutes=20) if running else None,
    )
    uow.session.add(item)
    uow.session.flush()
    for kind, subject in (
        (RoomKind.CONFERENCE, conference.id),
        (RoomKind.ITEM, item.id),
    ):
        journal.open_room(uow.session, kind, subject, uow.now())
    return conference, item
