"""Entries made ready for comparison: folded names, blocking keys, the facts as a subject's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stanch.model.hits import Subject
from stanch.model.listed import IMO, LEI, MMSI, PERSON, TAIL_NUMBER, WEAK, Entry, Identifier
from stanch.screening.identifiers.kinds import DOCUMENTS, KINDS, kind_of
from stanch.screening.linking.linked import Member
from stanch.screening.linking.regimes import regimes_of
from stanch.screening.names.fold import fold

# Legal forms and articles: left out of what two names must share to be compared.
_FORMS: Final = (
    "ag ao bv co company corp corporation fze gmbh inc jsc llc llp ltd limited oao ojsc ooo pao "
    "pjsc plc pte pty sa sarl srl spa zao the and of"
)
_IGNORED: Final = frozenset(_FORMS.split())
_OWN: Final = frozenset({IMO, LEI, MMSI, TAIL_NUMBER})


@dataclass(frozen=True, slots=True)
class Name:
    """One name: as listed, its words in order, and those joined."""

    text: str
    words: tuple[str, ...]

    @property
    def joined(self) -> str:
        """All letters in order."""
        return "".join(self.words)


@dataclass(frozen=True, slots=True)
class Record:
    """One entry, ready. `names` is by key: names of one key have the same letters.

    `numbers` are (kind, normal form) of what is one's own; the numbers of documents are of one
    kind, since lists call them by different ones. Weak aliases are left out: nobody is linked by
    them.
    """

    member: Member
    entry: Entry
    subject: Subject
    names: dict[str, Name]
    numbers: frozenset[tuple[str, str]]
    regimes: frozenset[str]

    @property
    def first_name(self) -> str:
        """The name that the list gives first."""
        return self.entry.names[0].text if self.entry.names else ""

    @property
    def words(self) -> set[str]:
        """All words of all names."""
        return {word for name in self.names.values() for word in name.words}


def record(list_name: str, entry: Entry) -> Record:
    """Read one entry."""
    return Record(
        member=Member(list_name, entry.id),
        entry=entry,
        subject=_subject(entry),
        names=_names(entry),
        numbers=frozenset(_numbers(entry.identifiers)),
        regimes=regimes_of(entry.programs),
    )


def _numbers(identifiers: tuple[Identifier, ...]) -> Iterator[tuple[str, str]]:
    for each in identifiers:
        document = each.kind in DOCUMENTS or each.kind not in KINDS
        if (document or each.kind in _OWN) and (normal := kind_of(each.kind).normalize(each.value)):
            yield "document" if document else each.kind, normal


def _names(entry: Entry) -> dict[str, Name]:
    found: dict[str, Name] = {}
    for listed in entry.names:
        if listed.kind == WEAK:
            continue
        words = fold(listed.text).words
        if entry.schema != PERSON:
            words = tuple(word for word in words if word not in _IGNORED) or words
        key = "".join(sorted("".join(words)))
        if key:
            found.setdefault(key, Name(listed.text, words))
    return found


def _subject(entry: Entry) -> Subject:
    return Subject(
        id=entry.id,
        names=(),
        schema=entry.schema,
        births=entry.births,
        birth_places=entry.birth_places,
        countries=entry.countries,
        genders=entry.genders,
        identifiers=entry.identifiers,
    )
