"""The closed vocabularies of the tables: kinds of transfer, forms of purse, categories, fates."""

from typing import Final

KINDS: Final = (
    "native", "token", "internal", "utxo_in", "utxo_out", "fee", "mint", "burn",
    "bridge_out", "bridge_in", "swap",
)  # fmt: skip

# Forms of purse.
ACCOUNT: Final = 0  # an account in one asset
OUTPOINT: Final = 1  # one output on a UTXO chain; its account is the address it pays
TRANSACTION: Final = 2  # a transaction on a UTXO chain; its account is `chain:txid`
ISSUANCE: Final = 3  # where new units come from: never short, never tainted
FEES: Final = 4  # where fees go

# The function of a service. `none` says that a source knows the account and it is no service.
CATEGORIES: Final = (
    "exchange", "deposit", "mixer", "bridge", "dex", "otc", "gambling", "mining", "token",
    "service", "none",
)  # fmt: skip

FLAGS: Final = ("sanctioned", "dprk", "ransomware", "theft", "scam", "darknet")

FATES: Final = (
    "held", "service", "mixer", "bridge_unmatched", "burned", "fee", "converted_out", "stopped",
    "unknown",
)  # fmt: skip

METHODS: Final = ("poison@1", "haircut@1", "fifo@1", "lifo@1", "affinity@1")


def issuance(chain: str) -> str:
    """Account that new units of `chain` (CAIP-2) come from: block rewards and the like."""
    return f"{chain}:issuance"


def fees(chain: str) -> str:
    """Account that stands for whoever earns the fees on `chain` (CAIP-2)."""
    return f"{chain}:fees"


# Addresses of EVM chains that nobody holds: tokens are minted from and burned to them.
NULL_ADDRESSES: Final = (
    "0x0000000000000000000000000000000000000000",
    "0x000000000000000000000000000000000000dead",
)
