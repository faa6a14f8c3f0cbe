"""Labels as a table: `address,name,categories,source`, and what may stand beside them.

Only `address` must be there, and something said of it. A row whose source is empty or `user` is
the user's own word. Columns that are not known are left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stanch.formats.tag import CHOSEN, RawTag, confidence
from stanch.model.kinds import CATEGORIES, FLAGS

# Other names under which exports carry the columns.
ALIASES: Final = {
    "account": "address",
    "label": "name",
    "name_tag": "name",
    "nametag": "name",
    "terms": "categories",
    "labels": "categories",
    "actor": "entity",
    "network": "chain",
    "currency": "chain",
    "flag": "flags",
}
COLUMNS: Final = (
    "address", "name", "categories", "category", "source", "confidence", "chain", "entity",
    "flags", "valid_from", "valid_to",
)  # fmt: skip

_PARTS = re.compile(r"[,;|]")
_ACCOUNT = re.compile(r"([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}):([-.%a-zA-Z0-9]{1,128})")


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """Where the known columns stand in a file's rows."""

    places: dict[str, int]

    @classmethod
    def of(cls, header: Sequence[str]) -> "LabelColumns":
        """Find them by the header's names, in any case.

        Raises ValueError with a short reason where the file is no label table.
        """
        places: dict[str, int] = {}
        for place, title in enumerate(header):
            plain = re.sub(r"[\s-]+", "_", title.strip().lower())
            name = ALIASES.get(plain, plain)
            if name in COLUMNS:
                places.setdefault(name, place)
        if "address" not in places:
            raise ValueError("has no column named address")
        if not places.keys() & {"name", "categories", "category", "flags", "entity"}:
            raise ValueError("has no column that says anything of an address (name, categories)")
        return cls(places)

    def tag(self, row: int, fields: Sequence[str]) -> RawTag:
        """The tag in one row. Raises ValueError with a short reason."""
        text = {name: fields[place].strip() for name, place in self.places.items()}
        own = text.get("source", "").lower() in ("", "user")
        chain, address = _account(text.get("chain", ""), text["address"])
        tag = RawTag(
            row=row,
            address=address,
            name=_plain(text.get("name", "")),
            terms=_terms(text, own),
            currency=chain,
            entity=text.get("entity", ""),
            flags=_flags(text.get("flags", "")),
            confidence=confidence(text.get("confidence", "")),
            source=text.get("source", ""),
            own=own,
            valid_from=text.get("valid_from", ""),
            valid_to=text.get("valid_to", ""),
        )
        if not (tag.name or tag.terms or tag.flags or tag.entity):
            raise ValueError("says nothing of the address")
        return tag


def _account(chain: str, address: str) -> tuple[str, str]:
    """Chain and address; a CAIP-10 account brings its chain along."""
    match = _ACCOUNT.fullmatch(address)
    if match is None:
        return chain, address
    if chain and chain != match[1]:
        raise ValueError(f"account {address[:80]} is not on chain {chain[:40]}")
    return match[1], match[2]


def _plain(name: str) -> str:
    """A name without the quotes that some exports leave around it."""
    quoted = len(name) > 1 and name[0] == name[-1] and name[0] in "'\""
    return name[1:-1].strip() if quoted else name


def _terms(text: dict[str, str], own: bool) -> tuple[str, ...]:
    """The words of `categories`, and `category`. Stanch's own words there were chosen on purpose.

    In `categories` that holds for the user's own rows only: elsewhere `exchange` may be a
    list's word for an exchange's token.
    """
    listed = [word.strip() for word in _PARTS.split(text.get("categories", ""))]
    terms = [CHOSEN + word if own and word in CATEGORIES else word for word in listed if word]
    chosen = text.get("category", "")
    if chosen:
        terms.append(CHOSEN + chosen.lower() if chosen.lower() in CATEGORIES else chosen)
    return tuple(dict.fromkeys(terms))


def _flags(text: str) -> tuple[str, ...]:
    flags = [word.strip().lower() for word in _PARTS.split(text) if word.strip()]
    for flag in flags:
        if flag not in FLAGS:
            raise ValueError(f"flag {flag[:40]!r} is not one of {', '.join(FLAGS)}")
    return tuple(dict.fromkeys(flags))
