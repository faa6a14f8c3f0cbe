"""From PURSES, ASSETS and the category of each account to the terrain of a trace."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.model.kinds import CATEGORIES, FEES, ISSUANCE
from stanch.tracing.entries import fate
from stanch.tracing.stops import FATE_BY_CATEGORY
from stanch.tracing.terrain import SPRING, STOP, Terrain

NO_STOP = -1


@dataclass(frozen=True, slots=True)
class Accounts:
    """Facts by account id: place in CATEGORIES (or -1), whether it is a null address, and
    whether the request asks to stop there although no label says what it is."""

    category: npt.NDArray[np.int8]
    null: npt.NDArray[np.bool_]
    suspected: npt.NDArray[np.bool_]


def survey(
    purses: pa.Table, assets: pa.Table, accounts: Accounts, incidents: int
) -> tuple[Terrain, npt.NDArray[np.int8]]:
    """The terrain, and for each purse the place in FATES of a stop there (-1: no stop)."""
    account = purses.column("account").to_numpy()
    asset = purses.column("asset").to_numpy()
    form = purses.column("form").to_numpy()
    by_category = np.array(
        [fate(FATE_BY_CATEGORY[c]) if c in FATE_BY_CATEGORY else NO_STOP for c in CATEGORIES]
        + [NO_STOP],
        dtype=np.int8,
    )
    by_account = by_category[accounts.category]  # -1 picks the last: no category
    by_account[accounts.suspected & (by_account == NO_STOP)] = fate("service")
    ends = by_account[account]
    null = accounts.null[account]
    ends[null] = fate("burned")
    ends[form == FEES] = fate("fee")
    flags = np.where(ends != NO_STOP, STOP, 0).astype(np.uint8)
    flags[null | (form == ISSUANCE)] |= SPRING
    wide_asset = assets.column("wide").to_numpy(zero_copy_only=False).astype(bool)
    opening_wide = _wide_openings(purses)
    terrain = Terrain(
        account=account,
        asset=asset,
        form=form,
        opening=np.stack(
            [purses.column("opening_lo").to_numpy(), purses.column("opening_hi").to_numpy()],
            axis=1,
        ),
        wide=wide_asset[asset],
        flags=flags,
        incidents=incidents,
        opening_wide=opening_wide,
    )
    return terrain, ends


def _wide_openings(purses: pa.Table) -> dict[int, int]:
    column = purses.column("opening_wide")
    if column.null_count == len(column):
        return {}
    places = np.flatnonzero(pc.is_valid(column).to_numpy(zero_copy_only=False))
    return {int(p): int.from_bytes(column[int(p)].as_py(), "big") for p in places}
