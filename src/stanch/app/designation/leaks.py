"""Markings of a designation file: nothing is narrower than the file, and no text tells more."""

import re
from collections.abc import Iterator

from stanch.formats.designation.keys import Faults
from stanch.model.designation import Designation
from stanch.model.desk.marking import Marking, narrowest, reaches, widest

_SHORTEST = 4  # letters of an alphabet; a shorter text stands in other words, too
_SHORTEST_ASIAN = 2
_MOST_WORDS, _MOST_LETTERS = 12, 24


def markings(whole: Designation, faults: Faults) -> None:
    """The file's marking is the narrowest: who holds the whole file must know that from it."""
    for key, mark in _all(whole):
        if not reaches(mark, whole.marking):
            reason = f"is {mark}, narrower than the file, which is {whole.marking}"
            faults.add(f"{key}.marking", "marking", reason)
    if not reaches(whole.cover, whole.marking):
        reason = f"is {whole.cover}, narrower than the file, which is {whole.marking}"
        faults.add("designation.cover", "marking", reason)


def leaks(whole: Designation, faults: Faults) -> None:
    """No text may name what has a narrower marking than the text itself.

    Found are names, numbers, addresses and titles of sources as they stand in the file.
    """
    all_may = widest(mark for _, mark, _ in _texts(whole))
    sought = _Sought()
    for secret, narrow in _secrets(whole):
        if not reaches(narrow, all_may):
            sought.add(secret, narrow)
    for key, mark, text in _texts(whole):
        named = [narrow for narrow in sought.within(text) if not reaches(narrow, mark)]
        if named:
            faults.add(key, "leak", f"is {mark} and names what is {narrowest(named)}")


def _all(whole: Designation) -> Iterator[tuple[str, Marking]]:
    for each in whole.subjects:
        yield each.entry.id, each.marking
        for _, mark in each.narrower:
            yield f"{each.entry.id} (a name or identifier)", mark
    yield from ((each.id, each.marking) for each in whole.wallets)
    yield from ((f"source {each.id}", each.marking) for each in whole.sources)
    yield from ((f"statement[{each.number}]", each.marking) for each in whole.statements)


def _secrets(whole: Designation) -> Iterator[tuple[str, Marking]]:
    for each in whole.subjects:
        yield from ((name.text, mark) for name, mark in each.marked(each.entry.names))
        yield from ((one.value, mark) for one, mark in each.marked(each.entry.identifiers))
    yield from ((each.address, each.marking) for each in whole.wallets)
    yield from ((each.title, each.marking) for each in whole.sources)


def _texts(whole: Designation) -> Iterator[tuple[str, Marking, str]]:
    for key, texts in (
        ("title", (whole.title,)),
        ("author", (whole.author,)),
        ("legal_basis", whole.legal_basis),
        ("measures", whole.measures),
    ):
        yield f"designation.{key}", whole.cover, " / ".join(texts)
    for each in whole.subjects:
        entry = each.entry
        said = (*entry.remarks, *entry.roles, *entry.birth_places, *entry.genders)
        places = (one.text for one in entry.addresses)
        yield entry.id, each.marking, " / ".join((*said, *places))
        for one, mark in each.marked(entry.identifiers):
            yield f"{entry.id} ({one.kind})", mark, one.note
    yield from ((each.id, each.marking, each.note) for each in whole.wallets)
    for source in whole.sources:
        text = " / ".join((source.publisher, source.title, source.where))
        yield f"source {source.id}", source.marking, text
    for reason in whole.statements:
        place = f"statement[{reason.number}]"
        yield f"{place}.text", reason.marking, reason.text
        for at, each_ in enumerate(reason.evidence, 1):
            text = " / ".join((each_.value, each_.note, each_.where))
            yield f"{place}.evidence[{at}]", reason.marking, text


class _Sought:
    """What to look for: whole words, or in scripts without blanks, or with endings, the letters;
    nothing so short that it stands in other words, too, and of what is long its beginning. A text
    is gone through once for each length that is sought, however much that is.
    """

    def __init__(self) -> None:
        self._words: dict[int, dict[tuple[str, ...], Marking]] = {}
        self._letters: dict[int, dict[str, Marking]] = {}

    def add(self, secret: str, mark: Marking) -> None:
        """Look for one more."""
        words = tuple(_words(secret)[:_MOST_WORDS])
        letters = "".join(words)[:_MOST_LETTERS]
        if not secret.isascii() and len(letters) >= _SHORTEST_ASIAN:
            found = self._letters.setdefault(len(letters), {})
            found[letters] = narrowest((mark, found.get(letters, mark)))
        elif secret.isascii() and len(" ".join(words)) >= _SHORTEST:
            told = self._words.setdefault(len(words), {})
            told[words] = narrowest((mark, told.get(words, mark)))

    def within(self, text: str) -> Iterator[Marking]:
        """The markings of all that stands in a text."""
        words = _words(text)
        for many, told in self._words.items():
            runs = (tuple(words[at : at + many]) for at in range(len(words) - many + 1))
            yield from (told[run] for run in runs if run in told)
        letters = "".join(words)
        for many, found in self._letters.items():
            parts = (letters[at : at + many] for at in range(len(letters) - many + 1))
            yield from (found[part] for part in parts if part in found)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
