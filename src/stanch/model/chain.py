"""Chains (CAIP-2) and accounts on them (CAIP-10), as text and as parts.

A chain is `namespace:reference`, an account `namespace:reference:address`. Both standards are
of the Chain Agnostic Improvement Proposals; the namespaces that Stanch reads addresses of are
`eip155` (EVM chains, by chain id), `bip122` (Bitcoin and its kin, by the first 32 hex digits of
the hash of the first block that is theirs alone) and `tron`.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

EVM: Final = "eip155"
UTXO: Final = "bip122"
TRON_NAMESPACE: Final = "tron"

ETHEREUM: Final = "eip155:1"
BITCOIN: Final = "bip122:000000000019d6689c085ae165831e93"
BITCOIN_TESTNET: Final = "bip122:000000000933ea01ad0ee984209779ba"
BITCOIN_REGTEST: Final = "bip122:0f9188f13cb7b2c71f2a335e3a4fc328"
BITCOIN_CASH: Final = "bip122:000000000000000000651ef99cb9fcbe"
LITECOIN: Final = "bip122:12a765e31ffd4059bada1e25190f6e98"
LITECOIN_REGTEST: Final = "bip122:530827f38f93b43ed12af0b3ad25a288"
DOGECOIN: Final = "bip122:1a91e3dace36e2be3bf030a65679fe82"
DASH: Final = "bip122:00000ffd590b1485b3caadc19b22e637"
ZCASH: Final = "bip122:00040fe8ec8471911baa1db1266ea15d"
TRON: Final = "tron:0x2b6653dc"

_NAMESPACE = re.compile(r"[-a-z0-9]{3,8}")
_REFERENCE = re.compile(r"[-_a-zA-Z0-9]{1,32}")
_ADDRESS = re.compile(r"[-.%a-zA-Z0-9]{1,128}")


@dataclass(frozen=True, slots=True)
class Chain:
    """A CAIP-2 chain: `namespace` says how addresses look, `reference` which chain it is."""

    namespace: str
    reference: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Split `namespace:reference`.

        Raises ValueError with a short reason where the text is no CAIP-2 identifier.
        """
        namespace, colon, reference = text.partition(":")
        if not (colon and _NAMESPACE.fullmatch(namespace) and _REFERENCE.fullmatch(reference)):
            raise ValueError(f"{text!r} is not a chain such as eip155:1")
        if namespace == EVM and not (reference.isdigit() and str(int(reference)) == reference):
            raise ValueError(f"{text!r} has no chain id after eip155:")
        return cls(namespace, reference)

    def __str__(self) -> str:
        """The CAIP-2 text."""
        return f"{self.namespace}:{self.reference}"


def account(chain: str, address: str) -> str:
    """CAIP-10 account of a canonical `address` on `chain` (CAIP-2)."""
    return f"{chain}:{address}"


def split_account(text: str) -> tuple[str, str]:
    """Chain (CAIP-2) and address of a CAIP-10 account.

    The address is checked for its form only; `formats.addresses.normalise` knows the rest.
    Raises ValueError with a short reason.
    """
    chain, _, address = text.rpartition(":")
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"{text!r} is not an account such as eip155:1:0x…")
    Chain.parse(chain)
    return chain, address
