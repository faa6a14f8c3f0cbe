"""Markings of a designation file: nothing is narrower than the file, and no text tells more."""

import re
from collections.abc import Iterator

from stanch.formats.designation.keys import Faults
from stanch.model.designation import Designation, reaches
from stanch.model.desk.marking import Marking

_SHORTEST = 4  # letters of an alphabet; a shorter text stands in other words, too
_SHORTEST_ASIAN = 2


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
    secrets = list(_secrets(whole))
    for key, mark, text in _texts(whole):
        for secret, narrow in secrets:
            if not reaches(narrow, mark) and _names(text, secret):
                reason = f"is {mark} and names what is {narrow}"
                faults.add(key, "leak", reason)
                break


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
        for name in each.entry.names:
            yield name.text, each.marking_of(name)
        for one in each.entry.identifiers:
            yield one.value, each.marking_of(one)
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
        said = (*each.entry.remarks, *each.entry.roles, *(one.text for one in each.entry.addresses))
        yield each.entry.id, each.marking, " / ".join(said)
    yield from ((each.id, each.marking, each.note) for each in whole.wallets)
    for said_ in whole.statements:
        place = f"statement[{said_.number}]"
        yield f"{place}.text", said_.marking, said_.text
        for at, one in enumerate(said_.evidence, 1):
            text = " / ".join((one.value, one.note, one.where))
            yield f"{place}.evidence[{at}]", said_.marking, text


def _names(text: str, secret: str) -> bool:
    """Whether a text has these words; of scripts without blanks, or with endings, these letters."""
    words = _words(secret)
    if not secret.isascii() and len("".join(words)) >= _SHORTEST_ASIAN:
        return "".join(words) in "".join(_words(text))
    whole = " ".join(words)
    return len(whole) >= _SHORTEST and f" {whole} " in f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
