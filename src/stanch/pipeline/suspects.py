"""Suspected services of a ledger, all or only those that a trace reached."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.attribution.suspects import suspect_services
from stanch.ledger.reader import Ledger


def suspects(labels: pa.Table, ledger: Ledger) -> pa.Table:
    """SUSPECTS among the accounts of `ledger` that no row of `labels` (LABELS) speaks of."""
    accounts = ledger.accounts().column("account").combine_chunks()
    return suspect_services(labels, accounts, ledger.purses(), ledger.moves)


def among(found: pa.Table, accounts: pa.Array, ids: npt.NDArray[np.int32]) -> pa.Table:
    """Rows of SUSPECTS whose account is one of `ids`."""
    return found.filter(pc.is_in(found["account"], value_set=accounts.take(np.unique(ids))))
