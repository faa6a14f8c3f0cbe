"""What is held against each record: the most that it has in common with any other."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.personas.fairness.point import Ints


def together(pairs: pa.Table, records: int) -> Ints:
    """Of each of `records`, the largest sum of evidence towards one other; 0 where it has none.

    `pairs` is PAIRS.
    """
    key = pairs["a"].to_numpy().astype(np.int64) * records + pairs["b"].to_numpy()
    bits = pairs["microbits"].to_numpy()
    order = np.argsort(key, kind="stable")
    key, bits = key[order], bits[order]
    if not len(key):
        return np.zeros(records, np.int64)
    start = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    return largest(
        key[start] // records, key[start] % records, np.add.reduceat(bits, start), records
    )


def alone(pairs: pa.Table, records: int) -> dict[str, Ints]:
    """The same of each piece of evidence alone, by its name."""
    scores = {}
    for name in sorted(pc.unique(pairs["evidence"]).to_pylist()):
        mine = pairs.filter(pc.equal(pairs["evidence"], name))
        scores[name] = together(mine, records)
    return scores


def of_marks(marks: pa.Table, records: int) -> dict[str, Ints]:
    """What each indicator of one record alone says of it, by its name. `marks` is MARKS."""
    scores = {}
    for name in sorted(pc.unique(marks["evidence"]).to_pylist()):
        mine = marks.filter(pc.equal(marks["evidence"], name))
        bits = np.zeros(records, np.int64)
        np.add.at(bits, mine["record"].to_numpy(), mine["microbits"].to_numpy())
        scores[name] = bits
    return scores


def largest(a: Ints, b: Ints, bits: Ints, records: int) -> Ints:
    """Of each record the largest of the `bits` that one of the pairs `a`, `b` gives it, or 0."""
    scores = np.zeros(records, np.int64)
    np.maximum.at(scores, a, bits)
    np.maximum.at(scores, b, bits)
    return scores
