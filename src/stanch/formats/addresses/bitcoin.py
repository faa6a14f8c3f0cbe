"""Addresses of Bitcoin and the chains that took its forms: Base58Check and Bech32.

Each chain has its own first bytes (Base58Check) and prefix (Bech32). Canonical is the Base58
text as it stands and Bech32 in lower case; Bitcoin Cash has a form of its own (`cashaddr`).
Beside addresses there are two forms of ours, for outputs that pay to no address:
`script-<40 hex>` is the start of the SHA-256 of the script, and `output-<txid>-<n>` an output
that was spent without its script having been seen.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from stanch.formats.addresses import base58, bech32, cashaddr
from stanch.model import chain as chains


@dataclass(frozen=True, slots=True)
class Form:
    """How a chain writes addresses: first bytes for keys and for scripts, and Bech32 prefix."""

    key: bytes
    script: tuple[bytes, ...]
    prefix: str | None


FORMS: Final = {
    chains.BITCOIN: Form(b"\x00", (b"\x05",), "bc"),
    chains.BITCOIN_TESTNET: Form(b"\x6f", (b"\xc4",), "tb"),
    chains.BITCOIN_REGTEST: Form(b"\x6f", (b"\xc4",), "bcrt"),
    chains.BITCOIN_CASH: Form(b"\x00", (b"\x05",), None),
    chains.LITECOIN: Form(b"\x30", (b"\x32", b"\x05"), "ltc"),
    chains.LITECOIN_REGTEST: Form(b"\x6f", (b"\x3a", b"\xc4"), "rltc"),
    chains.DOGECOIN: Form(b"\x1e", (b"\x16",), None),
    chains.DASH: Form(b"\x4c", (b"\x10",), None),
    chains.ZCASH: Form(b"\x1c\xb8", (b"\x1c\xbd",), None),
}

_OURS = re.compile(r"script-[0-9a-f]{40}|output-[0-9a-f]{64}-(0|[1-9][0-9]{0,9})")
_HASH_SIZE = 20


def normalise(chain: str, text: str) -> str:
    """Canonical address on `chain` (CAIP-2, or `bip122` for any of the chains in `FORMS`).

    Raises ValueError with a short reason.
    """
    if _OURS.fullmatch(text):
        return text
    if chain == chains.UTXO:
        return _on_any(text)
    if chain not in FORMS:
        raise ValueError(f"addresses of {chain} cannot be checked yet")
    try:
        return _on(chain, FORMS[chain], text)
    except ValueError as error:
        raise ValueError(f"{text[:100]} {error}") from None


def script_address(script: bytes) -> str:
    """The name of ours for an output whose script pays to no address."""
    return f"script-{sha256(script).hexdigest()[:40]}"


def _on(chain: str, form: Form, text: str) -> str:
    if form.prefix and text[: len(form.prefix) + 1].lower() == f"{form.prefix}1":
        bech32.decode(text)
        return text.lower()
    if chain == chains.BITCOIN_CASH and not text.startswith(("1", "3")):
        return cashaddr.normalise(text)
    payload = base58.decode(text)
    head, digest = payload[:-_HASH_SIZE], payload[-_HASH_SIZE:]
    if head != form.key and head not in form.script:
        raise ValueError("belongs to another chain")
    if chain == chains.BITCOIN_CASH:
        return cashaddr.encode(cashaddr.KEY if head == form.key else cashaddr.SCRIPT, digest)
    return text


def _on_any(text: str) -> str:
    """The form that the first of the chains gives it which knows it."""
    reasons = []
    for chain, form in FORMS.items():
        try:
            return _on(chain, form, text)
        except ValueError as error:
            reasons.append(str(error))
    reason = next((each for each in reasons if "checksum" in each), reasons[0])
    raise ValueError(f"{text[:100]} {reason}")
