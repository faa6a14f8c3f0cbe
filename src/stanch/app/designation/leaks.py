"""Markings of a designation file: nothing is narrower than the file, and no text tells more."""

import re
from collections.abc import Iterator

from stanch.formats.designation.keys import Faults
from stanch.model.designation import Designation
from stanch.model.desk.marking import Marking, reaches, widest

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
    all_may = widest(mark for _, mark, _ in _texts(whole))
    secrets = [
        (*found, narrow)
        for secret, narrow in _secrets(whole)
        if not reaches(narrow, all_may) and (found := _needle(secret))
    ]
    for key, mark, text in _texts(whole):
        words = _words(text)
        spaced, joined = f" {' '.join(words)} ", "".join(words)
        for sought, whole_words, narrow in secrets:
            if sought in (spaced if whole_words else joined) and not reaches(narrow, mark):
                faults.add(key, "leak", f"is {mark} and names what is {narrow}")
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
        entry = each.entry
        said = (*entry.remarks, *entry.roles, *entry.birth_places, *entry.genders)
        places = (one.text for one in entry.addresses)
        yield entry.id, each.marking, " / ".join((*said, *places))
        for one in entry.identifiers:
            yield f"{entry.id} ({one.kind})", each.marking_of(one), one.note
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


def _needle(secret: str) -> tuple[str, bool] | None:
    """What to look for: whole words, or in scripts without blanks, or with endings, the letters.

    None where that is so short that it stands in other words, too.
    """
    words = _words(secret)
    if not secret.isascii():
        letters = "".join(words)
        return (letters, False) if len(letters) >= _SHORTEST_ASIAN else None
    plain = " ".join(words)
    return (f" {plain} ", True) if len(plain) >= _SHORTEST else None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
