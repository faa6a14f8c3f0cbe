"""The load: as many transfers as a benchmark wants, in memory that does not grow with them.

Rows come in this order: one mint for every account that is no thief's (funds of 0.1 to 1,000
SIMETH), one theft for every incident, then payments (`traffic`). So no account has an opening
balance. There is no truth beyond the seeds: nobody launders here.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import numpy as np
import pyarrow as pa

from stanch.sources.scenario import columns
from stanch.sources.scenario.addresses import accounts, bare_address
from stanch.sources.scenario.chain import FIRST_BLOCK
from stanch.sources.scenario.marks import CHAIN, NATIVE, NULL, SCHEMA, SOURCE, scalar
from stanch.sources.scenario.output import (
    BATCH_ROWS,
    EPOCH,
    LABELS,
    SEEDS,
    Row,
    Scenario,
    SmallTable,
    incident_id,
    moment,
)
from stanch.sources.scenario.request import ScenarioRequest
from stanch.sources.scenario.traffic import (
    ABOVE_LIMB,
    LARGE_PERCENT,
    Int,
    Payments,
    Traffic,
    tainted_accounts,
)
from stanch.sources.scenario.world import SECONDS_PER_BLOCK

LOOT: Final = 100_000 * 10**9  # gwei a theft
_LEAST: Final = 10**8  # gwei of funds: 0.1 SIMETH
_MOST: Final = 1_000 * 10**9
_SPAN: Final = 4 * 365 * 86_400 * 10**6  # microseconds that all rows are spread over
_BLOCK_TIME: Final = SECONDS_PER_BLOCK * 10**6
_EPOCH_MICROSECONDS: Final = int(EPOCH.timestamp()) * 10**6
_KINDS: Final = pa.array(["native", "mint"])
_HUBS: Final = 5  # labelled exchanges, the largest of the community that loot never reaches


def generate_load(request: ScenarioRequest) -> Scenario:
    """Hand over the transfers as they are drawn, with labels and seeds.

    Takes memory in proportion to `request.accounts` (about 80 bytes each) and to a batch, and
    none in proportion to `request.transfers`.
    """
    load = Load(request)
    tables = {"labels.csv": load.labels(), "seeds.csv": load.seeds()}
    return Scenario(request, request.transfers, load.batches(), tables)


class Load:
    """One load in the making. Thieves are accounts 0 to incidents - 1, the robbed is the last."""

    def __init__(self, request: ScenarioRequest) -> None:
        """Name the accounts and draw their funds."""
        self._request = request
        self._names = accounts(request.seed, "account", request.accounts, NULL)
        self._step = _SPAN // request.transfers
        self._funds = self._drawn_funds(_generator(request.seed, "funds"))

    def labels(self) -> SmallTable:
        """LABELS: the robbed, and the largest accounts that loot never reaches as exchanges."""
        first = tainted_accounts(self._request.accounts)
        named = [
            (self._request.accounts - 1, "Simulated Vault: robbed", "bridge"),
            *(
                (first + n, f"Simulated Exchange {n + 1}: hot wallet", "exchange")
                for n in range(_HUBS)
            ),
        ]
        rows: list[Row] = [
            (bare_address(self._names[number].as_py()), name, category, SOURCE, category, "1.0")
            for number, name, category in named
        ]
        return SmallTable(LABELS, sorted(rows))

    def seeds(self) -> SmallTable:
        """SEEDS: each thief with the time and the amount of its theft."""
        rows: list[Row] = []
        for thief in range(self._request.incidents):
            row = self._request.accounts - self._request.incidents + thief
            time = moment(EPOCH + timedelta(microseconds=row * self._step))
            name = self._names[thief].as_py()
            rows.append((name, "", time, NATIVE, LOOT * 10**9, incident_id(thief)))
        return SmallTable(SEEDS, rows)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows as TRANSFERS, BATCH_ROWS at a time. To be read once."""
        opening, total = self._request.accounts, self._request.transfers
        traffic = self._traffic()
        jitter = _generator(self._request.seed, "time")
        for first in range(0, total, BATCH_ROWS):
            last = min(first + BATCH_ROWS, total)
            minted = self._opening(np.arange(first, min(last, opening)))
            drawn = last - max(first, opening)
            parts = [minted, *([traffic.draw(drawn)] if drawn > 0 else [])]
            rows = Payments(*(np.concatenate(column) for column in zip(*parts, strict=True)))
            late = jitter.integers(0, self._step, last - first)
            late[: len(minted.src)] = 0
            yield self._batch(first, rows, late)

    def _drawn_funds(self, chance: np.random.Generator) -> Int:
        """Funds in gwei by account: 5 % above 2^64 of the smallest unit, thieves nothing."""
        count = self._request.accounts
        rich = chance.random(count) * 100 < LARGE_PERCENT
        low, high = np.where(rich, ABOVE_LIMB, _LEAST), np.where(rich, _MOST, ABOVE_LIMB)
        funds = low + ((high - low) * chance.random(count)).astype(np.int64)
        funds[: self._request.incidents] = 0
        return funds

    def _traffic(self) -> Traffic:
        """The payments, which begin with the funds and, at the thieves, the loot."""
        thieves, accounts = self._request.incidents, self._request.accounts
        balance = self._funds.copy()
        balance[:thieves] = LOOT
        large = int((self._opening(np.arange(accounts)).gwei >= ABOVE_LIMB).sum())
        chance = _generator(self._request.seed, "traffic")
        return Traffic(chance, balance, self._request.transfers - accounts, large, accounts)

    def _opening(self, rows: Int) -> Payments:
        """The mints and thefts among the first rows; number `accounts` is the null address."""
        thieves, accounts = self._request.incidents, self._request.accounts
        robbed = accounts - 1
        theft = rows >= accounts - thieves
        dst = np.where(theft, rows - (accounts - thieves), rows + thieves)
        gwei = np.where(theft, LOOT, self._funds[dst])
        gwei = gwei + np.where(dst == robbed, thieves * LOOT, 0)
        return Payments(np.where(theft, robbed, accounts), dst, gwei)

    def _batch(self, first: int, rows: Payments, late: Int) -> pa.RecordBatch:
        """`rows` as TRANSFERS, the first of them row number `first`, each `late` microseconds."""
        count = len(rows.src)
        since = np.arange(first, first + count) * self._step + late
        kinds = np.where(rows.src == self._request.accounts, 1, 0).astype(np.int8)
        made = {
            "chain": scalar(CHAIN, count),
            "block": pa.array(FIRST_BLOCK + since // _BLOCK_TIME),
            "time": columns.times(since + _EPOCH_MICROSECONDS),
            "tx": columns.tx_ids(first, count, len(str(self._request.transfers - 1))),
            "from": self._names.take(pa.array(rows.src)),
            "to": self._names.take(pa.array(rows.dst)),
            "asset": scalar(NATIVE, count),
            "amount": columns.amounts(rows.gwei),
            "kind": _KINDS.take(pa.array(kinds)),
        }
        return pa.record_batch(
            [made.get(field.name, pa.nulls(count, field.type)) for field in SCHEMA], schema=SCHEMA
        )


def _generator(seed: int, purpose: str) -> np.random.Generator:
    """A stream of its own for each purpose, so that one more draw in one does not move another."""
    return np.random.Generator(np.random.PCG64([seed, *purpose.encode()]))
