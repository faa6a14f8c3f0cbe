"""Countries and addresses as lists write them: several in a cell, or one at an address's end."""

import re
from collections.abc import Iterator, Sequence

from stanch.formats.lists.enumerated import enumerated
from stanch.model.countries import code_of
from stanch.model.listed import Address, Country

_COUNTRY_PARTS = re.compile(r"\s*(?:[,;/、\n]|\s(?:and|or|/)\s)\s*")
_COUNTRY_NOTE = re.compile(r"\s*[(（.].*", re.DOTALL)


def countries(text: str, role: str) -> Iterator[Country]:
    """The countries that a cell names, each with its code where it is known.

    A cell is taken apart only where each part is a country; else its words stay together.
    """
    text = text.strip()
    parts = [part for member in enumerated(text) for part in _parts(member)]
    if parts and all(code_of(_bare(part)) for part in parts):
        yield from (Country(part, code_of(_bare(part)), role) for part in parts)
    elif text:
        yield Country(text, code_of(_bare(text)), role)


def _parts(text: str) -> list[str]:
    return [text] if code_of(text) else [each for each in _COUNTRY_PARTS.split(text) if each]


def _bare(text: str) -> str:
    """A country without what is said of it: "Russian (until 1991)"."""
    return text if code_of(text) else _COUNTRY_NOTE.sub("", text)


def address(text: str) -> Address:
    """An address of which a list gives only the text; its last or first part may be a country."""
    text = " ".join(text.split())
    parts = [part.strip(" .") for part in text.split(",")]
    return Address(text, country=code_of(parts[-1]) or code_of(parts[0]))


def address_of(
    lines: Sequence[str], city: str = "", region: str = "", postcode: str = "", country: str = ""
) -> Address:
    """An address in parts. The country becomes its code, or stays as the list writes it."""
    whole = (*lines, city, region, postcode, country)
    text = ", ".join(dict.fromkeys(part.strip() for part in whole if part.strip()))
    return Address(text, city, region, postcode, (code_of(country) or country) if country else "")
