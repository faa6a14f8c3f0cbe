"""Countries by the many ways in which lists and people write them: `code_of("DPRK")` is KP.

`countries.tsv` holds ISO 3166-1 (alpha-2, alpha-3, short English name) and, after it, spellings
that sanctions lists use: turned names ("Korea, North"), adjectives, Korean, Japanese and Chinese
names. XK (Kosovo) and five codes that ISO 3166 has withdrawn (SU, YU, CS, DD, AN) are in it
because birthplaces and old passports name them. "Korea" alone is no country here, nor is
"Congolese", which is said of two: the wrong one of them would speak against the right person. And
"Guinea", "Niger" or "Congo" are never read into a longer name: a text is a country as a whole or
not at all.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

_INVERTED = re.compile(r"([^,(]+)[,(]\s*([^,()]+)\)?\s*")
_BOTH_LANGUAGES: Final = " / "  # Canada writes "Russia / Russie"
_WITHDRAWN: Final = frozenset({"SU", "YU", "CS", "DD", "AN"})
_LONGEST: Final = 100  # characters; nothing longer is the name of a country


def code_of(text: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country's name, adjective or code; empty where unknown."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return ""
    codes = _codes()
    if found := codes.get(_folded(text)):
        return found
    if turned := _INVERTED.fullmatch(text):
        return codes.get(_folded(f"{turned[2]} {turned[1]}"), "")
    first, both, _ = text.partition(_BOTH_LANGUAGES)
    return codes.get(_folded(first), "") if both else ""


def is_code(text: str) -> bool:
    """Whether it is the alpha-2 code of a country that there is today."""
    return text in _names() and text not in _WITHDRAWN


def name_of(code: str) -> str:
    """The English name of an alpha-2 code, or the code itself where it is none."""
    return _names().get(code.upper(), code)


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    text = (files("stanch.model") / "countries.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:])


@cache
def _names() -> dict[str, str]:
    return {alpha2: name for alpha2, _, name, _ in _rows()}


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for alpha2, alpha3, name, spellings in _rows():
        for spelling in (alpha2, alpha3, name, *filter(None, spellings.split("|"))):
            codes[_folded(spelling)] = alpha2
            if turned := _INVERTED.fullmatch(spelling):
                codes.setdefault(_folded(f"{turned[2]} {turned[1]}"), alpha2)
    return codes


def _folded(text: str) -> str:
    """Letters without accents or case, single spaces between words, no "the" in front."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.category(letter).startswith("M")
    )
    words = re.sub(r"[^\w\s]|_", " ", plain.replace("'", "").replace("’", "").replace(".", ""))
    return " ".join(words.split()).removeprefix("the ").removesuffix(" the")
