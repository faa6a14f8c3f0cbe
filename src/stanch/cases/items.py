"""What lies in a case: incidents, traces, tags, accounts, sightings, notes and files, each with its
marking.

Any member that sees the case may add to it; each thing is its own member's, with a marking of its
own. Nothing is changed afterwards: a correction is another note.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from stanch.cases.cases import Shared, known, listed_ids, one, said_of, within
from stanch.cases.sightings import NEEDED, checked_sighting
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.formats.addresses import NAMESPACES, normalise
from stanch.formats.registry.cells import identifier
from stanch.members.access.rights import require
from stanch.members.words import new_id, shown, typed
from stanch.model.chain import split_account
from stanch.model.desk.canonical import canonical
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import case, case_item
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import columns, named, own, readable, share, this
from stanch.store.desk.visible import within as inside

KINDS: Final = ("incident", "trace", "tag", "account", "sighting", "note")
LISTING: Final = Listing(
    case_item, ("created",), ("kind", "owner", "marking", "account", "incident")
)
LARGEST: Final = 256 * 1024  # bytes of a body
_LONGEST_ACCOUNT: Final = 170  # characters: CAIP-10 has no longer ones
_NEEDED: Final = {
    "incident": ("title",),
    "trace": ("manifest",),
    "tag": ("account", "label"),
    "account": ("account",),
    "sighting": NEEDED,
    "note": ("text",),
    "file": ("name", "size", "sha256"),
}


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is to lie in which case. `body` needs, by kind: an incident its title, and its id in the
    registry (`incident`) where it has one; a trace its manifest's hash (its files' hashes beside
    it); a tag account and label; a sighting account and when it was first seen; a note its text.
    """

    case: str
    kind: str
    body: Mapping[str, Any]
    shared: Shared


def add(tx: Transaction, caller: Caller, new: NewItem, file_hash: str | None = None) -> str:
    """Add to a case; returns the item's id. Raises ForbiddenError, NotFoundError, UsageError."""
    within(tx, caller, new.case)
    if new.kind not in KINDS and file_hash is None:
        raise UsageError(f"kind: {new.kind[:80]!r} is none of: {', '.join(KINDS)}")
    body = _checked(new)
    sharing = own(caller, new.shared.marking, listed_ids(tx.connection, new.shared))
    id = new_id("item")
    text = canonical(body).decode()
    row = {"id": id, "case": new.case, "kind": new.kind, "body": text, "file": file_hash,
           "account": body.get("account"), "incident": incident_of(new.kind, body),
           "person": caller.person, "created": tx.at}  # fmt: skip
    tx.connection.execute(insert(case_item).values(**row, **columns(sharing)))
    share(tx.connection, case_item, id, sharing)
    sealed = commit_to(tx.connection, text)  # the log is read by who may not see the item
    said = {"case": new.case, "kind": new.kind, "body": sealed, **said_of(new.shared)}
    tx.record(caller, "item.added", id, said)
    return id


def listed(connection: Connection, caller: Caller, case_id: str, asked: Asked) -> Page:
    """What of a case the caller may see. Raises NotFoundError where the case is not for them."""
    one(connection, caller, case_id)
    query = select(case_item).where(inside(case_item, caller, case_id))
    found = page(connection, query, LISTING, asked)
    return Page([_shown(row) for row in found.rows], found.next)


def read(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """One item. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    query = select(case_item).where(seen_by_id(caller, known("item", id)))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no item {id}")
    return _shown(row)


def mine(tx: Transaction, caller: Caller, id: str) -> dict[str, Any]:
    """An item of the caller's own member in an open case, to be shared otherwise.

    Raises NotFoundError where the caller may not see it, RefusedError where it is another's or its
    case is closed.
    """
    found = read(tx.connection, caller, id)
    within(tx, caller, found["case"])
    if found["owner"] != caller.member.id:
        raise RefusedError(f"{id} is {found['owner']}'s")
    return found


def reshare(tx: Transaction, caller: Caller, id: str, shared: Shared) -> None:
    """Give an item another marking or release list; what it says stays. Raises as `mine`."""
    mine(tx, caller, id)
    sharing = own(caller, shared.marking, listed_ids(tx.connection, shared))
    query = update(case_item).where(case_item.c.id == id)
    tx.connection.execute(query.values(marking=sharing.marking.value))
    share(tx.connection, case_item, id, sharing)
    tx.record(caller, "item.shared", id, said_of(shared))


def seen(caller: Caller) -> ColumnElement[bool]:
    """Items that the caller may see, in cases that the caller may see."""
    return and_(readable(case_item, caller), _in_a_case(caller))


def seen_by_id(caller: Caller, id: str) -> ColumnElement[bool]:
    """The one with an id."""
    return and_(this(case_item, caller, id), _in_a_case(caller))


def _in_a_case(caller: Caller) -> ColumnElement[bool]:
    return named(case, case_item.c.case, caller)


def account_of(text: object) -> str:
    """An account as CAIP-10, in its one canonical form. Raises UsageError."""
    try:
        if not isinstance(text, str):
            raise ValueError("is no text")
        if len(text) > _LONGEST_ACCOUNT:
            raise ValueError(f"longer than {_LONGEST_ACCOUNT} characters")
        chain, address = split_account(text)
        if chain.partition(":")[0] in NAMESPACES:
            address = normalise(chain, address)
        return f"{chain}:{address}"
    except ValueError as error:
        shortened = text[:80] if isinstance(text, str) else type(text).__name__
        raise UsageError(f"account: {shortened!r}: {error}") from None


def incident_of(kind: str, body: Mapping[str, Any]) -> str | None:
    """The incident of the registry that an item names, by its id; None where it names none."""
    return body.get("incident") if kind == "incident" else None


def _shown(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "body": json.loads(row["body"])}


def _checked(new: NewItem) -> dict[str, Any]:
    body = dict(new.body)
    for name in _NEEDED[new.kind]:
        if body.get(name) in (None, ""):
            raise UsageError(f"{new.kind}: {name} is missing")
    try:
        size = len(canonical(body))
    except ValueError as error:
        raise UsageError(f"{new.kind}: {error}") from None
    if size > LARGEST:
        raise UsageError(f"{new.kind}: larger than {LARGEST // 1024} KiB")
    if "account" in body:
        body["account"] = account_of(body["account"])
    if new.kind == "sighting":
        body = checked_sighting(body)
    if incident_of(new.kind, body) is not None:
        body["incident"] = _incident(body["incident"])
    if "text" in body:
        body["text"] = _text(body["text"])
    _shown_all(new.kind, body)
    return body


def _incident(text: object) -> str:
    """An id as the registry has them. Raises UsageError."""
    if not isinstance(text, str):
        raise UsageError("incident: is no text")
    try:
        return identifier(text)
    except ValueError as error:
        raise UsageError(f"incident: {error}") from None


def _shown_all(kind: str, value: object) -> None:
    """Raises UsageError where a text in a body holds what no reader shows, or turns it around."""
    if isinstance(value, str):
        if not all(shown(one) or one in "\n\t" for one in value):
            raise UsageError(f"{kind}: holds a character that cannot be shown")
    elif isinstance(value, Mapping):
        for name, each in value.items():
            _shown_all(kind, name)
            _shown_all(kind, each)
    elif isinstance(value, list | tuple):
        for each in value:
            _shown_all(kind, each)


def _text(text: object) -> str:
    """A note's lines, each without what cannot be shown."""
    if not isinstance(text, str):
        raise UsageError("text: is no text")
    lines = [typed("text", line, LARGEST) if line.strip() else "" for line in text.splitlines()]
    return "\n".join(lines).strip()
