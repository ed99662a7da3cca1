"""The first steps of a case as tests take them: firm, case, consent, referral."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.domain.consent import CONSENTABLE
from app.domain.people import Actor
from app.domain.vocabulary import AgencyKind, Role
from app.services.cases import OpenCase, open_case
from app.services.consents import RecordConsent, record_consent
from app.services.firms import CreateFirm, create_firm
from app.services.referrals import ReferCase, refer_case
from app.store.unit_of_work import Database
from tests.factories import actor_of, agency, op

FIRM = {
    "name": "株式会社灯夜ダイニング",
    "kana": "トウヤダイニング",
    "legal_form": "株式会社",
    "corporate_number": "5990001100001",
    "prefecture_code": "13",
    "city": "台東区",
    "industry_major": "M",
}
FIRST_CELLS = {
    "phase": "maturity",
    "request_kind": ("cash", "profit"),
    "request_detail": "返済を1年程度緩めたい。",
    "urgency": "A",
}


@dataclass(frozen=True)
class Network:
    """A bank, the association with its coordinator, a yorozu centre, and a bank outside."""

    bank: Actor
    cga: Actor
    clerk: Actor
    yorozu: Actor
    outsider: Actor


def network(database: Database) -> Network:
    with database.begin() as uow:
        bank = agency(uow, "bank", AgencyKind.FINANCIAL_INSTITUTION, "つむぎ坂信用金庫")
        cga = agency(uow, "cga", AgencyKind.GUARANTEE_ASSOCIATION, "東京信用保証協会")
        yorozu = agency(uow, "yorozu", AgencyKind.YOROZU, "東京都よろず支援拠点")
        outside = agency(uow, "outside", AgencyKind.FINANCIAL_INSTITUTION, "白霧信用組合")
        return Network(
            actor_of(uow, bank, "田中 一郎"),
            actor_of(uow, cga, "鈴木 花子", Role.COORDINATOR),
            actor_of(uow, cga, "協会 次郎", Role.PARTICIPANT),
            actor_of(uow, yorozu, "佐藤 健", Role.COORDINATOR),
            actor_of(uow, outside, "外山 徹", Role.COORDINATOR),
        )


def firm_command(**changes: Any) -> CreateFirm:
    return CreateFirm.model_validate({"op_id": op(), **FIRM, **changes})


def new_firm(database: Database, actor: Actor, **changes: Any) -> str:
    return str(create_firm(database, actor, firm_command(**changes)).id)


def new_case(database: Database, actor: Actor, firm_id: str, **cells: Any) -> str:
    command = OpenCase.model_validate({"op_id": op(), "firm_id": firm_id, **FIRST_CELLS, **cells})
    return str(open_case(database, actor, command).id)


def consent_command(case_id: str, named: Iterable[Actor], **changes: Any) -> RecordConsent:
    return RecordConsent.model_validate(
        {
            "op_id": op(),
            "case_id": case_id,
            "agencies": tuple(one.agency_id for one in named),
            "item_groups": CONSENTABLE,
            "method": "handwritten",
            "purpose": "支援方針の協議",
            **changes,
        }
    )


def consented_case(database: Database, at: Network) -> str:
    """The bank's own firm and case, with consent for itself, the association and yorozu."""
    case_id = new_case(database, at.bank, new_firm(database, at.bank))
    record_consent(database, at.bank, consent_command(case_id, (at.bank, at.cga, at.yorozu)))
    return case_id


def referred_case(database: Database, at: Network) -> tuple[str, str]:
    """Its id, and that of the referral to the association."""
    case_id = consented_case(database, at)
    command = ReferCase(
        op_id=op(), case_id=case_id, to_agency_id=at.cga.agency_id, reason="複数行の調整が必要"
    )
    return case_id, str(refer_case(database, at.bank, command).id)
