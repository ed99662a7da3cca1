"""Invitations to a conference as calendar files (iCalendar, RFC 5545 and 5546)."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vText

from app.documents.wording import JAPAN, printable
from app.queries.invitation_paper import InvitationPaper, InvitedAgency

PRODUCT = "-//Entaku//Conference//JA"
ZONE = "Asia/Tokyo"
REPLIES = {
    "needs_action": "NEEDS-ACTION",
    "accepted": "ACCEPTED",
    "declined": "DECLINED",
    "tentative": "TENTATIVE",
    "delegated": "DELEGATED",
}


def invitation_ics(paper: InvitationPaper) -> bytes:
    """The conference as one event; a cancelled one tells calendars to take it away.

    The same UID with a higher sequence replaces what a calendar holds already.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if paper.cancelled else "REQUEST")
    calendar.add_component(_tokyo())
    calendar.add_component(_event(paper))
    return bytes(calendar.to_ical())


def _tokyo() -> Timezone:
    """Japan has kept one offset since 1951, so the definition needs one line of history."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1, tzinfo=JAPAN).replace(tzinfo=None))
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "JST")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone


def _event(paper: InvitationPaper) -> Event:
    event = Event()
    event.add("uid", paper.uid)
    event.add("sequence", paper.sequence)
    event.add("dtstamp", paper.changed_at.astimezone(UTC))
    event.add("last-modified", paper.changed_at.astimezone(UTC))
    for name, moment in (("dtstart", paper.starts_at), ("dtend", paper.ends_at)):
        event.add(name, moment.astimezone(JAPAN).replace(tzinfo=None), {"TZID": ZONE})
    event.add("summary", _clean(paper.title))
    event.add("status", "CANCELLED" if paper.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if paper.cancelled else "OPAQUE")
    for name, words in (
        ("location", paper.place),
        ("description", paper.description),
        ("url", paper.link),
    ):
        if words:
            event.add(name, _clean(words))
    organizer = _address(paper.organizer_email)
    organizer.params["CN"] = vText(_one_line(paper.organizer_name))
    event.add("organizer", organizer, encode=False)
    for invited in paper.invited:
        event.add("attendee", _attendee(invited), encode=False)
    return event


def _attendee(invited: InvitedAgency) -> vCalAddress:
    attendee = _address(invited.email)
    reply = REPLIES[invited.reply]
    attendee.params["CN"] = vText(_one_line(invited.agency))
    attendee.params["CUTYPE"] = vText("GROUP")  # a seat belongs to the agency, not to a person
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT" if invited.required else "OPT-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(reply)
    attendee.params["RSVP"] = vText("TRUE" if reply == "NEEDS-ACTION" else "FALSE")
    return attendee


def _address(email: str) -> vCalAddress:
    """White space has no place in an address, and a line feed would begin a new property."""
    return vCalAddress(f"mailto:{''.join(email.split())}")


def _clean(words: str) -> str:
    return str(printable(words))


def _one_line(words: str) -> str:
    """Parameters of a property cannot hold a line feed in a way every calendar reads."""
    return " ".join(_clean(words).split())
