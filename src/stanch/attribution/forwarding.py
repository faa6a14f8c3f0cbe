"""What each account received and paid on, by asset: the one pass behind `deposit_forward@1`.

Sums are 64-bit floats, because they only become shares; one thread adds them up in canonical
order, so they are the same in every run.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numba
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stanch.model.kinds import ACCOUNT, FEES, OUTPOINT, TRANSACTION

WHOLE: Final = 0.98  # of a transaction's outputs, to be called a payment to one exchange

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Forwarding:
    """Columns by unit, a unit being one account in one asset. Amounts in the smallest unit.

    `entity` is the exchange first paid (-1: none), `forwarded` what went to it, `elsewhere`
    what went to all others but fees; `received_by_then` and `fees_by_then` are as of the last
    payment to that exchange, `returned` what came from any exchange.
    """

    account: Ids
    entity: Ids
    forwarded: Floats
    elsewhere: Floats
    received: Floats
    returned: Floats
    received_by_then: Floats
    fees_by_then: Floats
    forwards: npt.NDArray[np.int64]
    receipts: npt.NDArray[np.int64]


def forwarding(
    purses: pa.Table,
    entity: Ids,
    known: npt.NDArray[np.bool_],
    moves: Callable[[], Iterable[pa.RecordBatch]],
) -> Forwarding:
    """Add up MOVES for the accounts that are not `known`.

    `purses` is PURSES; `entity` gives by account id the exchange that it belongs to, or -1.
    On UTXO chains a transaction's purse stands for the exchange that nearly all its outputs
    pay, so that a sweep of many deposit addresses into one wallet is seen.
    """
    account = purses.column("account").to_numpy()
    form = purses.column("form").to_numpy()
    owner = np.where(np.isin(form, (ACCOUNT, OUTPOINT)), entity[account], -1).astype(np.int32)
    if (form == TRANSACTION).any():
        owner = _with_transactions(form, owner, moves)
    unit, accounts = _units(purses, form, known)
    sums = _Sums.of(len(accounts))
    for batch in moves():
        _add(
            *_columns(batch), unit, account, owner, form,
            sums.entity, sums.amounts, sums.counts, sums.fees,
        )  # fmt: skip
    return sums.as_forwarding(accounts)


# Rows of `_Sums.amounts` and `_Sums.counts`.
_FORWARDED, _ELSEWHERE, _RECEIVED, _RETURNED, _RECEIVED_THEN, _FEES_THEN = range(6)
_FORWARDS, _RECEIPTS = range(2)


@dataclass(frozen=True, slots=True)
class _Sums:
    entity: Ids
    amounts: Floats
    counts: npt.NDArray[np.int64]
    fees: Floats

    @classmethod
    def of(cls, units: int) -> "_Sums":
        return cls(
            np.full(units, -1, np.int32),
            np.zeros((units, 6)),
            np.zeros((units, 2), np.int64),
            np.zeros(units),
        )

    def as_forwarding(self, account: Ids) -> Forwarding:
        amounts, counts = self.amounts.T, self.counts.T
        return Forwarding(account, self.entity, *amounts, *counts)


def _units(
    purses: pa.Table, form: npt.NDArray[np.int8], known: npt.NDArray[np.bool_]
) -> tuple[Ids, Ids]:
    """The unit of each purse (-1: none), and the account of each unit."""
    account = purses.column("account").to_numpy().astype(np.int64)
    asset = purses.column("asset").to_numpy().astype(np.int64)
    counted = np.isin(form, (ACCOUNT, OUTPOINT)) & ~known[account]
    keys, inverse = np.unique(account[counted] << 32 | asset[counted], return_inverse=True)
    unit = np.full(len(form), -1, np.int32)
    unit[counted] = inverse
    return unit, (keys >> 32).astype(np.int32)


def _with_transactions(
    form: npt.NDArray[np.int8], owner: Ids, moves: Callable[[], Iterable[pa.RecordBatch]]
) -> Ids:
    """`owner` with the exchange that each transaction's outputs pay."""
    paid = np.full(len(form), -1, np.int32)
    sums = np.zeros((len(form), 2))
    for batch in moves():
        _outputs(*_columns(batch), form, owner, paid, sums)
    whole = (sums[:, 1] > 0) & (sums[:, 1] >= WHOLE * sums[:, 0])
    return np.where((form == TRANSACTION) & whole, paid, owner).astype(np.int32)


def _columns(batch: pa.RecordBatch) -> tuple[Ids, Ids, Floats]:
    """Source, target and amount of each row of MOVES."""
    low = batch.column("amount_lo").to_numpy(zero_copy_only=False).astype(np.float64)
    high = batch.column("amount_hi").to_numpy(zero_copy_only=False)
    amount = low + high * 2.0**64
    wide = batch.column("amount_wide")
    if wide.null_count < len(wide):
        for row in np.flatnonzero(np.asarray(wide.is_valid())):
            amount[row] = float(int.from_bytes(wide[int(row)].as_py(), "big"))
    return batch.column("src").to_numpy(), batch.column("dst").to_numpy(), amount


@numba.njit(cache=True)
def _outputs(  # noqa: PLR0913 - a kernel takes arrays, not objects
    src: Ids,
    dst: Ids,
    amount: Floats,
    form: npt.NDArray[np.int8],
    owner: Ids,
    paid: Ids,
    sums: Floats,
) -> None:
    """For each transaction's purse: what it paid out, and to the exchange that it paid first."""
    for row in range(len(src)):
        purse, target = src[row], dst[row]
        if form[purse] != TRANSACTION or form[target] == FEES:
            continue
        sums[purse, 0] += amount[row]
        exchange = owner[target]
        if exchange >= 0:
            if paid[purse] < 0:
                paid[purse] = exchange
            if paid[purse] == exchange:
                sums[purse, 1] += amount[row]


@numba.njit(cache=True)
def _add(  # noqa: PLR0913 - a kernel takes arrays, not objects
    src: Ids,
    dst: Ids,
    amount: Floats,
    unit: Ids,
    account: Ids,
    owner: Ids,
    form: npt.NDArray[np.int8],
    entity: Ids,
    sums: Floats,
    counts: npt.NDArray[np.int64],
    fees: Floats,
) -> None:
    for row in range(len(src)):
        source, target, value = src[row], dst[row], amount[row]
        payer, payee = unit[source], unit[target]
        if form[target] == FEES:
            if payer >= 0:
                fees[payer] += value
            continue
        if account[source] == account[target]:
            continue
        if payer >= 0:
            exchange = owner[target]
            if exchange >= 0 and entity[payer] < 0:
                entity[payer] = exchange
            if exchange >= 0 and entity[payer] == exchange:
                sums[payer, _FORWARDED] += value
                sums[payer, _RECEIVED_THEN] = sums[payer, _RECEIVED]
                sums[payer, _FEES_THEN] = fees[payer]
                counts[payer, _FORWARDS] += 1
            else:
                sums[payer, _ELSEWHERE] += value
        if payee >= 0:
            sums[payee, _RECEIVED] += value
            counts[payee, _RECEIPTS] += 1
            if owner[source] >= 0:
                sums[payee, _RETURNED] += value
