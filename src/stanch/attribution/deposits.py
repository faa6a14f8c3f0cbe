"""Deposit addresses of exchanges, inferred from what an account does: `deposit_forward@1`.

An exchange gives each customer an address and sweeps what arrives there into its own wallets.
Such an address sends to nobody else. So an account without a label is taken for a deposit
address where, in each asset that it paid out,

* at least `SHARE` of what it paid went to wallets of one exchange, the same in all assets,
* that was at least `SHARE` of all it had received by its last payment, fees set apart, and
* no more than `RETURNED` of what it received had come from an exchange.

The first two are what "forwards nearly all it gets" means; payments that arrived after the last
sweep are left out, since a ledger ends somewhere. The third tells a deposit address, which is
paid by customers, from a customer's own wallet, which is paid by the exchange and pays back.
Fees are no payment to somebody else. Gas that an exchange sends to a token's deposit address
stays in an asset that pays nothing but fees, which does not count.

Confidence is `share * (n + 1) / (n + 2)`: n payments went to the exchange and none elsewhere,
and by Laplace's rule of succession the next goes there too with chance (n + 1) / (n + 2).
`share` is the smaller of the two shares above. One payment gives 2/3 at best, ten give 11/12.

The idea is known from the literature (F. Victor, Address Clustering Heuristics for Ethereum,
Financial Cryptography 2020), where deposit addresses join customers into clusters.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.attribution.forwarding import Forwarding, forwarding
from stanch.model.tables import LABELS

NAME: Final = "deposit_forward@1"

# 2 % covers gas that was left behind and dust that arrived unasked; at 90 % a shop that banks
# most of its takings with one exchange would pass.
SHARE: Final = 0.98
# Refunds and gas are small beside deposits; half is far from both kinds of account.
RETURNED: Final = 0.5

# What the inference rests on, one row for each account inferred.
EVIDENCE: Final = pa.schema(
    [
        ("account", pa.string()),  # CAIP-10
        ("entity", pa.string()),  # the exchange
        ("share", pa.float64()),  # of what it received and of what it paid, forwarded
        ("forwards", pa.int64()),  # payments to the exchange
        ("receipts", pa.int64()),  # payments received
        ("assets", pa.int64()),  # assets in which it forwards
        ("confidence", pa.float64()),
    ]
)

Moves = Callable[[], Iterable[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Deposits:
    """`labels` (LABELS, all inferred) and `evidence` (EVIDENCE), in the order of the accounts."""

    labels: pa.Table
    evidence: pa.Table


def infer_deposits(
    labels: pa.Table, accounts: pa.Array, purses: pa.Table, moves: Moves
) -> Deposits:
    """Deposit addresses among the accounts that no row of `labels` (LABELS) speaks of.

    `accounts` holds the CAIP-10 text by account id, `purses` is PURSES, and each call of `moves`
    gives MOVES in canonical order, of which `src`, `dst` and the amounts are read.
    """
    names, entity = _exchange_wallets(labels, accounts)
    if not names:
        return _found([], accounts, names)
    known = np.asarray(pc.is_in(accounts, value_set=labels.column("account")))
    seen = forwarding(purses, entity, known, moves)
    return _found(_candidates(seen), accounts, names)


def _exchange_wallets(
    labels: pa.Table, accounts: pa.Array
) -> tuple[list[str], npt.NDArray[np.int32]]:
    """Exchanges, and for each account which of them it belongs to (-1: none)."""
    exchanges = labels.filter(
        pc.and_(pc.equal(labels["category"], "exchange"), pc.is_valid(labels["entity"]))
    )
    names = sorted(set(exchanges["entity"].to_pylist()))
    owner = pc.index_in(exchanges["entity"], value_set=pa.array(names, pa.string()))
    row = pc.index_in(accounts, value_set=exchanges["account"])
    entity = np.full(len(accounts), -1, np.int32)
    at = np.flatnonzero(np.asarray(pc.is_valid(row)))
    entity[at] = np.asarray(owner.take(row.take(pa.array(at))))
    return names, entity


@dataclass(frozen=True, slots=True)
class _Candidate:
    account: int
    entity: int
    share: float
    forwards: int
    receipts: int
    assets: int

    @property
    def confidence(self) -> float:
        return self.share * (self.forwards + 1) / (self.forwards + 2)


def _candidates(seen: Forwarding) -> list[_Candidate]:
    """Accounts whose every paying asset forwards to one and the same exchange."""
    paid = seen.forwarded + seen.elsewhere
    had = np.maximum(seen.received_by_then - seen.fees_by_then, 0)
    active = paid > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.minimum(seen.forwarded / np.maximum(paid, had), 1.0)
    good = active & (share >= SHARE) & (seen.receipts > 0)
    good &= seen.returned <= RETURNED * seen.received
    spoilt = np.unique(seen.account[active & ~good])
    units = np.flatnonzero(good & ~np.isin(seen.account, spoilt))
    units = units[np.argsort(seen.account[units], kind="stable")]
    starts = np.flatnonzero(np.diff(seen.account[units], prepend=-1))
    found = []
    for group in np.split(units, starts[1:]) if len(units) else []:
        entities = np.unique(seen.entity[group])
        if len(entities) == 1:
            found.append(
                _Candidate(
                    account=int(seen.account[group[0]]),
                    entity=int(entities[0]),
                    share=float(share[group].min()),
                    forwards=int(seen.forwards[group].sum()),
                    receipts=int(seen.receipts[group].sum()),
                    assets=len(group),
                )
            )
    return found


def _found(found: list[_Candidate], accounts: pa.Array, names: list[str]) -> Deposits:
    owners = accounts.take(pa.array([each.account for each in found], pa.int64()))
    entity = [names[each.entity] for each in found]
    confidence = [each.confidence for each in found]
    count = len(found)
    labels = {
        "account": owners,
        "entity": entity,
        "name": [f"{name} deposit" for name in entity],
        "category": ["deposit"] * count,
        "flags": [[]] * count,
        "confidence": confidence,
        "source": [NAME] * count,
        "inferred": [True] * count,
        "valid_from": [None] * count,
        "valid_to": [None] * count,
    }
    evidence = {
        "account": owners,
        "entity": entity,
        "share": [each.share for each in found],
        "forwards": [each.forwards for each in found],
        "receipts": [each.receipts for each in found],
        "assets": [each.assets for each in found],
        "confidence": confidence,
    }
    return Deposits(
        pa.table(labels, schema=LABELS),
        pa.table(evidence, schema=EVIDENCE),
    )
