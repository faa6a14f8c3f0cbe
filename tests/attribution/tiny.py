"""Tiny ledgers and labels, written out in the tests."""

from dataclasses import dataclass, field

import pyarrow as pa

from stanch.model.kinds import ACCOUNT, FEES, OUTPOINT, TRANSACTION
from stanch.model.tables import LABELS, MOVES, PURSES, TAGS

CHAIN = "eip155:1"


@dataclass
class TinyLedger:
    """Grows by `pay`; purses appear as they are met. An asset is a number."""

    names: list[str] = field(default_factory=list)
    purses: list[dict] = field(default_factory=list)
    moves: list[dict] = field(default_factory=list)

    def account(self, name):
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def purse(self, name, asset=0, form=ACCOUNT, outpoint=None):
        key = (self.account(name), asset, form, outpoint)
        for place, each in enumerate(self.purses):
            if each["key"] == key:
                return place
        self.purses.append({"key": key, "account": key[0], "asset": asset, "form": form})
        return len(self.purses) - 1

    def move(self, src, dst, amount, time=None):
        wide = amount >= 2**127
        self.moves.append(
            {
                "src": src,
                "dst": dst,
                "amount_lo": 0 if wide else amount & (2**64 - 1),
                "amount_hi": 0 if wide else amount >> 64,
                "amount_wide": amount.to_bytes(32, "big") if wide else None,
                "group": 0,
                "tx": len(self.moves),
                "time": len(self.moves) if time is None else time,
            }
        )
        return self

    def pay(self, src, dst, amount, asset=0):
        form = FEES if dst == "fees" else ACCOUNT
        return self.move(self.purse(src, asset), self.purse(dst, asset, form), amount)

    def utxo(self, txid, inputs, outputs):
        """One transaction: inputs and outputs are (account, outpoint, amount)."""
        purse = self.purse(f"tx-{txid}", 0, TRANSACTION)
        for name, outpoint, amount in inputs:
            self.move(self.purse(name, 0, OUTPOINT, outpoint), purse, amount)
        for name, outpoint, amount in outputs:
            form = FEES if name == "fees" else OUTPOINT
            self.move(purse, self.purse(name, 0, form, outpoint), amount)
        return self

    def tables(self):
        """Accounts, PURSES, and a function that gives MOVES in two batches."""
        columns = {
            "purse": range(len(self.purses)),
            "account": [each["account"] for each in self.purses],
            "asset": [each["asset"] for each in self.purses],
            "form": [each["form"] for each in self.purses],
            "opening_lo": [0] * len(self.purses),
            "opening_hi": [0] * len(self.purses),
            "opening_wide": [None] * len(self.purses),
        }
        purses = pa.table({k: pa.array(v, PURSES.field(k).type) for k, v in columns.items()})
        half = len(self.moves) // 2
        batches = [
            pa.RecordBatch.from_pylist(part, schema=MOVES)
            for part in (self.moves[:half], self.moves[half:])
        ]
        accounts = pa.array([f"{CHAIN}:{name}" for name in self.names], pa.string())
        return accounts, purses, lambda: iter(batches)


def labels(**categories):
    """LABELS from `name=category` or `name=(category, entity)`."""
    rows = []
    for name, said in categories.items():
        category, entity = said if isinstance(said, tuple) else (said, None)
        rows.append(
            {
                "account": f"{CHAIN}:{name}",
                "entity": entity,
                "name": name,
                "category": category,
                "flags": [],
                "confidence": 0.5,
                "source": "test",
                "inferred": False,
            }
        )
    return pa.Table.from_pylist(rows, schema=LABELS)


def tag(address, name="", terms=(), **more):
    """A row of TAGS."""
    row = {
        "namespace": "eip155",
        "chain": None,
        "address": address,
        "name": name,
        "entity": None,
        "terms": list(terms),
        "flags": [],
        "confidence": 0.5,
        "source": "list.csv: etherscan",
        "rank": 1000,
        "valid_from": None,
        "valid_to": None,
    }
    return row | more


def tags(*rows):
    """TAGS of rows."""
    return pa.Table.from_pylist(list(rows), schema=TAGS)
