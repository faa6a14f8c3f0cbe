"""What exchanges screen against: orders in force, sanctions lists, latest traces, in memory.

Built when the server starts; then kept up with the log: whoever writes to the desk, on this server
or another, writes to the log, and a look at its size is all that it costs when nothing happened.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection

from stanch.app.home import home_at
from stanch.app.screen_index import listed
from stanch.cases import traces
from stanch.formats.addresses.forms import wallet_forms
from stanch.model.listed import WALLET
from stanch.model.watched import Ended, Finding, Kind, Watched
from stanch.response import watched as orders
from stanch.screening.watch import Audiences, Change, Current, Watch
from stanch.screening.watch.audiences import Members
from stanch.store.desk import log
from stanch.store.desk.transaction import Database
from stanch.store.desk.visible import EVERYBODY, NAMED_MEMBERS

EVERY_MEMBER: Final[Members] = "all"


@dataclass(slots=True)
class Numbers:
    """Audiences by number: the same set of members has one number."""

    of: dict[Members, int] = field(default_factory=dict)

    def number(self, members: Members) -> int:
        """The number of a set of members, a new one where it has none."""
        return self.of.setdefault(members, len(self.of) + 1)

    def audiences(self) -> Audiences:
        """All sets by number, as the index takes them."""
        return Audiences.of({number: members for members, number in self.of.items()})


class Watching:
    """Answers from memory; `refresh` brings it up to the log."""

    def __init__(self, database: Database, home: Path | None = None) -> None:
        """Build from the database, and from the lists of `home` where one is given."""
        self._database, self._lock, self._numbers = database, Lock(), Numbers()
        self.details: dict[tuple[Kind, str], Mapping[str, Any]] = {}
        with database.read() as connection:
            self._seen = log.size(connection)
            rows = chain(
                self._orders(connection, None),
                self._exposures(connection),
                self._listings(home) if home is not None else (),
            )
            # Read as they are laid out: millions of them at once would fill the memory. Who may see
            # them is known when all are read.
            self.current = Current(Watch.of(rows, self._numbers.audiences, wallet_forms))

    def refresh(self) -> bool:
        """Take in what was written since; whether anything was."""
        with self._lock, self._database.read() as connection:
            size = log.size(connection)
            if size == self._seen:
                return False
            changed = self._changed(connection)
            self._seen = size
            if changed is not None:
                self.current.change(changed)
        return True

    def held_by(self, member: str) -> tuple[int, Iterator[tuple[str, Finding]]]:
        """Orders and listings that a member may hold, by normal form; and as of which place of the
        log: from there on, changes lead on.
        """
        self.refresh()
        with self._lock:
            return self._seen, self.current.watch.open_to(member)

    def _changed(self, connection: Connection) -> Change | None:
        """What the entries since the last look mean for the index."""
        subjects: set[str] = set()
        traced = False
        after = self._seen
        while entries := log.entries(connection, after, 1000):
            after = entries[-1].n
            subjects |= {one.subject for one in entries if one.verb.startswith("order.")}
            traced |= any(one.verb == "trace.attached" for one in entries)
        if not subjects and not traced:
            return None
        ended = [Ended(Kind.ORDER, id) for id in sorted(subjects)]
        added = list(self._orders(connection, subjects)) if subjects else []
        if traced:
            gone = [ref for kind, ref in self.details if kind is Kind.EXPOSURE]
            ended += [Ended(Kind.EXPOSURE, reference) for reference in gone]
            added += self._exposures(connection)
        return Change(added, ended, self._numbers.audiences())

    def _orders(self, connection: Connection, only: Iterable[str] | None) -> Iterator[Watched]:
        for one in orders.targets_in_force(connection, only):
            number = self._numbers.number(one.audience)
            self.details[Kind.ORDER, one.order] = one.details
            amount = one.amount or ""
            yield Watched(one.account, Kind.ORDER, one.order, number, 0, one.asset or "", amount)

    def _exposures(self, connection: Connection) -> Iterator[Watched]:
        for row in traces.latest(connection):
            reference = f"{row['item']}/{row['incident']}"
            shown = {"trace": row["item"], "incident": row["incident"], "marking": row["marking"]}
            self.details[Kind.EXPOSURE, reference] = shown
            number = self._numbers.number(_audience(row))
            yield Watched(
                row["account"], Kind.EXPOSURE, reference, number, row["hop"], row["asset"],
                row["amount"],
            )  # fmt: skip

    def _listings(self, home: Path) -> Iterator[Watched]:
        number = self._numbers.number(EVERY_MEMBER)
        for name, version, entry in listed(home_at(home)):
            wallets = [each.value for each in entry.identifiers if each.kind == WALLET]
            if wallets:
                reference = f"{name}/{entry.id}"
                called = entry.names[0].text if entry.names else entry.id
                self.details[Kind.LISTING, reference] = {
                    "list": name, "version": version, "entry": entry.id, "name": called,
                    "programs": list(entry.programs),
                }  # fmt: skip
                for wallet in wallets:
                    yield Watched(wallet, Kind.LISTING, reference, number)


def _audience(row: Mapping[str, Any]) -> Members:
    """Who may see a trace's accounts, as members; a trace in red is for people, so for none."""
    if row["marking"] in EVERYBODY:
        return EVERY_MEMBER
    if row["marking"] in NAMED_MEMBERS:
        return frozenset({row["owner"], *row["released"]})
    return frozenset()


def answer(found: Any, details: Mapping[tuple[Kind, str], Mapping[str, Any]]) -> dict[str, Any]:
    """One finding as an answer says it: what it is, hop, amount, and the evidence behind it."""
    out: dict[str, Any] = {"kind": found.kind.value, "reference": found.reference}
    if found.chain:
        out["chain"] = found.chain
    if found.kind is Kind.EXPOSURE:
        out["hop"] = found.hop
    if found.asset:
        out["asset"] = found.asset
    if found.amount:
        out["amount"] = found.amount
    return {**out, **details.get((found.kind, found.reference), {})}
