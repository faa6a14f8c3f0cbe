"""A desk, as an exchange or a partner sees it.

desk = Desk("https://desk.example", key, Pin(pin, desk_key, "mem-upbeat"), Path("stanch.state"))
for delivery in desk.feed().following():
    if delivery.kind == "order":
        order = desk.order(delivery.subject)  # proved, or SignatureError
        ...
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from stanch.client import changes, directories, log
from stanch.client.answers import Reply
from stanch.client.asked import asked
from stanch.client.changes import Changed
from stanch.client.deliveries import Delivery, from_webhook
from stanch.client.feed import Feed, dealt_with
from stanch.client.line import Line, Settings, named
from stanch.client.log import Contained
from stanch.client.orders import Proved, prove
from stanch.client.session import Session
from stanch.client.state import StateFile
from stanch.client.streams import Wait
from stanch.client.trust import Pin, remembered
from stanch.errors import SignatureError, UnreachableError
from stanch.formats.signed.chain import Chain
from stanch.formats.signed.head import Head

if TYPE_CHECKING:
    from stanch.client.local import Local
    from stanch.client.snapshots import Findings
    from stanch.formats.snapshot import Header

# A snapshot is searched by numpy, which takes longer to load than all else that is here: so what
# needs one loads it, and who asks the desk does without.


class Desk:
    """One member's line to one desk. Raises what `stanch.errors` names, and nothing else."""

    def __init__(
        self, url: str, by: str | Session, pin: Pin, state: Path, settings: Settings | None = None
    ) -> None:
        """`by` is an API key, or the session of a person who signed in. `state` is the file of what
        is remembered between runs; it is made where it is missing.

        Raises UsageError where the URL, the key or the pin can be none.
        """
        pin.public()
        self.line = Line(url, by, settings)
        self.pin, self.file = pin, StateFile(state)
        self.clock = (settings or Settings()).clock

    def __enter__(self) -> Self:
        """Use it in a `with`."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End its connections."""
        self.line.close()

    def directory(self) -> Chain:
        """The directory of keys, walked from the pin, and remembered. To be called first."""
        return directories.fetched(self.line, self.pin, self.file)

    def check_log(self) -> Head:
        """The latest head of the desk's log, proved to contain the one kept and the one that the
        newest delivery brought, and kept.
        """
        return log.checked(self.line, self.pin, self.file)

    def entry(self, n: int) -> Contained:
        """Entry `n` of the log, proved to stand in it. For auditors. Raises NotFoundError."""
        return log.contained(self.line, self.pin, self.file, n)

    def feed(self) -> Feed:
        """All that the member is told, from where this client stopped."""
        return Feed(self.line, self.pin, self.file, self.clock)

    def received(self, headers: Mapping[str, str], body: bytes) -> Delivery:
        """A webhook, proved to be the desk's, fresh, and for this member; `body` byte for byte.

        Answer 2xx once it is written down, and call `dealt_with`; where `again` is set, answer 2xx
        and do nothing more. Raises SignatureError: answer 4xx. So it does where the head that it
        brings is of a log that was cut short or rolled back behind what earlier deliveries told.
        """
        return from_webhook(headers, body, self.pin, self.file.read(), self.clock())

    def dealt_with(self, delivery: Delivery) -> None:
        """Remember a delivery, so that it is not told again, and the head that it brought."""
        dealt_with(self.file, self.pin, delivery, self.clock())

    def orders(self, **filters: str) -> Iterator[dict[str, Any]]:
        """The desk's list of orders, as it says: to find them by, and no proof of any."""
        return self.line.rows("/v1/orders", filters)

    def order(self, id: str) -> Proved:
        """An order, fetched with all that was signed about it, and proved; so is that the log it
        is in contains the log that was seen before.
        """
        data = self.line.read("GET", f"/v1/orders/{named(id)}/bundle")
        found = self.verify_order(data, id)
        if found.head is None:
            raise SignatureError(f"{id}: the desk gives no proof that its log has this order")
        log.followed(self.line, self.pin, self.file, found.head)
        with self.file.changing() as change:
            known = change.state
            if found.chain.newest.version >= known.version:
                change.state = remembered(known, found.chain, self.pin)
        return found

    def verify_order(self, data: bytes, id: str | None = None) -> Proved:
        """Prove a bundle that came by whatever way, with no network."""
        return prove(data, self.pin, self.file.read(), self.clock(), id)

    def acknowledge(self, id: str) -> None:
        """Say that an order was seen."""
        self.line.post(f"/v1/orders/{named(id)}/acknowledge", {})

    def reply(self, id: str, reply: Reply) -> str:
        """Answer an order; returns the reply's id.

        Where the desk did not answer, send the same again: it is taken once, with one id.
        """
        path = f"/v1/orders/{named(id)}/replies"
        return _id(self.line.post(path, reply.body(), once=reply.once()))

    def hand_in(self, id: str, statement: str) -> Any:
        """Hand in a statement that an approver signed (JWS); gives where the order stands."""
        return self.line.post(f"/v1/orders/{named(id)}/statements", {"statement": statement})

    def cases(self, **filters: str) -> Iterator[dict[str, Any]]:
        """The cases that the caller may see."""
        return self.line.rows("/v1/cases", filters)

    def case(self, id: str) -> dict[str, Any]:
        """A case."""
        found = self.line.get(f"/v1/cases/{named(id)}")
        if not isinstance(found, dict):
            raise UnreachableError("the desk's answer is no case")
        return found

    def screen(self, addresses: Sequence[str]) -> list[dict[str, Any]]:
        """Ask the desk about addresses, up to 10,000: each with its findings."""
        return asked(self.line, addresses)

    def snapshot(self, path: Path) -> "Header":
        """Fetch a new snapshot, prove it, and put it at `path` in place of the one before.

        Raises SignatureError, RefusedError where it is older than one seen before.
        """
        from stanch.client import snapshots

        data = self.line.read("GET", "/v1/snapshot")
        return snapshots.stored(data, self.pin, self.file, self.clock(), path).header

    def screen_offline(self, snapshot: Path, addresses: Sequence[str]) -> "list[Findings]":
        """Look addresses up in a signed snapshot, with no network.

        Raises SignatureError, RefusedError where it is over or older than one seen before.
        """
        from stanch.client import snapshots

        opened = snapshots.opened(snapshots.contents(snapshot), self.pin, self.file, self.clock())
        return snapshots.screened(opened, addresses)

    def changes(self, since: int) -> Iterator[Changed]:
        """Orders that came into force or let go of accounts after a place of the log, as the desk
        says: no proof of any. Raises RefusedError where the log does not reach so far.
        """
        return changes.since(self.line, since)

    def following_changes(self, since: int, wait: Wait = sleep) -> Iterator[Changed]:
        """The same, and each that comes, as it happens; does not end by itself. Where the desk does
        not answer it is asked again, after longer and longer `wait` (seconds).
        """
        return changes.following(self.line, since, wait)

    def local(self, snapshot: Path) -> "Local":
        """A table to screen with, from a signed snapshot. Raises as `screen_offline`."""
        from stanch.client import snapshots
        from stanch.client.local import Local

        data = snapshots.contents(snapshot)
        return Local(snapshots.opened(data, self.pin, self.file, self.clock()), self.clock)

    def keep_up(self, table: "Local") -> int:
        """Take what changed into a table, each order fetched and proved; gives how many there were.

        Raises SignatureError, an alarm, where an order is not as the desk says; the others count.
        The key needs the scopes `screen` and `read`.
        """
        return table.apply(self.changes(table.place), self.order)


def _id(found: Any) -> str:
    id = found.get("id") if isinstance(found, dict) else None
    if not isinstance(id, str):
        raise UnreachableError("the desk's answer has no id")
    return id
