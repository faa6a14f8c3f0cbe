"""The invitation to a meeting, for whoever may see it: agencies by name, people only where given.

An agency without an e-mail address has one under `.invalid` (RFC 2606), which reaches nobody: a
calendar needs one to tell who is invited.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection

from stanch.body import seats
from stanch.body.called import seen
from stanch.body.rows import seen_body
from stanch.body.words import MeetingState, SeatRole
from stanch.errors import UsageError
from stanch.formats.ical import Attendee, Invitation, Part, write
from stanch.store.desk.seated import Reader
from stanch.store.desk.transaction import moment

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,189}")
_PARTS: Final = {
    SeatRole.CO_CHAIR: Part.CHAIR,
    SeatRole.MEMBER: Part.REQUIRED,
    SeatRole.OBSERVER: Part.OPTIONAL,
}


def invite(
    connection: Connection, reader: Reader, id: str, desk: str, addresses: Mapping[str, str]
) -> bytes:
    """The invitation as a file, a cancelling where the meeting is cancelled. `addresses` has e-mail
    addresses by members' ids; they are written into the file and kept nowhere.

    Raises NotFoundError, UsageError for an address that is none or of a member without a seat.
    """
    row = seen(connection, reader, id)
    of = seen_body(connection, reader, row["body"])
    sitting = seats.at(connection, reader, row["body"], row["at"])
    for member, address in addresses.items():
        if not _ADDRESS.fullmatch(address):
            raise UsageError(f"addresses: {address[:80]!r} is no e-mail address")
        if member not in {each["member"] for each in sitting}:
            raise UsageError(f"addresses: {member[:80]!r} has no seat at this meeting")
    host = f"{desk}.invalid"
    return write(
        Invitation(
            uid=f"{id}@{host}",
            sequence=row["sequence"],
            stamp=moment(row["changed"]),
            start=moment(row["at"]),
            minutes=row["minutes"],
            zone=row["zone"],
            summary=f"{of['name']}, meeting {row['number']}",
            place=row["place"],
            organiser=Attendee(of["name"], f"{of['id']}@{host}"),
            attendees=[_attendee(each, addresses, host) for each in sitting],
            cancelled=row["state"] == MeetingState.CANCELLED,
        )
    )


def _attendee(seat: Mapping[str, Any], addresses: Mapping[str, str], host: str) -> Attendee:
    address = addresses.get(seat["member"], f"{seat['id']}@{host}")
    return Attendee(seat["agency"], address, _PARTS[SeatRole(seat["role"])])
