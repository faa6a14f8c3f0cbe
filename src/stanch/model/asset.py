"""Assets: CAIP-19 identifiers, plain codes, and what is known of a chain's own coin.

An asset is `chain/namespace:reference`, with `/token` behind it where each token is its own
(`eip155:1/erc20:0x…`, `eip155:1/slip44:60`, `eip155:1/erc721:0x…/771769`). Money that is
counted in a currency rather than held on a chain is `stanch:fiat/USD`. Coin numbers are those
of SLIP-44.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from stanch.model import chain as chains
from stanch.model.chain import Chain

FIAT: Final = "stanch:fiat"

_PART = re.compile(r"([-a-z0-9]{3,8}):([-.%a-zA-Z0-9]{1,128})(?:/([-.%a-zA-Z0-9]{1,78}))?")
_CODE = re.compile(r"[A-Z0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Coin:
    """A chain's own coin: its SLIP-44 number, its symbol, and the decimals of one unit."""

    slip44: int
    symbol: str
    decimals: int


COINS: Final = {
    "eip155:1": Coin(60, "ETH", 18),
    "eip155:10": Coin(60, "ETH", 18),  # Optimism
    "eip155:56": Coin(714, "BNB", 18),
    "eip155:61": Coin(61, "ETC", 18),
    "eip155:100": Coin(700, "XDAI", 18),
    "eip155:137": Coin(966, "POL", 18),
    "eip155:324": Coin(60, "ETH", 18),  # zkSync Era
    "eip155:8453": Coin(60, "ETH", 18),  # Base
    "eip155:42161": Coin(60, "ETH", 18),  # Arbitrum One
    "eip155:43114": Coin(9005, "AVAX", 18),
    "eip155:59144": Coin(60, "ETH", 18),  # Linea
    "eip155:534352": Coin(60, "ETH", 18),  # Scroll
    chains.BITCOIN: Coin(0, "BTC", 8),
    chains.BITCOIN_TESTNET: Coin(1, "tBTC", 8),
    chains.BITCOIN_REGTEST: Coin(1, "rBTC", 8),
    chains.BITCOIN_CASH: Coin(145, "BCH", 8),
    chains.LITECOIN: Coin(2, "LTC", 8),
    chains.LITECOIN_REGTEST: Coin(1, "rLTC", 8),
    chains.DOGECOIN: Coin(3, "DOGE", 8),
    chains.DASH: Coin(5, "DASH", 8),
    chains.ZCASH: Coin(133, "ZEC", 8),
    chains.TRON: Coin(195, "TRX", 6),
}

# Tokens that stolen money passes through most, for sources that do not tell a token's decimals.
TOKENS: Final = {
    "eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7": ("USDT", 6),
    "eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48": ("USDC", 6),
    "eip155:1/erc20:0x6b175474e89094c44da98b954eedeac495271d0f": ("DAI", 18),
    "eip155:1/erc20:0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2": ("WETH", 18),
    "eip155:1/erc20:0x2260fac5e5542a773aa44fbcfedf7c193bc2c599": ("WBTC", 8),
    f"{chains.TRON}/trc20:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t": ("USDT", 6),
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A CAIP-19 asset; `token` is the one token of a kind whose tokens differ, else None."""

    chain: str
    namespace: str
    reference: str
    token: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Split `chain/namespace:reference[/token]`.

        Raises ValueError with a short reason where the text is no CAIP-19 identifier.
        """
        chain, slash, rest = text.partition("/")
        match = _PART.fullmatch(rest)
        if not (slash and match):
            raise ValueError(f"{text!r} is not an asset such as eip155:1/slip44:60")
        namespace, reference, token = match.groups()
        return cls(str(Chain.parse(chain)), namespace, reference, token)

    def __str__(self) -> str:
        """The CAIP-19 text."""
        token = "" if self.token is None else f"/{self.token}"
        return f"{self.chain}/{self.namespace}:{self.reference}{token}"


def native(chain: str) -> str:
    """The coin that `chain` (CAIP-2) pays its fees in, as CAIP-19.

    An EVM chain that Stanch does not know by name gets number 60, which SLIP-44 gives to ether.
    Raises ValueError for an unknown chain of another kind.
    """
    if chain in COINS:
        return f"{chain}/slip44:{COINS[chain].slip44}"
    if chain.startswith(f"{chains.EVM}:"):
        return f"{chain}/slip44:60"
    raise ValueError(f"the coin of {chain} is not known")


def fiat(code: str) -> str:
    """A currency, or anything else that is known by its code alone: `stanch:fiat/USD`.

    Raises ValueError where the code is not one to twelve letters and digits.
    """
    code = code.upper()
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code!r} is not an asset: give a code such as USD, or CAIP-19")
    return f"{FIAT}/{code}"


def from_code(code: str, chain: str) -> str:
    """What a plain code means on `chain`: its own coin where it is that, else `stanch:fiat/…`."""
    coin = COINS.get(chain)
    return native(chain) if coin and coin.symbol.upper() == code.upper() else fiat(code)


def home(code: str) -> str | None:
    """The chain whose own coin has this code, where there is one main chain of that coin."""
    return next((chain for chain, coin in COINS.items() if coin.symbol == code.upper()), None)


def is_native(asset: str) -> bool:
    """Whether an asset is a chain's own coin."""
    return "/slip44:" in asset


def describe(asset: str) -> tuple[str | None, int | None]:
    """Symbol and decimals of an asset, each None where Stanch does not know it by itself."""
    chain, _, name = asset.partition("/")
    if chain == FIAT:
        return name, None
    coin = COINS.get(chain) if name.startswith("slip44:") else None
    return (coin.symbol, coin.decimals) if coin else TOKENS.get(asset, (None, None))
