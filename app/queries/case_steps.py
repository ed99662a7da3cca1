"""The steps that bring a case to another agency: consent, addressee, confirmation."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from app.domain.access import Act, may_receive
from app.domain.consent import CONSENTABLE, ItemGroup
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.queries.agencies import AgencyChoice, choice_of, choices
from app.queries.case_page import CasePage, ConsentCard, case_page, consent_card
from app.queries.firms import record_groups
from app.store import cases, consents, reach
from app.store.agencies import by_ids
from app.store.tables.firms import FirmRow, LoanRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """``chosen`` and ``groups`` stand in the consent so far, or are the usual scope."""

    case_id: str
    case_no: str
    firm_name: str
    agencies: tuple[AgencyChoice, ...]
    chosen: tuple[str, ...]
    needed: tuple[AgencyChoice, ...]
    groups: tuple[ItemGroup, ...]
    today: date
    current: ConsentCard | None


@dataclass(frozen=True, slots=True)
class ReferralForm:
    """``choices`` are the agencies of the live consent; without one there are none."""

    page: CasePage
    choices: tuple[AgencyChoice, ...]


def consent_form(desk: Desk, actor: Actor, case_id: str) -> ConsentForm:
    """Offer the agencies around the firm, its lenders, and whoever is in the case already."""
    case = reach.case(desk, actor, case_id, Act.RECORD_CONSENT)
    firm = reach.load(desk, FirmRow, case.row.firm_id)
    before = consents.in_force(desk.session, case_id)
    named = before.agencies if before else frozenset[str]()
    carriers = cases.carriers(desk.session, case.row)
    also = {actor.agency_id, case.row.referrer_agency_id, *named, *carriers}
    if ItemGroup.EXPOSURE in record_groups(desk, actor, case.row, case.standing):
        lenders = select(LoanRow.lender_agency_id).where(LoanRow.firm_id == firm.id)
        also |= {lender for lender in desk.session.exec(lenders) if lender}
    return ConsentForm(
        case_id=case.row.id,
        case_no=case.row.case_no,
        firm_name=firm.name,
        agencies=choices(desk, firm.prefecture_code, also),
        chosen=tuple(sorted(named | carriers | {case.row.referrer_agency_id})),
        needed=tuple(choice_of(row) for row in by_ids(desk.session, carriers).values()),
        groups=tuple(g for g in CONSENTABLE if g in before.groups)
        if before and before.groups
        else CONSENTABLE,
        today=desk.today(),
        current=consent_card(desk, case.row),
    )


def referral_form(desk: Desk, actor: Actor, case_id: str) -> ReferralForm:
    reach.case(desk, actor, case_id, Act.REFER_CASE)
    page = case_page(desk, actor, case_id)
    named = page.consent.agencies if page.consent and page.consent.live else ()
    return ReferralForm(
        page, tuple(one for one in named if one.id != actor.agency_id or may_receive(actor))
    )


def addressee(form: ReferralForm, agency_id: str) -> AgencyChoice:
    """The agency a referral would go to; one outside the consent is not found."""
    for one in form.choices:
        if one.id == agency_id:
            return one
    raise NotFound
