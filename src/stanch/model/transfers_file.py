"""What a Parquet file of TRANSFERS says of itself, in its key-value metadata.

`stanch.simulation` is `true` where every row is invented. `stanch.assets` is a JSON object that
gives assets (CAIP-19) their symbol and decimals, null where unknown. Rows do not carry either,
and whoever reads the file shall not have to guess.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SIMULATION_KEY: Final = "stanch.simulation"
ASSETS_KEY: Final = "stanch.assets"
_MOST_DECIMALS: Final = 77

Assets = Mapping[str, tuple[str | None, int | None]]  # symbol and decimals


@dataclass(frozen=True, slots=True)
class About:
    """Symbols and decimals of assets, and whether the rows are invented."""

    assets: Assets
    simulation: bool = False

    def metadata(self) -> dict[str, str]:
        """The pairs to write, in a settled order."""
        known = {
            asset: {"symbol": symbol, "decimals": decimals}
            for asset, (symbol, decimals) in sorted(self.assets.items())
            if (symbol, decimals) != (None, None)
        }
        pairs = {SIMULATION_KEY: "true"} if self.simulation else {}
        return pairs | ({ASSETS_KEY: json.dumps(known, ensure_ascii=False)} if known else {})


def read_about(metadata: Mapping[bytes, bytes]) -> About:
    """What a file's metadata says. Raises ValueError where it breaks the form above."""
    mark = metadata.get(SIMULATION_KEY.encode(), b"false")
    if mark not in (b"true", b"false"):
        raise ValueError(f"{SIMULATION_KEY} is neither true nor false")
    stated = json.loads(metadata.get(ASSETS_KEY.encode(), b"{}"))
    if not isinstance(stated, dict):
        raise ValueError(f"{ASSETS_KEY} is no JSON object")
    return About({asset: _described(said) for asset, said in stated.items()}, mark == b"true")


def _described(said: object) -> tuple[str | None, int | None]:
    if not isinstance(said, dict):
        raise ValueError(f"{ASSETS_KEY} does not say symbol and decimals")
    symbol, decimals = said.get("symbol"), said.get("decimals")
    if symbol is not None and not isinstance(symbol, str):
        raise ValueError(f"{ASSETS_KEY} has a symbol that is no text")
    known = isinstance(decimals, int) and not isinstance(decimals, bool)
    if decimals is not None and not (known and 0 <= decimals <= _MOST_DECIMALS):
        raise ValueError(f"{ASSETS_KEY} has decimals that are no number from 0 to {_MOST_DECIMALS}")
    return symbol, decimals
