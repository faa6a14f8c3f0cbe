"""A table to screen with at home: a signed snapshot, and each order that changed since, proved.

What comes by /v1/changes is unsigned. So it only says which orders to look at: what one holds is
what its bundle proves, and where that is something else than the desk says, there is an alarm. An
order that is not proved does not count, and one that is not proved to be over goes on.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from stanch.client.addresses import normal_form
from stanch.client.changes import Changed
from stanch.client.orders import Proved
from stanch.client.snapshots import Findings
from stanch.errors import NotFoundError, SignatureError
from stanch.formats.addresses.forms import wallet_forms
from stanch.formats.signed.tally import Proved as State
from stanch.formats.snapshot import Snapshot, accept
from stanch.model.watched import Asked, Finding, Kind, asked

_CLOCKS: Final = timedelta(minutes=5)  # by which the desk's clock and ours may differ


@dataclass(frozen=True, slots=True)
class _Row:
    """One account of an order, and what is found of it."""

    proved: Proved
    account: str
    finding: Finding

    def holds(self, now: datetime) -> bool:
        """Whether the order holds it. By a clock that is behind, too, it does as soon as it may."""
        return any(self.account in self.proved.held(at) for at in (now, now + _CLOCKS))


@dataclass(slots=True, eq=False)
class Local:
    """Good until the snapshot's `header.until`; what changed since makes it no younger.

    `place` is how far along the desk's log it is. One thread may screen while another applies.
    """

    snapshot: Snapshot
    clock: Callable[[], datetime]
    place: int = field(init=False)
    _rows: dict[str, dict[str, tuple[_Row, ...]]] = field(default_factory=dict)  # by form, order
    _replaced: set[str] = field(default_factory=set)  # orders of which the snapshot is out of date

    def __post_init__(self) -> None:
        """Begin where the snapshot was made."""
        self.place = self.snapshot.header.place

    def screen(self, addresses: Sequence[str]) -> list[Findings]:
        """What is known of each address, in whatever spelling, with no network.

        Raises RefusedError where the snapshot is over: fetch another.
        """
        now = self._now()
        queries = [asked(each, normal_form) for each in addresses]
        known = [each for each in queries if each is not None]
        answers = iter(zip(known, self.snapshot.look_up(known), strict=True))
        return [None if each is None else self._found(*next(answers), now) for each in queries]

    def apply(self, changes: Iterable[Changed], prove: Callable[[str], Proved]) -> int:
        """Take in what changed, in its order, by what `prove` says of each order.

        Raises RefusedError where the snapshot is over, and what `prove` raises; SignatureError
        where an order is not as it was said to be: all others were taken in, and `place` stays
        before it, so that the alarm comes again.
        """
        now, false, count = self._now(), list[str](), 0
        for change in changes:
            count += 1
            try:
                proved = prove(change.order)
                _was_in_force(proved)
                self._take(change.order, proved)
                _as_said(change, proved, now)
            except (SignatureError, NotFoundError) as error:
                false.append(f"{change.order}: {error}")
            if not false:
                self.place = change.n
        if false:
            raise SignatureError(f"{len(false)} changes do not hold; {false[0]}")
        return count

    def _now(self) -> datetime:
        now = self.clock()
        accept(self.snapshot.header, self.snapshot.header.number, now)
        return now

    def _found(self, query: Asked, old: Iterable[Finding], now: datetime) -> tuple[Finding, ...]:
        found = {
            each for each in old if each.kind != Kind.ORDER or each.reference not in self._replaced
        }
        for rows in self._rows.get(query.form, {}).values():
            found |= {
                each.finding
                for each in rows
                if (not query.chain or query.chain == each.finding.chain) and each.holds(now)
            }
        return tuple(sorted(found))

    def _take(self, order: str, proved: Proved) -> None:
        """Put an order in place of what was known of it; at no moment is neither there."""
        rows: dict[str, list[_Row]] = {}
        for target in proved.what.order.targets:
            chain, _, address = target.account.rpartition(":")
            amount = "" if target.amount is None else str(target.amount)
            finding = Finding(Kind.ORDER, order, chain, 0, target.asset or "", amount)
            for form in set(map(normal_form, (address, *wallet_forms(address)))) - {""}:
                rows.setdefault(form, []).append(_Row(proved, target.account, finding))
        for form, held in self._rows.items():
            if form not in rows and order in held:
                self._rows[form] = {id: each for id, each in held.items() if id != order}
        for form, mine in rows.items():
            self._rows[form] = {**self._rows.get(form, {}), order: tuple(mine)}
        self._replaced.add(order)


def _was_in_force(proved: Proved) -> None:
    """Raise SignatureError for an order that never held: to leave signatures out ends none."""
    if proved.what.tally.state not in (State.CONCURRED, State.RELEASED):
        raise SignatureError("was never in force, by what was signed about it")


def _as_said(change: Changed, proved: Proved, now: datetime) -> None:
    """Raise SignatureError where an order holds something else than the desk says it does; what
    begins or ends about now may be either.
    """
    times = [set(proved.held(now + each)) for each in (-_CLOCKS, timedelta(0), _CLOCKS)]
    said = {each.account for each in change.held}
    if not said <= set.union(*times):
        raise SignatureError("holds less than the desk says")
    if not set.intersection(*times) <= said:
        raise SignatureError("is not let go of, though the desk says so")
