"""Each row of the table of who usually leads, with what makes it speak and what does not."""

from datetime import date
from typing import Any

import pytest

from app.domain.capacity import Capacity
from app.domain.consent import ItemGroup
from app.domain.fitting import RULES, Member, fittings
from app.domain.fitting_facts import CaseFacts, Cash, Debts
from app.domain.vocabulary import AgencyKind, LifeCyclePhase, RequestKind

TODAY = date(2026, 11, 24)
K, R = AgencyKind, RequestKind
NEXT_YEAR, LATER = date(2027, 11, 1), date(2027, 12, 1)


def reasons(kind: AgencyKind, agency_id: str = "one", **facts: Any) -> list[str]:
    """What is told for an agency of this kind, without why its kind leads."""
    (one,) = fittings(CaseFacts(**facts), [Member(agency_id, kind)], TODAY)
    return [str(fact.text) for ground in one.grounds for fact in ground.facts]


def concerns(kind: AgencyKind = K.YOROZU, **member: Any) -> list[str]:
    facts = member.pop("facts", CaseFacts())
    (one,) = fittings(facts, [Member("one", kind, **member)], TODAY)
    return [str(fact.text) for fact in one.against]


def test_of_a_case_nobody_has_recorded_anything_about_nothing_is_said() -> None:
    members = [Member(str(kind), kind) for kind in K]
    assert [(one.grounds, one.against) for one in fittings(CaseFacts(), members, TODAY)] == [
        ((), ()) for _kind in K
    ]


# 売上・商品・販路・Web・採算


@pytest.mark.parametrize("kind", [R.SALES, R.PROFIT, R.IT])
def test_sales_and_profit_speak_for_the_yorozu_centre(kind: RequestKind) -> None:
    assert len(reasons(K.YOROZU, requests=(kind,))) == 1


def test_an_issue_is_quoted_and_full_width_letters_are_the_same() -> None:
    told = reasons(K.YOROZU, issues=("ＷＥＢでの集客がない", "店長依存の人員配置"))
    assert told == ["経営課題に「ＷＥＢでの集客がない」と書かれています。"]


def test_a_long_issue_is_quoted_by_its_first_words() -> None:
    (told,) = reasons(K.YOROZU, issues=("売上が" + "落" * 100,))
    assert told == f"経営課題に「売上が{'落' * 56}…」と書かれています。"


def test_cash_trouble_and_succession_do_not_speak_for_the_yorozu_centre() -> None:
    assert reasons(K.YOROZU, requests=(R.CASH, R.SUCCESSION), issues=("後継者がいない",)) == []


@pytest.mark.parametrize("cash", [Cash(short_on=LATER), Cash(known_until=NEXT_YEAR)])
def test_beside_sales_it_is_told_that_money_lasts(cash: Cash) -> None:
    told = reasons(K.YOROZU, requests=(R.SALES,), cash=cash)
    assert told[1:] == ["資金は1年を超えて続く見込みです。"]
    assert concerns(facts=CaseFacts(requests=(R.SALES,), cash=cash)) == []


@pytest.mark.parametrize("cash", [Cash(), Cash(known_until=date(2027, 10, 1))])
def test_where_nothing_says_whether_it_lasts_that_is_to_be_asked(cash: Cash) -> None:
    assert len(reasons(K.YOROZU, requests=(R.SALES,), cash=cash)) == 1
    told = concerns(facts=CaseFacts(requests=(R.SALES,), cash=cash))
    assert told == ["資金が1年を超えて続くかは、記録からは分かりません。"]
    assert concerns(facts=CaseFacts(requests=(R.CASH,), cash=cash)) == []


def test_where_money_runs_out_within_a_year_that_speaks_against_it() -> None:
    facts = CaseFacts(requests=(R.SALES,), cash=Cash(short_on=NEXT_YEAR))
    (one,) = fittings(facts, [Member("one", K.YOROZU)], TODAY)
    assert one.grounds == ()
    assert [str(fact.text) for fact in one.against] == ["資金不足が1年以内に見込まれています。"]


def test_a_reader_who_may_not_see_the_cash_is_told_nothing_of_it() -> None:
    assert len(reasons(K.YOROZU, requests=(R.SALES,), cash=None)) == 1
    assert concerns(facts=CaseFacts(requests=(R.SALES,), cash=None)) == []


# 小規模・記帳・補助金・計画づくり


@pytest.mark.parametrize("kind", [K.CHAMBER, K.COMMERCE_SOCIETY])
def test_five_people_are_a_small_firm_and_six_are_not(kind: AgencyKind) -> None:
    assert reasons(kind, employees=5) == ["従業員が5人の小規模な事業者です。"]
    assert reasons(kind, employees=6) == reasons(kind, employees=None) == []


def test_subsidies_and_plans_speak_for_the_chamber() -> None:
    assert reasons(K.CHAMBER, requests=(R.IMPROVEMENT_PLAN, R.SUBSIDY, R.CASH)) == [
        "依頼区分に「経営改善計画、補助金」があります。"
    ]
    assert len(reasons(K.CHAMBER, issues=("記帳が半年遅れている", "事業計画がない"))) == 2
    assert reasons(K.CHAMBER, issues=("返済計画の見直し",)) == []


def test_a_federation_and_a_chamber_are_not_the_same() -> None:
    assert reasons(K.COMMERCE_FEDERATION, employees=3) == []


# 保証付融資, 条件変更, 複数の金融機関

_HEAVY = Debts(total=1000, guaranteed=820, lenders=3)


def test_guaranteed_loans_speak_for_the_association_from_half_of_all_on() -> None:
    assert reasons(K.GUARANTEE_ASSOCIATION, debts=_HEAVY) == [
        "保証付融資が借入の82％を占めています。",
        "借入先が3先あります。",
    ]
    half = Debts(total=1000, guaranteed=500, lenders=1)
    assert reasons(K.GUARANTEE_ASSOCIATION, debts=half) == [
        "保証付融資が借入の50％を占めています。"
    ]
    less = Debts(total=1000, guaranteed=499, lenders=1)
    assert reasons(K.GUARANTEE_ASSOCIATION, debts=less) == []


def test_without_a_guarantee_many_lenders_are_no_matter_of_the_association() -> None:
    assert reasons(K.GUARANTEE_ASSOCIATION, debts=Debts(1000, 0, 4)) == []
    assert reasons(K.GUARANTEE_ASSOCIATION, debts=Debts(0, 0, 0)) == []


def test_guarantees_of_one_association_do_not_speak_for_another() -> None:
    its_own = Debts(1000, 820, 3, associations=frozenset({"this"}))
    assert len(reasons(K.GUARANTEE_ASSOCIATION, "this", debts=its_own)) == 2
    assert reasons(K.GUARANTEE_ASSOCIATION, "that", debts=its_own) == []


def test_changed_terms_speak_for_the_association_and_agreed_ones_do_not() -> None:
    assert reasons(K.GUARANTEE_ASSOCIATION, repayment_status="modified") == [
        "返済状況が「条件変更中」と記録されています。"
    ]
    assert reasons(K.GUARANTEE_ASSOCIATION, repayment_status="repaying") == []
    assert reasons(K.GUARANTEE_ASSOCIATION, requests=(R.REPAYMENT,)) == [
        "依頼区分に「返済条件」があります。"
    ]


# 実質債務超過, 債務調整


def test_adjusted_net_assets_come_before_the_books() -> None:
    books = ("令和8年3月期", -39500)
    assert reasons(K.REVITALIZATION_COUNCIL, net_assets=books) == [
        "令和8年3月期の純資産が▲39,500千円で、債務超過です。"
    ]
    told = reasons(K.REVITALIZATION_COUNCIL, net_assets=books, adjusted_net_assets=-51200)
    assert told == ["実質純資産が▲51,200千円で、実質債務超過です。"]
    assert reasons(K.REVITALIZATION_COUNCIL, net_assets=books, adjusted_net_assets=0) == []
    assert reasons(K.REVITALIZATION_COUNCIL, net_assets=("令和8年3月期", 100)) == []


def test_several_lenders_count_for_the_council_only_beside_another_sign() -> None:
    assert reasons(K.REVITALIZATION_COUNCIL, debts=_HEAVY) == []
    assert reasons(K.REVITALIZATION_COUNCIL, debts=_HEAVY, requests=(R.REVITALIZATION,)) == [
        "依頼区分に「再生」があります。",
        "借入先が3先あります。",
    ]


def test_closing_the_firm_speaks_for_the_council_with_the_owners_guarantee() -> None:
    told = reasons(K.REVITALIZATION_COUNCIL, requests=(R.EXIT,), guarantor_status="yes")
    assert told == ["依頼区分に「廃業・再チャレンジ」があります。", "経営者保証があります。"]
    assert reasons(K.REVITALIZATION_COUNCIL, guarantor_status="yes") == []
    assert len(reasons(K.REVITALIZATION_COUNCIL, requests=(R.EXIT,), guarantor_status="no")) == 1


# 承継


def test_no_successor_speaks_for_the_succession_centre() -> None:
    assert reasons(K.SUCCESSION_CENTER, issues=("後継者不在",)) == [
        "経営課題に「後継者不在」と書かれています。"
    ]
    assert len(reasons(K.SUCCESSION_CENTER, issues=("Ｍ＆Ａの希望がある",))) == 1
    assert reasons(K.SUCCESSION_CENTER, issues=("原価率の上昇",)) == []


def test_release_of_the_guarantee_counts_at_a_succession_only() -> None:
    told = reasons(K.SUCCESSION_CENTER, requests=(R.SUCCESSION,), guarantor_status="releasing")
    assert told[1:] == ["経営者保証の解除を検討しています。"]
    assert reasons(K.SUCCESSION_CENTER, guarantor_status="releasing") == []


# 成長期の運転資金


def test_a_growing_firm_short_of_working_capital_speaks_for_its_lenders() -> None:
    facts = {
        "phase": LifeCyclePhase.GROWTH,
        "requests": (R.CASH,),
        "debts": Debts(10, 0, 1, frozenset({"main"})),
    }
    both = ["フェーズが「成長期」です。", "依頼区分に「資金繰り」があります。"]
    assert reasons(K.JFC, "other", **facts) == both
    assert reasons(K.FINANCIAL_INSTITUTION, "main", **facts) == [
        *both,
        "メイン金融機関と記録されています。",
    ]


@pytest.mark.parametrize("phase", [None, LifeCyclePhase.MATURITY, LifeCyclePhase.DECLINE])
def test_cash_trouble_of_a_firm_that_does_not_grow_does_not(phase: LifeCyclePhase | None) -> None:
    assert reasons(K.FINANCIAL_INSTITUTION, phase=phase, requests=(R.CASH,)) == []


def test_growth_alone_does_not_either() -> None:
    assert reasons(K.FINANCIAL_INSTITUTION, phase=LifeCyclePhase.GROWTH) == []


# 創業後


@pytest.mark.parametrize("kind", [K.GUARANTEE_ASSOCIATION, K.CHAMBER])
def test_a_firm_just_begun_speaks_for_association_and_chamber(kind: AgencyKind) -> None:
    begun = {"phase": LifeCyclePhase.STARTUP}
    assert reasons(kind, **begun) == ["フェーズが「創業期」です。"]
    assert reasons(kind, **begun, cash=Cash()) == [
        "フェーズが「創業期」です。",
        "資金繰り表がまだありません。",
    ]
    assert reasons(kind, **begun, cash=Cash(known_until=TODAY)) == ["フェーズが「創業期」です。"]
    assert reasons(kind, cash=Cash()) == []


# What speaks against


def test_capacity_speaks_against_unless_it_is_open_or_was_never_stated() -> None:
    assert concerns(capacity=Capacity.OPEN) == concerns(capacity=None) == []
    assert concerns(capacity=Capacity.CLOSED) == ["受入状況を「不可」と示しています。"]
    assert concerns(capacity=Capacity.NEEDS_TALK) == ["受入状況を「要面談」と示しています。"]
    assert concerns(capacity=Capacity.WAITING) == ["受入状況を「待ち」と示しています。"]


def test_a_menu_is_missed_only_by_those_who_could_see_it() -> None:
    assert concerns(menu="") == ["支援メニューをまだ書いていません。"]
    assert concerns(menu="専門家派遣") == concerns(menu=None) == []


def test_agencies_stay_in_the_order_given_whatever_speaks_for_them() -> None:
    members = [Member("bank", K.FINANCIAL_INSTITUTION), Member("yorozu", K.YOROZU)]
    found = fittings(CaseFacts(requests=(R.SALES, R.PROFIT)), members, TODAY)
    assert [one.agency_id for one in found] == ["bank", "yorozu"]


def test_every_fact_says_which_group_it_is_read_from() -> None:
    facts = CaseFacts(
        phase=LifeCyclePhase.STARTUP,
        requests=tuple(R),
        issues=("売上",),
        employees=3,
        debts=_HEAVY,
        adjusted_net_assets=-1,
        cash=Cash(),
    )
    found = fittings(facts, [Member(str(kind), kind) for kind in K], TODAY)
    groups = {f.group for one in found for ground in one.grounds for f in ground.facts}
    told = {"identity", "referral", "issues", "exposure", "finance"}
    assert groups == {ItemGroup(name) for name in told}
    assert {rule.because for rule in RULES} >= {
        ground.because for one in found for ground in one.grounds
    }
