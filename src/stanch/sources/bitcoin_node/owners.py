"""Whose an output is: its address, or a name of ours where it pays to none.

Newer nodes give `address`, older ones `addresses`, a list that holds one where it is one holder's.
A bare key (`pubkey`) has an address in the older answers only; here it is a script in both.
"""

from typing import Any, Final

from stanch.formats import addresses
from stanch.formats.addresses.bitcoin import FORMS, script_address
from stanch.model.chain import account

VOID: Final = "nulldata"  # OP_RETURN: nobody can spend it
BARE: Final = "pubkey"


def owner(chain: str, script: dict[str, Any]) -> str:
    """The account (CAIP-10) that the `scriptPubKey` of an output pays to.

    Raises ValueError for an address that cannot be one of the chain.
    """
    listed = script.get("addresses") or []
    found = script.get("address") or (listed[0] if len(listed) == 1 else None)
    if found is None or script.get("type") == BARE:
        return account(chain, script_address(bytes.fromhex(script["hex"])))
    return account(chain, addresses.normalise(chain, found) if chain in FORMS else found)


def memo(script: dict[str, Any]) -> bytes | None:
    """What an OP_RETURN carries: all that it pushes, one after the other."""
    if script.get("type") != VOID:
        return None
    code, at, found = bytes.fromhex(script["hex"]), 1, b""
    while at < len(code):
        size, at = code[at], at + 1
        if 76 <= size <= 78:  # the size stands in the next 1, 2 or 4 bytes
            width = 1 << (size - 76)
            size, at = int.from_bytes(code[at : at + width], "little"), at + width
        elif size > 75:
            continue
        found, at = found + code[at : at + size], at + size
    return found
