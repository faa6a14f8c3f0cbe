"""Where a walk writes what it saw move: columns in row order, wide amounts beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

LIMB = (1 << 64) - 1
FITS = 1 << 128
RULES = (
    "poison", "haircut", "fifo", "lifo", "seed", "swap", "pair", "run", "standing", "shortfall",
)  # fmt: skip


Amounts = tuple[int, int, int]  # traced, inferred, claimed


class Flow(NamedTuple):
    """One flow on its way into a chunk; `rule` is a place in RULES."""

    row: int
    incident: int
    amounts: Amounts
    rule: int


@dataclass(frozen=True, slots=True)
class FlowChunk:
    """Rows in ledger order: row number, incident index, amounts, rule code.

    `traced` was followed there; `inferred` is what strict conservation cannot express; `claimed`
    was clean until a seed received it here. They are (n, 2) arrays of limbs; the last two may be
    absent. `wide` maps a place to all three where one of them passes 128 bits.
    """

    row: npt.NDArray[np.int64]
    incident: npt.NDArray[np.int16]
    traced: npt.NDArray[np.uint64]
    rule: npt.NDArray[np.uint8]
    inferred: npt.NDArray[np.uint64] | None = None
    claimed: npt.NDArray[np.uint64] | None = None
    wide: dict[int, Amounts] = field(default_factory=dict)

    def value(self, place: int, which: int) -> int:
        """One amount: 0 is traced, 1 inferred, 2 claimed."""
        if place in self.wide:
            return self.wide[place][which]
        limbs = (self.traced, self.inferred, self.claimed)[which]
        return 0 if limbs is None else int(limbs[place, 0]) | int(limbs[place, 1]) << 64

    def cut(self, start: int, end: int) -> "FlowChunk":
        """Places `start` to `end` as a chunk of their own."""
        return FlowChunk(
            row=self.row[start:end],
            incident=self.incident[start:end],
            traced=self.traced[start:end],
            rule=self.rule[start:end],
            inferred=None if self.inferred is None else self.inferred[start:end],
            claimed=None if self.claimed is None else self.claimed[start:end],
            wide={at - start: v for at, v in self.wide.items() if start <= at < end},
        )


@dataclass(slots=True)
class FlowSink:
    """Collects flows from compiled code (`extend`) and from single steps (`append`) in order."""

    chunks: list[FlowChunk] = field(default_factory=list)
    _single: list[Flow] = field(default_factory=list)

    def append(self, row: int, incident: int, amounts: Amounts, rule: str) -> None:
        """Note (traced, inferred, claimed) of one transfer."""
        self._single.append(Flow(row, incident, amounts, RULES.index(rule)))

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
            self.chunks.append(FlowChunk(row, incident, traced, code))

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


def _packed(flows: list[Flow]) -> FlowChunk:
    wide = {at: flow.amounts for at, flow in enumerate(flows) if max(flow.amounts) >= FITS}
    narrow = [(0, 0, 0) if at in wide else flow.amounts for at, flow in enumerate(flows)]
    traced, inferred, claimed = (list(column) for column in zip(*narrow, strict=True))
    return FlowChunk(
        row=np.array([flow.row for flow in flows], dtype=np.int64),
        incident=np.array([flow.incident for flow in flows], dtype=np.int16),
        traced=limbs(traced),
        rule=np.array([flow.rule for flow in flows], dtype=np.uint8),
        inferred=limbs(inferred) if any(inferred) else None,
        claimed=limbs(claimed) if any(claimed) else None,
        wide=wide,
    )
