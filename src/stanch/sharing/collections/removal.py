"""Taking objects out. A row without bytes stays, so that nobody else brings them back."""

from collections.abc import Collection, Sequence

from sqlalchemy import update

from stanch.model.desk.people import Caller
from stanch.sharing.collections.objects import lying, restate, turn
from stanch.sharing.collections.states import DELETED, settled
from stanch.store.desk.commitments import commit_to
from stanch.store.desk.tables import shared_object
from stanch.store.desk.transaction import Transaction

Named = tuple[str, str, str]  # id, version as it is stored, owner


def remove(tx: Transaction, caller: Caller | None, of: str, named: Sequence[Named]) -> int:
    """Take rows out; returns how many lay there. Whether the caller may is asked before.

    What the object was is gone with its bytes; its id, version, digest and owner stay.
    """
    wanted = set(named)
    rows = lying(tx, of, {id for id, _, _ in wanted})
    gone, changed = [], []
    for each in rows.values():
        for row in each:
            if row.state != DELETED and (row.id, row.version, row.owner) in wanted:
                row.state = DELETED
                gone.append(row)
        changed += settled(each)
    for row in gone:
        tx.connection.execute(
            update(shared_object)
            .where(shared_object.c.seq == row.seq)
            .values(state=DELETED, contested=False, bytes=None)
        )
    restate(tx, changed)
    if gone:
        turn(tx, of)
        said = "\n".join(sorted(f"{row.id} {row.version} {row.digest}" for row in gone))
        tx.record(caller, "collection.removed", of, {"objects": commit_to(tx.connection, said)})
    return len(gone)


def versions_of(tx: Transaction, of: str, id: str, owner: str) -> list[Named]:
    """All versions of an object that a member has in a collection, as `remove` names them."""
    rows = lying(tx, of, [id]).get(id, [])
    return [(id, row.version, owner) for row in rows if row.owner == owner and row.state != DELETED]


def owned(tx: Transaction, of: str, id: str, added: Collection[str]) -> list[Named]:
    """Rows of an object by when they were added, as `remove` names them."""
    rows = lying(tx, of, [id]).get(id, [])
    return [(id, row.version, row.owner) for row in rows if row.added in added]
