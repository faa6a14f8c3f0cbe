"""Where pages and help texts say `stanch ...`: in fenced blocks, and between backticks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`]+)`")
_CALL = re.compile(r"(?:^|[\s(`$])(stanch [^\n]*)", re.MULTILINE)
_ENDS = re.compile(r"\s#\s.*|[|;>)`].*|&&.*|….*|\s2?>.*")  # of a command on its line
_WORD = re.compile(r"'[^']*'|\"[^\"]*\"|\S+")


@dataclass(frozen=True)
class Use:
    """A command as somebody would type it: its words behind `stanch`."""

    place: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.place}: stanch {' '.join(self.words)}"


def uses(text: str, place: str) -> Iterator[Use]:
    """All in a page, or in a text with nothing but code in it."""
    for code in _FENCE.findall(text):
        yield from calls(code, place)
    for span in _SPAN.findall(_FENCE.sub("", text)):
        yield from calls(" ".join(span.split()), place)


def calls(code: str, place: str) -> Iterator[Use]:
    """All in a piece of code; a line goes on behind a backslash."""
    for found in _CALL.findall(code.replace("\\\n", " ")):
        for call in re.split(r"&& (?=stanch )", found):
            words = _WORD.findall(_ENDS.sub("", call.strip()))
            yield Use(place, tuple(words[1:]))


def wrong(use: Use, root: Any) -> str | None:
    """What is wrong with the names in it, by the commands as they are; None where nothing is."""
    command, words = root, list(use.words)
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        name = words.pop(0).strip(",.:")
        if name in ("...", ""):
            return None
        if name not in command.commands and unsaid(command):
            name = unsaid(command)
        if name not in command.commands:
            return f"{use}: there is no {name!r}"
        command = command.commands[name]
    known = {opt for each in command.params for opt in (*each.opts, *each.secondary_opts)}
    for word in words:
        option = word.partition("=")[0].strip("[],.")
        if re.fullmatch(r"--[a-z][a-z-]*", option) and option not in known | {"--help"}:
            return f"{use}: has no {option}"
    return None


def unsaid(command: Any) -> str:
    """The verb of a group that may be left out, such as `row` of `stanch share ROW`."""
    return str(getattr(command, "unsaid", ""))


def verb_of(use: Use, root: Any) -> str:
    """The verb's whole name."""
    command, names = root, list[str]()
    for word in use.words:
        if not hasattr(command, "commands"):
            break
        name = word if word in command.commands else unsaid(command)
        if name not in command.commands:
            break
        command = command.commands[name]
        names.append(name)
    return " ".join(names)
