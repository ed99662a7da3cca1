from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from app.documents.calendar_file import invitation_ics
from app.queries.invitation_paper import InvitationPaper, InvitedAgency

PAPER = InvitationPaper(
    uid="conference-7f3a@entaku.example",
    sequence=2,
    cancelled=False,
    title="東京チームサポートアシスト会議（令和8年12月）第9回の開催についての御案内です",
    starts_at=datetime(2026, 12, 15, 4, 30, tzinfo=UTC),
    ends_at=datetime(2026, 12, 15, 7, 0, tzinfo=UTC),
    place="東京信用保証協会 会議室A, 3階; 東側",
    link="https://entaku.example/conferences/7f3a",
    description="議題は当日の10日前までにお知らせします。\n資料は円卓でご覧ください。",
    organizer_name="東京信用保証協会 事務局",
    organizer_email="office@guarantee.example",
    invited=(
        InvitedAgency("つむぎ坂信用金庫", "desk@tsumugi.example", True, "needs_action"),
        InvitedAgency("商工会議所（架空・台東区）", "desk@cci.example", False, "accepted"),
    ),
    changed_at=datetime(2026, 11, 24, 0, 0, tzinfo=UTC),
)


def event_of(ics: bytes) -> Any:
    (event,) = Calendar.from_ical(ics).walk("VEVENT")
    return event


def test_an_invitation_reads_back_as_it_was_meant() -> None:
    ics = invitation_ics(PAPER)
    calendar, event = Calendar.from_ical(ics), event_of(ics)
    assert (str(calendar["METHOD"]), str(calendar["VERSION"])) == ("REQUEST", "2.0")
    assert str(event["UID"]) == PAPER.uid
    assert int(event["SEQUENCE"]) == 2
    assert str(event["SUMMARY"]) == PAPER.title
    assert str(event["LOCATION"]) == PAPER.place
    assert str(event["DESCRIPTION"]) == PAPER.description
    assert str(event["URL"]) == PAPER.link
    assert str(event["STATUS"]) == "CONFIRMED"
    assert event.decoded("DTSTAMP") == PAPER.changed_at


def test_the_time_is_tokyo_time_with_its_definition_inside() -> None:
    ics = invitation_ics(PAPER)
    (zone,) = Calendar.from_ical(ics).walk("VTIMEZONE")
    start = event_of(ics).decoded("DTSTART")
    assert str(zone["TZID"]) == "Asia/Tokyo"
    assert start == PAPER.starts_at
    assert start.utcoffset() == timedelta(hours=9)
    assert b"DTSTART;TZID=Asia/Tokyo:20261215T133000\r\n" in ics
    assert b"DTEND;TZID=Asia/Tokyo:20261215T160000\r\n" in ics


def test_every_agency_is_asked_at_its_own_address() -> None:
    attendees = event_of(invitation_ics(PAPER))["ATTENDEE"]
    assert [
        (str(each), *(str(each.params[name]) for name in ("CN", "ROLE", "PARTSTAT", "RSVP")))
        for each in attendees
    ] == [
        (
            "mailto:desk@tsumugi.example",
            "つむぎ坂信用金庫",
            "REQ-PARTICIPANT",
            "NEEDS-ACTION",
            "TRUE",
        ),
        (
            "mailto:desk@cci.example",
            "商工会議所（架空・台東区）",
            "OPT-PARTICIPANT",
            "ACCEPTED",
            "FALSE",
        ),
    ]


def test_a_single_guest_and_no_guest_are_invitations_too() -> None:
    alone = replace(PAPER, invited=PAPER.invited[:1])
    assert str(event_of(invitation_ics(alone))["ATTENDEE"]) == "mailto:desk@tsumugi.example"
    assert "ATTENDEE" not in event_of(invitation_ics(replace(PAPER, invited=())))


def test_a_cancelled_conference_leaves_the_calendar_under_the_same_uid() -> None:
    ics = invitation_ics(replace(PAPER, cancelled=True, sequence=3))
    event = event_of(ics)
    assert str(Calendar.from_ical(ics)["METHOD"]) == "CANCEL"
    assert (str(event["UID"]), str(event["STATUS"])) == (PAPER.uid, "CANCELLED")
    assert int(event["SEQUENCE"]) == 3


def test_no_line_is_longer_than_75_octets_and_every_line_ends_with_crlf() -> None:
    ics = invitation_ics(PAPER)
    lines = ics.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()  # folding never cuts a character in two


def test_the_same_paper_gives_the_same_file() -> None:
    assert invitation_ics(PAPER) == invitation_ics(replace(PAPER))


def test_a_name_or_address_cannot_smuggle_in_another_guest() -> None:
    evil = "X\r\nATTENDEE:mailto:evil@evil.example"
    guest = InvitedAgency(
        evil, "a@b.example\r\nATTENDEE:mailto:evil@evil.example", True, "accepted"
    )
    ics = invitation_ics(
        replace(PAPER, title=evil, place=evil, organizer_name=evil, invited=(guest,))
    )
    unfolded = ics.replace(b"\r\n ", b"").split(b"\r\n")
    assert sum(line.startswith(b"ATTENDEE") for line in unfolded) == 1
