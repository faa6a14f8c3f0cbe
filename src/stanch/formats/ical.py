"""Invitations to a meeting, as calendars of Outlook, Google and Apple take them.

iCalendar is RFC 5545, an invitation by it RFC 5546 (iTIP): METHOD:REQUEST invites and, with the
same UID and a higher SEQUENCE, moves; METHOD:CANCEL cancels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from stanch.errors import InputError
from stanch.formats.ical_zone import vtimezone

PRODUCT: Final = "-//Stanch//Meetings//EN"
LARGEST: Final = 1 << 20  # bytes that are read
_UTC: Final = "UTC"
_PLAIN: Final = "@!$*+~"  # of an address, what a URI of RFC 6068 has as it is: `?` begins headers


class Part(StrEnum):
    """What somebody is at a meeting (RFC 5545, section 3.2.16)."""

    CHAIR = "CHAIR"
    REQUIRED = "REQ-PARTICIPANT"
    OPTIONAL = "OPT-PARTICIPANT"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who is invited: a name, as of an agency, and an e-mail address."""

    name: str
    address: str
    part: Part = Part.REQUIRED


@dataclass(frozen=True, slots=True)
class Invitation:
    """One meeting. `start` and `stamp` (of the last change) are moments; `sequence` counts
    changes.
    """

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    minutes: int
    zone: str
    summary: str
    place: str
    organiser: Attendee
    attendees: Sequence[Attendee] = field(default=())
    cancelled: bool = False


def write(invitation: Invitation) -> bytes:
    """The invitation, or its cancelling; the same one gives the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if invitation.cancelled else "REQUEST")
    event = _event(invitation)
    if any("TZID" in event[name].params for name in ("DTSTART", "DTEND")):
        calendar.add_component(vtimezone(invitation.zone, invitation.start))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def read(content: bytes, name: str = "invitation") -> Invitation:
    """The one meeting of a file. Raises InputError where there is none, or more than one."""
    try:
        if len(content) > LARGEST:
            raise ValueError(f"larger than {LARGEST} bytes")
        calendar: Any = Calendar.from_ical(content)
        method = str(calendar["METHOD"])
        if method not in ("REQUEST", "CANCEL"):
            raise ValueError(f"METHOD:{method[:40]} neither invites nor cancels")
        (event,) = calendar.walk("VEVENT")
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        zone = event["DTSTART"].params.get("TZID", _UTC)
        attendees = event.get("ATTENDEE", [])
        return Invitation(
            uid=str(event["UID"]),
            sequence=int(event["SEQUENCE"]),
            stamp=event.decoded("dtstamp").astimezone(UTC),
            start=start.astimezone(UTC),
            minutes=int((end - start).total_seconds()) // 60,
            zone=str(zone),
            summary=str(event["SUMMARY"]),
            place=str(event["LOCATION"]),
            organiser=_attendee(event["ORGANIZER"]),
            attendees=tuple(
                map(_attendee, attendees if isinstance(attendees, list) else [attendees])
            ),
            cancelled=method == "CANCEL",
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        reason = str(error).partition("\n")[0][:200]
        raise InputError(name, f"is no invitation to one meeting: {reason}") from None


def _event(invitation: Invitation) -> Event:
    event = Event()
    end = invitation.start + timedelta(minutes=invitation.minutes)
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamp.astimezone(UTC))
    event.add("dtstart", _by_the_clocks(invitation.start, invitation.zone))
    event.add("dtend", _by_the_clocks(end, invitation.zone))
    event.add("summary", invitation.summary)
    event.add("location", invitation.place)
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("organizer", _address(invitation.organiser))
    for each in invitation.attendees:
        to = _address(each)
        to.params["ROLE"] = vText(each.part.value)
        to.params["PARTSTAT"] = vText("NEEDS-ACTION")
        to.params["RSVP"] = vText("TRUE")
        event.add("attendee", to, encode=False)
    return event


def _by_the_clocks(at: datetime, zone: str) -> datetime:
    """The moment as clocks show it; in UTC within the hour that they show a second time, of which
    RFC 5545 can only say the first.
    """
    shown = at.astimezone(ZoneInfo(zone))
    return at.astimezone(UTC) if shown.fold or zone == _UTC else shown


def _address(who: Attendee) -> vCalAddress:
    made = vCalAddress(f"mailto:{quote(who.address, safe=_PLAIN)}")
    made.params["CN"] = vText(who.name)
    return made


def _attendee(said: Any) -> Attendee:
    part = Part(str(said.params.get("ROLE", Part.REQUIRED)))
    address = unquote(str(said).removeprefix("mailto:"))
    return Attendee(str(said.params["CN"]), address, part)
