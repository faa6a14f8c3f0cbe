"""Canonical JSON (RFC 8785) on the way in: what is read must be spelled the one way it is written.

A text that says the same in other bytes is refused, so that a document has one hash and a signed
statement one text. Writing is `stanch.model.desk.canonical`, here with SignatureError.
"""

import hashlib
import json
from typing import Final, NoReturn

from stanch.errors import SignatureError
from stanch.model.desk import canonical as writing

MAX_BYTES: Final = 1 << 20  # of a signed payload
MAX_DOCUMENT: Final = 4 << 20  # of an order or a directory: 10,000 targets fit
MAX_DEPTH: Final = 32

_INTEGER: Final = len(str(-(2**53)))  # characters; longer ones are never turned into a number


def canonical(value: object) -> bytes:
    """The bytes of a value. Raises SignatureError for floats, large integers, no JSON."""
    try:
        return writing.canonical(value)
    except ValueError as error:
        raise SignatureError(f"cannot be written as canonical JSON: {error}") from None


def digest(value: object) -> str:
    """`sha256:` and hex, of bytes as they are, and of anything else as canonical JSON."""
    data = value if isinstance(value, bytes) else canonical(value)
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def parse(data: bytes, most: int = MAX_BYTES) -> object:
    """The value in canonical JSON of at most `most` bytes.

    Raises SignatureError where the bytes are no JSON, name a key twice, hold NaN, a float or a
    large integer, lie deeper than MAX_DEPTH, or are JSON that is spelled in any other way.
    """
    if len(data) > most:
        raise SignatureError(f"is longer than {most:,} bytes")
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_once,
            parse_float=_no_number,
            parse_constant=_no_number,
            parse_int=_integer,
        )
    except UnicodeDecodeError:
        raise SignatureError("is not UTF-8") from None
    except RecursionError:
        raise SignatureError(f"is nested more than {MAX_DEPTH} levels deep") from None
    except json.JSONDecodeError as error:
        raise SignatureError(f"is no JSON: {error.msg}") from None
    _shallow(value)
    if canonical(value) != data:
        raise SignatureError("is JSON, but not in its canonical form (RFC 8785)")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise SignatureError("names a key twice")
    return value


def _integer(text: str) -> int:
    if len(text) > _INTEGER:
        raise SignatureError("holds an integer of 2**53 or more; amounts are texts")
    return int(text)


def _no_number(text: str) -> NoReturn:
    raise SignatureError(f"holds {text[:24]}, and only integers are allowed")


def _shallow(value: object) -> None:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        level = [
            each
            for part in level
            for each in (part.values() if isinstance(part, dict) else part)
            if isinstance(each, dict | list)
        ]
        if not level:
            return
    raise SignatureError(f"is nested more than {MAX_DEPTH} levels deep")
