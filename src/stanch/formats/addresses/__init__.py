"""Addresses: one identifier, one file; checked on the way in, then in one canonical form.

`normalise` is the door. An address that fails has a reason and is never mended by guessing.
"""

from functools import lru_cache
from typing import Final

from stanch.formats.addresses import bitcoin, evm, tron
from stanch.model.chain import EVM, TRON_NAMESPACE, UTXO

__all__ = ["NAMESPACES", "normalise"]

NAMESPACES: Final = (EVM, UTXO, TRON_NAMESPACE)


@lru_cache(maxsize=1 << 18)
def normalise(chain: str, text: str) -> str:
    """Canonical form of an address on `chain`: a CAIP-2 chain, or its namespace alone.

    With a namespace alone every form that some chain of it has is allowed. Raises ValueError
    with a short reason in plain English.
    """
    namespace = chain.partition(":")[0]
    if not text:
        raise ValueError("address is empty")
    if namespace == EVM:
        return evm.normalise(text)
    if namespace == UTXO:
        return bitcoin.normalise(chain, text)
    if namespace == TRON_NAMESPACE:
        return tron.normalise(text)
    raise ValueError(f"addresses of {namespace} cannot be checked yet")
