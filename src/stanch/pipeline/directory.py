"""Who is who in a ledger: account texts by id, and the label of each, found both ways."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Directory:
    """`accounts` is CAIP-10 text by account id, in byte order; `labels` are LABELS, and
    `label_at` gives by account id the row in them, or -1."""

    accounts: pa.Array
    labels: pa.Table
    label_at: Ids

    @classmethod
    def of(cls, accounts: pa.Array, labels: pa.Table) -> "Directory":
        """Find the labels, which are few, among the accounts, which are many."""
        if not len(labels):
            return cls(accounts, labels, np.full(len(accounts), -1, np.int64))
        named = labels["account"].combine_chunks()
        rows = pc.fill_null(pc.index_in(accounts, value_set=named), -1)
        return cls(accounts, labels, np.asarray(rows, np.int64))

    def label(self, ids: Ids, column: str) -> pa.Array:
        """A column of LABELS for account ids, empty where nobody is known."""
        at = self.label_at[ids]
        if not len(self.labels) or (at < 0).all():
            return pa.repeat(pa.scalar("", pa.string()), len(ids))
        values = self.labels[column].combine_chunks()
        if pa.types.is_list(values.type):
            values = pc.binary_join(values, ";")
        places = pa.array(np.where(at < 0, 0, at), mask=at < 0)
        return pc.fill_null(values.take(places).cast(pa.string()), "")


def place_of(accounts: pa.Array, account: str) -> int | None:
    """Id of one account, or None where it does not occur."""
    wanted = account.encode()
    place = bisect_left(range(len(accounts)), wanted, key=lambda at: str(accounts[at]).encode())
    found = place < len(accounts) and accounts[place].as_py() == account
    return place if found else None
