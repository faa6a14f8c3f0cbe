"""What flows.csv says, summed up: one stream for each pair of accounts and asset.

The file is read once, a piece at a time, for all incidents. Accounts that are not kept by name
count as their crowd (`roll`), so what is held in memory does not grow with the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.reports import limbs
from stanch.reports.limbs import Limbs
from stanch.reports.pieces import Piece, codes, pieces, places
from stanch.reports.roll import Roll
from stanch.reports.swaps import SWAP, SwapLeg, SwapRates
from stanch.reports.trace_view import TraceView

_COLUMNS: Final = (
    "incident", "tx", "from", "to", "asset", "traced_amount", "inferred_amount", "stolen_amount",
    "time", "rule",
)  # fmt: skip
_FEES: Final = ":fees"


@dataclass(slots=True)
class Stream:
    """All drawn flows of one asset from one account, or crowd, to another.

    `traced` holds what was stolen there too, `row` is the place of the first of them in the
    file. `robbed`: some of it was stolen by the transfer itself; `followed`: some was before.
    """

    row: int
    src: str
    dst: str
    asset: str
    traced: int
    inferred: int
    count: int
    first: str
    last: str
    robbed: bool
    followed: bool


@dataclass(slots=True)
class Streams:
    """The flows of one incident. `taken` and `last` are the first theft's and the last flow's time.

    Fees, the legs of swaps and what an account sends to itself are counted, but are no streams;
    nor is what stays within a crowd.
    """

    streams: list[Stream] = field(default_factory=list)
    swaps: SwapRates = field(default_factory=SwapRates)
    transfers: int = 0
    first: str = ""
    taken: str = ""
    last: str = ""


def gather_flows(
    view: TraceView, accounts: pa.Array, rolls: Mapping[str, Roll]
) -> dict[str, Streams]:
    """Sum up flows.csv for the incidents of `rolls`; `accounts` is what their places refer to."""
    gathering = _Gathering(accounts, list(rolls), list(rolls.values()))
    for piece in pieces(view.folder / "flows.csv", _COLUMNS):
        gathering.add(piece)
    return dict(zip(rolls, gathering.finished(), strict=True))


@dataclass(slots=True)
class _Gathering:
    accounts: pa.Array
    incidents: list[str]
    rolls: list[Roll]
    found: list[Streams] = field(init=False)
    assets: dict[str, int] = field(default_factory=dict)
    sums: dict[tuple[int, int, int, int], Stream] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found = [Streams() for _ in self.incidents]

    def add(self, piece: Piece) -> None:
        """Count the rows of one piece."""
        incident = places(piece["incident"], pa.array(self.incidents, pa.string()))
        stolen, inferred = piece.exact("stolen_amount"), piece.exact("inferred_amount")
        followed = piece.exact("traced_amount")
        traced = limbs.add(followed, stolen)
        self._count(piece, incident, stolen.any(axis=1))
        swap = pc.equal(piece["rule"], SWAP).to_numpy(zero_copy_only=False)
        self._swap(piece, np.flatnonzero(swap & (incident >= 0)), incident, traced)
        away = pc.and_not(
            pc.not_equal(piece["from"], piece["to"]), pc.ends_with(piece["to"], _FEES)
        )
        drawn = ~swap & (incident >= 0) & away.to_numpy(zero_copy_only=False)
        drawn &= traced.any(axis=1) | inferred.any(axis=1)
        rows = np.flatnonzero(drawn)
        marks = np.stack(
            [stolen.any(axis=1), (followed.any(axis=1) | inferred.any(axis=1))], axis=1
        )
        self._draw(piece, rows, incident[rows], _Money(traced[rows], inferred[rows], marks[rows]))

    def _count(self, piece: Piece, incident: Any, theft: Any) -> None:
        for number in np.unique(incident[incident >= 0]).tolist():
            found = self.found[number]
            rows = np.flatnonzero(incident == number)
            time = piece["time"]
            found.transfers += len(rows)
            found.first = found.first or time[int(rows[0])].as_py()
            found.last = time[int(rows[-1])].as_py()
            if not found.taken and theft[rows].any():
                found.taken = time[int(rows[theft[rows]][0])].as_py()

    def _swap(self, piece: Piece, rows: Any, incident: Any, traced: Limbs) -> None:
        legs = piece.rows.take(pa.array(rows)).select(["tx", "from", "to", "asset", "time"])
        amounts = limbs.values(traced[rows])
        columns = [column.to_pylist() for column in legs.columns]
        for number, amount, tx, src, dst, asset, time in zip(
            incident[rows].tolist(), amounts, *columns, strict=True
        ):
            self.found[number].swaps.see(SwapLeg(tx, src, dst, asset, amount), time)

    def _draw(self, piece: Piece, rows: Any, incident: Any, money: "_Money") -> None:
        if not len(rows):
            return
        part = piece.rows.take(pa.array(rows))
        src, dst = self._ends(part, incident)
        asset = codes(part.column("asset"), self.assets)
        between = src != dst
        at = np.flatnonzero(between)
        keys = np.stack([incident, src, dst, asset], axis=1)[at]
        order = np.lexsort(keys.T[::-1])
        sorted_keys = keys[order]
        starts = (
            np.flatnonzero(
                np.concatenate([[True], (sorted_keys[1:] != sorted_keys[:-1]).any(axis=1)])
            )
            if len(at)
            else np.zeros(0, np.int64)
        )
        self._merge(piece, (rows, part), at[order], starts, (sorted_keys, money))

    def _merge(self, piece: Piece, where: Any, at: Any, starts: Any, what: Any) -> None:
        if not len(starts):
            return
        (rows, part), (keys, money) = where, what
        ends = np.append(starts[1:], len(at))
        traced = limbs.sums(money.traced[at], starts)
        inferred = limbs.sums(money.inferred[at], starts)
        marks = np.logical_or.reduceat(money.marks[at], starts, axis=0).tolist()
        time = part.column("time")
        first = time.take(pa.array(at[starts])).to_pylist()
        last = time.take(pa.array(at[ends - 1])).to_pylist()
        counts, begun = (ends - starts).tolist(), (rows[at[starts]] + piece.before + 1).tolist()
        names = list(self.assets)
        for n, key in enumerate(map(tuple, keys[starts].tolist())):
            stream = self.sums.get(key)
            if stream is None:
                roll = self.rolls[key[0]]
                stream = self.sums[key] = Stream(
                    begun[n], roll.names[key[1]], roll.names[key[2]], names[key[3]],
                    0, 0, 0, first[n], "", False, False,
                )  # fmt: skip
            stream.traced += traced[n]
            stream.inferred += inferred[n]
            stream.count += counts[n]
            stream.last = last[n]
            stream.robbed |= marks[n][0]
            stream.followed |= marks[n][1]

    def _ends(self, part: pa.RecordBatch, incident: Any) -> tuple[Any, Any]:
        """Places in the names of each row's roll, of who sent and who received."""
        both = pa.concat_arrays([part.column("from"), part.column("to")])
        account = places(both, self.accounts)
        number = np.concatenate([incident, incident])
        place = np.full(len(both), -1, np.int64)
        for each in np.unique(incident).tolist():
            mine = np.flatnonzero((number == each) & (account >= 0))
            place[mine] = self.rolls[each].place[account[mine]]
        unknown = np.flatnonzero(place < 0)
        names = both.take(pa.array(_alternating(unknown, len(incident)))).to_pylist()
        for at, name in zip(_alternating(unknown, len(incident)).tolist(), names, strict=True):
            place[at] = self.rolls[int(number[at])].stranger(name)
        return place[: len(incident)], place[len(incident) :]

    def finished(self) -> list[Streams]:
        """Everything, streams in the order in which they began."""
        for (number, *_), stream in self.sums.items():
            self.found[number].streams.append(stream)
        for found in self.found:
            found.streams.sort(key=lambda stream: stream.row)
        return self.found


@dataclass(frozen=True, slots=True)
class _Money:
    """Amounts of rows as limbs, and whether each was stolen there, or before."""

    traced: Limbs
    inferred: Limbs
    marks: npt.NDArray[np.bool_]


def _alternating(places: npt.NDArray[np.int64], half: int) -> npt.NDArray[np.int64]:
    """Places in two columns of `half` rows, one behind the other, in the order of the rows."""
    found: npt.NDArray[np.int64] = places[np.argsort(places % max(half, 1), kind="stable")]
    return found
