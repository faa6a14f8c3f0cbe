"""Canonical JSON (RFC 8785): the one spelling of a value that is hashed and signed.

Fewer values than JSON has: no floats, whose spelling readers disagree on, and no integers from
2**53 on, which some readers round. Amounts are texts.
"""

import hashlib
from typing import Final

import rfc8785

MAX_DEPTH: Final = 64  # documents are flat; deeper ones are an accident or an attack


def canonical(value: object) -> bytes:
    """The bytes of dicts, lists, tuples, texts, integers, booleans and None, in UTF-8.

    Raises ValueError, in one line, where the value holds something else: a float, an integer of
    2**53 or more, a key that is no text, half a surrogate pair, or more than MAX_DEPTH levels.
    """
    _check(value, MAX_DEPTH)
    return rfc8785.dumps(value)  # type: ignore[arg-type]


def digest(value: object) -> str:
    """`sha256:` and the hex of the SHA-256 of the value's canonical JSON."""
    return f"sha256:{hashlib.sha256(canonical(value)).hexdigest()}"


def _check(value: object, depth: int) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) >= 2**53:
            raise ValueError("an integer of 2**53 or more; write it as text")
    elif isinstance(value, dict | list | tuple):
        if depth == 0:
            raise ValueError(f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(value, dict) and not all(isinstance(key, str) for key in value):
            raise ValueError("a key that is no text")
        for each in value.values() if isinstance(value, dict) else value:
            _check(each, depth - 1)
    else:
        raise ValueError(f"a {type(value).__name__} has no canonical JSON here")
