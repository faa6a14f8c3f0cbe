"""Purses: numbered in the order of (account, asset, form, outpoint), and written with openings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.errors import InputError
from stanch.ledger.dictionary import MOST
from stanch.ledger.encode import Names
from stanch.ledger.layout import SCRATCH
from stanch.model import kinds
from stanch.model.chain import EVM
from stanch.model.tables import PURSES
from stanch.store.parquet import Sink, write
from stanch.store.relation import Engine

PURSE_IDS: Final = pa.schema(
    [
        ("purse", pa.int32()),
        ("account", pa.int32()),
        ("asset", pa.int32()),
        ("form", pa.int8()),
        ("outpoint", pa.string()),  # "" unless the form is OUTPOINT
    ]
)

_ENDS: Final = """
    select "from" as account, asset, from_form as form, from_key as outpoint from coded
    union select "to", asset, to_form, to_key from coded
"""

IN_ORDER: Final = """
    select e.* exclude (from_form, to_form, from_key, to_key), src.purse as src, dst.purse as dst
    from coded e
        join purse_ids src on src.account = e."from" and src.asset = e.asset
            and src.form = e.from_form and src.outpoint = e.from_key
        join purse_ids dst on dst.account = e."to" and dst.asset = e.asset
            and dst.form = e.to_form and dst.outpoint = e.to_key
    order by time, chain, block nulls first, tx_index nulls first, log_index nulls first, pos
"""


@dataclass(frozen=True, slots=True)
class Purses:
    """Purses by id: account, asset, form, and whether somebody holds it.

    Nobody holds what issues, what earns fees, and null addresses: they are never short.
    """

    account: np.ndarray
    asset: np.ndarray
    form: np.ndarray
    held: np.ndarray

    def write(self, file: Path, openings: dict[str, pa.Array]) -> None:
        """Write PURSES; `openings` are its columns of that name."""
        columns = {
            "purse": pa.array(np.arange(len(self.account)), pa.int32()),
            "account": pa.array(self.account),
            "asset": pa.array(self.asset),
            "form": pa.array(self.form),
        }
        write(file, pa.table(columns | openings, PURSES))


def number_purses(engine: Engine, names: Names, scratch: Path) -> Purses:
    """Number the purses of `coded`; queries know them as `purse_ids`.

    Raises InputError where there are more than an id can count.
    """
    file = scratch / "purse_ids.parquet"
    parts = []
    with Sink(file, PURSE_IDS, SCRATCH) as sink:
        query = f"select * from ({_ENDS}) order by account, asset, form, outpoint"
        for batch in engine.stream(query):
            if sink.rows + batch.num_rows > MOST:
                raise InputError("the ledger", f"there are more than {MOST:,} purses")
            ids = pa.array(np.arange(sink.rows, sink.rows + batch.num_rows), pa.int32())
            table = pa.Table.from_batches([batch]).add_column(0, "purse", ids).cast(PURSE_IDS)
            sink.write(table)
            parts.append(table.select(["account", "asset", "form"]))
    engine.table("purse_ids", file)
    found = pa.concat_tables(parts)
    account, asset, form = (found[name].to_numpy() for name in ("account", "asset", "form"))
    nobody = _held_by_nobody(names.accounts.texts())[account]
    return Purses(account, asset, form, ~(nobody | np.isin(form, (kinds.ISSUANCE, kinds.FEES))))


def _held_by_nobody(accounts: pa.Array) -> npt.NDArray[np.bool_]:
    """Which of these accounts (CAIP-10 text) only mint and burn."""
    address = pc.utf8_lower(accounts)
    null = np.zeros(len(accounts), bool)
    for each in kinds.NULL_ADDRESSES:
        null |= np.asarray(pc.ends_with(address, f":{each}"))
    null &= np.asarray(pc.starts_with(accounts, f"{EVM}:"))
    return null
