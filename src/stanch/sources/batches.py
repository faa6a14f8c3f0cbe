"""What a source hands on: batches of TRANSFERS and REJECTED, and the reading they come from."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

import pyarrow as pa

from stanch.model.tables import REJECTED, TIME, TRANSFERS
from stanch.sources import amounts
from stanch.sources.manifest import manifest
from stanch.sources.request import SourceRequest

ROWS: Final = 65_536  # rows in a full batch


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of TRANSFERS in file order, and rows of REJECTED met on the way."""

    transfers: pa.RecordBatch
    rejected: pa.RecordBatch


class Transfer(NamedTuple):
    """One row of TRANSFERS from a source that reads row by row; `time` in microseconds."""

    chain: str
    block: int | None
    tx_index: int | None
    log_index: int | None
    time: int
    tx: str
    source: str
    target: str
    asset: str
    amount: int
    kind: str


class Refused(NamedTuple):
    """One row of REJECTED: the file's own name, the row counted from 1, and why."""

    file: str
    row: int
    reason: str


class Reading(ABC):
    """The files of one request, read once by iterating.

    What a source learns beside the rows is complete when the iteration has ended: `assets` maps
    each asset to its symbol and decimals (None where unknown), `simulation` is whether any file
    says that its rows are invented, `notes` are sentences that the user should see (what was
    assumed, what the files cannot tell), `rows` counts the rows of the files, `idle` those of
    them that move nothing and are therefore not in the ledger.
    """

    source: ClassVar[str]

    def __init__(self, request: SourceRequest) -> None:
        """Begin with nothing read."""
        self.request = request
        self.assets: dict[str, tuple[str | None, int | None]] = {}
        self.simulation = False
        self.notes: list[str] = []
        self.rows = 0
        self.idle = 0

    @abstractmethod
    def __iter__(self) -> Iterator[Batch]:
        """Batches of at most `ROWS` rows or a little more, file after file.

        Raises UsageError where an option turns out to be missing, InputError where a whole
        file cannot be used.
        """

    def learn(self, asset: str, symbol: str | None, decimals: int | None) -> None:
        """Keep what is said of an asset; the first word on each point stands."""
        known = self.assets.get(asset)
        if known is None or None in known:
            old = known or (None, None)
            self.assets[asset] = (old[0] or symbol, decimals if old[1] is None else old[1])

    def judge(self, file: str, rows: int) -> None:
        """Tell the user where a file's number of rows is suspicious."""
        if doubt := manifest(self.source).doubt(file, rows):
            self.note(doubt)

    def note(self, text: str) -> None:
        """Keep a sentence for the user, once."""
        if text not in self.notes:
            self.notes.append(text)


def gather(rows: Iterable[Transfer | Refused]) -> Iterator[Batch]:
    """Batches of rows that come one by one."""
    transfers: list[Transfer] = []
    refused: list[Refused] = []
    for row in rows:
        if isinstance(row, Transfer):
            transfers.append(row)
        else:
            refused.append(row)
        if len(transfers) + len(refused) >= ROWS:
            yield Batch(transfer_batch(transfers), refused_batch(refused))
            transfers, refused = [], []
    if transfers or refused:
        yield Batch(transfer_batch(transfers), refused_batch(refused))


def transfer_batch(rows: list[Transfer]) -> pa.RecordBatch:
    """Rows as TRANSFERS; `usd` and `outpoint` are null."""
    columns = zip(*rows, strict=True) if rows else [()] * len(Transfer._fields)
    by_name = dict(zip(Transfer._fields, columns, strict=True))
    amount, wide = amounts.columns(by_name["amount"])
    given = {
        "from": by_name["source"],
        "to": by_name["target"],
        "time": pa.array(by_name["time"], pa.int64()).cast(TIME),
        "amount": amount,
        "amount_wide": wide,
    }
    arrays = []
    for column in TRANSFERS:
        values = given.get(column.name, by_name.get(column.name))
        if values is None:
            arrays.append(pa.nulls(len(rows), column.type))
        else:
            arrays.append(values if isinstance(values, pa.Array) else pa.array(values, column.type))
    return pa.RecordBatch.from_arrays(arrays, schema=TRANSFERS)


def refused_batch(rows: list[Refused]) -> pa.RecordBatch:
    """Rows as REJECTED."""
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    arrays = [pa.array(each, kind) for each, kind in zip(columns, REJECTED.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=REJECTED)
