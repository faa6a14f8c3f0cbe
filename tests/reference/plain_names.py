"""A slow, plain matcher: names are the same where their folded words are, whatever their order."""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from stanch.app.review_suppress import open_sieve
from stanch.app.screen import Screen
from stanch.app.screen_index import listed, open_identifiers
from stanch.model.hits import Evidence, Hit, Subject
from stanch.model.listed import Entry
from stanch.store.home import Home

EXACT = 30.0  # decibans of the same words


class PlainNames:
    """Answers what a `Matcher` is asked by going through all names."""

    def __init__(self, entries: Iterable[tuple[str, str, Entry]]) -> None:
        self._entries = list(entries)

    def search(
        self, subjects: Sequence[Subject], top: int, threshold: float
    ) -> list[tuple[Hit, ...]]:
        return [tuple(self._hits(subject, threshold)[:top]) for subject in subjects]

    def _hits(self, subject: Subject, threshold: float) -> list[Hit]:
        asked = {folded(name): name for name in subject.names}
        found = []
        for list_name, version, entry in self._entries:
            for name in entry.names:
                if (mine := asked.get(folded(name.text))) is not None:
                    same = (Evidence("name.exact", EXACT, mine, name.text),)
                    score = 1 / (1 + 10 ** (-EXACT / 10))
                    if score >= threshold:
                        found.append(Hit(
                            subject.id, len(found) + 1, list_name, version, entry.id, entry.schema,
                            name.text, entry.programs, score, EXACT, same, "plain@1",
                        ))  # fmt: skip
                    break
        return found


def folded(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return tuple(sorted("".join(c for c in plain if not unicodedata.combining(c)).split()))


def open_plain(home: Path) -> Screen:
    """A home, searched plainly. Worker processes import it from here."""
    there = Home.open(home)
    return Screen(PlainNames(listed(there)), open_identifiers(there), open_sieve(home))
