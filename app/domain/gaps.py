"""引受手不在: what is written down when nobody takes a case, and when it may be declared."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.dates import western
from app.domain.sentences import _
from app.domain.text import Sentence
from app.domain.vocabulary import RequestKind

# 次の対応: within two months somebody has done something about what is missing.
STEP_DAYS = 60


class GapState(StrEnum):
    """Assigned: another owner than the first one named has it by now."""

    OPEN = "open"
    ASSIGNED = "assigned"
    CLOSED = "closed"


class GapOutcome(StrEnum):
    TAKEN = "taken"
    KEPT = "kept"
    ENDED = "ended"


class Decline(StrEnum):
    """How an agency let it be known that it does not take the case."""

    NOBODY = "nobody"
    REFUSED = "refused"
    OBJECTED = "objected"


GAP_STATE_LABELS = {
    GapState.OPEN: _("対応中"),
    GapState.ASSIGNED: _("担当変更後・対応中"),
    GapState.CLOSED: _("完了"),
}
GAP_OUTCOME_LABELS = {
    GapOutcome.TAKEN: _("引受先が決まった"),
    GapOutcome.KEPT: _("制度・体制の課題として残す"),
    GapOutcome.ENDED: _("相談者の意向で終了"),
}
DECLINE_LABELS = {
    Decline.NOBODY: _("引き受けられる機関がないと回答"),
    Decline.REFUSED: _("候補になったが受諾せず"),
    Decline.OBJECTED: _("候補の案に反対"),
}


@dataclass(frozen=True, slots=True)
class GapDraft:
    """What the chair says of a gap; None and empty where it was not said."""

    kind: RequestKind | None = None
    text: str = ""
    owner_id: str | None = None
    owner_person: str = ""
    step: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    agency_id: str
    how: Decline
    reason: str

    def as_mapping(self) -> dict[str, str]:
        return {"agency_id": self.agency_id, "how": self.how.value, "reason": self.reason}


def problems_of(draft: GapDraft, owners: Collection[str], today: date) -> dict[str, str]:
    """Field → what it lacks, one by one; ``owners`` may have a gap in their hands."""
    said = {
        "gap_kind": draft.kind,
        "gap_text": draft.text,
        "gap_owner_id": draft.owner_id,
        "gap_owner_person": draft.owner_person,
        "gap_step": draft.step,
        "gap_due": draft.due,
    }
    found: dict[str, str] = {name: _("入力してください。") for name, one in said.items() if not one}
    if draft.owner_id and draft.owner_id not in owners:
        found["gap_owner_id"] = _("この案件の情報を受けられる参加機関から選んでください。")
    if draft.due and (wrong := wrong_day(draft.due, today)):
        found["gap_due"] = wrong
    return found


def wrong_day(due: date, today: date) -> Sentence | None:
    """What is wrong with the day of a next step, if anything."""
    last = today + timedelta(days=STEP_DAYS)
    if today <= due <= last:
        return None
    return Sentence(
        _("今日から{days}日以内（{last}まで）の日付を入力してください。"),
        days=STEP_DAYS,
        last=western(last),
    )


def still_named(
    nominations: Mapping[str, str | None], refused: Collection[str], out: Collection[str]
) -> list[str]:
    """Agencies that the table names and that have not said no: each has to be asked first.

    ``nominations``: agency → whom it named last; ``refused`` did not accept when asked.
    """
    named = {nominee for agency, nominee in nominations.items() if nominee and agency not in out}
    return sorted(named - set(refused) - set(out))


def all_declined(
    nominations: Iterable[tuple[str, str | None, str]],
    refusals: Iterable[tuple[str, str]],
    objections: Iterable[tuple[str, str]],
    out: Collection[str],
) -> list[Declined]:
    """Each agency once for each way it declined, as it is known from what was said openly."""
    found = [Declined(who, Decline.NOBODY, why) for who, whom, why in nominations if whom is None]
    found += [Declined(who, Decline.REFUSED, why) for who, why in refusals]
    found += [Declined(who, Decline.OBJECTED, why) for who, why in objections]
    return [one for one in dict.fromkeys(found) if one.agency_id not in out]
