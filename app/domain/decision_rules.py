"""決定方法: the rule a question is decided by, as data that a round keeps for good."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from app.domain.sentences import _
from app.domain.text import Sentence, listed
from app.domain.vocabulary import AGENCY_KIND_LABELS, AgencyKind

SCHEMA = 1


class Method(StrEnum):
    CONSENSUS = "consensus"
    NO_OBJECTION = "no_objection"
    UNANIMITY = "unanimity"
    ALL_LENDERS = "all_lenders"
    TWO_THIRDS = "two_thirds"
    MAJORITY = "majority"
    PLURALITY = "plurality"
    ADVISORY = "advisory"


METHOD_LABELS = {
    Method.CONSENSUS: _("総意"),
    Method.NO_OBJECTION: _("異議なし"),
    Method.UNANIMITY: _("全員一致"),
    Method.ALL_LENDERS: _("全行同意"),
    Method.TWO_THIRDS: _("3分の2以上の賛成"),
    Method.MAJORITY: _("過半数の賛成"),
    Method.PLURALITY: _("相対多数"),
    Method.ADVISORY: _("意見聴取のみ"),
}
# Who leads is agreed, never voted: an objection is integrated, not outnumbered.
FOR_A_LEAD = frozenset({Method.CONSENSUS, Method.NO_OBJECTION, Method.UNANIMITY})
# One objection ends it, whatever the others say.
STOPPED_BY_ONE = FOR_A_LEAD | {Method.ALL_LENDERS}
COUNTED = frozenset({Method.TWO_THIRDS, Method.MAJORITY})


class Denominator(StrEnum):
    """分母: of whom a share is taken. Excluded seats and 対象外 are never in it."""

    ALL = "all"
    TAKING_PART = "taking_part"
    VOTING = "voting"


DENOMINATOR_LABELS = {
    Denominator.ALL: _("対象となるすべての機関"),
    Denominator.TAKING_PART: _("出席・書面参加・代理の機関"),
    Denominator.VOTING: _("賛成・反対・留保を示した機関"),
}


class Abstention(StrEnum):
    """棄権の扱い: it leaves the denominator, or stays in it and so weighs like a no."""

    LEAVES = "leaves"
    STAYS = "stays"


ABSTENTION_LABELS = {
    Abstention.LEAVES: _("分母から除く"),
    Abstention.STAYS: _("分母に含める"),
}


class Tie(StrEnum):
    """可否同数のとき: what becomes of as many for as against."""

    CHAIR = "chair"
    AGAIN = "again"
    CONTINUE = "continue"


TIE_LABELS = {
    Tie.CHAIR: _("議長が裁決する"),
    Tie.AGAIN: _("再投票する"),
    Tie.CONTINUE: _("継続協議とする"),
}

MAIN_BANK, SECRETARIAT = "main_bank", "secretariat"
# Of whom an answer can be asked for.
MARKS = (MAIN_BANK, SECRETARIAT, *(kind.value for kind in AgencyKind))


@dataclass(frozen=True, slots=True)
class Quorum:
    """定足数: so many seats, or so many per cent of those asked, rounded up."""

    seats: int | None = None
    percent: int | None = None

    def needed(self, asked: int) -> int:
        if self.percent is not None:
            return -(-self.percent * asked // 100)
        return self.seats or 0


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """``must_include``: marks (a kind of agency, メイン金融機関, 事務局) of which one must answer.

    ``presence``: only who is there, writes, or is represented is heard. ``blind``: nobody reads
    the others' stances before they are revealed together.
    """

    method: Method = Method.CONSENSUS
    quorum: Quorum = Quorum(seats=2)
    must_include: tuple[str, ...] = ()
    denominator: Denominator = Denominator.ALL
    abstention: Abstention = Abstention.LEAVES
    tie: Tie = Tie.CONTINUE
    presence: bool = False
    blind: bool = False
    secret: bool = False
    allow_provisional: bool = True

    def as_mapping(self) -> dict[str, Any]:
        """JSON values; ``schema`` says how to read them."""
        return {
            "schema": SCHEMA,
            "method": self.method.value,
            "quorum": {"seats": self.quorum.seats, "percent": self.quorum.percent},
            "must_include": list(self.must_include),
            "denominator": self.denominator.value,
            "abstention": self.abstention.value,
            "tie": self.tie.value,
            "presence": self.presence,
            "blind": self.blind,
            "secret": self.secret,
            "allow_provisional": self.allow_provisional,
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The rule as it was pinned; what an older schema did not ask for has its default."""
        quorum = told["quorum"]
        usual = cls()
        return cls(
            method=Method(told.get("method", usual.method)),
            quorum=Quorum(seats=quorum) if isinstance(quorum, int) else Quorum(**quorum),
            must_include=tuple(told.get("must_include", ())),
            denominator=Denominator(told.get("denominator", usual.denominator)),
            abstention=Abstention(told.get("abstention", usual.abstention)),
            tie=Tie(told.get("tie", usual.tie)),
            presence=bool(told.get("presence", False)),
            blind=bool(told.get("blind", False)),
            secret=bool(told.get("secret", False)),
            allow_provisional=bool(told.get("allow_provisional", True)),
        )


def for_a_lead(
    template: Mapping[str, Any], *, blind: bool = False, known: Collection[str] = ()
) -> DecisionRule:
    """The rule a conference's pinned template sets for choosing who leads.

    ``known``: marks somebody is known to carry. Where nobody knows which is the メイン金融機関
    there is nobody to wait for. What the office set itself (``decision``) goes before the kind's.
    """
    if "decision" in template:
        own = DecisionRule.of(template["decision"])
        waited = tuple(m for m in own.must_include if m != MAIN_BANK or m in known)
        return replace(own, must_include=waited, blind=blind)
    usual = DecisionRule()
    required = tuple(template.get("must_answer", ()))
    return DecisionRule(
        method=Method(template.get("method", usual.method)),
        quorum=Quorum(seats=int(template.get("quorum", 2))),
        must_include=tuple(m for m in required if m != MAIN_BANK or m in known),
        allow_provisional=bool(template.get("allow_provisional", True)),
        blind=blind,
    )


def problems_of(rule: DecisionRule) -> tuple[Sentence, ...]:
    """What about the rule cannot hold together; empty when it may be used."""
    found = []
    quorum = rule.quorum
    if (quorum.seats is None) == (quorum.percent is None):
        found.append(Sentence(_("定足数は、機関の数か割合のどちらか一つで定めてください。")))
    if quorum.percent is not None and not 1 <= quorum.percent <= 100:
        found.append(Sentence(_("定足数の割合は1〜100％で定めてください。")))
    if quorum.seats is not None and quorum.seats < 1:
        found.append(Sentence(_("定足数は1機関以上で定めてください。")))
    if rule.method is Method.ALL_LENDERS and rule.presence:
        found.append(Sentence(_("全行同意では、欠席した金融機関の同意も書面で確認します。")))
    if rule.secret and not rule.blind:
        found.append(Sentence(_("無記名では、公開まで回答を伏せる必要があります。")))
    if rule.secret and rule.method in STOPPED_BY_ONE:
        found.append(Sentence(_("無記名は、反対の理由を確かめる決定方法では使えません。")))
    return tuple(found)


def digest_of(rule: DecisionRule) -> str:
    """SHA-256 over the canonical JSON: two rounds with the same rule say the same."""
    told = json.dumps(rule.as_mapping(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def mark_label(mark: str) -> str:
    if mark == MAIN_BANK:
        return _("メイン金融機関")
    if mark == SECRETARIAT:
        return _("事務局")
    return AGENCY_KIND_LABELS[AgencyKind(mark)]


_SAYS = {
    Method.CONSENSUS: _(
        "総意で決めます。反対があれば決定せず協議を続け、未回答は賛成とみなしません。"
    ),
    Method.NO_OBJECTION: _("異議がなければ決定します。反対があれば決定せず協議を続けます。"),
    Method.UNANIMITY: _("全員一致で決めます。未回答は賛成とみなしません。"),
    Method.ALL_LENDERS: _("金融機関のすべてが同意したときに決定します。"),
    Method.TWO_THIRDS: _("3分の2以上の賛成で決めます。"),
    Method.MAJORITY: _("過半数の賛成で決めます。"),
    Method.PLURALITY: _("最も多く選ばれたものに決めます。"),
    Method.ADVISORY: _("意見を聴くだけで、決定はしません。"),
}


def text_of(rule: DecisionRule) -> tuple[Sentence, ...]:
    """The whole rule in words, sentence by sentence, as minutes and papers print it."""
    found = [Sentence(_SAYS[rule.method])]
    if rule.quorum.percent is not None:
        found.append(Sentence(_("定足数は対象機関の{n}％です。"), n=rule.quorum.percent))
    else:
        found.append(Sentence(_("定足数は{n}機関です。"), n=rule.quorum.seats))
    if rule.must_include:
        names = listed(Sentence(mark_label(mark)) for mark in rule.must_include)
        found.append(Sentence(_("次の機関の回答が必要です（{names}）。"), names=names))
    if rule.method in COUNTED:
        label = Sentence(DENOMINATOR_LABELS[rule.denominator])
        found.append(Sentence(_("分母は{whom}です。"), whom=label))
    if rule.method in COUNTED | {Method.UNANIMITY, Method.ALL_LENDERS}:
        how = Sentence(ABSTENTION_LABELS[rule.abstention])
        found.append(Sentence(_("棄権は{how}扱いです。"), how=how))
    if rule.method in {Method.MAJORITY, Method.PLURALITY}:
        tie = Sentence(TIE_LABELS[rule.tie])
        found.append(Sentence(_("同数のときは、{how}ことにします。"), how=tie))
    if rule.presence:
        found.append(Sentence(_("出席、書面参加、代理のいずれかの機関だけが回答できます。")))
    if rule.blind:
        found.append(Sentence(_("回答は、議長が公開するまで互いに見えません。")))
    if rule.secret:
        found.append(Sentence(_("無記名です。どの機関の回答かは記録に残りません。")))
    return tuple(found)
