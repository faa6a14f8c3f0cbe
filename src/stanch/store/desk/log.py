"""The append-only log: entries, the Merkle tree over them, and its signed heads.

All of it works inside the caller's transaction. Who appends holds the lock of the log from then on
until the transaction ends: one writer at a time. Entries count from 1.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Insert, and_, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from stanch.errors import InvariantError, NotFoundError
from stanch.model.desk import merkle
from stanch.model.desk.log_row import Entry, Row
from stanch.store.desk.commitments import commit_to, erase, reveal
from stanch.store.desk.tables import desk, log, log_head, log_node, tree_head

__all__ = [
    "ROW",
    "Entry",
    "Head",
    "Row",
    "append",
    "commit_to",
    "consistency",
    "entries",
    "erase",
    "head_payload",
    "heads",
    "inclusion",
    "keep_head",
    "last_head",
    "lock",
    "reveal",
    "root",
    "size",
]

Sign = Callable[[Mapping[str, Any]], str]
Made = TypeVar("Made")

ROW = (log.c.n, log.c.at, log.c.person, log.c.member, log.c.verb, log.c.subject, log.c.said)


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries the log has, and the time of the last; "" where there is none."""

    size: int
    at: str


def lock(connection: Connection) -> Head:
    """Where the log stands. Nobody else can append until this transaction ends.

    PostgreSQL locks the one row of `log_head`; on SQLite a writing transaction is alone already.
    """
    found = _locked(connection)
    if found is None:
        connection.execute(_first_head(connection))
        found = _locked(connection)
    if found is None:
        raise InvariantError("the log has no head")
    return found


def append(connection: Connection, entry: Entry) -> int:
    """Write an entry at the end of the log; returns its place, from 1.

    Its time is the log's last one where the entry's own is earlier. Raises ValueError where what
    is said has no canonical JSON.
    """
    head = lock(connection)
    row = Row.of(head.size + 1, max(entry.at, head.at), entry)
    leaf = row.leaf()
    nodes = _with_nodes(connection, lambda find: list(merkle.grown(head.size, leaf, find)))
    connection.execute(
        insert(log).values(
            n=row.n,
            at=row.at,
            person=row.person,
            member=row.member,
            verb=row.verb,
            subject=row.subject,
            said=row.said,
            leaf=leaf,
        )
    )
    connection.execute(
        insert(log_node), [{"level": lv, "place": place, "hash": node} for lv, place, node in nodes]
    )
    connection.execute(update(log_head).values(size=row.n, at=row.at))
    return row.n


def size(connection: Connection) -> int:
    """How many entries the log has."""
    return connection.execute(select(log_head.c.size)).scalar_one_or_none() or 0


def root(connection: Connection, size: int | None = None) -> bytes:
    """The root over the first `size` entries, or all. Raises NotFoundError beyond the end."""
    total = _within(connection, size)
    return _with_nodes(connection, lambda find: merkle.root(0, total, find))


def inclusion(connection: Connection, n: int, size: int | None = None) -> list[bytes]:
    """The proof that entry `n` is in the log of `size` entries. Raises NotFoundError."""
    total = _within(connection, size)
    if not 1 <= n <= total:
        raise NotFoundError(f"no entry {n} in a log of {total}")
    return _with_nodes(connection, lambda find: merkle.inclusion_proof(n - 1, total, find))


def consistency(connection: Connection, first: int, second: int | None = None) -> list[bytes]:
    """The proof that the log of `first` entries begins that of `second`. Raises NotFoundError."""
    total = _within(connection, second)
    if not 0 <= first <= total:
        raise NotFoundError(f"a log of {first} entries does not begin one of {total}")
    return _with_nodes(connection, lambda find: merkle.consistency_proof(first, total, find))


def entries(connection: Connection, after: int = 0, limit: int = 1000) -> list[Row]:
    """Up to `limit` entries that follow entry `after`, in their order."""
    query = select(*ROW).where(log.c.n > after).order_by(log.c.n).limit(limit)
    return [Row(*found) for found in connection.execute(query)]


def head_payload(connection: Connection, at: str) -> dict[str, Any]:
    """What the desk signs of its log: `stanch-head@1`. Raises InvariantError without a desk."""
    name = connection.execute(select(desk.c.id)).scalar_one_or_none()
    if name is None:
        raise InvariantError("table desk has no row: a head of the log must name its desk")
    total = size(connection)
    whole = f"sha256:{root(connection, total).hex()}"
    return {"desk": name, "size": total, "root": whole, "at": at}


def keep_head(connection: Connection, at: str, sign: Sign) -> str:
    """Sign the log as it now stands, and keep the head; returns it. `sign` makes the JWS.

    A size is signed once: where it was signed already, that head is returned.
    """
    signed = connection.execute(
        select(tree_head.c.jws).where(tree_head.c.size == size(connection))
    ).scalar_one_or_none()
    if signed is not None:
        return str(signed)
    payload = head_payload(connection, at)
    jws = sign(payload)
    connection.execute(insert(tree_head).values(size=payload["size"], jws=jws))
    return jws


def last_head(connection: Connection) -> str | None:
    """The latest signed head; None before the first."""
    query = select(tree_head.c.jws).order_by(tree_head.c.size.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none()


def heads(connection: Connection, after: int = 0, limit: int = 1000) -> list[tuple[int, str]]:
    """Up to `limit` signed heads of logs larger than `after`: size and JWS, in their order."""
    query = (
        select(tree_head.c.size, tree_head.c.jws)
        .where(tree_head.c.size > after)
        .order_by(tree_head.c.size)
        .limit(limit)
    )
    return [(found.size, found.jws) for found in connection.execute(query)]


def _locked(connection: Connection) -> Head | None:
    query = select(log_head.c.size, log_head.c.at).with_for_update()  # SQLite leaves it out
    found = connection.execute(query).one_or_none()
    return None if found is None else Head(found.size, found.at)


def _first_head(connection: Connection) -> Insert:
    """The head of an empty log; two who come first at once must not fail each other."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    first: Insert = dialect.insert(log_head).values(id=1, size=0, at="").on_conflict_do_nothing()
    return first


def _within(connection: Connection, asked: int | None) -> int:
    total = size(connection)
    if asked is not None and not 0 <= asked <= total:
        raise NotFoundError(f"the log has {total} entries, not {asked}")
    return total if asked is None else asked


def _with_nodes(connection: Connection, make: Callable[[merkle.Lookup], Made]) -> Made:
    """What `make` makes of stored hashes. It runs twice, first only to learn which it needs,
    so that they come in one query.
    """
    needed: list[tuple[int, int]] = []

    def note(level: int, place: int) -> bytes:
        needed.append((level, place))
        return b""

    made = make(note)
    if not needed:
        return made
    stored = _nodes(connection, needed)
    try:
        return make(lambda level, place: stored[level, place])
    except KeyError as error:
        raise InvariantError(
            f"the log lacks a hash, at {error}; run stanch audit verify"
        ) from error


def _nodes(
    connection: Connection, needed: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], bytes]:
    # Not `in` over pairs: SQLite reads the whole table for it.
    each = (and_(log_node.c.level == level, log_node.c.place == at) for level, at in needed)
    query = select(log_node.c.level, log_node.c.place, log_node.c.hash).where(or_(*each))
    return {(found.level, found.place): bytes(found.hash) for found in connection.execute(query)}
