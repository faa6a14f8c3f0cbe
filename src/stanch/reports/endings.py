"""What endpoints.csv says, summed up: by fate, by service, and who holds most.

The file is read once, a piece at a time, for all incidents. Only the largest accounts of each
service, and the largest holders, are kept one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.reports import limbs
from stanch.reports.names import service_name
from stanch.reports.pieces import Piece, codes, pieces, places
from stanch.reports.roll import Roll
from stanch.reports.trace_view import Endpoint, TraceView
from stanch.reports.words import AT_SERVICES, RESTING

LISTED: Final = 60  # accounts kept one by one, of each service and of the holders
_BOUNDS: Final = ("amount_low", "amount_high")


@dataclass(slots=True)
class Sum:
    """Sums over endpoints, smallest units, and how many there are."""

    amount: int = 0
    low: int = 0
    high: int = 0
    inferred: int = 0
    count: int = 0

    def add(self, more: "Sum") -> None:
        """Add the sums of `more`."""
        self.amount += more.amount
        self.low += more.low
        self.high += more.high
        self.inferred += more.inferred
        self.count += more.count


@dataclass(slots=True)
class Gathered:
    """Endpoints that are told together: their sum, and the largest of them, largest first."""

    sum: Sum = field(default_factory=Sum)
    largest: list[Endpoint] = field(default_factory=list)

    def keep(self) -> None:
        """Let go of all but the largest."""
        self.largest.sort(key=lambda end: (-end.amount - end.inferred, end.account))
        del self.largest[LISTED:]


@dataclass(slots=True)
class AssetEnds:
    """Where one asset of one incident is. Services by their name in lower case and category."""

    fates: dict[str, Sum] = field(default_factory=dict)
    services: dict[tuple[str, str], Gathered] = field(default_factory=dict)
    holders: Gathered = field(default_factory=Gathered)


@dataclass(slots=True)
class Endings:
    """The endpoints of one incident: by asset, and summed by account or crowd, asset and fate."""

    assets: dict[str, AssetEnds] = field(default_factory=dict)
    spots: dict[tuple[str, str, str], int] = field(default_factory=dict)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)  # of the accounts in spots


def gather_endpoints(
    view: TraceView, accounts: pa.Array, rolls: Mapping[str, Roll]
) -> dict[str, Endings]:
    """Sum up endpoints.csv for the incidents of `rolls`; `accounts` as their places want it."""
    gathering = _Gathering(accounts, list(rolls), list(rolls.values()))
    for piece in pieces(view.folder / "endpoints.csv", _COLUMNS):
        gathering.add(piece)
    for endings in gathering.found:
        for ends in endings.assets.values():
            for gathered in (ends.holders, *ends.services.values()):
                gathered.keep()
    return dict(zip(rolls, gathering.found, strict=True))


_COLUMNS: Final = (
    "incident", "account", "asset", "fate", "amount", "label", "category", "amount_low",
    "amount_high", "inferred_amount",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of a piece with the amounts as limbs: amount, low, high, inferred."""

    piece: Piece
    incident: Any
    amounts: tuple[limbs.Limbs, ...]

    def sums(self, order: Any, starts: Any) -> list[Sum]:
        """Sums of the runs that begin at `starts` when the rows are in `order`."""
        counts = np.diff(np.append(starts, len(order))).tolist()
        columns = [limbs.sums(each[order], starts) for each in self.amounts]
        return [Sum(*row) for row in zip(*columns, counts, strict=True)]


@dataclass(slots=True)
class _Gathering:
    accounts: pa.Array
    incidents: list[str]
    rolls: list[Roll]
    found: list[Endings] = field(init=False)

    def __post_init__(self) -> None:
        self.found = [Endings() for _ in self.incidents]

    def add(self, piece: Piece) -> None:
        """Count the rows of one piece."""
        incident = places(piece["incident"], pa.array(self.incidents, pa.string()))
        amounts = [piece.exact("amount")]
        for bound in _BOUNDS:
            given = pc.equal(piece[bound], "").to_numpy(zero_copy_only=False)
            amounts.append(_filled(piece.exact(bound), given, amounts[0]))
        amounts.append(piece.exact("inferred_amount"))
        rows = np.flatnonzero(incident >= 0)
        if len(rows):
            shown = Piece(piece.file, piece.before, piece.rows.take(pa.array(rows)))
            kept = _Rows(shown, incident[rows], tuple(each[rows] for each in amounts))
            self._by_service(kept)
            self._by_spot(kept)

    def _by_service(self, rows: _Rows) -> None:
        """Sums by asset, fate, label and category, and the largest of each kind."""
        order, starts, keys = _runs(rows, ("asset", "fate", "label", "category"))
        classes: dict[int, Gathered] = {}
        kind = np.full(len(order), -1, np.int64)
        ends = np.append(starts[1:], len(order))
        for n, (key, total) in enumerate(zip(keys, rows.sums(order, starts), strict=True)):
            number, asset, fate, label, category = key
            of = self.found[number].assets.setdefault(asset, AssetEnds())
            of.fates.setdefault(fate, Sum()).add(total)
            if fate in AT_SERVICES:
                name = service_name(label).casefold() if label else ""
                gathered = of.services.setdefault((name, category), Gathered())
                gathered.sum.add(total)
            elif fate in RESTING:
                gathered = of.holders
                gathered.sum.add(total)
            else:
                continue
            classes[id(gathered)] = gathered
            kind[order[starts[n] : ends[n]]] = list(classes).index(id(gathered))
        self._largest(rows, kind, list(classes.values()))

    def _largest(self, rows: _Rows, kind: Any, classes: list[Gathered]) -> None:
        """Keep the largest endpoints of each class; `kind` is each row's, or -1."""
        weight = limbs.add(rows.amounts[0], rows.amounts[3])
        ranked = np.lexsort((*(-weight).T, kind))
        of = kind[ranked]
        first = np.searchsorted(of, of)  # where the run of the same class begins
        near = (np.arange(len(ranked)) - first < LISTED) & (of >= 0)
        chosen = ranked[near]
        for n, end in zip(kind[chosen].tolist(), _endpoints(rows, chosen), strict=True):
            classes[n].largest.append(end)
        for gathered in classes:
            gathered.keep()

    def _by_spot(self, rows: _Rows) -> None:
        """Sums by account or crowd, asset and fate."""
        account = places(rows.piece["account"], self.accounts)
        spot = np.full(len(account), -1, np.int64)
        for number in np.unique(rows.incident).tolist():
            mine = np.flatnonzero((rows.incident == number) & (account >= 0))
            spot[mine] = self.rolls[number].place[account[mine]]
        for at in np.flatnonzero(spot < 0).tolist():
            roll = self.rolls[int(rows.incident[at])]
            spot[at] = roll.stranger(rows.piece["account"][at].as_py())
        order, starts, keys = _runs(rows, ("asset", "fate"), spot)
        tags = [rows.piece[name].take(pa.array(order[starts])).to_pylist()
                for name in ("label", "category")]  # fmt: skip
        for key, label, category, total in zip(keys, *tags, rows.sums(order, starts), strict=True):
            number, place, asset, fate = key
            endings, name = self.found[number], self.rolls[number].names[place]
            spot_key = (name, asset, fate)
            endings.spots[spot_key] = endings.spots.get(spot_key, 0) + total.amount
            endings.labels[name] = (label, category)


def _runs(rows: _Rows, names: tuple[str, ...], spot: Any = None) -> Any:
    """Order and starts of the rows alike in incident, `spot` and `names`, and what they share."""
    known: list[dict[str, int]] = [{} for _ in names]
    columns = [rows.incident, *([] if spot is None else [spot])]
    columns += [codes(rows.piece[name], each) for name, each in zip(names, known, strict=True)]
    keys = np.stack(columns, axis=1)
    order = np.lexsort(keys.T[::-1])
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], (keys[1:] != keys[:-1]).any(axis=1)]))
    texts = [list(each) for each in known]
    plain = len(columns) - len(names)
    shared = [
        (*key[:plain], *(text[n] for text, n in zip(texts, key[plain:], strict=True)))
        for key in keys[starts].tolist()
    ]
    return order, starts, shared


def _filled(bound: limbs.Limbs, empty: Any, amount: limbs.Limbs) -> limbs.Limbs:
    """`bound`, and `amount` where it is `empty`."""
    width = max(bound.shape[1], amount.shape[1])
    wide = np.zeros((len(bound), width), np.int64)
    wide[:, : bound.shape[1]] = bound
    wide[empty] = 0
    wide[empty, : amount.shape[1]] = amount[empty]
    return wide


def _endpoints(rows: _Rows, chosen: Any) -> list[Endpoint]:
    part = rows.piece.rows.take(pa.array(chosen))
    names = ("incident", "account", "asset", "fate", "label", "category")
    texts = [part.column(name).to_pylist() for name in names]
    amount, low, high, inferred = (limbs.values(each[chosen]) for each in rows.amounts)
    found = []
    for n, (incident, account, asset, fate, label, category) in enumerate(zip(*texts, strict=True)):
        money = amount[n], low[n], high[n], inferred[n]
        found.append(Endpoint(incident, account, asset, fate, *money, label, category))
    return found
