"""A proposed sanction: who is proposed, why, and what each reason rests on.

A `Designation` is what one reader may see. `copy_for` makes it from the whole, so that whatever is
done with a copy (screening, documents, data) cannot tell what was left out, only how much.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from stanch.model.desk.marking import Marking, narrowest, reaches
from stanch.model.listed import PRIMARY, Entry, Identifier, ListedName
from stanch.model.registry.moment import Moment

_Part = TypeVar("_Part", ListedName, Identifier)


class EvidenceKind(StrEnum):
    """What a reason rests on."""

    SOURCE = "source"  # a document, by its id in this file
    INCIDENT = "incident"  # an incident of the registry, by its id
    ACCOUNT = "account"  # CAIP-10
    TRANSACTION = "transaction"  # a hash, and the chain that it is on
    TRACE = "trace"  # the SHA-256 of a trace's manifest
    QUOTATION = "quotation"  # words, and the source they stand in


class ActorKind(StrEnum):
    """What a statement may say of a subject in STIX's words. Nothing else makes anybody one."""

    THREAT_ACTOR = "threat-actor"
    INTRUSION_SET = "intrusion-set"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something can be read. `where` is a number, an address or a page."""

    id: str
    publisher: str
    title: str
    date: Moment
    where: str
    marking: Marking


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a statement rests on. `value` as its kind says; for a quotation the words."""

    kind: EvidenceKind
    value: str
    chain: str = ""  # of a transaction
    source: str = ""  # of a quotation, or where else it can be read
    where: str = ""  # page, paragraph
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One reason. `about` are ids of subjects and wallets; `actors` say what a subject is."""

    number: int
    text: str
    about: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    marking: Marking
    actors: tuple[tuple[str, ActorKind], ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, an organisation or a vessel. `narrower` are names and identifiers with a marking
    of their own; the rest have that of the subject.
    """

    entry: Entry
    marking: Marking
    narrower: tuple[tuple[ListedName | Identifier, Marking], ...] = ()

    @property
    def name(self) -> str:
        """The primary name; where a copy has none, another; where it has no name, the id."""
        first = [each.text for each in self.entry.names if each.kind == PRIMARY]
        return next(iter((*first, *(each.text for each in self.entry.names))), self.entry.id)

    @property
    def other_names(self) -> tuple[str, ...]:
        """All the others, each once."""
        texts = (each.text for each in self.entry.names if each.text != self.name)
        return tuple(dict.fromkeys(texts))

    def marked(self, parts: Iterable[_Part]) -> list[tuple[_Part, Marking]]:
        """Names or identifiers of it, each with its marking."""
        own: dict[ListedName | Identifier, Marking] = dict(self.narrower)
        return [(each, narrowest((self.marking, own.get(each, self.marking)))) for each in parts]


@dataclass(frozen=True, slots=True)
class Wallet:
    """An address on a chain (CAIP-2), as written. `holder` is a subject's id, or empty."""

    id: str
    chain: str
    address: str
    asset: str
    holder: str
    marking: Marking
    note: str = ""

    @property
    def identifier(self) -> Identifier:
        """As lists have it."""
        return Identifier("wallet", self.address, asset=self.asset)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much of the whole a copy does not hold."""

    statements: int = 0
    subjects: int = 0
    wallets: int = 0
    names: int = 0
    identifiers: int = 0
    sources: int = 0


@dataclass(frozen=True, slots=True)
class Designation:
    """The file, or a reader's copy. `cover` marks what is said of the file as a whole: its title,
    author, date, legal basis and measures.
    """

    id: str
    title: str
    author: str
    prepared: Moment
    marking: Marking
    cover: Marking
    simulation: bool
    legal_basis: tuple[str, ...]
    measures: tuple[str, ...]
    subjects: tuple[Subject, ...] = ()
    wallets: tuple[Wallet, ...] = ()
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    left_out: LeftOut = LeftOut()

    def held_by(self, id: str) -> tuple[Wallet, ...]:
        """The wallets of a subject."""
        return tuple(wallet for wallet in self.wallets if wallet.holder == id)

    def entry(self, subject: Subject) -> Entry:
        """The subject as a list would have it: its wallets are identifiers, too."""
        held = tuple(wallet.identifier for wallet in self.held_by(subject.entry.id))
        return replace(subject.entry, identifiers=subject.entry.identifiers + held)

    def reasons(self, id: str) -> tuple[Statement, ...]:
        """The statements about a subject or a wallet."""
        return tuple(each for each in self.statements if id in each.about)


def copy_for(whole: Designation, level: Marking) -> Designation:
    """What readers cleared for `level` may see. Its marking is the narrowest of what is in it.

    Raises ValueError where not even the cover may be shown.
    """
    if not reaches(whole.cover, level):
        raise ValueError(f"its cover is {whole.cover}, which readers for {level} may not see")
    subjects = tuple(_seen(each, level) for each in whole.subjects if reaches(each.marking, level))
    people = {each.entry.id for each in subjects}
    wallets = tuple(
        replace(each, holder=each.holder if each.holder in people else "")
        for each in whole.wallets
        if reaches(each.marking, level)
    )
    known = people | {each.id for each in wallets}
    sources = {each.id: each for each in whole.sources if reaches(each.marking, level)}
    statements = tuple(
        _told(each, known, frozenset(sources))
        for each in whole.statements
        if reaches(each.marking, level)
    )
    marks = [whole.cover, *(mark for each in subjects for _, mark in each.narrower)]
    for part in (subjects, wallets, statements, sources.values()):
        marks += [each.marking for each in part]
    return replace(
        whole,
        marking=narrowest(marks),
        subjects=subjects,
        wallets=wallets,
        sources=tuple(sources.values()),
        statements=statements,
        left_out=LeftOut(
            len(whole.statements) - len(statements),
            len(whole.subjects) - len(subjects),
            len(whole.wallets) - len(wallets),
            _fewer(whole, subjects, "names"),
            _fewer(whole, subjects, "identifiers"),
            len(whole.sources) - len(sources),
        ),
    )


def _seen(subject: Subject, level: Marking) -> Subject:
    entry = subject.entry
    shown = replace(
        entry,
        names=tuple(each for each, mark in subject.marked(entry.names) if reaches(mark, level)),
        identifiers=tuple(
            each for each, mark in subject.marked(entry.identifiers) if reaches(mark, level)
        ),
    )
    kept = tuple((part, mark) for part, mark in subject.narrower if reaches(mark, level))
    return replace(subject, entry=shown, narrower=kept)


def _told(statement: Statement, known: set[str], sources: frozenset[str]) -> Statement:
    """Without what names somebody or something that is left out."""
    return replace(
        statement,
        about=tuple(each for each in statement.about if each in known),
        actors=tuple(each for each in statement.actors if each[0] in known),
        evidence=tuple(
            each for each in statement.evidence if not each.source or each.source in sources
        ),
    )


def _fewer(whole: Designation, subjects: tuple[Subject, ...], field: str) -> int:
    """Names or identifiers that are missing from the subjects that are shown."""
    full = {each.entry.id: len(getattr(each.entry, field)) for each in whole.subjects}
    return sum(full[each.entry.id] - len(getattr(each.entry, field)) for each in subjects)
