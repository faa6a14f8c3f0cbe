"""Token records: which token, how much of it, and one name for each transfer.

Fungible tokens are `erc20`. A record with a `tokenID` is of a token whose pieces differ:
`erc721`, of which one moves, or `erc1155` where it says how many (`tokenValue`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from stanch.formats.addresses import evm
from stanch.model import asset as assets
from stanch.sources import amounts

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """An amount of a token, and what the record says of the token."""

    asset: str
    amount: int
    symbol: str | None
    decimals: int | None


@dataclass(frozen=True, slots=True)
class Tokens:
    """What is known when token records are read: the chain, what the user said, the tokens
    whose decimals other records told (`known`, as in `Reading.assets`).
    """

    chain: str
    asset: str | None
    decimals: int | None
    known: Mapping[str, tuple[str | None, int | None]]

    def moved(self, record: Record) -> Moved:
        """What a record moves. Raises ValueError with the reason where it cannot be told."""
        symbol = record.get("tokenSymbol") or None
        if record.get("tokenID"):
            return self._piece(record, symbol)
        asset = self._fungible(record)
        if "majorValue" not in record:
            decimals = _decimals(record)
            return Moved(asset, amounts.minor(record.get("value", "")), symbol, decimals)
        decimals = self._decimals_of(asset)
        return Moved(asset, amounts.grouped(record["majorValue"], decimals), symbol, decimals)

    def _fungible(self, record: Record) -> str:
        contract = record.get("contractAddress")
        if contract:
            return f"{self.chain}/erc20:{evm.normalise(contract)}"
        if self.asset is None:
            raise ValueError("does not tell which token: give --asset")
        return self.asset

    def _piece(self, record: Record, symbol: str | None) -> Moved:
        token = record["tokenID"]
        amounts.minor(token)
        several = record.get("tokenValue", "")
        kind = "erc1155" if several else "erc721"
        contract = evm.normalise(record.get("contractAddress", ""))
        asset = f"{self.chain}/{kind}:{contract}/{token}"
        return Moved(asset, amounts.minor(several) if several else 1, symbol, 0)

    def _decimals_of(self, asset: str) -> int:
        """Decimals of a token of which a web export gives major units only."""
        sources = (self.known.get(asset), assets.describe(asset), (None, self.decimals))
        for each in sources:
            if each and each[1] is not None:
                return each[1]
        raise ValueError(f"the decimals of {asset} are not known: give --decimals")


def _decimals(record: Record) -> int | None:
    text = record.get("tokenDecimal", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) <= 77 else None
