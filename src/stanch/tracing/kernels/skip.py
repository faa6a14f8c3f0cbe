"""Finding the next row that concerns a purse with a flag."""

from typing import TYPE_CHECKING

from numba import njit

from stanch.tracing.terrain import ATTENTION, SEEN

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.terrain import Flags


@njit(cache=True)
def _skip(src, dst, group, start, end, flags):
    begin = start
    for place in range(start, end):
        if group[place] == 0 or (place > start and group[place - 1] != 1):
            begin = place
        if (flags[src[place]] | flags[dst[place]]) & (SEEN | ATTENTION):
            return begin
    return end


def skip(batch: "MoveBatch", start: int, end: int, flags: "Flags") -> int:
    """First row from `start` on at a purse that is SEEN or needs ATTENTION, or `end`.

    Where that row is inside a swapping transaction, the transaction's first row.
    """
    return int(_skip(batch.src, batch.dst, batch.group, start, end, flags))
