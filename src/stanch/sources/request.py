"""What a reader is asked to read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stanch.errors import UsageError
from stanch.formats.addresses import evm
from stanch.model import asset as assets
from stanch.model.asset import Asset
from stanch.model.chain import EVM, Chain


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """The files and what the user says of them; what a source does not need it ignores.

    `chain` is CAIP-2. `asset` is CAIP-19 or a plain code: the coin of the chain where it is
    that, else `stanch:fiat/CODE`. `decimals` are those of one major unit. `columns` maps a
    meaning (`tx`, `time`, `from`, `to`, `amount`, `block`, `order`) to a column of the file.
    """

    files: tuple[Path, ...]
    chain: str | None = None
    asset: str | None = None
    decimals: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def checked(self) -> "SourceRequest":
        """The same request. Raises UsageError where no reader could follow it."""
        if not self.files:
            raise UsageError("no file to read")
        for file in self.files:
            if not file.exists():
                raise UsageError(f"there is no file {file}")
            if file.is_dir():
                raise UsageError(f"{file} is a folder: name its files")
        if self.chain is not None:
            try:
                Chain.parse(self.chain)
            except ValueError as error:
                raise UsageError(f"--chain: {error}") from None
        if self.decimals is not None and not 0 <= self.decimals <= 77:
            raise UsageError(f"--decimals must be from 0 to 77, not {self.decimals}")
        return self

    def asset_on(self, chain: str) -> str:
        """`asset` as CAIP-19, or as `stanch:fiat/CODE`.

        Raises UsageError where it is missing, no asset, or one of another chain.
        """
        if self.asset is None:
            raise UsageError("--asset is missing: give a code such as USD or ETH, or CAIP-19")
        try:
            if "/" not in self.asset:
                return assets.from_code(self.asset, chain)
            if self.asset.startswith(f"{assets.FIAT}/"):
                return assets.fiat(self.asset.partition("/")[2])
            asset = Asset.parse(self.asset)
            if asset.chain != chain:
                raise ValueError(f"{self.asset} is not on {chain}")
            return _canonical(asset)
        except ValueError as error:
            raise UsageError(f"--asset: {error}") from None

    def chain_of_asset(self) -> str | None:
        """The chain that `asset` names by itself, where it names one."""
        if self.asset is None:
            return None
        if "/" not in self.asset:
            return assets.home(self.asset)
        chain = self.asset.partition("/")[0]
        return None if chain == assets.FIAT else chain


def _canonical(asset: Asset) -> str:
    """CAIP-19 text, contract addresses of EVM chains checked and in lower case."""
    if asset.chain.startswith(f"{EVM}:") and asset.namespace.startswith("erc"):
        contract = evm.normalise(asset.reference)
        return str(Asset(asset.chain, asset.namespace, contract, asset.token))
    return str(asset)
