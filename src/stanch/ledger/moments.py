"""Cutting sorted rows between moments, so that no tie and no transaction is torn apart.

A moment is all rows of one time on one chain.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa


def whole_moments(ordered: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Give rows sorted by `time` and `chain` in tables that hold whole moments, in order."""
    held: list[pa.RecordBatch] = []
    moment: tuple[int, int] | None = None  # of the last row held
    for batch in ordered:
        time, chain = batch["time"].to_numpy(), batch["chain"].to_numpy()
        begins = np.flatnonzero((time[1:] != time[:-1]) | (chain[1:] != chain[:-1])) + 1
        cut = int(begins[-1]) if len(begins) else 0
        if cut or (moment is not None and moment != (time[0], chain[0])):
            yield pa.Table.from_batches([*held, batch.slice(0, cut)])
            held = []
        held.append(batch.slice(cut))
        moment = (time[-1], chain[-1])
    if held:
        yield pa.Table.from_batches(held)
