"""Who is drawn by name, and in which crowd the others stand.

A trace can reach millions of accounts; a picture has room for some dozens. The accounts through
which most passed are kept. The others are counted together: those of one service, those that
are deposit addresses, and the rest, by their hops from the theft. No amount is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stanch.reports import limbs
from stanch.reports.names import service_name
from stanch.reports.pieces import codes, pieces, places
from stanch.reports.trace_view import AccountRow, TraceView, account_row

Ids = npt.NDArray[np.int64]

KEPT: Final = 3_000  # accounts kept by name in one incident, fewer where there are many
_KEPT_IN_ALL: Final = 30_000
_EXAMPLES: Final = 8
_FURTHEST: Final = 40  # hops beyond it count as it
_SERVICES: Final = frozenset(
    {"exchange", "mixer", "bridge", "otc", "gambling", "mining", "service"}
)


@dataclass(slots=True)
class Crowd:
    """Accounts that are counted together; some of them as examples."""

    kind: str  # rest or service
    label: str
    category: str
    size: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Roll:
    """The accounts of one incident.

    `place` gives for each account of the folder its place in `names`, or -1; a name is an
    account or the key of a crowd. `rows` tell of the accounts that are kept.
    """

    place: npt.NDArray[np.int32]
    names: list[str]
    crowds: dict[str, Crowd]
    rows: list[AccountRow]
    accounts: int
    strangers: dict[str, int] = field(default_factory=dict)

    def stranger(self, account: str) -> int:
        """Place of an account that accounts.csv does not have, such as a robbed one."""
        known = self.strangers.get(account)
        if known is None:
            known = len(self.names)
            if len(self.strangers) < KEPT:
                self.names.append(account)
            else:
                known = self._outsiders(account)
            self.strangers[account] = known
        return known

    def _outsiders(self, account: str) -> int:
        crowd = self.crowds.get("+outside")
        if crowd is None:
            crowd = self.crowds["+outside"] = Crowd("rest", "", "")
            self.names.append("+outside")
        crowd.size += 1
        crowd.examples = [*crowd.examples, account][:_EXAMPLES]
        return self.names.index("+outside")


@dataclass(frozen=True, slots=True)
class _Table:
    """accounts.csv as numbers: one entry a row."""

    accounts: pa.Array  # every account once
    account: Ids
    incident: Ids
    weight: npt.NDArray[np.float64]
    hop: Ids
    label: Ids
    category: Ids
    labels: list[str]
    categories: list[str]


def call(
    view: TraceView, incidents: Sequence[str], seeds: Mapping[str, frozenset[str]]
) -> tuple[pa.Array, dict[str, Roll]]:
    """Every account of accounts.csv once, and the roll of each of `incidents`."""
    table = _read(view, incidents)
    most = max(64, min(KEPT, _KEPT_IN_ALL // max(len(incidents), 1)))
    rolls = {
        incident: _roll(table, number, most, seeds[incident])
        for number, incident in enumerate(incidents)
    }
    _tell(view, rolls)
    return table.accounts, rolls


def _read(view: TraceView, incidents: Sequence[str]) -> _Table:
    columns = ("incident", "account", "asset", "traced_in", "traced_out", "held", "inferred_in",
               "inferred_out", "hop", "label", "category")  # fmt: skip
    assets, labels, categories = dict[str, int](), dict[str, int](), dict[str, int]()
    accounts: list[pa.Array] = []
    parts: list[tuple[Any, ...]] = []
    for piece in pieces(view.folder / "accounts.csv", columns):
        accounts.append(piece["account"])
        weight = np.maximum.reduce(
            [limbs.rough(piece.exact(name)) for name in columns[3:8]], dtype=np.float64
        )
        wanted = places(piece["incident"], pa.array(list(incidents), pa.string()))
        hop = limbs.rough(piece.exact("hop")).astype(np.int64).clip(0, _FURTHEST)
        parts.append(
            (wanted, codes(piece["asset"], assets), weight, hop,
             codes(piece["label"], labels), codes(piece["category"], categories))
        )  # fmt: skip
    encoded = pa.chunked_array(accounts, pa.string()).dictionary_encode().combine_chunks()
    del accounts
    if not parts:
        parts = [tuple(np.zeros(0, kind) for kind in (int, int, float, int, int, int))]
    incident, asset, weight, hop, label, category = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return _Table(
        encoded.dictionary,
        encoded.indices.to_numpy().astype(np.int64),
        incident,
        weight / _greatest(incident * max(len(assets), 1) + asset, weight),
        hop,
        label,
        category,
        list(labels),
        list(categories),
    )


def _greatest(key: Ids, weight: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The largest weight among the rows of the same key: amounts of assets made comparable."""
    _, group = np.unique(key, return_inverse=True)
    most = np.ones(int(group.max()) + 1 if len(group) else 0)
    np.maximum.at(most, group, weight)
    found: npt.NDArray[np.float64] = most[group]
    return found


def _roll(table: _Table, number: int, most: int, seeds: frozenset[str]) -> Roll:
    rows = np.flatnonzero(table.incident == number)
    members, first = np.unique(table.account[rows], return_index=True)
    weight = np.zeros(len(members))
    hop = np.full(len(members), _FURTHEST, np.int64)
    at = np.searchsorted(members, table.account[rows])
    np.maximum.at(weight, at, table.weight[rows])
    np.minimum.at(hop, at, table.hop[rows])
    wanted = places(pa.array(sorted(seeds), pa.string()), table.accounts)
    weight[np.isin(members, wanted)] = np.inf
    ranked = np.lexsort((members, -weight))
    place = np.full(len(table.accounts), -1, np.int32)
    kept = members[ranked[:most]]
    place[kept] = np.arange(len(kept), dtype=np.int32)
    roll = Roll(place, table.accounts.take(pa.array(kept)).to_pylist(), {}, [], len(members))
    light = ranked[most:]
    if len(light):
        _crowd(table, roll, members[light], (rows[first[light]], hop[light]))
    return roll


def _crowd(table: _Table, roll: Roll, members: Ids, where: tuple[Ids, Ids]) -> None:
    """Put `members`, heaviest first, into crowds; `where` is a row of each, and its hop."""
    row, hop = where
    label, category = table.label[row], table.category[row]
    service = np.isin(category, [n for n, c in enumerate(table.categories) if c in _SERVICES])
    kinds = np.where(service, label + 1, 0) * len(table.categories) + category
    kinds = kinds * (_FURTHEST + 1) + np.where(service, 0, hop)
    found, first, inverse, sizes = np.unique(
        kinds, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(inverse, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    numbers: dict[str, int] = {}
    number_of = np.empty(len(found), np.int32)
    for n, at in enumerate(first.tolist()):
        name, kind = table.labels[label[at]], table.categories[category[at]]
        key = _key(name, kind, int(hop[at]), bool(service[at]))
        if key not in numbers:
            numbers[key] = len(roll.names)
            roll.names.append(key)
            roll.crowds[key] = _empty(name, kind, bool(service[at]))
        crowd = roll.crowds[key]
        crowd.size += int(sizes[n])
        some = members[order[starts[n] : starts[n] + _EXAMPLES]]
        names = table.accounts.take(pa.array(some)).to_pylist()
        crowd.examples = [*crowd.examples, *names][:_EXAMPLES]
        number_of[n] = numbers[key]
    roll.place[members] = number_of[inverse]


def _key(label: str, category: str, hop: int, service: bool) -> str:
    if service:
        return f"+service:{category}:{service_name(label).casefold() if label else ''}"
    return f"+{'deposit' if category == 'deposit' else 'rest'}:{hop}"


def _empty(label: str, category: str, service: bool) -> Crowd:
    if service:
        return Crowd("service", label, category)
    return Crowd("rest", "", "deposit" if category == "deposit" else "")


def _tell(view: TraceView, rolls: Mapping[str, Roll]) -> None:
    """Read the rows of the accounts that are kept."""
    kept = {
        incident: {name for name in roll.names if name not in roll.crowds}
        for incident, roll in rolls.items()
    }
    everybody = pa.array(sorted(set().union(*kept.values())), pa.string())
    for piece in pieces(view.folder / "accounts.csv", AccountRow._fields):
        known = piece.where(places(piece["account"], everybody) >= 0)
        for row in known.rows.to_pylist():
            if row["account"] in kept.get(row["incident"], ()):
                rolls[row["incident"]].rows.append(account_row(row))
