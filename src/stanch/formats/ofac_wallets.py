"""Sanctioned addresses by asset, as extracted from the US Treasury's SDN list.

One file for each asset, `sanctioned_addresses_XBT.txt` with an address a line or `.json` with a
list of them; the asset's ticker is in the file's name (XBT is Bitcoin). The list says who may
not be dealt with. It says nothing of what an account is for.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

from stanch.formats.tag import CONFIDENCE_WORDS, RawTag, RefusedTag

NAME: Final = "OFAC SDN"
SOURCE: Final = "OFAC SDN list"

_FILE = re.compile(r"sanctioned_addresses_([A-Za-z0-9]{2,10})\.(?:txt|json)")


def asset_of(file: str) -> str | None:
    """The ticker in a list's file name, or None where the name is not that of such a list."""
    match = _FILE.fullmatch(file)
    return match[1].upper() if match else None


def parse(text: str, file: str) -> Iterator[RawTag | RefusedTag]:
    """Tags in one list; `file` is its name. Rows are lines, or places in the JSON list.

    Raises ValueError with a short reason where the file as a whole is no such list.
    """
    asset = asset_of(file)
    if asset is None:
        raise ValueError("is not named sanctioned_addresses_<asset>.txt or .json")
    entries = _json(text) if file.endswith(".json") else text.lstrip("\ufeff").splitlines()
    for row, entry in enumerate(entries, 1):
        if not isinstance(entry, str):
            yield RefusedTag(row, "is not an address but another JSON value")
        elif address := entry.strip():
            yield _tag(row, address, asset)


def _tag(row: int, address: str, asset: str) -> RawTag:
    return RawTag(
        row=row,
        address=address,
        name=NAME,
        terms=("ofac-sdn",),
        currency=asset,
        flags=("sanctioned",),
        confidence=CONFIDENCE_WORDS["authority_data"],
        source=SOURCE,
    )


def _json(text: str) -> list[object]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("is not JSON") from None
    if not isinstance(entries, list):
        raise ValueError("is JSON but not a list of addresses")
    return entries
