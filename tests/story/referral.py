"""From a firm in trouble to a case that was taken up."""

from collections.abc import Iterator
from typing import Any

from app.domain.consent import CONSENTABLE
from app.services.commands import Done
from app.store.tables.cases import ReferralRow
from tests.cast import Cast, Step


def to_referral(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    firm = {
        "name": "株式会社灯夜ダイニング",
        "kana": "トウヤダイニング",
        "legal_form": "株式会社",
        "prefecture_code": "13",
        "city": "台東区",
        "industry_major": "M",
        "industry_middle_name": "飲食店",
    }
    yield "create firm", lambda: c.does("bank", "create_firm", "firm", **firm)
    sheet: dict[str, Any] = {
        "phase": "maturity",
        "request_kind": ["cash", "profit"],
        "request_detail": "店舗別採算を見直したい",
        "urgency": "B",
    }
    yield (
        "open case",
        lambda: c.does("bank", "open_case", "case", firm_id=i["firm"], **sheet),
    )
    consent: dict[str, Any] = {
        "agencies": list(a.values()),
        "item_groups": [str(g) for g in CONSENTABLE],
        "valid_from": "2026-10-21",
        "valid_until": "2028-10-31",
        "method": "handwritten",
        "purpose": "支援方針の協議",
        "explained_by": "田中 一郎",
    }
    yield (
        "record consent",
        lambda: c.does("bank", "record_consent", case_id=i["case"], **consent),
    )
    refer = {"to_agency_id": a["cga"], "reason": "複数行の調整が必要なため"}
    yield "refer", lambda: c.does("bank", "refer_case", case_id=i["case"], **refer)

    def answer(*, accept: bool, reason: str = "") -> Done:
        referral = c.one(ReferralRow, case_id=i["case"], status="sent")
        body = {"referral_id": referral.id, "accept": accept, "reason": reason}
        return c.does("cga", "answer_referral", **body)

    yield "return the referral", lambda: answer(accept=False, reason="試算表が必要です")
    yield "refer again", lambda: c.does("bank", "refer_case", case_id=i["case"], **refer)
    yield "accept the referral", lambda: answer(accept=True)
