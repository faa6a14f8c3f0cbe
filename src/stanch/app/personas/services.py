"""Which accounts are services, and which are listed: by labels, a file, or the lists of a home."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from stanch.app.home import home_at
from stanch.app.personas.wallets import wallet
from stanch.app.screen_index import open_identifiers
from stanch.app.screen_input import opened
from stanch.attribution.words import words
from stanch.errors import InputError
from stanch.formats.address_file import parse
from stanch.sources.labels.reader import Reading, read

# Functions that gather many people's money. A deposit address is one customer's, and is none.
_SERVICES: Final = frozenset(
    ("exchange", "mixer", "bridge", "dex", "otc", "gambling", "mining", "token", "service")
)


def services_of(labels: Iterable[Path]) -> list[str]:
    """Wallets in their form, in order. Raises UsageError, InputError as the reader of labels."""
    into = Reading()
    for order, path in enumerate(labels):
        read(path, order, into)
    if not into.rows.count:
        return []
    means = words().meaning
    found = set()
    for tag in into.rows.tags().to_pylist():
        said = means(tag["name"], tuple(tag["terms"]), tag["source"], tuple(tag["flags"]))
        if said.category in _SERVICES and (form := _form(tag["address"])):
            found.add(form)
    return sorted(found)


def listed_in(file: Path) -> list[str]:
    """Wallets of a file in their form, in order: an address a line, or a table with a column.

    Raises UsageError where it is missing, InputError where it holds no address.
    """
    with opened(file) as stream:
        try:
            forms = {form for row in parse(stream) if (form := _form(row.address))}
        except ValueError as error:
            raise InputError(file.name, str(error)) from None
    if not forms:
        raise InputError(file.name, "holds no address that is known here")
    return sorted(forms)


def listed_by(home: Path, wallets: Iterable[str]) -> list[str]:
    """Those of some wallets that stand on a list of the home, in order. Raises UsageError."""
    asked = sorted(set(wallets))
    hits = open_identifiers(home_at(home)).addresses(asked)
    return [one for one, hit in zip(asked, hits, strict=True) if hit]


def _form(address: str) -> str | None:
    try:
        return wallet(address)
    except ValueError:
        return None  # of a chain on which nobody here is paid
