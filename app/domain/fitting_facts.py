"""What is known of a case when it is asked who could lead, and how each fact is told."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from app.domain.consent import ItemGroup
from app.domain.figures import format_thousands
from app.domain.sentences import _
from app.domain.text import Sentence, listed
from app.domain.vocabulary import REQUEST_KIND_LABELS, LifeCyclePhase, RequestKind

# An issue is quoted by its first words only: the sheet has the whole of it.
QUOTED = 60
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence to be told, and the group of the sheet it is read from; None: of no case."""

    text: Sentence
    group: ItemGroup | None


@dataclass(frozen=True, slots=True)
class Debts:
    """借入・保証, 千円. ``guaranteed`` is the balance of loans that are guaranteed, in whole or in
    part; ``associations`` are those of them that are agencies here."""

    total: int
    guaranteed: int
    lenders: int
    main_banks: frozenset[str] = frozenset()
    associations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cash:
    """``short_on``: a day of the month in which money is expected to run out, if one is recorded;
    ``known_until``: the last month of the cash table, if there is one."""

    short_on: date | None = None
    known_until: date | None = None

    def lasts_a_year(self, today: date) -> bool | None:
        """Whether money lasts for more than twelve months; None where nothing recorded says so."""
        if self.short_on is not None:
            return _months(self.short_on) - _months(today) > _MONTHS_OF_A_YEAR
        if self.known_until is not None:
            reaches = _months(self.known_until) - _months(today) >= _MONTHS_OF_A_YEAR
            return True if reaches else None
        return None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as far as one reader may see it: what that reader may not read is not here.

    ``debts`` and ``cash`` are None where their group is closed to the reader. ``net_assets`` is
    the label of the newest closed year and its figure, 千円.
    """

    phase: LifeCyclePhase | None = None
    requests: tuple[RequestKind, ...] = ()
    issues: tuple[str, ...] = ()
    employees: int | None = None
    debts: Debts | None = None
    repayment_status: str | None = None
    guarantor_status: str | None = None
    adjusted_net_assets: int | None = None
    net_assets: tuple[str, int] | None = None
    cash: Cash | None = field(default=None)

    def asked(self, *kinds: RequestKind) -> list[Fact]:
        """依頼区分 among these, as one fact."""
        found = [REQUEST_KIND_LABELS[kind] for kind in self.requests if kind in kinds]
        told = Sentence(_("依頼区分に「{kinds}」があります。"), kinds=listed(found))
        return [Fact(told, ItemGroup.REFERRAL)] if found else []

    def noted(self, *words: str) -> list[Fact]:
        """Issues that hold one of these words, quoted: it is for people to judge what they mean."""
        return [
            Fact(
                Sentence(_("経営課題に「{issue}」と書かれています。"), issue=_quoted(issue)),
                ItemGroup.ISSUES,
            )
            for issue in self.issues
            if any(word in _folded(issue) for word in words)
        ]

    def in_phase(self, phase: LifeCyclePhase, told: str) -> list[Fact]:
        return [Fact(Sentence(told), ItemGroup.IDENTITY)] if self.phase is phase else []


def in_thousands(template: str, group: ItemGroup, **values: int | str) -> Fact:
    """A fact with money in 千円, ▲ for minus."""
    told = {k: format_thousands(v) if isinstance(v, int) else v for k, v in values.items()}
    return Fact(Sentence(template, **told), group)


def _quoted(issue: str) -> str:
    line = " ".join(issue.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"


def _folded(text: str) -> str:
    """ＷＥＢ and Web are one word, as are Ｍ＆Ａ and M&A."""
    return unicodedata.normalize("NFKC", text).casefold()


def _months(day: date) -> int:
    return day.year * 12 + day.month
