"""A copy of a designation file as STIX 2.1.

A subject is an `identity`; a `threat-actor` or `intrusion-set` stands beside it only where a
statement says so. A statement is a `note` about the identities, with its evidence as external
references, and the file is a `report`. A wallet is the field's observable, and a `note` about it
and its holder, whose external reference of the source `caip-10` holds the account: a reader who
does not know the observable still keeps that. Ids are UUIDv5 of what is named, so that two copies
of one file agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from stanch.formats.stix.actor import relationship
from stanch.formats.stix.bundle import bundle
from stanch.formats.stix.handling import Handling
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, first_hand, make
from stanch.formats.stix.times import of_day
from stanch.formats.stix.wallet import address_wallet
from stanch.model.chain import split_account
from stanch.model.cited import evidence_line
from stanch.model.designation import (
    Designation,
    Evidence,
    EvidenceKind,
    Statement,
    Subject,
    Wallet,
)
from stanch.model.desk.marking import Marking, narrowest
from stanch.model.listed import EMAIL, ORGANIZATION, PERSON, VESSEL

_CLASSES: Final = {PERSON: "individual", ORGANIZATION: "organization", VESSEL: "unspecified"}

Object = dict[str, Any]


def write(copy: Designation) -> bytes:
    """The bundle. The same copy gives the same bytes."""
    return bundle(designation_items(copy))


def designation_items(copy: Designation) -> list[Item]:
    """The copy's objects; the report is among them."""
    author = _author(copy)
    paper = _Paper(copy, author)
    subjects = {each.entry.id: _identity(paper, each) for each in copy.subjects}
    wallets = {each.id: _observable(each) for each in copy.wallets}
    shown = [author, *subjects.values()]
    about: dict[str, Item] = dict(subjects)
    about |= {each.id: about.get(each.holder, wallets[each.id]) for each in copy.wallets}
    for said in copy.statements:
        # What a statement is about may be left out of a copy; then it is about who says it.
        shown.append(_note(paper, said, _unique(about[id] for id in said.about) or [author]))
        shown += _actors(paper, said, subjects)
    notes = [_wallet(paper, each, wallets[each.id], subjects) for each in copy.wallets]
    return [*shown, *notes, *wallets.values(), _report(paper, [*shown, *notes])]


@dataclass(frozen=True, slots=True)
class _Paper:
    """The copy, and the identity of its author."""

    copy: Designation
    author: Item

    def id(self, kind: str, key: str) -> str:
        return named(kind, "designation", self.copy.id, key)

    def make(self, kind: str, key: str, marking: Marking, **said: Any) -> Item:
        """An object of the file. Its times are the file's day."""
        day = of_day(self.copy.prepared.first)
        common = {"created": day, "modified": day, "created_by_ref": self.author}
        return make(self.id(kind, key), common | said, first_hand(Handling(marking)))


def _author(copy: Designation) -> Item:
    day = of_day(copy.prepared.first)
    said = {
        "created": day,
        "modified": day,
        "name": copy.author,
        "identity_class": "organization",
    }
    id = named("identity", "designation", copy.id, "author")
    return make(id, said, first_hand(Handling(copy.cover)))


def _identity(paper: _Paper, subject: Subject) -> Item:
    entry = subject.entry
    others = subject.other_names
    facts = [
        "Proposed for listing.",
        "Vessel." if entry.schema == VESSEL else "",
        f"Also known as: {'; '.join(others)}." if others else "",
        f"Born: {'; '.join(each.text for each in entry.births)}." if entry.births else "",
        f"Addresses: {'; '.join(each.text for each in entry.addresses)}."
        if entry.addresses
        else "",
        *entry.remarks,
    ]
    references = [
        {"source_name": " ".join(filter(None, (each.kind, each.issuer))), "external_id": each.value}
        for each in entry.identifiers
    ]
    mails = [each.value for each in entry.identifiers if each.kind == EMAIL]
    return paper.make(
        "identity",
        entry.id,
        subject_marking(subject),
        name=subject.name,
        description=" ".join(filter(None, facts)),
        identity_class=_CLASSES[entry.schema],
        roles=list(entry.roles),
        contact_information="; ".join(mails),
        external_references=references,
    )


def subject_marking(subject: Subject) -> Marking:
    """An object has one marking: the narrowest of what stands in it."""
    return narrowest([subject.marking, *(mark for _, mark in subject.narrower)])


def _note(paper: _Paper, said: Statement, about: list[Item]) -> Item:
    return paper.make(
        "note",
        f"statement/{said.number}",
        said.marking,
        abstract=f"Statement {said.number}",
        content=said.text,
        authors=[paper.copy.author],
        object_refs=about,
        external_references=[_reference(paper.copy, one) for one in said.evidence],
    )


def _unique(items: Iterable[Item]) -> list[Item]:
    return [*{each.id: each for each in items}.values()]


def _reference(copy: Designation, one: Evidence) -> Object:
    sources = {each.id: each for each in copy.sources}
    source = sources.get(one.source)
    url = source.where if source and source.where.startswith(("https://", "http://")) else ""
    external = one.value if one.kind is not EvidenceKind.QUOTATION else ""
    if one.kind is EvidenceKind.SOURCE:
        external = ""
    found: Object = {
        "source_name": source.publisher if source else f"stanch {one.kind}",
        "description": evidence_line(copy, one),
    }
    return found | {name: each for name, each in (("url", url), ("external_id", external)) if each}


def _actors(paper: _Paper, said: Statement, subjects: dict[str, Item]) -> list[Item]:
    found = []
    known = {each.entry.id: each for each in paper.copy.subjects}
    for id, kind in said.actors:
        subject = known[id]
        marking = narrowest([said.marking, subject_marking(subject)])
        actor = paper.make(
            str(kind),
            id,
            marking,
            name=subject.name,
            aliases=list(subject.other_names),
            description=f"Statement {said.number}: {said.text}",
        )
        word = "attributed-to" if kind == "threat-actor" else "related-to"
        of = first_hand(Handling(marking))
        found += [actor, relationship(word, actor, subjects[id], of)]
    return found


def _observable(wallet: Wallet) -> Item:
    number = f"{wallet.chain}:{wallet.address}"
    try:
        split_account(number)
    except ValueError:
        number = ""
    return address_wallet(wallet.address, first_hand(Handling(wallet.marking)), number)


def _wallet(paper: _Paper, wallet: Wallet, seen: Item, subjects: dict[str, Item]) -> Item:
    number = f"{wallet.chain}:{wallet.address}"
    asset = f" ({wallet.asset})" if wallet.asset else ""
    holder = [subjects[wallet.holder]] if wallet.holder else []
    return paper.make(
        "note",
        f"wallet/{wallet.id}",
        wallet.marking,
        abstract="Wallet",
        content=f"Wallet {number}{asset}. {wallet.note}".strip(),
        authors=[paper.copy.author],
        object_refs=[*holder, seen],
        external_references=[{"source_name": "caip-10", "external_id": number}],
    )


def _report(paper: _Paper, shown: list[Item]) -> Item:
    copy = paper.copy
    left = copy.left_out.statements
    facts = [
        f"Legal basis: {'; '.join(copy.legal_basis)}." if copy.legal_basis else "",
        f"Measures: {'; '.join(copy.measures)}." if copy.measures else "",
        f"{left} statement{'s are' if left != 1 else ' is'} left out of this copy." if left else "",
        "SIMULATION: invented data." if copy.simulation else "",
    ]
    return paper.make(
        "report",
        "file",
        copy.marking,
        name=copy.title,
        description=" ".join(filter(None, facts)),
        published=of_day(copy.prepared.first),
        object_refs=shown,
        labels=["designation-proposal"],
    )
