"""Links to partners' servers, and what was laid aside of what they sent: each one transaction."""

from collections.abc import Sequence
from typing import Any

from stanch.app.desk.desk import Desk
from stanch.app.desk.webhooks import reach
from stanch.client.taxii.credential import Credential
from stanch.client.taxii.line import base_of
from stanch.errors import RefusedError
from stanch.formats.outbound.address import destination
from stanch.formats.sealed import Seal
from stanch.model.desk.people import Caller
from stanch.sharing.partners import links, quarantine, settling
from stanch.sharing.partners.words import NewLink
from stanch.store.desk.page import Asked, Page


def add(desk: Desk, caller: Caller, new: NewLink, secret: str, ranges: Sequence[str] = ()) -> str:
    """Add a link; returns its id. `secret` is user:password, a token, or empty.

    Raises UsageError, ForbiddenError, NotFoundError, and RefusedError for a server at an address to
    which the desk may not go: one that is not public, unless `ranges` name it.
    """
    root = str(base_of(new.root))
    if secret:
        Credential.of(secret)
    try:
        destination(root, reach(ranges))
    except RefusedError:
        raise RefusedError(
            "root: a partner's server is at https, on port 443 or 8443 of a public address, or "
            "within a range that `stanch serve --reach` names"
        ) from None
    asked = NewLink(
        new.title, root, new.remote, new.collection, new.source, new.direction, new.widens,
        new.every,
    )  # fmt: skip
    with desk.database.write() as tx:
        return links.add(tx, caller, asked, secret.strip(), seal(desk))


def listed(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """The links of the caller's own member."""
    with desk.database.read() as connection:
        return links.listed(connection, caller, asked)


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A link. Raises NotFoundError."""
    with desk.database.read() as connection:
        return links.one(connection, caller, id)


def ask_now(desk: Desk, caller: Caller, id: str) -> str:
    """Have a link polled and pushed to at once; gives when it is due, until it was.

    Raises NotFoundError, RefusedError.
    """
    with desk.database.write() as tx:
        return links.ask_now(tx, caller, id)


def stop(desk: Desk, caller: Caller, id: str) -> None:
    """Stop a link. Raises NotFoundError, ForbiddenError."""
    with desk.database.write() as tx:
        links.stop(tx, caller, id)


def start(desk: Desk, caller: Caller, id: str) -> None:
    """Start one that was stopped. Raises NotFoundError, ForbiddenError."""
    with desk.database.write() as tx:
        links.start(tx, caller, id)


def remove(desk: Desk, caller: Caller, id: str) -> None:
    """Remove a link and its credential. Raises NotFoundError."""
    with desk.database.write() as tx:
        links.remove(tx, caller, id)


def listed_aside(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """What was laid aside of what came to the caller's member."""
    with desk.database.read() as connection:
        return quarantine.listed(connection, caller, asked)


def one_aside(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """One thing that was laid aside, with its bytes. Raises NotFoundError."""
    with desk.database.read() as connection:
        return quarantine.one(connection, caller, id)


def take(desk: Desk, caller: Caller, id: str) -> None:
    """Take a thing in with its fault. Raises NotFoundError, ForbiddenError, RefusedError."""
    with desk.database.write() as tx:
        settling.take(tx, caller, id)


def drop(desk: Desk, caller: Caller, id: str) -> None:
    """Drop a thing. Raises NotFoundError, ForbiddenError, RefusedError."""
    with desk.database.write() as tx:
        settling.drop(tx, caller, id)


def seal(desk: Desk) -> Seal:
    """What seals credentials at this desk."""
    return Seal.of(desk.folder.seed(), links.PURPOSE)
