"""Where a member is told by webhook, which two of its administrators settle."""

from collections.abc import Sequence
from ipaddress import ip_network
from typing import Any

from stanch.app.desk.desk import Desk
from stanch.errors import UsageError
from stanch.formats.outbound.address import Reach
from stanch.model.desk.people import Caller
from stanch.response import webhooks


def reach(ranges: Sequence[str]) -> Reach:
    """Where the desk may send beside public addresses. Raises UsageError for what is no range."""
    try:
        return Reach(tuple(ip_network(text) for text in ranges))
    except ValueError as error:
        raise UsageError(f"range: {error}") from None


def listed(desk: Desk, caller: Caller) -> list[dict[str, Any]]:
    """The addresses of the caller's own member."""
    with desk.database.read() as connection:
        return webhooks.listed(connection, caller)


def propose(desk: Desk, caller: Caller, url: str, ranges: Sequence[str]) -> str:
    """Propose an address; returns its id. Raises ForbiddenError, RefusedError."""
    allowed = reach(ranges)
    with desk.database.write() as tx:
        return webhooks.propose(tx, caller, url, allowed)


def agree(desk: Desk, caller: Caller, id: str, settled: int = webhooks.SETTLED) -> None:
    """Agree to what another administrator proposed, and who was let in at least `settled` hours
    ago. Raises NotFoundError, RefusedError.
    """
    with desk.database.write() as tx:
        webhooks.agree(tx, caller, id, settled)
