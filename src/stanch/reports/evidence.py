"""The flows that can have brought money to one account, taken out of a trace of any size.

Two passes over flows.csv. The first keeps numbers only, and finds by going back from the account
which flows lead to it. The second reads those. Where they are too many for a search in Python,
the heaviest stay, and the answer says so.
"""

import heapq
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.reports import limbs
from stanch.reports.pieces import Piece, codes, pieces, places
from stanch.reports.shares import Shares
from stanch.reports.swaps import SWAP, SwapLeg, SwapRates
from stanch.reports.trace_view import Flow, TraceView, flow_rows

MOST: Final = 100_000  # flows that are searched
_EACH: Final = 32  # of them, to one account, where there are more
_BESIDE: Final = 8  # legs of one swap
_COLUMNS: Final = (
    "incident", "tx", "from", "to", "asset", "traced_amount", "inferred_amount", "stolen_amount",
    "time", "rule",
)  # fmt: skip


@dataclass(slots=True)
class Ledger:
    """The flows of one incident as numbers: one entry a flow, in the order of the file."""

    row: Any = None
    src: Any = None
    dst: Any = None
    asset: Any = None
    weight: Any = None  # traced and inferred, roughly
    swap: Any = None  # whether it is a leg of a swap
    accounts: pa.Array = None
    assets: list[str] = field(default_factory=list)
    swaps: SwapRates = field(default_factory=SwapRates)
    largest: dict[str, int] = field(default_factory=dict)  # by asset, roughly


@dataclass(frozen=True, slots=True)
class Evidence:
    """Flows to search, in the order of the file; `left_out` counts those that were too many."""

    flows: list[Flow]
    left_out: int


def read_ledger(view: TraceView, incident: str) -> Ledger:
    """Read the flows of one incident as numbers. Raises InputError for a bad amount."""
    ledger, assets = Ledger(), dict[str, int]()
    ends: list[pa.Array] = []
    parts: list[tuple[Any, ...]] = []
    for whole in pieces(view.folder / "flows.csv", _COLUMNS):
        rows = np.flatnonzero(pc.equal(whole["incident"], incident).to_numpy(zero_copy_only=False))
        piece = Piece(whole.file, whole.before, whole.rows.take(pa.array(rows)))
        stolen = piece.exact("stolen_amount")
        traced = limbs.add(piece.exact("traced_amount"), stolen)
        weight = limbs.rough(traced) + limbs.rough(piece.exact("inferred_amount"))
        ends += [piece[name].dictionary_encode() for name in ("from", "to")]
        asset = codes(piece["asset"], assets).astype(np.int32)
        swap = pc.equal(piece["rule"], SWAP).to_numpy(zero_copy_only=False)
        parts.append((rows + whole.before + 1, asset, weight, swap))
        _swaps(ledger.swaps, piece, traced)
    if not parts:
        ends, parts = [pa.array([], pa.string()).dictionary_encode()] * 2, [([], [], [], [])]
    joined = pa.chunked_array(ends).unify_dictionaries()
    numbers = [chunk.indices.to_numpy() for chunk in joined.chunks]
    ledger.accounts = joined.chunks[0].dictionary
    ledger.src, ledger.dst = np.concatenate(numbers[::2]), np.concatenate(numbers[1::2])
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    ledger.row, ledger.asset, ledger.weight, ledger.swap = columns
    ledger.assets = list(assets)
    for number, name in enumerate(ledger.assets):
        ledger.largest[name] = int(ledger.weight[ledger.asset == number].max())
    return ledger


def _swaps(rates: SwapRates, piece: Piece, traced: limbs.Limbs) -> None:
    rows = np.flatnonzero(pc.equal(piece["rule"], SWAP).to_numpy(zero_copy_only=False))
    legs = piece.rows.take(pa.array(rows)).select(["tx", "from", "to", "asset", "time"])
    columns = [column.to_pylist() for column in legs.columns]
    amounts = limbs.values(traced[rows])
    for tx, src, dst, asset, time, amount in zip(*columns, amounts, strict=True):
        rates.see(SwapLeg(tx, src, dst, asset, amount), time)


def evidence(view: TraceView, ledger: Ledger, account: str, shares: Shares) -> Evidence:
    """The flows that lead to `account`, the heaviest if they are many."""
    goal = int(places(pa.array([account]), ledger.accounts)[0])
    if goal < 0:
        return Evidence([], 0)
    inflow = _Inflows.of(ledger)
    found = _upstream(ledger, inflow, goal)
    if len(found) <= MOST:
        return Evidence(_read(view, ledger.row[found]), 0)
    worth = np.zeros(len(ledger.assets))
    for number, asset in enumerate(ledger.assets):
        up, down = shares.rates.get(asset, (0, 1))
        worth[number] = up / down
    kept = _widest(ledger, inflow, goal, ledger.weight * worth[ledger.asset])
    return Evidence(_read(view, ledger.row[kept]), len(found) - len(kept))


@dataclass(frozen=True, slots=True)
class _Inflows:
    """Flows by who received them, in the order of the file: of account n from start n on."""

    order: Any
    starts: Any

    @classmethod
    def of(cls, ledger: Ledger) -> "_Inflows":
        order = np.argsort(ledger.dst, kind="stable")
        return cls(order, np.searchsorted(ledger.dst[order], np.arange(len(ledger.accounts) + 1)))

    def to(self, account: int, before: int) -> Any:
        """Flows to `account` at places before `before`."""
        mine = self.order[self.starts[account] : self.starts[account + 1]]
        return mine[: np.searchsorted(mine, before)]


def _widest(ledger: Ledger, inflow: _Inflows, goal: int, weight: Any) -> Any:
    """Places of the flows on the widest ways back from `goal`, never forward in time.

    Accounts are taken in the order of the width by which they reach the goal, each with its
    heaviest inflows, until there are enough.
    """
    kept: set[int] = set()
    done: set[int] = set()
    heap = [(-np.inf, goal, len(ledger.row))]
    while heap and len(kept) < MOST:
        width, account, before = heapq.heappop(heap)
        if account in done:
            continue
        done.add(account)
        came = inflow.to(account, before)
        heaviest = came[np.lexsort((came, -weight[came]))[:_EACH]]
        for place in heaviest.tolist():
            kept.add(place)
            sender = int(ledger.src[place])
            if sender not in done:
                heapq.heappush(heap, (max(width, -float(weight[place])), sender, place))
    return np.array(sorted(kept | _legs(ledger, kept)), np.int64)


def _legs(ledger: Ledger, kept: set[int]) -> set[int]:
    """The other legs of the swaps among the flows `kept`: they stand beside each other."""
    swaps = [place for place in kept if ledger.swap[place]]
    near = {place + step for place in swaps for step in range(-_BESIDE, _BESIDE + 1)}
    return {place for place in near if 0 <= place < len(ledger.row) and ledger.swap[place]}


@dataclass(frozen=True, slots=True)
class Inflow:
    """All that one sender sent: amounts in smallest units."""

    sender: str
    transfers: int
    traced: int
    inferred: int
    first: str
    last: str


def inflows(
    view: TraceView, ledger: Ledger, account: str, without: set[int]
) -> dict[str, list[Inflow]]:
    """What came to `account`, by asset and sender, the largest first, but for some rows."""
    goal = int(places(pa.array([account]), ledger.accounts)[0])
    wanted = ledger.row[ledger.dst == goal]
    wanted = wanted[~np.isin(wanted, sorted(without))]
    sums: dict[tuple[str, str], Inflow] = {}
    for piece in pieces(view.folder / "flows.csv", _COLUMNS) if len(wanted) else ():
        inside = _inside(wanted, piece)
        if len(inside):
            _sum_inflows(Piece(piece.file, 0, piece.rows.take(pa.array(inside))), sums)
    found: dict[str, list[Inflow]] = {}
    for (asset, _), inflow in sums.items():
        found.setdefault(asset, []).append(inflow)
    for each in found.values():
        each.sort(key=lambda inflow: (-inflow.traced - inflow.inferred, inflow.sender))
    return found


def _sum_inflows(piece: Piece, sums: dict[tuple[str, str], Inflow]) -> None:
    assets, senders = dict[str, int](), dict[str, int]()
    number = codes(piece["asset"], assets) * len(piece.rows) + codes(piece["from"], senders)
    order = np.argsort(number, kind="stable")
    _, starts, counts = np.unique(number[order], return_index=True, return_counts=True)
    traced = limbs.add(piece.exact("traced_amount"), piece.exact("stolen_amount"))
    amounts = [limbs.sums(each[order], starts) for each in (traced, piece.exact("inferred_amount"))]
    ends = order[starts], order[starts + counts - 1]
    first, last = (piece["time"].take(pa.array(each)).to_pylist() for each in ends)
    keys = [piece[name].take(pa.array(ends[0])).to_pylist() for name in ("asset", "from")]
    for asset, sender, count, came, guessed, begin, end in zip(
        *keys, counts.tolist(), *amounts, first, last, strict=True
    ):
        old = sums.get((asset, sender)) or Inflow(sender, 0, 0, 0, begin, end)
        sums[asset, sender] = Inflow(
            sender, old.transfers + count, old.traced + came, old.inferred + guessed,
            old.first, end,
        )  # fmt: skip


def _inside(wanted: Any, piece: Piece) -> Any:
    """Places in `piece` of those rows of the file that are `wanted`."""
    first, after = piece.before + 1, piece.before + len(piece.rows) + 1
    return wanted[np.searchsorted(wanted, first) : np.searchsorted(wanted, after)] - first


def _upstream(ledger: Ledger, inflow: _Inflows, goal: int) -> Any:
    """Places of all flows from which, by some chain of flows, `goal` can be reached."""
    order, starts = inflow.order, inflow.starts
    reached = np.zeros(len(ledger.accounts), bool)
    reached[goal] = True
    frontier = np.array([goal])
    while len(frontier):
        lengths = starts[frontier + 1] - starts[frontier]
        offsets = np.repeat(starts[frontier] - np.cumsum(lengths) + lengths, lengths)
        senders = np.unique(ledger.src[order[offsets + np.arange(lengths.sum())]])
        frontier = senders[~reached[senders]]
        reached[frontier] = True
    return np.flatnonzero(reached[ledger.dst])


def _read(view: TraceView, wanted: Any) -> list[Flow]:
    """The flows in these rows of the file."""
    found: list[Flow] = []
    columns = (*_COLUMNS, "amount")
    for piece in pieces(view.folder / "flows.csv", columns) if len(wanted) else ():
        found += flow_rows(piece, _inside(wanted, piece).tolist())
    return found
