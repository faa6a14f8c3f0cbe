"""What a parser does not know: counted while a file is read, told once for each name.

Trees of XML are compared with the paths that a parser knows. Whatever stands elsewhere, element or
attribute, is reported, and given back so that it can be kept with the entry.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final
from xml.etree.ElementTree import Element

from stanch.model.listed import UnknownField

EXAMPLE: Final = 200  # characters of an example that are shown
MOST: Final = 1_000  # names that are told apart; a hostile file has a million of them

_REST: Final = "(more names)"


def paths(text: str) -> frozenset[str]:
    """The known paths of a format: "uid akaList/aka/(uid type)" is uid, akaList/aka/uid and
    akaList/aka/type.
    """
    found: set[str] = set()
    for front, inner in re.findall(r"([^\s()]+)(?:\(([^()]*)\))?", text):
        found.update(f"{front}{name}" for name in (inner.split() or [""]))
    return frozenset(found)


class Unknown:
    """The unknown names of one file."""

    def __init__(self, file: str) -> None:
        """Nothing is unknown yet of `file`."""
        self._file = file
        self._seen: dict[str, tuple[int, str]] = {}

    def note(self, name: str, example: str = "") -> None:
        """Count one more of `name`; the first example that says something is kept."""
        name = name[:EXAMPLE]
        if name not in self._seen and len(self._seen) >= MOST:
            name, example = _REST, ""
        count, first = self._seen.get(name, (0, ""))
        self._seen[name] = count + 1, first or example.strip()[:EXAMPLE]

    def fields(self) -> Iterator[UnknownField]:
        """What was counted, in the order in which it was first met."""
        for name, (count, example) in self._seen.items():
            yield UnknownField(self._file, name, count, example)

    def strays(self, element: Element, known: Collection[str]) -> tuple[tuple[str, str], ...]:
        """Note all below `element` whose path is not in `known`; what has a text is given back.

        Paths begin below the element ("akaList/aka/uid"); attributes have an @ ("name@lang"),
        those of the element itself nothing in front of it ("@id").
        """
        found: list[tuple[str, str]] = []
        for path, text in _leaves(element, ""):
            if path not in known:
                self.note(path, text)
                if text:
                    found.append((path, text))
        return tuple(found)


def _leaves(element: Element, path: str) -> Iterator[tuple[str, str]]:
    """Each attribute, and each element that has a text or no children, below an element."""
    for name, value in element.attrib.items():
        yield f"{path}@{name}", value.strip()
    for child in element:
        below = f"{path}/{child.tag}" if path else child.tag
        text = (child.text or "").strip()
        if text or not len(child):
            yield below, text
        yield from _leaves(child, below)
        if tail := (child.tail or "").strip():
            yield f"{path}/text()" if path else "text()", tail
