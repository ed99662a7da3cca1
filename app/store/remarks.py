"""What remarks have in common, in the record and in the inner lanes: whom they call on, which
remark they answer, which cells they point to, and what they said before they were corrected."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session, col, func, literal, or_, select

from app.domain.consent import ItemGroup
from app.domain.errors import Malformed, NotEntitled
from app.domain.links import cell_of, paper_of
from app.domain.mentions import SIGNS, Mention, MentionKind, mentions_in
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN
from app.domain.sheet_schema import may_see, right_to
from app.store import conferences, reach, sheets, standings
from app.store.prepared import Prepared
from app.store.tables.conferences import RemarkRow
from app.store.tables.papers import PaperRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.tables.remarks import LaneRemarkEarlierRow, LaneRemarkRow, RemarkEarlierRow
from app.store.unit_of_work import Desk, UnitOfWork

# Said more often than anything else is written; nothing of it is needed at hand afterwards.
_SAID = {table: Prepared.insert_into(table) for table in (RemarkRow, LaneRemarkRow)}


def write(session: Session, table: type[RemarkRow] | type[LaneRemarkRow], **values: Any) -> None:
    """A new remark, every column of it given but the time of a correction."""
    _SAID[table].run(session, **values, corrected_at=None)


def mentioned(
    desk: Desk, conference_id: str, text: str, within: Iterable[str] | None = None
) -> list[dict[str, str]]:
    """Agencies seated at the conference, and people acting for them, whom the text calls on;
    in an inner lane only those ``within`` it."""
    if not any(sign in text for sign in SIGNS):
        return []
    kept = None if within is None else frozenset(within)
    seats = [
        agency
        for _seat, agency in conferences.seats_of(desk.session, conference_id)
        if kept is None or agency.id in kept
    ]
    known = [Mention(MentionKind.AGENCY, agency.id, agency.name) for agency in seats]
    known += [
        Mention(MentionKind.PERSON, agency_id, name)
        for agency_id, name in _people_of(desk, [agency.id for agency in seats], text)
    ]
    return [one.as_mapping() for one in mentions_in(text, known)]


def _people_of(desk: Desk, agency_ids: Sequence[str], text: str) -> list[tuple[str, str]]:
    """People whose name stands anywhere in the text: a bank has thousands who act for it."""
    day = desk.today()
    begins, ends = col(MembershipRow.valid_from), col(MembershipRow.valid_to)
    query = (
        select(MembershipRow.agency_id, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .where(col(MembershipRow.agency_id).in_(agency_ids))
        .where(col(MembershipRow.active).is_(True), col(PersonRow.active).is_(True))
        .where(literal(_unspaced(text)).like("%" + _without_spaces(col(PersonRow.name)) + "%"))
        .where(or_(begins.is_(None), begins <= day), or_(ends.is_(None), ends >= day))
        .order_by(col(MembershipRow.agency_id), col(PersonRow.name))
    )
    return list(desk.session.exec(query).all())


def _unspaced(text: str) -> str:
    return text.replace(" ", "").replace("\u3000", "")


def _without_spaces(name: Any) -> Any:
    return func.replace(func.replace(name, " ", ""), "\u3000", "")


def checked_links(
    desk: Desk, actor: Actor, item: reach.ItemInHand, links: Sequence[str], *, own: bool = False
) -> list[str]:
    """Each once; cell or paper must be this case's and the author must see it. What is private may
    be pointed to in the own agency's lane only: that it is there is nobody else's affair.
    """
    kept = list(dict.fromkeys(links))
    for link in kept:
        if not _may_point_to(desk, actor, item, link, own):
            raise Malformed(
                _("リンク先の項目・資料を確認できませんでした。"),
                fields={"links": _("シートの項目・資料を選び直してください。")},
            )
    return kept


def _may_point_to(desk: Desk, actor: Actor, item: reach.ItemInHand, link: str, own: bool) -> bool:
    if item.case is None:
        return False
    of = _what_it_is(desk, item.case.id, link)
    if of is None or (of[0] is ItemGroup.PRIVATE and not own):
        return False
    standing = standings.of_case(desk.session, actor, item.case, desk.today())
    return may_see(right_to(actor, standing, of[0]), of[1], actor.agency_id)


def _what_it_is(desk: Desk, case_id: str, link: str) -> tuple[ItemGroup, str | None] | None:
    """The group and the owner of what the link leads to, if this case has it."""
    paper_id = paper_of(link)
    if paper_id is not None:
        paper = desk.session.get(PaperRow, paper_id)
        here = paper is not None and paper.case_id == case_id
        return (ItemGroup(paper.item_group), paper.agency_id) if paper and here else None
    row, key = cell_of(link) or ("", "")
    column, held = COLUMN.get(key), sheets.row_of(desk.session, case_id, row)
    if column is None or held is None or held.kind != column.row_kind:
        return None
    return column.group, held.owner_agency_id


def root_of(answered: RemarkRow | LaneRemarkRow | None, *, here: bool) -> str | None:
    """A thread is one level deep: who answers an answer answers what that one was about."""
    if answered is None or not here:
        raise Malformed(
            _("返信先の発言が見つかりません。"),
            fields={"reply_to": _("返信先を選び直してください。")},
        )
    return answered.reply_to or answered.id


def require_own(remark: RemarkRow | LaneRemarkRow, actor: Actor) -> None:
    """Words are their speaker's own: nobody else puts them right, not even a colleague."""
    agency_id = remark.agency_id if isinstance(remark, RemarkRow) else remark.author_agency_id
    if (remark.person_id, agency_id) != (actor.person_id, actor.agency_id):
        raise NotEntitled(_("発言を訂正できるのは、発言した本人だけです。"))


def amend(
    uow: UnitOfWork,
    remark: RemarkRow | LaneRemarkRow,
    text: str,
    mentions: list[dict[str, str]],
) -> None:
    """The new words take the place of the old ones, which are kept with the time they were said."""
    table = RemarkEarlierRow if isinstance(remark, RemarkRow) else LaneRemarkEarlierRow
    query = select(func.count()).select_from(table).where(table.remark_id == remark.id)
    uow.session.add(
        table(
            remark_id=remark.id,
            number=uow.session.exec(query).one() + 1,
            text=remark.text,
            at=remark.corrected_at or remark.at,
        )
    )
    remark.text, remark.mentions, remark.corrected_at = text, mentions, uow.now()
    uow.session.add(remark)
    uow.session.flush()
