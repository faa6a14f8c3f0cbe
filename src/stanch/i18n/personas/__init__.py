"""What is said of personas, in the words of one language: `LANGUAGE.toml` beside this file."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "ko", "ja")


def say(code: str, language: str = "en", **places: object) -> str:
    """A line of the catalogue with its places filled. Raises KeyError for a code without a line.

    >>> say("picture.bits", bits="35.75")
    '35.75 bits'
    """
    return catalogue(language)[code].format(**places)


def evidence(name: str, language: str = "en") -> str:
    """What an indicator is called: without its version, and as it is named where it is new here.

    >>> evidence("device@1"), evidence("gait_of_typing@2")
    ('the same device', 'gait of typing')
    """
    plain = name.partition("@")[0]
    return catalogue(language).get(f"evidence.{plain}", plain.replace("_", " "))


@cache
def catalogue(language: str) -> dict[str, str]:
    """All lines of a language. Raises ValueError where there is none such."""
    if language not in LANGUAGES:
        raise ValueError(f"there are no words in {language!r}, only in {', '.join(LANGUAGES)}")
    text = (files("stanch.i18n.personas") / f"{language}.toml").read_text("utf-8")
    return {
        f"{family}.{name}": line
        for family, lines in tomllib.loads(text).items()
        for name, line in lines.items()
    }
