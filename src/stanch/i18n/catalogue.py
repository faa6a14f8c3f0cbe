"""Codes to words. A language is a file `LANGUAGE.toml` beside this one: code = "sentence".

In a sentence `{subject}` and `{listed}` stand for the two sides of the evidence and `{note}` for
what else it says. A part in square brackets is left out where something in it is empty:
`same birth day: {listed}[, one of {note} tries]`. Notes that are words of ours (`passport`) have
their own line, `note.passport`; other notes are shown as they are.

A code without a line is shown as the code: evidence from a newer version must stay readable.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from stanch.model.hits import Evidence

DEFAULT: Final = "en"

_PART = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{(subject|listed|note)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


def languages() -> tuple[str, ...]:
    """The languages there are, English first."""
    names = {
        each.name.removesuffix(".toml")
        for each in files("stanch.i18n").iterdir()
        if each.name.endswith(".toml")
    }
    return (DEFAULT, *sorted(names - {DEFAULT}))


def words(evidence: Evidence, language: str = DEFAULT) -> str:
    """One piece of evidence as a sentence, without its points.

    Raises ValueError for a language that there is no catalogue of.

    >>> words(Evidence("birth.day", 36.0, "5 Mar 1984", "05/03/1984"))
    'born on the same day: 5 Mar 1984, listed 05/03/1984'
    """
    said = {"subject": evidence.subject, "listed": evidence.listed}
    said["note"] = catalogue(language).get(f"note.{evidence.note}", evidence.note)
    return _filled(_line(evidence.code, language), said)


def settle_words(code: str, language: str = DEFAULT) -> str:
    """What would settle a case, as words for whoever has to ask for it. Raises as `words`."""
    return _line(code, language)


@cache
def catalogue(language: str) -> dict[str, str]:
    """All lines of a language. Raises ValueError where there is none such."""
    file = files("stanch.i18n") / f"{language}.toml"
    if not _LANGUAGE.fullmatch(language) or not file.is_file():
        raise ValueError(f"there are no words in {language!r}, only in {', '.join(languages())}")
    return {
        f"{family}.{name}": line
        for family, lines in tomllib.loads(file.read_text("utf-8")).items()
        for name, line in lines.items()
    }


def _line(code: str, language: str) -> str:
    return catalogue(language).get(code, code)


def _filled(line: str, said: dict[str, str]) -> str:
    def part(match: re.Match[str]) -> str:
        places = _PLACE.findall(match[1])
        return match[1] if all(said[place] for place in places) else ""

    return _PLACE.sub(lambda place: said[place[1]], _PART.sub(part, line))
