"""The tables of a designation file as records. docs/designation.md describes each key."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from stanch.formats.designation.keys import Fault, Faults, Table, load
from stanch.formats.designation.subjects import subject, wallet
from stanch.formats.registry import cells
from stanch.model.designation import (
    ActorKind,
    Designation,
    Evidence,
    EvidenceKind,
    Source,
    Statement,
    Subject,
    Wallet,
)
from stanch.model.desk.marking import Marking
from stanch.model.listed import ORGANIZATION, PERSON, VESSEL
from stanch.model.registry.moment import Moment

FORMAT: Final = "stanch-designation@1"
SUBJECTS: Final = {"person": PERSON, "organisation": ORGANIZATION, "vessel": VESSEL}
_NEVER: Final = Moment.parse("0001")
_HEX: Final = frozenset("0123456789abcdef")
_DIGEST: Final = 64

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Read:
    """A file as far as it could be read. `designation` is None where `faults` holds a fault."""

    designation: Designation | None
    faults: tuple[Fault, ...]


def read(name: str, data: bytes) -> Read:
    """Read a file. `name` is what faults call it."""
    values = load(name, data)
    if isinstance(values, Fault):
        return Read(None, (values,))
    faults = Faults(name)
    found = _designation(Table(values, "", faults))
    return Read(None if faults.found else found, tuple(faults.found))


def _designation(top: Table) -> Designation:
    top.text("format", _format, "", needed=True)
    head = top.table("designation")
    marking = _marking(head, "marking", Marking.RED, needed=True)
    subjects, wallets = _subjects(top, marking)
    found = Designation(
        id=head.text("id", cells.identifier, "", needed=True),
        title=head.text("title", cells.text, "", needed=True),
        author=head.text("author", cells.text, "", needed=True),
        prepared=head.text("prepared", cells.moment, _NEVER, needed=True),
        marking=marking,
        cover=_marking(head, "cover", marking),
        simulation=head.flag("simulation"),
        legal_basis=head.texts("legal_basis", cells.text),
        measures=head.texts("measures", cells.text),
        subjects=subjects,
        wallets=wallets,
        sources=tuple(_source(each, marking) for each in top.tables("source")),
        statements=tuple(
            _statement(number, each, marking)
            for number, each in enumerate(top.tables("statement"), 1)
        ),
    )
    head.close()
    top.close()
    return found


def _subjects(top: Table, marking: Marking) -> tuple[tuple[Subject, ...], tuple[Wallet, ...]]:
    subjects = tuple(
        subject(each, schema, marking)
        for word, schema in SUBJECTS.items()
        for each in top.tables(word)
    )
    return subjects, tuple(wallet(each, marking) for each in top.tables("wallet"))


def _source(table: Table, marking: Marking) -> Source:
    found = Source(
        table.text("id", cells.identifier, "", needed=True),
        table.text("publisher", cells.text, "", needed=True),
        table.text("title", cells.text, "", needed=True),
        table.text("date", cells.moment, _NEVER, needed=True),
        table.text("where", cells.text, ""),
        _marking(table, "marking", marking),
    )
    table.close()
    return found


def _statement(number: int, table: Table, marking: Marking) -> Statement:
    found = Statement(
        number,
        table.text("text", cells.text, "", needed=True),
        table.texts("about", cells.identifier),
        tuple(_evidence(each) for each in table.tables("evidence")),
        _marking(table, "marking", marking),
        tuple(_actor(each) for each in table.tables("actor")),
    )
    table.close()
    return found


def _actor(table: Table) -> tuple[str, ActorKind]:
    id = table.text("id", cells.identifier, "", needed=True)
    kind = table.text("kind", cells.choice(ActorKind), ActorKind.THREAT_ACTOR, needed=True)
    table.close()
    return id, kind


def _evidence(table: Table) -> Evidence:
    """One of the kinds is a key, and its value what it names."""
    kinds = [kind for kind in EvidenceKind if table.has(kind)]
    quoted = EvidenceKind.QUOTATION in kinds
    kind = EvidenceKind.QUOTATION if quoted else next(iter(kinds), EvidenceKind.SOURCE)
    others = set(kinds) - {kind, EvidenceKind.SOURCE}
    if others:
        table.fault(min(others), "type", f"stands beside {kind}: give each its own table")
    value = table.text(kind, _VALUES[kind], "", needed=True)
    source = value
    if kind is not EvidenceKind.SOURCE:
        source = table.text("source", cells.identifier, "", needed=quoted)
    chain = ""
    if kind is EvidenceKind.TRANSACTION:
        chain = table.text("chain", cells.chain, "", needed=True)
    found = Evidence(
        kind, value, chain, source, table.text("where", cells.text, ""),
        table.text("note", cells.text, ""),
    )  # fmt: skip
    table.close()
    return found


def _marking(table: Table, key: str, default: Marking, *, needed: bool = False) -> Marking:
    return table.text(key, cells.choice(Marking), default, needed=needed)


def _format(text: str) -> str:
    if text != FORMAT:
        raise ValueError(f"is not {FORMAT}")
    return text


def _digest(text: str) -> str:
    """64 hexadecimal digits, in small letters."""
    plain = text.lower().removeprefix("0x")
    if len(plain) != _DIGEST or not set(plain) <= _HEX:
        raise ValueError(f"{text[:80]!r} is not 64 hexadecimal digits")
    return plain


_VALUES: Final[dict[EvidenceKind, Callable[[str], str]]] = {
    EvidenceKind.SOURCE: cells.identifier,
    EvidenceKind.INCIDENT: cells.identifier,
    EvidenceKind.ACCOUNT: cells.text,
    EvidenceKind.TRANSACTION: cells.text,
    EvidenceKind.TRACE: _digest,
    EvidenceKind.QUOTATION: cells.text,
}
