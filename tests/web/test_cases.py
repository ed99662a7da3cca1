from pathlib import Path

import pytest
from sqlmodel import select

from app.domain.consent import CONSENTABLE
from app.store.tables.cases import CaseRow, ConsentRow, ReferralRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Database
from tests.services.case_paths import (
    FIRM,
    consented_case,
    network,
    new_case,
    new_firm,
    referred_case,
)
from tests.web.pages import Pages, forms_of, words_of

NAME = "株式会社灯夜ダイニング"
SCOPE = {"item_groups": [str(group) for group in CONSENTABLE], "method": "handwritten"}


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def test_a_bank_brings_a_firm_to_the_association_by_plain_forms(pages: Pages) -> None:
    at = network(pages.database)
    assert "一致する企業は見つかりませんでした" in pages.text(at.bank, "/firms?q=灯夜")

    made = pages.post(at.bank, "create_firm", "/firms/new", next="/firms/{id}", **FIRM)
    assert made.status_code == 303
    firm = made.headers["Location"]
    assert NAME in pages.text(at.bank, firm)

    opened = pages.post(
        at.bank,
        "open_case",
        f"{firm}/case",
        next="/cases/{id}/consent",
        firm_id=firm.removeprefix("/firms/"),
        phase="maturity",
        urgency="A",
        request_kind=["cash", "repayment"],
        request_detail="返済を1年程度緩めたい。",
    )
    assert opened.headers["Location"].endswith("/consent")
    case = opened.headers["Location"].removesuffix("/consent")
    case_id = case.removeprefix("/cases/")

    form = pages.get(at.bank, f"{case}/consent")
    assert at.cga.agency_name in words_of(form)
    pages.post(
        at.bank,
        "record_consent",
        f"{case}/consent",
        case_id=case_id,
        answer="granted",
        agencies=[at.bank.agency_id, at.cga.agency_id],
        valid_from="令和8年11月20日",
        valid_until="２０２８／１１／１９",
        **SCOPE,
    )
    assert at.cga.agency_name in pages.text(at.bank, f"{case}/refer")
    sent = pages.post(
        at.bank,
        "refer_case",
        f"{case}/refer/{at.cga.agency_id}",
        case_id=case_id,
        to_agency_id=at.cga.agency_id,
        reason="複数の金融機関の調整が必要です。",
    )
    assert sent.status_code == 303

    seen = pages.get(at.cga, case)
    assert forms_of(seen) == ["answer_referral", "bring_paper"]
    assert "複数の金融機関の調整が必要です。" in words_of(seen)
    with pages.database.read() as desk:
        referral_id = desk.session.exec(select(ReferralRow.id)).one()
    pages.post(at.cga, "answer_referral", case, referral_id=referral_id, accept="true", next=case)

    told = pages.text(at.bank, case)
    for sentence in (
        "返済を1年程度緩めたい。",
        "資金繰り、返済条件",
        "東京信用保証協会へ紹介しました",
        "紹介への回答：受付",
        "2026年11月20日(金)から2028年11月19日(日)まで",
    ):
        assert sentence in told
    with pages.database.read() as desk:
        assert desk.session.exec(select(CaseRow.status)).one() == "accepted"


def test_an_outsider_meets_nothing_of_a_case_on_any_page(pages: Pages) -> None:
    at = network(pages.database)
    case_id, referral_id = referred_case(pages.database, at)
    nowhere = "0" * 32

    for tail in ("", "/consent", "/refer", f"/refer/{at.cga.agency_id}"):
        hidden = pages.get(at.outsider, f"/cases/{case_id}{tail}")
        missing = pages.get(at.outsider, f"/cases/{nowhere}{tail}")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert words_of(hidden) == words_of(missing)
    assert NAME not in pages.text(at.outsider, "/cases")
    assert NAME not in pages.text(at.outsider, "/firms?q=灯夜")
    for command, values in (
        ("record_consent", {"case_id": case_id}),
        ("withdraw_consent", {"case_id": case_id, "reason": "x"}),
        ("refer_case", {"case_id": case_id, "to_agency_id": at.cga.agency_id, "reason": "x"}),
        ("answer_referral", {"referral_id": referral_id, "accept": "true"}),
    ):
        refused = pages.post(at.outsider, command, f"/cases/{case_id}", **values)
        assert refused.status_code == 404
        assert NAME not in refused.text


def test_a_refused_firm_keeps_every_word_and_offers_the_way_on(pages: Pages) -> None:
    at = network(pages.database)
    typed = {**FIRM, "name": "𠮷野髙橋商店🏮", "corporate_number": "1990001100001"}

    refused = pages.post(at.bank, "create_firm", "/firms/new", **typed)

    assert refused.status_code == 400
    assert 'value="𠮷野髙橋商店🏮"' in refused.text
    assert 'value="1990001100001"' in refused.text
    assert "検査数字が合いません" in words_of(refused)
    assert 'name="number_confirmed"' in refused.text
    confirmed = pages.post(at.bank, "create_firm", "/firms/new", number_confirmed="true", **typed)
    assert confirmed.status_code == 303
    with pages.database.read() as desk:
        assert desk.session.exec(select(FirmRow.name)).one() == "𠮷野髙橋商店🏮"


def test_a_firm_that_is_there_already_is_named_and_can_be_told_apart(pages: Pages) -> None:
    at = network(pages.database)
    new_firm(pages.database, at.bank)
    alike = {**FIRM, "name": "灯夜ダイニング㈱", "corporate_number": ""}

    same = pages.post(at.bank, "create_firm", "/firms/new", **FIRM)
    refused = pages.post(at.bank, "create_firm", "/firms/new", **alike)

    assert (same.status_code, refused.status_code) == (409, 409)
    assert f"「{NAME}」として登録済みです" in words_of(same)
    assert "number_confirmed" not in refused.text
    assert 'name="even_if_similar"' in refused.text


def test_a_refused_consent_keeps_all_that_was_ticked(pages: Pages) -> None:
    at = network(pages.database)
    case_id = new_case(pages.database, at.bank, new_firm(pages.database, at.bank))
    path = f"/cases/{case_id}/consent"
    ticked = [at.cga.agency_id, at.yorozu.agency_id]

    refused = pages.post(
        at.bank,
        "record_consent",
        path,
        case_id=case_id,
        agencies=ticked,
        item_groups=["identity", "exposure"],
        valid_from="2026-11-24",
        valid_until="2026-11-23",
        note="家計の情報は除く",
    )

    assert refused.status_code == 400
    for value in (*ticked, "identity", "exposure"):
        assert f'value="{value}" checked' in refused.text
    assert 'value="finance" checked' not in refused.text
    assert 'value="2026-11-23"' in refused.text
    assert "家計の情報は除く" in refused.text
    assert "始まりの日以降の日付を入力してください" in words_of(refused)
    assert "署名の方法を選んでください" in words_of(refused)
    with pages.database.read() as desk:
        assert desk.session.exec(select(ConsentRow)).all() == []


def test_withdrawal_by_form_hides_the_case_from_everybody_but_the_referrer(pages: Pages) -> None:
    at = network(pages.database)
    case_id, _referral = referred_case(pages.database, at)
    case = f"/cases/{case_id}"
    assert pages.get(at.cga, case).status_code == 200

    empty = pages.post(at.bank, "withdraw_consent", case, case_id=case_id, reason=" ")
    assert empty.status_code == 400
    pages.post(at.bank, "withdraw_consent", case, case_id=case_id, reason="共有先を絞りたい")

    assert pages.get(at.cga, case).status_code == 404
    told = pages.text(at.bank, case)
    assert "この案件は休止しています" in told
    assert "共有先を絞りたい" in told
    again = pages.text(at.bank, f"{case}/consent")
    assert "この案件を続けるには、次の機関を含めてください：東京信用保証協会" in again


def test_sending_back_without_a_reason_shows_the_form_again(pages: Pages) -> None:
    at = network(pages.database)
    case_id, referral_id = referred_case(pages.database, at)

    refused = pages.post(
        at.cga,
        "answer_referral",
        f"/cases/{case_id}",
        referral_id=referral_id,
        accept="false",
        reason="",
    )

    assert refused.status_code == 400
    assert "差し戻す理由を入力してください" in words_of(refused)
    assert '<details class="second-look" open>' in refused.text


def test_a_referral_to_an_agency_outside_the_consent_has_no_page(pages: Pages) -> None:
    at = network(pages.database)
    case_id = consented_case(pages.database, at)

    assert pages.get(at.bank, f"/cases/{case_id}/refer/{at.yorozu.agency_id}").status_code == 200
    for agency_id in (at.outsider.agency_id, at.bank.agency_id, "0" * 32, "nonsense"):
        assert pages.get(at.bank, f"/cases/{case_id}/refer/{agency_id}").status_code == 404


def test_hostile_text_stays_text(pages: Pages) -> None:
    at = network(pages.database)
    firm_id = new_firm(pages.database, at.bank, name="<b onclick=x>悪意</b>", corporate_number=None)
    case_id = new_case(pages.database, at.bank, firm_id, wishes='"><script>alert(1)</script>')

    shown = pages.get(at.bank, f"/cases/{case_id}").text

    assert "<b onclick" not in shown
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
