"""Orders: drafted, redrafted and dropped by the authority's analysts, seen by those they concern.

A draft is the complete document that statements will sign, with the newest directory's hash in it.
Once somebody has signed it nothing of it is changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from stanch.cases import cases
from stanch.cases.cases import Shared
from stanch.cases.items import account_of
from stanch.errors import RefusedError, SignatureError, UsageError
from stanch.formats.signed.canonical import canonical, digest
from stanch.formats.signed.hands import check_strict, usual
from stanch.formats.signed.order import order_document, read_order
from stanch.members import directory
from stanch.members.access.rights import require, require_founding
from stanch.members.rows import as_member
from stanch.members.times import zoned
from stanch.members.words import new_id, typed
from stanch.model.desk.directory import Directory
from stanch.model.desk.orders import (
    Addressees,
    Basis,
    Evidence,
    Order,
    OrderKind,
    Rule,
    Target,
)
from stanch.model.desk.people import Caller, Member, Role, Scope
from stanch.model.desk.states import OrderState
from stanch.response import seen
from stanch.response.basis import Looking, missing
from stanch.response.rules import lifecycle, standing
from stanch.response.rules.addressees import addressed
from stanch.response.rules.floor import check_order
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import desk, member, order
from stanch.store.desk.transaction import Transaction, moment
from stanch.store.desk.visible import columns, own, share

LISTING: Final = Listing(
    order,
    ("created", "expires", "state"),
    ("owner", "marking", "kind", "state", "case"),
)
_HIDDEN: Final = ("document", "seen")
_SHOWN: Final = tuple(column for column in order.c if column.name not in _HIDDEN)


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What an order is to be. `expires` is a time with a zone; `rule` the fields of its rule that
    are to be stricter than the directory has them for its kind.

    `trace` is the hash of a trace's manifest, `evidence` the exact rows beneath.
    """

    case: str
    kind: OrderKind
    targets: tuple[Target, ...]
    legal_reference: str
    expires: str
    addressees: Addressees = field(default_factory=Addressees)
    shared: Shared = field(default_factory=Shared)
    trace: str | None = None
    evidence: tuple[Evidence, ...] = ()
    rule: Mapping[str, Any] = field(default_factory=dict)


def draft(tx: Transaction, caller: Caller, new: NewOrder) -> str:
    """Write an order that nobody has signed yet; returns its id. An analyst of a founding
    government may.

    Raises ForbiddenError, NotFoundError for the case, UsageError for a word that is none,
    RefusedError where the rules allow no such order, or there is no directory of keys.
    """
    require_founding(caller, Role.ANALYST, scope=Scope.ORDERS)
    made = _order(tx, caller, new, new_id("ord"))
    row = {**_columns(made), "created": tx.at}
    tx.connection.execute(insert(order).values(id=made.id, **row))
    share(tx.connection, order, made.id, made.sharing)
    tx.record(caller, "order.drafted", made.id, _said(row))
    return made.id


def redraft(tx: Transaction, caller: Caller, id: str, new: NewOrder) -> int:
    """Write a draft anew; returns its version, one more than before. Raises as `draft`."""
    before = _mine(tx, caller, id)
    made = replace(_order(tx, caller, new, id), version=before.version + 1)
    row = _columns(made)
    tx.connection.execute(update(order).where(order.c.id == id).values(**row))
    share(tx.connection, order, id, made.sharing)
    tx.record(caller, "order.redrafted", id, _said(row))
    return made.version


def drop(tx: Transaction, caller: Caller, id: str, reason: str) -> None:
    """Withdraw a draft, which nobody has signed. Raises ForbiddenError, NotFoundError,
    RefusedError where it was signed.
    """
    row = _mine(tx, caller, id)
    said = typed("reason", reason, 2000)
    drafted = standing.draft(order_of(row), row.hash, moment(tx.at))
    dropped, _ = lifecycle.drop(drafted, moment(tx.at), said)
    gone = update(order).where(order.c.id == id).values(state=dropped.state.value, ended=tx.at)
    tx.connection.execute(gone)
    tx.record(caller, "order.dropped", id, {"reason": commit_to(tx.connection, said)})


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """An order's row, without its document; of a draft its authority is told under `missing` what
    it rests on and is not there. Raises NotFoundError.
    """
    row = seen.found(connection, caller, id)
    shown = _shown(caller, {column.name: row._mapping[column.name] for column in _SHOWN})
    if row.state != OrderState.DRAFT or row.owner != caller.member.id:
        return shown
    looking = Looking(row.owner, (caller.person,))
    return {**shown, "missing": list(missing(connection, order_of(row), looking))}


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """The orders that the caller may see."""
    require(caller, scope=Scope.READ)
    rows = page(connection, select(*_SHOWN).where(seen.listed(caller)), LISTING, asked)
    return Page([_shown(caller, row) for row in rows.rows], rows.next)


def _shown(caller: Caller, row: Mapping[str, Any]) -> dict[str, Any]:
    """That somebody asked for a review is for the authority; who asked finds it in the review."""
    return {**row, **({} if row["owner"] == caller.member.id else {"review_due": None})}


def counted(connection: Connection, caller: Caller) -> dict[str, int]:
    """How many orders there are in each state, of those that the caller may see."""
    require(caller, scope=Scope.READ)
    query = select(order.c.state, func.count()).where(seen.listed(caller)).group_by(order.c.state)
    return {row[0]: row[1] for row in connection.execute(query.order_by(order.c.state))}


def document(connection: Connection, caller: Caller, id: str) -> bytes:
    """The canonical JSON that statements sign the hash of. Raises NotFoundError."""
    return bytes(seen.found(connection, caller, id).document)


def order_of(row: Row[Any]) -> Order:
    """The order in a row's document. Raises SignatureError where it is not what was hashed."""
    data = bytes(row.document)
    if digest(data) != row.hash:
        raise SignatureError(f"the document of {row.id} is not the one that was signed")
    return read_order(data)


def all_members(connection: Connection) -> list[Member]:
    """Every member of the desk, from whom addressees are found."""
    return [as_member(row) for row in connection.execute(select(member).order_by(member.c.id))]


def _mine(tx: Transaction, caller: Caller, id: str) -> Row[Any]:
    """A draft of the caller's member, to be changed."""
    require_founding(caller, Role.ANALYST, scope=Scope.ORDERS)
    row = seen.found(tx.connection, caller, id)
    if row.owner != caller.member.id:
        raise RefusedError(f"{id} is {row.owner}'s order")
    if row.state != OrderState.DRAFT:
        raise RefusedError(f"an order that is {row.state} is not changed any more")
    return row


def _order(tx: Transaction, caller: Caller, new: NewOrder, id: str) -> Order:
    """The order as version 1, once every rule allows it."""
    within = cases.one(tx.connection, caller, new.case)
    if within["state"] != cases.OPEN:
        raise RefusedError(f"{new.case} is closed")
    known = directory.current(tx.connection)
    if known is None:
        raise RefusedError("there is no directory of keys yet, and so nobody who could sign")
    keys = known.read().directory
    listed_ids = cases.listed_ids(tx.connection, new.shared)
    made = Order(
        id=id,
        desk=tx.connection.execute(select(desk.c.id)).scalar_one(),
        version=1,
        kind=new.kind,
        authority=caller.member.id,
        targets=tuple(replace(each, account=account_of(each.account)) for each in new.targets),
        basis=Basis(new.case, new.trace, new.evidence),
        legal_reference=typed("legal reference", new.legal_reference, 2000),
        addressees=new.addressees,
        sharing=own(caller, new.shared.marking, listed_ids),
        issued=tx.at,
        expires=zoned("expires", new.expires),
        rule=_rule(keys, new),
        directory=known.hash,
    )
    check_order(made, moment(tx.at), sum(each.founding for each in keys.members))
    _check_strict(made, keys)
    addressed(made, all_members(tx.connection))
    return made


def _rule(keys: Directory, new: NewOrder) -> Rule:
    asked = dict(new.rule)
    if "among" in asked:
        asked["among"] = frozenset(asked["among"])
    return replace(usual(keys, new.kind), **asked)


def _check_strict(made: Order, keys: Directory) -> None:
    try:
        check_strict(made, keys)
    except SignatureError as error:
        raise RefusedError(str(error)) from None


def _columns(made: Order) -> dict[str, Any]:
    try:
        data = canonical(order_document(made))
    except SignatureError as error:
        raise UsageError(f"order: {error}") from None
    return {
        "kind": made.kind.value,
        "state": OrderState.DRAFT.value,
        "case": made.basis.case,
        "version": made.version,
        "hash": digest(data),
        "document": data,
        "expires": made.expires,
        **columns(made.sharing),
    }


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the log says: the hash stands for the document."""
    return {name: row[name] for name in ("kind", "case", "version", "hash", "marking", "expires")}
