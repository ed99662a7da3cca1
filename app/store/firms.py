"""Firms: finding those already registered before a new one is made."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.domain.corporate_number import normalise
from app.domain.firms import names_alike
from app.domain.names import fold_name, is_kana, normalise_kana, sort_key
from app.domain.text import TextProblem
from app.store import consents, standings
from app.store.tables.cases import CaseAgencyRow, CaseRow
from app.store.tables.firms import FirmRow

MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A registered firm; ``known`` when the agency registered it or takes part in a case of it."""

    row: FirmRow
    known: bool


def of_number(session: Session, corporate_number: str) -> FirmRow | None:
    return session.exec(
        select(FirmRow).where(FirmRow.corporate_number == corporate_number)
    ).one_or_none()


def known_to(session: Session, agency_id: str, firm_id: str, day: date) -> bool:
    """Whether the agency registered the firm, brought a case of it, or is shown one by consent."""
    query = _known_ids(agency_id, day).where(FirmRow.id == firm_id)
    return session.exec(query).first() is not None


def search(session: Session, agency_id: str, text: str, day: date, most: int = MOST) -> list[Found]:
    """Firms by part of their name, beginning of their kana, or whole 法人番号.

    That a firm is registered at all tells that it is being supported. So a part of a name finds
    only firms the agency already knows; the others answer to their whole name or number, which
    somebody who holds the firm's papers has.
    """
    key = fold_name(text)
    if not key:
        return []
    whole = [col(FirmRow.name_key) == key]
    number = _number(text)
    if number is not None:
        whole.append(col(FirmRow.corporate_number) == number)
    partly = [*whole, col(FirmRow.name_key).like(f"%{_escaped(key)}%", escape="\\")]
    kana = _kana_beginning(text)
    if kana:
        partly.append(col(FirmRow.sort_key).like(f"{_escaped(kana)}%", escape="\\"))
    known = _known_ids(agency_id, day)
    rows = session.exec(
        select(FirmRow)
        .where(or_(*whole, or_(*partly) & col(FirmRow.id).in_(known)))
        .order_by(col(FirmRow.sort_key), col(FirmRow.name), col(FirmRow.id))
        .limit(most)
    ).all()
    known_ids = set(session.exec(known.where(col(FirmRow.id).in_([row.id for row in rows]))))
    ordered = sorted(rows, key=lambda row: (row.sort_key, row.name, row.id))
    return [Found(row, row.id in known_ids) for row in ordered]


def look_alikes(
    session: Session, agency_id: str, name: str, prefecture_code: str, day: date
) -> list[FirmRow]:
    """Registered firms a new one might be: of the same name anywhere, of a like one nearby."""
    key = fold_name(name)
    same = session.exec(select(FirmRow).where(FirmRow.name_key == key)).all()
    nearby = session.exec(
        select(FirmRow).where(
            FirmRow.prefecture_code == prefecture_code,
            col(FirmRow.id).in_(_known_ids(agency_id, day)),
        )
    )
    alike = {row.id: row for row in same}
    alike |= {row.id: row for row in nearby if names_alike(row.name_key, key)}
    return list(alike.values())[:10]


def _known_ids(agency_id: str, day: date) -> SelectOfScalar[str]:
    """Firms the agency registered, brought, or is shown by a live consent, but none it knows
    only from a case in which it has a conflict of interest."""
    joined = select(CaseAgencyRow.case_id).where(CaseAgencyRow.agency_id == agency_id)
    shown = col(CaseRow.id).in_(consents.live_cases(agency_id, day)) & col(CaseRow.id).in_(joined)
    its_cases = select(CaseRow.firm_id).where(
        or_(CaseRow.referrer_agency_id == agency_id, shown),
        col(CaseRow.id).not_in(standings.cases_kept_from(agency_id)),
    )
    return select(FirmRow.id).where(
        or_(FirmRow.created_by_agency_id == agency_id, col(FirmRow.id).in_(its_cases))
    )


def _number(text: str) -> str | None:
    try:
        return normalise(text)
    except TextProblem:
        return None


def _kana_beginning(text: str) -> str:
    """The first level of the sort key, by which a reading is found from its beginning."""
    kana = normalise_kana(text)
    return sort_key(kana).partition(" ")[0] if is_kana(kana) else ""


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\%_" else c for c in text)
