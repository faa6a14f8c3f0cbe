"""Accounts that behave like a service though nobody has named them: `busy_account@1`.

A service is paid by many and pays many. Thieves spread money out (few in, many out) or gather
it (many in, few out), and a deposit address pays one. So an account without a label is a
suspected service where

* at least `COUNTERPARTIES` different accounts paid it, and it paid as many, and
* it took part in at least `TRANSFERS` transfers.

This is a suspicion with its evidence, not a label: nothing stops there unless a user asks.
On UTXO chains a transaction stands for those behind it, so it is transactions that are counted.
Fees are no transfers to somebody, and a transfer to oneself is none at all.
"""

from collections.abc import Callable, Iterable
from typing import Final

import numba
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.model.kinds import FEES, ISSUANCE, TRANSACTION
from stanch.model.tables import TIME

NAME: Final = "busy_account@1"

# No account of the thieves in the Ronin and Atomic Wallet thefts has more than 9 on its smaller
# side (the busiest: 31 in, 8 out). With the labels put aside, what reaches 50 in those ledgers
# and has a label is an exchange's wallet, 14 of 14; at 20 the first trader is among them.
COUNTERPARTIES: Final = 50
# Twice the least that so many counterparties imply: they come back, as customers do.
TRANSFERS: Final = 200

SUSPECTS: Final = pa.schema(
    [
        ("account", pa.string()),  # CAIP-10
        ("heuristic", pa.string()),
        ("in_degree", pa.int64()),  # different accounts that paid it
        ("out_degree", pa.int64()),  # different accounts that it paid
        ("transfers", pa.int64()),  # in and out
        ("first_time", TIME),
        ("last_time", TIME),
    ]
)

Ints = npt.NDArray[np.int64]
Moves = Callable[[], Iterable[pa.RecordBatch]]


def suspect_services(
    labels: pa.Table, accounts: pa.Array, purses: pa.Table, moves: Moves
) -> pa.Table:
    """SUSPECTS among the accounts that no row of `labels` (LABELS) speaks of.

    `accounts` holds the CAIP-10 text by account id, `purses` is PURSES, and each call of `moves`
    gives MOVES in canonical order, of which `src`, `dst` and `time` are read. The order is that
    of the accounts.
    """
    account = purses.column("account").to_numpy()
    form = purses.column("form").to_numpy()
    known = np.asarray(pc.is_in(accounts, value_set=labels.column("account")))
    # Only those who can reach both bounds are looked at closely, which keeps the pairs few.
    totals = np.zeros((len(accounts), 2), np.int64)
    for batch in moves():
        _count(*_ends(batch), account, form, totals)
    busy = ~known & (totals >= COUNTERPARTIES).all(axis=1) & (totals.sum(axis=1) >= TRANSFERS)
    busy[account[np.isin(form, (FEES, ISSUANCE, TRANSACTION))]] = False
    ids = np.flatnonzero(busy)
    degrees, times = _degrees(ids, purses, moves)
    chosen = np.flatnonzero((degrees >= COUNTERPARTIES).all(axis=1))
    return _table(accounts, ids[chosen], degrees[chosen], totals, times[chosen])


def _ends(batch: pa.RecordBatch) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    return batch.column("src").to_numpy(), batch.column("dst").to_numpy()


def _degrees(ids: Ints, purses: pa.Table, moves: Moves) -> tuple[Ints, Ints]:
    """Different payers and payees, and first and last time, of the accounts `ids` (sorted)."""
    account = purses.column("account").to_numpy()
    form = purses.column("form").to_numpy()
    place = np.full(int(account.max(initial=-1)) + 1, -1, np.int64)
    place[ids] = np.arange(len(ids))
    times = np.tile(np.array([np.iinfo(np.int64).max, np.iinfo(np.int64).min]), (len(ids), 1))
    pairs: list[list[Ints]] = [[], []]
    for batch in moves() if len(ids) else ():
        src, dst = _ends(batch)
        keys = np.empty((2, len(src)), np.int64)
        time = batch.column("time").to_numpy()
        sizes = _pairs(src, dst, time, account, form, place, times, keys)
        for side, size in enumerate(sizes):
            pairs[side].append(_unique(keys[side, :size]))
    sides = [_distinct(each, len(ids)) for each in pairs]
    return np.stack(sides, axis=1), times


def _distinct(pairs: list[Ints], count: int) -> Ints:
    """How many different partners each account has, from (account << 32 | partner)."""
    unique = _unique(np.concatenate(pairs)) if pairs else np.zeros(0, np.int64)
    return np.bincount(unique >> 32, minlength=count).astype(np.int64)


def _unique(keys: Ints) -> Ints:
    """Each key once. Sorting is 13 times faster here than NumPy's own `unique`, which hashes."""
    ordered = np.sort(keys)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]


def _table(accounts: pa.Array, ids: Ints, degrees: Ints, totals: Ints, times: Ints) -> pa.Table:
    columns = [
        accounts.take(pa.array(ids)),
        pa.array([NAME] * len(ids), pa.string()),
        degrees[:, 0],
        degrees[:, 1],
        totals[ids].sum(axis=1),
        pa.array(times[:, 0]).cast(TIME),
        pa.array(times[:, 1]).cast(TIME),
    ]
    return pa.Table.from_arrays([pa.array(each) for each in columns], schema=SUSPECTS)


@numba.njit(cache=True)
def _count(
    src: npt.NDArray[np.int32],
    dst: npt.NDArray[np.int32],
    account: npt.NDArray[np.int32],
    form: npt.NDArray[np.int8],
    totals: Ints,
) -> None:
    for row in range(len(src)):
        payer, payee = account[src[row]], account[dst[row]]
        if form[dst[row]] != FEES and payer != payee:
            totals[payee, 0] += 1
            totals[payer, 1] += 1


@numba.njit(cache=True)
def _pairs(  # noqa: PLR0913 - a kernel takes arrays, not objects
    src: npt.NDArray[np.int32],
    dst: npt.NDArray[np.int32],
    time: Ints,
    account: npt.NDArray[np.int32],
    form: npt.NDArray[np.int8],
    place: Ints,
    times: Ints,
    keys: Ints,
) -> tuple[int, int]:
    """Write (place << 32 | partner) of each receipt to `keys[0]`, of each payment to `keys[1]`."""
    received = paid = 0
    for row in range(len(src)):
        payer, payee = account[src[row]], account[dst[row]]
        if form[dst[row]] == FEES or payer == payee:
            continue
        who = place[payee]
        if who >= 0:
            keys[0, received] = who << 32 | payer
            received += 1
            times[who, 0] = min(times[who, 0], time[row])
            times[who, 1] = max(times[who, 1], time[row])
        who = place[payer]
        if who >= 0:
            keys[1, paid] = who << 32 | payee
            paid += 1
            times[who, 0] = min(times[who, 0], time[row])
            times[who, 1] = max(times[who, 1], time[row])
    return received, paid
