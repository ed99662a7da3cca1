"""主担当の候補: who could lead a case and why, as something to think about, never as an answer.

The table is that of the domain dictionary, 3.5, which is [knowledge] but where its rows name a
source; a row speaks only where a recorded fact does. Nothing is added up, weighed or ranked.
Not used, because nothing recorded or nothing verified stands behind it: the support label of a
life-cycle phase (1.6 reads it off a drawing), and which profession solves what (F30).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.domain import fitting_words as words
from app.domain.capacity import Capacity
from app.domain.consent import ItemGroup
from app.domain.fitting_facts import CaseFacts, Fact, in_thousands
from app.domain.sentences import _
from app.domain.text import Sentence
from app.domain.vocabulary import LENDERS, AgencyKind, LifeCyclePhase, RequestKind

# The dictionary says ≤ 5 people [found: F30]; how much is "guarantee-heavy" is ours [proposal].
SMALL = 5
HEAVY_PERCENT = 50
_K = AgencyKind
_R = RequestKind


@dataclass(frozen=True, slots=True)
class Member:
    """An agency of the electorate. ``menu`` is what it wrote as 支援メニュー, empty where it wrote
    none, None where the reader may not see that; ``capacity`` is None where it never said."""

    agency_id: str
    kind: AgencyKind
    menu: str | None = None
    capacity: Capacity | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Recorded facts, and why agencies of this kind usually lead where they hold."""

    because: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Fitting:
    """What speaks for an agency, and what is against it or to be asked; neither has a weight."""

    agency_id: str
    grounds: tuple[Ground, ...]
    against: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table for one kind of agency."""

    kinds: frozenset[AgencyKind]
    because: str
    facts: Callable[[CaseFacts, Member, date], list[Fact]]


def fittings(facts: CaseFacts, members: Iterable[Member], today: date) -> tuple[Fitting, ...]:
    """For each agency, in the order given, the reasons within what the reader may see."""
    return tuple(
        Fitting(
            member.agency_id,
            tuple(
                Ground(rule.because, tuple(found))
                for rule in RULES
                if member.kind in rule.kinds
                if (found := rule.facts(facts, member, today))
            ),
            tuple(_against(facts, member, today)),
        )
        for member in members
    )


def _trade(facts: CaseFacts, _member: Member, today: date) -> list[Fact]:
    """売上・商品・販路・Web・採算, unless money is recorded to run out within a year."""
    cues = _of_trade(facts)
    lasts = facts.cash.lasts_a_year(today) if facts.cash is not None else None
    if not cues or lasts is False:
        return []
    told = Fact(Sentence(_("資金は1年を超えて続く見込みです。")), ItemGroup.FINANCE)
    return [*cues, told] if lasts else cues


def _of_trade(facts: CaseFacts) -> list[Fact]:
    return facts.asked(_R.SALES, _R.PROFIT, _R.IT) + facts.noted(*words.TRADE)


def _small(facts: CaseFacts, _member: Member, _today: date) -> list[Fact]:
    """小規模・記帳・補助金・計画づくり."""
    found = facts.asked(_R.SUBSIDY, _R.IMPROVEMENT_PLAN) + facts.noted(*words.PLANNING)
    if facts.employees is not None and facts.employees <= SMALL:
        told = Sentence(_("従業員が{n}人の小規模な事業者です。"), n=facts.employees)
        found.insert(0, Fact(told, ItemGroup.IDENTITY))
    return found


def _guaranteed(facts: CaseFacts, member: Member, _today: date) -> list[Fact]:
    """保証付の借入が多い, 条件変更, 複数行の取りまとめ; of another association's loans nothing."""
    found = facts.asked(_R.REPAYMENT) + facts.noted(*words.TERMS)
    if facts.repayment_status == "modified":
        told = Sentence(_("返済状況が「条件変更中」と記録されています。"))
        found.append(Fact(told, ItemGroup.EXPOSURE))
    debts = facts.debts
    if debts is None or debts.guaranteed <= 0 or debts.total <= 0:
        return found
    if debts.associations and member.agency_id not in debts.associations:
        return found
    if debts.guaranteed * 100 >= debts.total * HEAVY_PERCENT:
        percent = round(debts.guaranteed * 100 / debts.total)
        told = Sentence(_("保証付融資が借入の{percent}％を占めています。"), percent=percent)
        found.append(Fact(told, ItemGroup.EXPOSURE))
    return found + _several_lenders(facts)


def _several_lenders(facts: CaseFacts) -> list[Fact]:
    if facts.debts is None or facts.debts.lenders < 2:
        return []
    told = Sentence(_("借入先が{n}先あります。"), n=facts.debts.lenders)
    return [Fact(told, ItemGroup.EXPOSURE)]


def _overburdened(facts: CaseFacts, _member: Member, _today: date) -> list[Fact]:
    """実質債務超過, 複数行の債務調整, DDS・債権放棄. The books count where nobody has adjusted
    them; several lenders only beside another sign, for most firms have several."""
    found = facts.asked(_R.REVITALIZATION) + facts.noted(*words.RESTRUCTURING)
    finance = ItemGroup.FINANCE
    if facts.adjusted_net_assets is not None:
        if facts.adjusted_net_assets < 0:
            told = _("実質純資産が{n}千円で、実質債務超過です。")
            found.append(in_thousands(told, finance, n=facts.adjusted_net_assets))
    elif facts.net_assets is not None and facts.net_assets[1] < 0:
        year, n = facts.net_assets
        told = _("{year}の純資産が{n}千円で、債務超過です。")
        found.append(in_thousands(told, finance, year=year, n=n))
    return found + _several_lenders(facts) if found else []


def _exit(facts: CaseFacts, _member: Member, _today: date) -> list[Fact]:
    """円滑な廃業と保証債務の整理; the guarantee counts beside the wish to close only."""
    found = facts.asked(_R.EXIT) + facts.noted(*words.EXIT)
    if found and facts.guarantor_status == "yes":
        found.append(Fact(Sentence(_("経営者保証があります。")), ItemGroup.EXPOSURE))
    return found


def _succession(facts: CaseFacts, _member: Member, _today: date) -> list[Fact]:
    """後継者不在, M&A, 承継時の経営者保証の解除."""
    found = facts.asked(_R.SUCCESSION) + facts.noted(*words.SUCCESSION)
    if found and facts.guarantor_status == "releasing":
        told = Sentence(_("経営者保証の解除を検討しています。"))
        found.append(Fact(told, ItemGroup.EXPOSURE))
    return found


def _growing(facts: CaseFacts, member: Member, _today: date) -> list[Fact]:
    """成長期で運転資金が足りない: both."""
    phase = facts.in_phase(LifeCyclePhase.GROWTH, _("フェーズが「成長期」です。"))
    cues = facts.asked(_R.CASH) + facts.noted(*words.WORKING_CAPITAL)
    if not phase or not cues:
        return []
    main = facts.debts is not None and member.agency_id in facts.debts.main_banks
    told = Sentence(_("メイン金融機関と記録されています。"))
    return phase + cues + ([Fact(told, ItemGroup.EXPOSURE)] if main else [])


def _started(facts: CaseFacts, _member: Member, _today: date) -> list[Fact]:
    """創業後のフォロー; that there is no cash table is told beside it."""
    found = facts.in_phase(LifeCyclePhase.STARTUP, _("フェーズが「創業期」です。"))
    found += facts.asked(_R.STARTUP)
    if found and facts.cash is not None and facts.cash.known_until is None:
        told = Sentence(_("資金繰り表がまだありません。"))
        found.append(Fact(told, ItemGroup.FINANCE))
    return found


_CHAMBERS = frozenset({_K.CHAMBER, _K.COMMERCE_SOCIETY})
_ASSOCIATION = frozenset({_K.GUARANTEE_ASSOCIATION})
_COUNCIL = frozenset({_K.REVITALIZATION_COUNCIL})
RULES = (
    Rule(
        frozenset({_K.YOROZU}),
        _("さまざまな分野の専門家がおり、無料で何度でも相談できる機関です。"),
        _trade,
    ),
    Rule(_CHAMBERS, _("小規模な事業者と日ごろから接している機関です。"), _small),
    Rule(
        _ASSOCIATION,
        _("経営サポート会議を開き、専門家を派遣できる機関です。"),
        _guaranteed,
    ),
    Rule(
        _COUNCIL,
        _("中立の立場で調査し、計画づくりと金融機関の調整を支える機関です。"),
        _overburdened,
    ),
    Rule(
        _COUNCIL,
        _("再チャレンジを支え、経営者保証の整理を弁護士とともに扱う機関です。"),
        _exit,
    ),
    Rule(
        frozenset({_K.SUCCESSION_CENTER}),
        _("親族内・従業員・第三者への承継を一つの窓口で扱う機関です。"),
        _succession,
    ),
    Rule(LENDERS, _("運転資金の支援を本来の業務とする機関です。"), _growing),
    Rule(_ASSOCIATION, _("資金繰り表作成ワークショップを開ける機関です。"), _started),
    Rule(_CHAMBERS, _("創業後の相談に日ごろから応じている機関です。"), _started),
)

_SAID = {
    Capacity.WAITING: _("受入状況を「待ち」と示しています。"),
    Capacity.NEEDS_TALK: _("受入状況を「要面談」と示しています。"),
    Capacity.CLOSED: _("受入状況を「不可」と示しています。"),
}


def _against(facts: CaseFacts, member: Member, today: date) -> Iterable[Fact]:
    """What to ask about before this agency leads, what is not known included."""
    if member.capacity in _SAID:
        yield Fact(Sentence(_SAID[member.capacity]), None)
    if member.menu == "":
        yield Fact(Sentence(_("支援メニューをまだ書いていません。")), ItemGroup.PROPOSAL)
    if member.kind is _K.YOROZU and facts.cash is not None and _of_trade(facts):
        lasts = facts.cash.lasts_a_year(today)
        if lasts is False:
            yield Fact(Sentence(_("資金不足が1年以内に見込まれています。")), ItemGroup.FINANCE)
        elif lasts is None:
            told = Sentence(_("資金が1年を超えて続くかは、記録からは分かりません。"))
            yield Fact(told, ItemGroup.FINANCE)
