"""A case the secretariat's own agency brings: it takes the case up and tables it itself."""

import pytest
from sqlmodel import select

from app.domain.consent import CONSENTABLE
from app.domain.errors import Malformed
from app.store.tables.cases import CaseRow, ReferralRow
from tests.story import cast


def brought_by(c, who):
    """A case of this agency, with everything a referral needs."""
    firm = {
        "name": "株式会社月渓酒造",
        "kana": "ツキケイシュゾウ",
        "legal_form": "株式会社",
        "prefecture_code": "13",
        "city": "台東区",
        "industry_major": "E",
    }
    c.does(who, "create_firm", "firm", **firm)
    sheet = {
        "phase": "decline",
        "request_kind": ["cash"],
        "request_detail": "資金繰りの改善",
        "urgency": "A",
    }
    c.does(who, "open_case", "case", firm_id=c.ids["firm"], **sheet)
    consent = {
        "agencies": [row.id for row in c.agencies.values()],
        "item_groups": [str(group) for group in CONSENTABLE],
        "method": "electronic",
        "purpose": "支援方針の協議",
        "explained_by": c.actors[who].person_name,
    }
    c.does(who, "record_consent", case_id=c.ids["case"], **consent)


def to_itself(c, who):
    body = {"to_agency_id": c.agencies[who].id, "reason": "協会が直接受けた相談のため"}
    c.does(who, "refer_case", case_id=c.ids["case"], **body)


def test_the_association_takes_up_what_it_brought_and_tables_it(database):
    c = cast(database)
    brought_by(c, "cga")
    to_itself(c, "cga")
    referral = c.one(ReferralRow, case_id=c.ids["case"])
    c.does("cga", "answer_referral", referral_id=referral.id, accept=True)
    day = {"held": "2026-11-24", "start_time": "14:00", "minutes": 60}
    others = [c.agencies["bank"].id, c.agencies["yorozu"].id]
    named = {"kind": "joint_case", "name": "合同カンファレンス", "agency_ids": others}
    c.does("cga", "create_conference", "conference", **named, **day)

    body = {"conference_id": c.ids["conference"], "case_id": c.ids["case"], "minutes": 20}
    c.does("cga", "table_case", **body)

    with database.read() as desk:
        assert desk.session.exec(select(CaseRow.status)).one() == "scheduled"


def test_an_agency_whose_people_take_no_cases_up_refers_to_others_only(database):
    c = cast(database)
    brought_by(c, "bank")

    with pytest.raises(Malformed):
        to_itself(c, "bank")
