"""開会の要件: who must have come before a conference may open, and what lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.text import Sentence
from app.domain.vocabulary import AGENCY_KIND_LABELS, AgencyKind


@dataclass(frozen=True, slots=True)
class Coming:
    """A member seat: whose it is, and whether the agency comes (a proxy and a paper count)."""

    name: str
    kind: str
    comes: bool
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Lacking:
    """What keeps a conference from opening by its template's rules."""

    quorum: int
    coming: int
    absent: tuple[str, ...]  # names of required agencies, or of their kind where none is seated
    silent: tuple[str, ...]  # those who have not answered yet
    allow_preliminary: bool

    @property
    def below_quorum(self) -> bool:
        return self.coming < self.quorum

    def __bool__(self) -> bool:
        return self.below_quorum or bool(self.absent)


def lacking(template: Mapping[str, object], seats: Iterable[Coming]) -> Lacking:
    """``template`` is the one pinned to the conference; what it does not say is not required."""
    members = list(seats)
    required = template.get("required")
    absent = [
        name
        for kind in (required if isinstance(required, list) else [])
        for name in _absent(str(kind), members)
    ]
    quorum = template.get("quorum")
    return Lacking(
        quorum=quorum if isinstance(quorum, int) else 2,
        coming=sum(seat.comes for seat in members),
        absent=tuple(absent),
        silent=tuple(seat.name for seat in members if not seat.answered),
        allow_preliminary=bool(template.get("allow_preliminary", False)),
    )


def _absent(kind: str, members: list[Coming]) -> list[str]:
    """One agency of the kind is enough; without any, each that stays away is named."""
    of_kind = [seat for seat in members if seat.kind == kind]
    if any(seat.comes for seat in of_kind):
        return []
    return [seat.name for seat in of_kind] or [Sentence(AGENCY_KIND_LABELS[AgencyKind(kind)])]
