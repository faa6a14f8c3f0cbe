"""Movements of value as they are found in a block, before they become rows of TRANSFERS."""

from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, NamedTuple

import pyarrow as pa

from stanch.sources.batches import Transfer, transfer_batch

# Places in a transaction: gas is bought first, then the value moves, then what contracts move;
# logs follow in their own order. Tracers do not tell where between the logs a call stood.
FEE: Final = 0
VALUE: Final = 1
INNER: Final = 2
LOGS: Final = 3


class Place(NamedTuple):
    """Where a movement stands; `time` in microseconds since 1970."""

    block: int
    time: int
    tx_index: int
    tx: str


@dataclass(slots=True)
class Moves:
    """Collects the transfers of a span of blocks of `chain` (CAIP-2), in any order; `times` are
    those of the blocks, by number.
    """

    chain: str
    times: dict[int, int] = field(default_factory=dict)
    rows: list[Transfer] = field(default_factory=list)

    def add(self, place: Place, log_index: int, kind: str, what: tuple[str, str, str, int]) -> None:
        """One movement: `what` is sender, recipient (CAIP-10), asset (CAIP-19) and amount."""
        self.rows.append(
            Transfer(
                self.chain,
                place.block,
                place.tx_index,
                log_index,
                place.time,
                place.tx,
                *what,
                kind,
            )
        )

    def batch(self) -> pa.RecordBatch:
        """All of them as TRANSFERS, by block, transaction and place."""
        self.rows.sort(key=itemgetter(1, 2, 3))  # block, tx_index, log_index
        return transfer_batch(self.rows)
