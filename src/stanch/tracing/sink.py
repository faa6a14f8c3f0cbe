"""Where a walk writes what it saw move: columns in row order, wide amounts beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

LIMB = (1 << 64) - 1
FITS = 1 << 128
RULES = (
    "poison", "haircut", "fifo", "lifo", "seed", "swap", "pair", "run", "standing", "shortfall",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FlowChunk:
    """Rows in ledger order: row number, incident index, traced and inferred amount, rule code.

    `traced` and `inferred` are (n, 2) arrays of limbs; `inferred` may be absent.
    `wide` maps a place to (traced, inferred) where they pass 128 bits.
    """

    row: npt.NDArray[np.int64]
    incident: npt.NDArray[np.int16]
    traced: npt.NDArray[np.uint64]
    inferred: npt.NDArray[np.uint64] | None
    rule: npt.NDArray[np.uint8]
    wide: dict[int, tuple[int, int]]

    def cut(self, start: int, end: int) -> "FlowChunk":
        """Places `start` to `end` as a chunk of their own."""
        inside = {at - start: pair for at, pair in self.wide.items() if start <= at < end}
        inferred = None if self.inferred is None else self.inferred[start:end]
        return FlowChunk(
            row=self.row[start:end],
            incident=self.incident[start:end],
            traced=self.traced[start:end],
            inferred=inferred,
            rule=self.rule[start:end],
            wide=inside,
        )


@dataclass(slots=True)
class FlowSink:
    """Collects flows from compiled code (`extend`) and from single steps (`append`) in order."""

    chunks: list[FlowChunk] = field(default_factory=list)
    _single: list[tuple[int, int, int, int, int]] = field(default_factory=list)

    def append(self, row: int, incident: int, amounts: tuple[int, int], rule: str) -> None:
        """Note (traced, inferred) of one transfer."""
        self._single.append((row, incident, *amounts, RULES.index(rule)))

    def extend(
        self,
        row: npt.NDArray[np.int64],
        incident: npt.NDArray[np.int16],
        traced: npt.NDArray[np.uint64],
        rule: str,
    ) -> None:
        """Note many transfers that moved by the book's own rule."""
        if len(row):
            self.flush()
            code = np.full(len(row), RULES.index(rule), dtype=np.uint8)
            self.chunks.append(FlowChunk(row, incident, traced, None, code, {}))

    def flush(self) -> None:
        """Close the run of single steps."""
        if self._single:
            self.chunks.append(_packed(sorted(self._single, key=lambda flow: flow[:2])))
            self._single = []

    def __iter__(self) -> Iterator[FlowChunk]:
        """All chunks in ledger order."""
        self.flush()
        return iter(self.chunks)


def limbs(values: list[int]) -> npt.NDArray[np.uint64]:
    """Values below 2^128 as an (n, 2) array of low and high limbs; wider ones as zero."""
    flat = [part for v in values for part in ((v & LIMB, v >> 64) if v < FITS else (0, 0))]
    return np.array(flat, dtype=np.uint64).reshape(-1, 2)


def _packed(flows: list[tuple[int, int, int, int, int]]) -> FlowChunk:
    traced = [flow[2] for flow in flows]
    inferred = [flow[3] for flow in flows]
    wide: dict[int, tuple[int, int]] = {}
    for place, pair in enumerate(zip(traced, inferred, strict=True)):
        if max(pair) >= FITS:
            wide[place] = pair
            traced[place] = inferred[place] = 0
    return FlowChunk(
        row=np.array([flow[0] for flow in flows], dtype=np.int64),
        incident=np.array([flow[1] for flow in flows], dtype=np.int16),
        traced=limbs(traced),
        inferred=limbs(inferred) if any(inferred) else None,
        rule=np.array([flow[4] for flow in flows], dtype=np.uint8),
        wide=wide,
    )
