"""A block's transactions as transfers: a purse that its inputs fill and its outputs empty.

What is left is the fee; a coinbase is filled by the chain itself. Ends of no value move nothing
and are left out. In each transaction the order is: mint, inputs, outputs, fee.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from stanch.model import asset as assets
from stanch.model.chain import account
from stanch.model.kinds import fees, issuance
from stanch.model.tables import AMOUNT, TIME, TRANSFERS
from stanch.sources.bitcoin_node import owners
from stanch.sources.bitcoin_node.coins import units
from stanch.sources.rpc.told import Header, Memo

Spent = Callable[[dict[str, Any]], dict[str, Any]]  # an input to the output that it spends


@dataclass(slots=True)
class Ends:
    """Collects the transfers of blocks of a UTXO `chain` (CAIP-2)."""

    chain: str
    memos: list[Memo] = field(default_factory=list)
    _rows: list[tuple[Any, ...]] = field(default_factory=list)

    def add(self, header: Header, transactions: list[dict[str, Any]], spent: Spent) -> None:
        """The transactions of one block. Raises ValueError where one pays out more than it has."""
        for index, tx in enumerate(transactions):
            self._add((header.number, index, header.time, tx["txid"]), tx, spent)

    def _add(self, place: tuple[int, int, int, str], tx: dict[str, Any], spent: Spent) -> None:
        own = account(self.chain, tx["txid"])
        coinbase = "coinbase" in tx["vin"][0]
        inputs = [] if coinbase else [self._input(each, spent(each)) for each in tx["vin"]]
        made = [(each, units(each["value"])) for each in tx["vout"]]
        paid = sum(value for _, value in made)
        given = paid if coinbase else sum(value for _, value, _ in inputs)
        if given < paid:
            raise ValueError(f"{tx['txid']} pays out more than it has")
        if coinbase and paid:
            self._row(place, 0, (issuance(self.chain), own, paid, "mint", None))
        for rank, (who, value, outpoint) in enumerate(inputs):
            if value:
                self._row(place, rank, (who, own, value, "utxo_in", outpoint))
        first = 1 if coinbase else len(inputs)
        for each, value in made:
            script, number = each["scriptPubKey"], each["n"]
            if (data := owners.memo(script)) is not None:
                self.memos.append(Memo(*place[:2], tx["txid"], number, data))
            if value:
                to = owners.owner(self.chain, script)
                outpoint = f"{tx['txid']}-{number}"
                self._row(place, first + number, (own, to, value, "utxo_out", outpoint))
        if given > paid:
            what = (own, fees(self.chain), given - paid, "fee", None)
            self._row(place, first + len(made), what)

    def _input(self, given: dict[str, Any], output: dict[str, Any]) -> tuple[str, int, str]:
        """Owner, amount and outpoint of an input."""
        who = owners.owner(self.chain, output["scriptPubKey"])
        return who, units(output["value"]), f"{given['txid']}-{given['vout']}"

    def _row(self, place: tuple[int, int, int, str], at: int, what: tuple[Any, ...]) -> None:
        self._rows.append((*place, at, *what))

    def batch(self) -> pa.RecordBatch:
        """All of them as TRANSFERS, in the order in which they were added."""
        count = len(self._rows)
        columns = zip(*self._rows, strict=True) if count else [()] * 10
        block, index, time, tx, at, source, target, amount, kind, outpoint = map(list, columns)
        given = {
            "chain": pa.repeat(pa.scalar(self.chain), count),
            "asset": pa.repeat(pa.scalar(assets.native(self.chain)), count),
            "amount": pa.array(amount, pa.int64()).cast(AMOUNT),
            "time": pa.array(time, pa.int64()).cast(TIME),
            "block": block, "tx_index": index, "log_index": at, "tx": tx, "from": source,
            "to": target, "kind": kind, "outpoint": outpoint,
        }  # fmt: skip
        arrays = []
        for each in TRANSFERS:
            values = given.get(each.name)
            if isinstance(values, pa.Array):
                arrays.append(values)
            else:
                arrays.append(pa.array(values or [None] * count, each.type))
        return pa.RecordBatch.from_arrays(arrays, schema=TRANSFERS)
