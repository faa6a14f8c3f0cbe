"""One state of all that is watched, and what a member finds in it.

Orders and listings are answered for many addresses at once, exposures for one at a time: who asks
for ten thousand is not told which of them are merely tainted, so that nobody gets a feed of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Self

import numpy as np

from stanch.model.collector import without_collector
from stanch.model.watched import Asked, Ended, Finding, Kind, Watched, asked
from stanch.screening.identifiers import wallet
from stanch.screening.identifiers.index import key_of
from stanch.screening.watch.audiences import MAX_NUMBER, NOBODY, Audiences
from stanch.screening.watch.level import CHUNK, Level, Row
from stanch.screening.watch.shelf import MAX_FRESH, Shelf
from stanch.screening.watch.sources import Source, Sources

OtherForms = Callable[[str], tuple[str, ...]]
Findings = tuple[Finding, ...]

_MAX_HOP: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Change:
    """What has ended, what is new since, and the audiences from now on where they changed."""

    added: Sequence[Watched] = ()
    ended: Sequence[Ended] = ()
    audiences: Audiences | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """Who is watched. `named` holds orders and listings, `tainted` exposures.

    `other_forms` tells how else the address of a watched account may be written (Tron's hex): a
    stage knows no codecs. What is asked is looked up as it stands, letters folded.
    """

    named: Shelf
    tainted: Shelf
    audiences: Audiences
    other_forms: OtherForms
    sources: Sources

    @classmethod
    def of(
        cls,
        rows: Iterable[Watched],
        audiences: Audiences | Callable[[], Audiences],
        other_forms: OtherForms = lambda _address: (),
    ) -> Self:
        """Build from rows, which may stream; where their audiences get their numbers as they come,
        `audiences` is asked once all rows are read. Raises ValueError for a row that cannot be
        used.
        """
        none = Shelf.of(())
        empty = cls(none, none, Audiences.of({}), other_forms, Sources())
        with without_collector():
            named, tainted = _parted(rows, empty._rows)
        known = audiences() if callable(audiences) else audiences
        read = replace(empty, named=Shelf.of(named), tainted=Shelf.of(tainted), audiences=known)
        read._check_audiences()
        return read

    def __len__(self) -> int:
        """Rows, those that have ended since the large level was made included."""
        return len(self.named) + len(self.tainted)

    def changed(self, change: Change) -> Self:
        """The next state: first the ends, then what is new. What is asked of it sees both.

        Raises ValueError for a row that cannot be used, and where an audience is missing that a
        row has: then nothing has changed.
        """
        added = [
            (each.kind == Kind.EXPOSURE, row) for each in change.added for row in self._rows(each)
        ]
        named, tainted = self._without(change.ended)
        after = replace(
            self,
            named=named.added([row for exposed, row in added if not exposed]),
            tainted=tainted.added([row for exposed, row in added if exposed]),
            audiences=change.audiences or self.audiences,
        )
        after._check_audiences()
        return after

    def compacted(self) -> Self:
        """The same, all in the large levels, without what has ended."""
        return replace(self, named=self.named.compacted(), tainted=self.tainted.compacted())

    @property
    def wants_compaction(self) -> bool:
        """Whether changes have become slow enough for the large levels to be made anew."""
        return max(len(self.named.fresh), len(self.tainted.fresh)) > MAX_FRESH

    def look_up(self, accounts: Sequence[str], member: str) -> list[Findings | None]:
        """Orders and listings of each account, sorted; None for a text that is no address.

        An account asked without its chain is found on all; one watched without, on any.
        """
        if len(accounts) == 1:
            return [self._found_one(accounts[0], member, (self.named,))]
        with without_collector():
            return self._found(accounts, member)

    def look_up_one(self, account: str, member: str) -> Findings | None:
        """The same of one account, and through which incidents' money it is tainted."""
        return self._found_one(account, member, (self.named, self.tainted))

    def open_to(self, member: str) -> Iterator[tuple[str, Finding]]:
        """Normal form and finding of every order and listing that a member may hold."""
        for row in self.named.open_rows(self.audiences.open_to(member)):
            yield row.form, self._finding(row)

    def _found(self, accounts: Sequence[str], member: str) -> list[Findings | None]:
        queries = [asked(each, wallet.normalize) for each in accounts]
        # One that is asked a thousand times in one go is looked up once: nothing adds up.
        distinct = list(dict.fromkeys(filter(None, queries)))
        forms, allowed = [each.form for each in distinct], self.audiences.open_to(member)
        found: dict[Asked, set[Finding]] = {}
        for place, row in self.named.search(forms, allowed):
            query, finding = distinct[place], self._finding(row)
            if _on_chain(query, finding):
                found.setdefault(query, set()).add(finding)
        answers = {query: tuple(sorted(each)) for query, each in found.items()}
        return [None if query is None else answers.get(query, ()) for query in queries]

    def _found_one(self, account: str, member: str, shelves: tuple[Shelf, ...]) -> Findings | None:
        query = asked(account, wallet.normalize)
        if query is None:
            return None
        key, allowed = np.uint64(key_of(query.form)), self.audiences.open_to(member)
        rows = (row for shelf in shelves for row in shelf.near(query.form, key, allowed))
        findings = {each for each in map(self._finding, rows) if _on_chain(query, each)}
        return tuple(sorted(findings))

    def _finding(self, row: Row) -> Finding:
        kind, reference, chain, asset = self.sources.known[row.source]
        return Finding(kind, reference, chain, row.hop, asset, row.amount)

    def _rows(self, watched: Watched) -> list[Row]:
        read = asked(watched.account, wallet.bare)
        if read is None:
            raise ValueError(f"{watched.account[:100]!r} is no account that can be watched")
        if not NOBODY < watched.audience <= MAX_NUMBER:
            raise ValueError(f"{watched.audience} is no audience")
        if not 0 <= watched.hop <= _MAX_HOP:
            raise ValueError(f"{watched.hop} is no number of hops")
        source = Source(watched.kind, watched.reference, read.chain, watched.asset)
        number = self.sources.number(source)
        return [
            Row(form, number, watched.audience, watched.hop, watched.amount)
            for form in self._forms(read.form)
        ]

    def _check_audiences(self) -> None:
        unknown = (self.named.audiences() | self.tainted.audiences()) - set(self.audiences.sets)
        if unknown:
            raise ValueError(f"{min(unknown)} is no audience, but rows have it")

    def _forms(self, address: str) -> frozenset[str]:
        return frozenset(each.lower() for each in (address, *self.other_forms(address)))

    def _without(self, ended: Iterable[Ended]) -> tuple[Shelf, Shelf]:
        named, tainted = self.named, self.tainted
        for (kind, reference), accounts in _by_reference(ended).items():
            for chain, forms in self._ending(accounts):
                sources = self.sources.of(kind, reference, chain)
                if kind == Kind.EXPOSURE:
                    tainted = tainted.ended(sources, forms)
                else:
                    named = named.ended(sources, forms)
        return named, tainted

    def _ending(self, accounts: set[str]) -> Iterator[tuple[str | None, frozenset[str] | None]]:
        """(chain, forms on it) that end; None is all of them."""
        if "" in accounts:
            yield None, None
            return
        forms: dict[str, set[str]] = {}
        for account in accounts:
            if (read := asked(account, wallet.bare)) is None:
                raise ValueError(f"{account[:100]!r} is no account that can be watched")
            forms.setdefault(read.chain, set()).update(self._forms(read.form))
        for chain, each in forms.items():
            yield chain, frozenset(each)


def _on_chain(query: Asked, finding: Finding) -> bool:
    """Whether nothing says that it is on another chain."""
    return not (query.chain and finding.chain) or query.chain == finding.chain


def _by_reference(ended: Iterable[Ended]) -> dict[tuple[Kind, str], set[str]]:
    accounts: dict[tuple[Kind, str], set[str]] = {}
    for each in ended:
        accounts.setdefault((each.kind, each.reference), set()).add(each.account)
    return accounts


def _parted(
    rows: Iterable[Watched], read: Callable[[Watched], list[Row]]
) -> tuple[list[Level], list[Level]]:
    """Orders and listings, and exposures, as columns: a chunk at a time is Python's."""
    named: list[Level] = []
    tainted: list[Level] = []
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        for levels, exposed in ((named, False), (tainted, True)):
            levels.append(
                Level.of(
                    row
                    for each in chunk
                    if (each.kind == Kind.EXPOSURE) is exposed
                    for row in read(each)
                )
            )
    return named, tainted
