"""Meetings of bodies, and what belongs to them: each use case one transaction."""

from collections.abc import Mapping
from typing import Any

from stanch.app.desk.bodies import reader
from stanch.app.desk.desk import Desk
from stanch.body import actions, invitations, items, meetings
from stanch.body.actions import NewAction
from stanch.body.items import NewPaper
from stanch.body.meetings import NewMeeting
from stanch.cases.cases import Shared
from stanch.model.desk.people import Caller
from stanch.store.desk.page import Asked, Page


def call(desk: Desk, caller: Caller, body: str, new: NewMeeting) -> str:
    """Call the next meeting of a body; returns its id. Raises RefusedError at the rule's end."""
    with desk.database.write() as tx:
        return meetings.call(tx, caller, body, new)


def listed(desk: Desk, caller: Caller, body: str, asked: Asked) -> Page:
    """The meetings of a body that the caller may see. Raises NotFoundError."""
    with desk.database.read() as connection:
        return meetings.listed(connection, reader(desk, caller), body, asked)


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A meeting with what the caller may see of it. Raises NotFoundError."""
    with desk.database.read() as connection:
        return meetings.one(connection, reader(desk, caller), id)


def move(desk: Desk, caller: Caller, id: str, at: str | None, place: str | None) -> None:
    """Give a meeting another time or place. Raises NotFoundError, ForbiddenError, RefusedError."""
    with desk.database.write() as tx:
        meetings.move(tx, caller, id, at, place)


def cancel(desk: Desk, caller: Caller, id: str, reason: str) -> None:
    """Cancel a meeting. Raises NotFoundError, ForbiddenError, RefusedError."""
    with desk.database.write() as tx:
        meetings.cancel(tx, caller, id, reason)


def add_to_agenda(
    desk: Desk, caller: Caller, id: str, item: tuple[str, str], shared: Shared
) -> str:
    """Put a topic with its title on an agenda; returns the item's id."""
    with desk.database.write() as tx:
        return items.add_to_agenda(tx, caller, id, item, shared)


def lay(desk: Desk, caller: Caller, id: str, new: NewPaper) -> str:
    """Lay a paper before a meeting; returns its id."""
    with desk.database.write() as tx:
        return items.lay(tx, caller, id, new)


def decide(desk: Desk, caller: Caller, id: str, text: str, shared: Shared) -> str:
    """Note a decision; returns its id."""
    with desk.database.write() as tx:
        return items.decide(tx, caller, id, text, shared)


def give(desk: Desk, caller: Caller, id: str, new: NewAction) -> str:
    """Note an action; returns its id."""
    with desk.database.write() as tx:
        return actions.give(tx, caller, id, new)


def end_action(desk: Desk, caller: Caller, id: str, state: str, reason: str | None) -> None:
    """Say that an action is done or dropped. Raises NotFoundError, RefusedError."""
    with desk.database.write() as tx:
        actions.end(tx, caller, id, state, reason)


def invite(desk: Desk, caller: Caller, id: str, addresses: Mapping[str, str]) -> bytes:
    """The invitation to a meeting as a calendar file. Raises NotFoundError, UsageError."""
    with desk.database.read() as connection:
        return invitations.invite(connection, reader(desk, caller), id, desk.id, addresses)
