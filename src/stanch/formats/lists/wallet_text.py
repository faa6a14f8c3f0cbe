"""Wallet addresses in running text: found by their form, kept only where the checksum is right."""

import re
from collections.abc import Iterator
from typing import Final

from stanch.formats.addresses import normalise
from stanch.model.chain import EVM, TRON_NAMESPACE, UTXO
from stanch.model.listed import WALLET, Identifier

_START, _END = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
_BASE58 = "[1-9A-HJ-NP-Za-km-z]"
_FORMS: Final = (
    (re.compile(rf"{_START}0x[0-9A-Fa-f]{{40}}{_END}"), EVM, "ETH"),
    (re.compile(rf"{_START}T{_BASE58}{{33}}{_END}"), TRON_NAMESPACE, "TRX"),
    (re.compile(rf"{_START}(?:bc1[0-9a-z]{{25,80}}|[13]{_BASE58}{{25,34}}){_END}"), UTXO, "XBT"),
)


def wallets(text: str) -> Iterator[Identifier]:
    """The wallets that a text names. The asset is the chain's own; tokens live on the same ones."""
    for form, namespace, asset in _FORMS:
        for match in form.finditer(text):
            try:
                normalise(namespace, match[0])
            except ValueError:
                continue
            yield Identifier(WALLET, match[0], asset=asset)
