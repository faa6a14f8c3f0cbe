"""What all identifiers have in common: the ways in which one text is written.

Unicode's compatibility forms (UAX 15, NFKC) make full-width letters and digits plain, and its
decimal digits of every script have a value. Characters without a width (category Cf) and control
characters are left out. "Defanged" text is what security reports write so that nobody clicks on
it: `hxxp`, `[.]`, `(at)`, `[@]`.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

MAX_LENGTH: Final = 400  # characters; no identifier is longer, so nothing longer is worked on

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_GAPS = re.compile(r"[\s\-./,:;_·•'\"`#()\[\]]+")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－˗⁃"), "-")
_DOTS = dict.fromkeys(map(ord, "。．｡․"), ".")
_SIGNS = _DASHES | _DOTS | {ord("№"): "#", ord("＃"): "#"}

_DOT = re.compile(r"\s*[\[({<]\s*(?:\.|dot)\s*[\])}>]\s*|\s+dot\s+", re.IGNORECASE)
_AT = re.compile(r"\s*[\[({<]\s*(?:@|at)\s*[\])}>]\s*|\s+at\s+", re.IGNORECASE)
_SLASHES = re.compile(r"[\[({<](:?//|:|/)[\])}>]")
_SCHEME = re.compile(r"^h(?:xx|\*\*|__)p(s?)(?=\W)", re.IGNORECASE)


def plain(text: str) -> str:
    """Without full-width and zero-width characters, foreign digits and dashes; trimmed.

    >>> plain(" ５６３４\\u200b１００８１ ")
    '563410081'
    """
    if len(text) > MAX_LENGTH:
        return ""
    if text.isascii():
        return _CONTROLS.sub("", text).strip()
    kept = []
    for char in unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS):
        if char.isascii():
            kept.append(char)
        elif unicodedata.category(char) not in ("Cf", "Cc", "Mn"):
            digit = unicodedata.decimal(char, None)
            kept.append(char if digit is None else str(digit))
    return _CONTROLS.sub("", "".join(kept)).strip()


def compact(text: str) -> str:
    """Upper case, without the gaps that people put into numbers.

    >>> compact("pd 654-210.116")
    'PD654210116'
    """
    return _GAPS.sub("", text).upper()


def refanged(text: str) -> str:
    """Text that was made harmless, as it was.

    >>> refanged("hxxps://evil[.]example"), refanged("kim(at)evil[.]example")
    ('https://evil.example', 'kim@evil.example')
    """
    text = _SLASHES.sub(r"\1", _AT.sub("@", _DOT.sub(".", text)))
    return _SCHEME.sub(r"http\1", text)


def titled(*titles: str) -> re.Pattern[str]:
    """Matches what stands before a number: one of the titles (patterns), then "No." or a colon.

    A bare "No." needs its dot or colon: `NO 123456` may be a series of passports.
    """
    number = r"(?:(?:numbers?|num|nos?|nr|n[°ºo]|id)\b|no(?=\d))"
    words = "|".join(titles)
    return re.compile(
        rf"^(?:alt\.\s*)?(?:(?:{words})(?![^\W\d_])[\s.:#=-]*(?:{number}[\s.:#=-]*)?|"
        r"(?:number|num|no|nr)\s*[.:#]+\s*|#+\s*)",
        re.IGNORECASE,
    )


# In Burma the class of citizen stands in brackets within the number: 12/SAKHANA(N)062210, where N,
# Naing and Nine are one word in other letters.
_CITIZEN = re.compile(
    r"(\d{1,2}\s*/\s*[A-Za-z]{3,24})\s*\(\s*([A-Za-z])[A-Za-z]{0,5}\s*\)(?=\s*\d{5,6}(?!\d))"
)
_TAIL = re.compile(
    r"\s*(?:\(.*|[,;]?\s*\b(?:expires|issued|exp\.|valid until)\b.*)$", re.IGNORECASE
)


def number(text: str, title: re.Pattern[str]) -> str:
    """A number of a document, without its title, its gaps, and what lists write behind it.

    Empty where no letter or digit of ASCII is left, or where there is no digit at all.

    >>> number("Passport 563410091 (Korea, North) expires 12 Jul 2016", titled("passport"))
    '563410091'
    >>> number("12/SaKhaNa (Naing) 062210 (Burma)", titled("passport"))
    '12SAKHANAN062210'
    """
    whole = _CITIZEN.sub(r"\1\2", plain(text))
    bare = compact(title.sub("", _TAIL.sub("", whole), count=1))
    fits = bare.isascii() and bare.isalnum() and any(char.isdigit() for char in bare)
    return bare if fits else ""


def weighted(digits: str, weights: Sequence[int]) -> int:
    """Sum of the digits, each times its weight: what most check digits are made of."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
