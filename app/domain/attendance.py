"""出席: how each agency takes part in a conference, apart from what it replied beforehand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.conference import Reply
from app.domain.errors import Malformed
from app.domain.sentences import _

MOST_PEOPLE = 10
_BETWEEN_NAMES = re.compile(r"[、，,/／\n]")


class Mode(StrEnum):
    ON_SITE = "on_site"
    ONLINE = "online"
    WRITTEN = "written"
    PROXY = "proxy"
    ABSENT = "absent"


MODE_LABELS = {
    Mode.ON_SITE: _("来場"),
    Mode.ONLINE: _("オンライン"),
    Mode.WRITTEN: _("書面"),
    Mode.PROXY: _("代理"),
    Mode.ABSENT: _("欠席"),
}
_PROPOSED = {
    Reply.ATTEND: Mode.ON_SITE,
    Reply.SUBSTITUTE: Mode.PROXY,
    Reply.WRITTEN: Mode.WRITTEN,
    Reply.ABSENT: Mode.ABSENT,
}


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who attends for an agency; no account is needed for that."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """``arrived`` and ``left`` are times (13:45) where they differ from the meeting's."""

    mode: Mode
    people: tuple[Attendee, ...] = ()
    arrived: str = ""
    left: str = ""


def proposed_from(reply: Reply, attendees: str) -> Attendance | None:
    """What a reply announces; None while the agency has not replied."""
    mode = _PROPOSED.get(reply)
    if mode is None:
        return None
    names = [name.strip()[:80] for name in _BETWEEN_NAMES.split(attendees)]
    people = tuple(Attendee(name) for name in names if name)[:MOST_PEOPLE]
    return Attendance(mode, () if mode is Mode.ABSENT else people)


def checked(mode: Mode, people: Sequence[Attendee], arrived: str, left: str) -> Attendance:
    """Who is absent brings nobody; a proxy is named; nobody leaves before coming."""
    if mode is Mode.ABSENT:
        return Attendance(mode)
    if mode is Mode.PROXY and not people:
        raise Malformed(
            _("代理で出席する方の氏名を入力してください。"),
            fields={"people-0-name": _("入力してください。")},
        )
    if mode is Mode.WRITTEN:
        return Attendance(mode, tuple(people))
    if arrived and left and left < arrived:
        raise Malformed(
            _("退席の時刻が到着の時刻より前になっています。"),
            fields={"left": _("到着より後の時刻を入力してください。")},
        )
    return Attendance(mode, tuple(people), arrived, left)
