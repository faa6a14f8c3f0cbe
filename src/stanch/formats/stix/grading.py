"""How sure: STIX's confidence (0 to 100) by the words of a scale, and the Admiralty code.

The scales and their values are those of STIX 2.1, Appendix A (None/Low/Med/High, 0-10, Admiralty
Credibility, WEP, DNI). A number alone does not say which words were meant, so the scale and the
word go along in our extension `stanch-grading`. Of the Admiralty code, the credibility of what is
said has a confidence; the reliability of its source is another thing, and has none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from stanch.formats.stix.extensions import extended, said_by

# By scale: the word, its value, and the range that is read as this word.
_LOW_HIGH: Final = (("None", 0, 0), ("Low", 15, 29), ("Med", 50, 69), ("High", 85, 100))
_TEN: Final = tuple((str(each), 10 * each, min(10 * each + 4, 100)) for each in range(11))
_ADMIRALTY: Final = (
    ("5 - Improbable", 10, 19), ("4 - Doubtful", 30, 39), ("3 - Possibly true", 50, 59),
    ("2 - Probably true", 70, 79), ("1 - Confirmed by other sources", 90, 100),
)  # fmt: skip
_WEP: Final = (
    ("Impossible", 0, 0), ("Highly Unlikely/Almost Certainly Not", 10, 19),
    ("Unlikely/Probably Not", 30, 39), ("Even Chance", 50, 59), ("Likely/Probable", 70, 79),
    ("Highly likely/Almost Certain", 90, 99), ("Certain", 100, 100),
)  # fmt: skip
_DNI: Final = (
    ("Almost No Chance / Remote", 5, 9), ("Very Unlikely / Highly Improbable", 15, 19),
    ("Unlikely / Improbable", 30, 39), ("Roughly Even Chance / Roughly Even Odds", 50, 59),
    ("Likely / Probable", 70, 79), ("Very Likely / Highly Probable", 85, 89),
    ("Almost Certain / Nearly Certain", 95, 100),
)  # fmt: skip
SCALES: Final[Mapping[str, tuple[tuple[str, int, int], ...]]] = {
    "none-low-med-high": _LOW_HIGH,
    "0-10": _TEN,
    "admiralty-credibility": _ADMIRALTY,
    "wep": _WEP,
    "dni": _DNI,
}
_LABEL: Final = re.compile(
    r'admiralty-scale:(source-reliability|information-credibility)="(\w)"', re.ASCII
)
_OWN_WORDS: Final = {"moderate": "med", "medium": "med"}  # as the desk says it


@dataclass(frozen=True, slots=True)
class Grade:
    """The Admiralty code: A to F for the source, 1 to 6 for what it says; empty for neither.

    Raises ValueError for other letters and figures.
    """

    reliability: str = ""
    credibility: str = ""

    def __post_init__(self) -> None:
        """Hold them to the code. G, deliberately deceptive, is MISP's alone."""
        if self.reliability not in ("", *"ABCDEF") or self.credibility not in ("", *"123456"):
            raise ValueError(
                "an Admiralty code is A to F for the source and 1 to 6 for what it says"
            )


UNGRADED: Final = Grade()


def confidence(scale: str, word: str) -> int:
    """The number that a word of a scale stands for.

    >>> confidence("wep", "Likely/Probable")
    70

    Raises ValueError for no such scale or word; 6 of the Admiralty code has none.
    """
    wanted = _OWN_WORDS.get(word.lower(), word.lower())
    for name, value, _ in SCALES.get(scale, ()):
        if wanted in (name.lower(), name.partition(" - ")[0].lower(), *_halves(name)):
            return value
    raise ValueError(f"{word!r} is no word of the scale {scale!r}")


def word_of(scale: str, value: int) -> str:
    """The word that a number is read as. Raises ValueError for no such scale or number."""
    if not 0 <= value <= 100:
        raise ValueError(f"a confidence is 0 to 100, not {value}")
    table = SCALES.get(scale, ())
    for place, (name, _, last) in enumerate(table):
        # Ten's steps reach five below and four above; the others end where the next begins.
        if value <= last or place == len(table) - 1:
            return name
    raise ValueError(f"{scale!r} is none of {', '.join(SCALES)}")


def sure(words: str) -> dict[str, Any]:
    """`confidence` and the grading of a text that is a word of a scale; nothing for other texts."""
    for scale in ("none-low-med-high", "dni", "wep"):
        try:
            value = confidence(scale, words)
        except ValueError:
            continue
        return {"confidence": value, "extensions": extended("grading", scale=scale, word=words)}
    return {}


def graded(grade: Grade) -> dict[str, Any]:
    """What an Admiralty code adds to an object: extension, MISP's labels, confidence."""
    labels = []
    said: dict[str, Any] = {}
    if grade.reliability:
        labels.append(f'admiralty-scale:source-reliability="{grade.reliability.lower()}"')
    if grade.credibility:
        labels.append(f'admiralty-scale:information-credibility="{grade.credibility}"')
        if grade.credibility != "6":
            said["confidence"] = confidence("admiralty-credibility", grade.credibility)
    ext = extended("grading", reliability=grade.reliability, credibility=grade.credibility)
    return said | {"labels": labels, "extensions": ext}


def grade_of(data: dict[str, Any]) -> Grade:
    """The Admiralty code of an object: of our extension, else of MISP's labels; what is none of
    the code counts as not said.
    """
    said = said_by(data, "grading") or {}
    labels = data.get("labels")
    texts = [each for each in labels if isinstance(each, str)] if isinstance(labels, list) else []
    found = {name: word for each in texts for name, word in _LABEL.findall(each)}
    reliability = said.get("reliability") or found.get("source-reliability", "").upper()
    credibility = said.get("credibility") or found.get("information-credibility", "")
    try:
        return Grade(reliability, credibility)
    except (TypeError, ValueError):
        return Grade()


def _halves(name: str) -> list[str]:
    return [each.strip().lower() for each in re.split("/", name)]
