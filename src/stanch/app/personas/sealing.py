"""Values of one record and kind, sealed: AES-256-GCM over a JSON array.

Bound to the record's id and the kind, so that a cell that was moved to another row opens no more.
Each intake has a key of its own, derived with its random id: a nonce of 96 random bits is then
safe for more values than an intake can have.
"""

import os
from typing import Any, Final

import numpy as np
import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from stanch.errors import InputError
from stanch.model.personas.values import NO_TIME, Values

_NONCE: Final = 12

Told = list[tuple[str, int]]  # a value and its time, microseconds since 1970 or NO_TIME


class Sealing:
    """Seals and opens the values of one intake."""

    def __init__(self, key: bytes) -> None:
        """`key` is of `Secret.derived("seal", salt)`."""
        self._cipher = AESGCM(key)

    def close(self, kind: str, ids: list[str], values: Values) -> tuple[list[int], list[bytes]]:
        """Whose, and what was sealed: one for each record that has a value of the kind."""
        owners, starts = np.unique(values.owner, return_index=True)
        ends = [*starts[1:].tolist(), len(values)]
        said = _said(values)
        random = os.urandom(_NONCE * len(owners))
        encrypt, bound = self._cipher.encrypt, f"\0{kind}"
        made = []
        whose = owners.tolist()
        for place, (owner, start, end) in enumerate(zip(whose, starts.tolist(), ends, strict=True)):
            nonce = random[place * _NONCE : (place + 1) * _NONCE]
            text = orjson.dumps(said[start:end])
            made.append(nonce + encrypt(nonce, text, f"{ids[owner]}{bound}".encode()))
        return whose, made

    def open(self, kind: str, record_id: str, sealed: bytes) -> Told:
        """What was sealed. Raises InputError where it was not under this key, id and kind."""
        bound = f"{record_id}\0{kind}".encode()
        try:
            text = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
        except (InvalidTag, ValueError):
            raise InputError("sealed.parquet", "was changed, or is of another key") from None
        return [
            (each, NO_TIME) if isinstance(each, str) else (each[0], each[1])
            for each in orjson.loads(text)
        ]


def _said(values: Values) -> list[Any]:
    texts: list[str] = values.text.to_pylist()
    if (values.time == NO_TIME).all():
        return texts
    return [
        text if time == NO_TIME else (text, time)
        for text, time in zip(texts, values.time.tolist(), strict=True)
    ]
