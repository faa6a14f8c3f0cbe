"""OFAC's sanctioned wallet addresses, one file for each asset: an entry of schema Wallet each.

The files are extracts of the SDN list that others publish (`formats.ofac_wallets` says how they
look); who owns an address stands in the SDN list itself. An entry's id is "ASSET:ADDRESS", which
stays the same from day to day. Tested on the 17 files of September 2024, as text and as JSON.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from stanch.formats import ofac_wallets
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.tag import RefusedTag
from stanch.model.listed import PRIMARY, WALLET, Entry, Identifier, ListedName, RefusedEntry

MAX_BYTES: Final = 64 << 20  # a million addresses; all of them together are 700 today
MAX_ADDRESS: Final = 200  # characters


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries in the order of the files. An address that comes again, as in the JSON beside the
    text of one asset, is one entry.

    Raises ValueError where a file is no such list.
    """
    seen: set[str] = set()
    for file in files:
        name = file.name.replace("\\", "/").rpartition("/")[2]
        for tag in ofac_wallets.parse(_text(file), name):
            if isinstance(tag, RefusedTag):
                yield RefusedEntry(file.name, tag.row, tag.reason)
            elif len(tag.address) > MAX_ADDRESS or not tag.address.isprintable():
                yield RefusedEntry(file.name, tag.row, "is no address of any wallet")
            elif (entry := _entry(tag.currency, tag.address)).id not in seen:
                seen.add(entry.id)
                yield entry


def _text(file: ListFile) -> str:
    data = file.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError(f"is larger than {MAX_BYTES >> 20} MiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8 text") from None


def _entry(asset: str, address: str) -> Entry:
    return Entry(
        id=f"{asset}:{address}",
        schema="Wallet",
        names=(ListedName(address, PRIMARY),),
        identifiers=(Identifier(WALLET, address, asset=asset),),
    )
