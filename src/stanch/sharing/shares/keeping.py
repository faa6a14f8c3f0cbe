"""Shares: made, renewed where the row has changed, ended; and what becomes of their objects.

Two shares of one member may bring the same object into a collection. It then goes to whom either
says, and goes when neither brings it any more.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, delete, insert, select, update

from stanch.errors import NotFoundError, RefusedError
from stanch.formats.stix.times import order_of
from stanch.members.words import new_id
from stanch.model.desk.canonical import canonical
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.sharing.collections.objects import Batch, lying, put
from stanch.sharing.collections.removal import remove
from stanch.sharing.collections.states import DELETED
from stanch.sharing.collections.words import Offer, Outcome, View
from stanch.sharing.shares.reach import Reached, To, join, within
from stanch.sharing.shares.told import Told, read, told, written
from stanch.store.desk.log import commit_to
from stanch.store.desk.tables import share, share_object, shared_object
from stanch.store.desk.transaction import Transaction

_WORDS: Final = ("title", "marking", "to", "why", "terms")


@dataclass(frozen=True, slots=True)
class NewShare:
    """A row that goes into a collection: whose it is, what it is called, how it is marked, to whom
    it may go, why, the objects that it becomes, and under which terms (JSON, perhaps empty).
    """

    collection: str
    owner: str
    kind: str
    row: str
    title: str
    marking: Marking
    to: To
    why: str
    objects: Sequence[Reached]
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """A share's id, how many objects it has, how many came or moved, and how many went."""

    id: str
    objects: int
    came: int
    gone: int


@dataclass(frozen=True, slots=True)
class _Brought:
    object: str
    digest: str
    plain: str
    modified: str
    to: str


def keep(tx: Transaction, caller: Caller | None, new: NewShare) -> Shared:
    """Put a row's objects into a collection. The same row again makes nothing new; one that has
    changed makes new versions, and takes back what its readers may not see any more.

    Whether the caller may is asked before. Raises RefusedError where an object of the owner's
    lies there and says something else.
    """
    owner = new.owner
    before = active(tx, new.row, (owner, new.collection))
    was = _brings(tx, before.id) if before else []
    objects = told(tx, owner, new.objects, _newest(was))
    id = before.id if before else new_id("share")
    held = _held(tx, new.collection, owner, id, [each.id for each in objects])
    offers = [
        each.offer(owner, join(each.to, held[key]) if (key := (each.id, each.digest)) in held
                   else each.to)
        for each in objects
    ]  # fmt: skip
    came = _put(tx, caller, new.collection, offers)
    rows = {(each.id, each.digest): _brought(each) for each in objects}
    kept, lost = _sorted_out(rows, was)
    gone = _take_back(tx, caller, _Left(new.collection, owner, id, lost))
    words = {"title": new.title, "marking": new.marking.value, "to": written(new.to),
             "why": new.why, "terms": new.terms}  # fmt: skip
    same = before is not None and all(getattr(before, name) == words[name] for name in _WORDS)
    if came or gone or not same:
        _write(tx, caller, (id, before is None), new, words)
    _bring(tx, id, [*rows.values(), *kept])
    return Shared(id, len(rows), came, gone)


def end(tx: Transaction, caller: Caller, id: str, reason: str) -> int:
    """Take back what a share of the caller's member brought; returns how many objects went, or go
    to fewer. Raises NotFoundError, RefusedError where it has ended.
    """
    mine = select(share).where(share.c.id == id, share.c.owner == caller.member.id)
    row = tx.connection.execute(mine).one_or_none()
    if row is None:
        raise NotFoundError(f"no share {id[:80]}")
    if row.ended is not None:
        raise RefusedError(f"{id} ended at {row.ended}")
    return close(tx, caller, row, reason)


def close(tx: Transaction, caller: Caller | None, row: Row[Any], reason: str) -> int:
    """End a share that is open; whether the caller may is asked before."""
    ended = update(share).where(share.c.id == row.id).values(ended=tx.at, reason=reason)
    tx.connection.execute(ended)
    left = _Left(row.collection, row.owner, row.id, _brings(tx, row.id))
    gone = _take_back(tx, caller, left)
    sealed = commit_to(tx.connection, reason)
    tx.record(caller, "share.ended", row.id, {"collection": row.collection, "reason": sealed})
    return gone


def active(tx: Transaction, row: str, where: tuple[str, str]) -> Row[Any] | None:
    """The share of a row that has not ended; `where` is whose it is, and in which collection."""
    rows = active_of(tx, [row])
    return next((each for each in rows if (each.owner, each.collection) == where), None)


def active_of(tx: Transaction, rows: Iterable[str]) -> Sequence[Row[Any]]:
    """The shares of rows that have not ended, whoever's they are."""
    here = (share.c.row.in_(sorted(rows)), share.c.ended.is_(None))
    return tx.connection.execute(select(share).where(*here).order_by(share.c.id)).all()


@dataclass(frozen=True, slots=True)
class _Left:
    """What a share does not bring any more to a collection."""

    collection: str
    owner: str
    share: str
    brought: Sequence[_Brought]


def _put(tx: Transaction, caller: Caller | None, into: str, offers: Sequence[Offer]) -> int:
    """What others brought is theirs: it may go to fewer, and is neither looked at nor trusted."""
    batch = Batch(into, offers, View(into, ()), revive=True)
    verdicts = put(tx, caller, batch)
    for each in verdicts:
        if not each.lies_there:
            raise RefusedError(f"{each.id}: {each.reason}")
    return sum(each.outcome != Outcome.SAME for each in verdicts)


def _newest(was: Iterable[_Brought]) -> dict[tuple[str, str], str]:
    """The newest versions of what a share brings, by id and what they say."""
    last: dict[str, tuple[str, str]] = {}
    versioned = [each for each in was if each.modified]
    for each in versioned:
        last[each.object] = max(last.get(each.object, ("", "")), order_of(each.modified))
    return {
        (each.object, each.plain): each.modified
        for each in versioned
        if order_of(each.modified) == last[each.object]
    }


def _sorted_out(
    rows: dict[tuple[str, str], _Brought], was: Iterable[_Brought]
) -> tuple[list[_Brought], list[_Brought]]:
    """Of what was brought before: earlier versions that stay, and what goes. A version stays for
    those who may see the one after it.
    """
    reach: dict[str, To] = {}
    for each in rows.values():
        to = read(each.to)
        reach[each.object] = join(reach[each.object], to) if each.object in reach else to
    kept: list[_Brought] = []
    lost: list[_Brought] = []
    for each in was:
        if (each.object, each.digest) in rows:
            continue
        stays = each.object in reach and within(read(each.to), reach[each.object])
        (kept if stays and each.modified else lost).append(each)
    return kept, lost


def _take_back(tx: Transaction, caller: Caller | None, left: _Left) -> int:
    """Objects that no other share brings are deleted; others go to whom those say."""
    owner = left.owner
    ids = [each.object for each in left.brought]
    held = _held(tx, left.collection, owner, left.share, ids)
    wanted = {(each.object, each.digest): each for each in left.brought}
    lie = {
        (row.id, row.digest): row
        for rows in lying(tx, left.collection, ids).values()
        for row in rows
        if row.owner == owner and row.state != DELETED and (row.id, row.digest) in wanted
    }
    named = [(row.id, row.version, owner) for key, row in lie.items() if key not in held]
    gone = remove(tx, caller, left.collection, named) if named else 0
    fewer = [
        _offered(tx, row.seq, owner, held[key]) for key, row in lie.items() if key in held
    ]  # fmt: skip
    return gone + (_put(tx, caller, left.collection, fewer) if fewer else 0)


def _offered(tx: Transaction, seq: int | None, owner: str, to: To) -> Offer:
    query = select(shared_object.c.bytes, shared_object.c.marking).where(shared_object.c.seq == seq)
    row = tx.connection.execute(query).one()
    raw = bytes(row.bytes)
    return Told(json.loads(raw), raw, "", Marking(row.marking), to).offer(owner, to)


def _held(
    tx: Transaction, into: str, owner: str, but: str, ids: Sequence[str]
) -> dict[tuple[str, str], To]:
    """Whom other shares of the member bring objects to, by id and digest."""
    found: dict[tuple[str, str], To] = {}
    wanted = sorted(set(ids))
    for at in range(0, len(wanted), 400):
        query = (
            select(share_object)
            .join(share, share_object.c.share == share.c.id)
            .where(
                share.c.collection == into, share.c.owner == owner, share.c.ended.is_(None),
                share.c.id != but, share_object.c.object.in_(wanted[at : at + 400]),
            )
        )  # fmt: skip
        for row in tx.connection.execute(query):
            key, to = (row.object, row.digest), read(row.to)
            found[key] = join(found[key], to) if key in found else to
    return found


def _brings(tx: Transaction, id: str) -> list[_Brought]:
    query = select(share_object).where(share_object.c.share == id)
    rows = tx.connection.execute(query.order_by(share_object.c.object, share_object.c.digest))
    return [_Brought(each.object, each.digest, each.plain, each.modified, each.to) for each in rows]


def _brought(each: Told) -> _Brought:
    return _Brought(each.id, each.digest, each.plain, each.modified, written(each.to))


def _bring(tx: Transaction, id: str, brought: Iterable[_Brought]) -> None:
    tx.connection.execute(delete(share_object).where(share_object.c.share == id))
    rows = [
        {"share": id, "object": each.object, "digest": each.digest, "plain": each.plain,
         "modified": each.modified, "to": each.to}
        for each in brought
    ]  # fmt: skip
    tx.connection.execute(insert(share_object), rows)


def _write(
    tx: Transaction,
    caller: Caller | None,
    id: tuple[str, bool],
    new: NewShare,
    words: dict[str, str],
) -> None:
    """The row, and an entry of the log: which row, for whom and why stands in it sealed."""
    values = {**words, "person": caller.person if caller else "", "renewed": tx.at}
    if id[1]:
        row = {"id": id[0], "collection": new.collection, "kind": new.kind, "row": new.row,
               "owner": new.owner, "created": tx.at, **values}  # fmt: skip
        tx.connection.execute(insert(share).values(**row))
    else:
        tx.connection.execute(update(share).where(share.c.id == id[0]).values(**values))
    sealed = commit_to(tx.connection, canonical({**words, "row": new.row}).decode())
    verb = "share.made" if id[1] else "share.renewed"
    tx.record(caller, verb, id[0], {"collection": new.collection, "said": sealed})
