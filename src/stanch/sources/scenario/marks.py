"""What says "simulation" in every file, and the chain and assets that exist nowhere else.

Chain 31337 is the number that Ethereum development nodes use by default; no public network has
it, so that nothing here can be taken for mainnet (CAIP-2 `eip155:31337`).
"""

from typing import Final

import pyarrow as pa

from stanch.model.kinds import fees
from stanch.model.tables import TRANSFERS
from stanch.model.transfers_file import About

CHAIN: Final = "eip155:31337"
NULL: Final = f"{CHAIN}:0x{'0' * 40}"  # mints come from here
FEES: Final = fees(CHAIN)

NATIVE: Final = f"{CHAIN}/slip44:60"  # SIMETH, 18 decimals
DOLLAR: Final = f"{CHAIN}/erc20:0x5100000000000000000000000000000000000006"  # SIMUSD, 6 decimals
STAKED: Final = f"{CHAIN}/erc20:0x5100000000000000000000000000000000000018"  # SIMSTK, 18 decimals
DECIMALS: Final = {NATIVE: 18, DOLLAR: 6, STAKED: 18}
SYMBOLS: Final = {NATIVE: "SIMETH", DOLLAR: "SIMUSD", STAKED: "SIMSTK"}

_ABOUT: Final = About({each: (SYMBOLS[each], DECIMALS[each]) for each in SYMBOLS}, simulation=True)
SCHEMA: Final = TRANSFERS.with_metadata(_ABOUT.metadata())  # TRANSFERS, marked
SOURCE: Final = "stanch scenario (simulation)"
NOTICE: Final = "SIMULATION: invented data, no real account, service or transaction."


def tx_id(number: int) -> str:
    """Id of the transaction with this number, such as `sim-42`: no hash of a real one."""
    return f"sim-{number}"


def units(whole: int, asset: str) -> int:
    """`whole` major units of `asset` in its smallest unit."""
    return int(whole * 10 ** DECIMALS[asset])


def scalar(value: str, count: int) -> pa.StringArray:
    """A string column that says the same `count` times."""
    return pa.repeat(pa.scalar(value, pa.string()), count)
