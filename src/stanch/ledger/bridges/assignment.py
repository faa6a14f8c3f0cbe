"""The best pairing of two lists, and how sure each of its pairs is.

Best is the pairing with the largest sum of weights in which nobody is paired twice (Kuhn, The
Hungarian method for the assignment problem, 1955; in the form with shortest augmenting paths of
Jonker and Volgenant, 1987). How sure is the share that a pair has of all pairings, each weighed by
the product of its weights; that sum is too long to write out, and scaling rows and columns in turn
(Sinkhorn and Knopp, 1967) comes near it.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

ROUNDS: Final = 200
CLOSE: Final = 1e-9

Floats = npt.NDArray[np.float64]


def best(weights: Floats, alone: float) -> list[int]:
    """For each row the column it is paired with, or -1: left alone, which weighs `alone`."""
    rows, columns = weights.shape
    cost = np.full((rows, columns + rows), -alone)
    cost[:, :columns] = np.where(np.isfinite(weights), -weights, np.inf)
    return [int(column) if column < columns else -1 for column in _least(cost)]


def _least(cost: Floats) -> npt.NDArray[np.int64]:
    """The columns of a cheapest pairing of all rows; each row has a column that it can pay."""
    rows, columns = cost.shape
    high = np.zeros(rows + 1)
    low = np.zeros(columns + 1)
    owner = np.zeros(columns + 1, np.int64)  # rows and columns count from 1; 0 is nobody
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        shortest = np.full(columns + 1, np.inf)
        before = np.zeros(columns + 1, np.int64)
        done = np.zeros(columns + 1, bool)
        while owner[at]:
            done[at] = True
            reduced = cost[owner[at] - 1] - high[owner[at]] - low[1:]
            nearer = ~done[1:] & (reduced < shortest[1:])
            shortest[1:][nearer] = reduced[nearer]
            before[1:][nearer] = at
            step = int(np.argmin(np.where(done[1:], np.inf, shortest[1:]))) + 1
            delta = shortest[step]
            high[owner[done]] += delta
            low[done] -= delta
            shortest[~done] -= delta
            at = step
        while at:
            owner[at] = owner[before[at]]
            at = before[at]
    found = np.zeros(rows, np.int64)
    held = np.flatnonzero(owner[1:])
    found[owner[1:][held] - 1] = held
    return found


def shares(weights: Floats, alone: float) -> Floats:
    """How much of all pairings has each row with each column, all of them weighed."""
    rows, columns = weights.shape
    top = np.max(weights, initial=alone, where=np.isfinite(weights))
    mass = np.exp(weights - top)
    left = np.exp(alone - top)
    row, column = np.ones(rows), np.ones(columns)
    for _ in range(ROUNDS):
        before = row
        row = 1 / (mass @ column + left)
        column = 1 / (row @ mass + left)
        if np.allclose(row, before, rtol=CLOSE, atol=0):
            break
    found: Floats = row[:, None] * mass * column[None, :]
    return found
