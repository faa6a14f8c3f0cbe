"""A copy of a designation file as STIX 2.1.

A subject is an `identity`; a `threat-actor` or `intrusion-set` stands beside it only where a
statement says so. A statement is a `note` about the identities, with its evidence as external
references, and the file is a `report`. A wallet is the field's observable, and a `note` about it
and its holder, whose external reference of the source `caip-10` holds the account: a reader who
does not know the observable still keeps that. Ids are UUIDv5 of what is named and of the marking
that the object has in this copy. An object holds all that its marking lets it, so two copies of one
file either have the same object or two with an id each, of which the narrower says more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from stanch.formats.stix.actor import relationship
from stanch.formats.stix.bundle import bundle
from stanch.formats.stix.handling import PUBLIC, Handling, strictest
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Origin, first_hand, handled, make
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


def designation_items(copy: Designation, within: Handling = PUBLIC, at: str = "") -> list[Item]:
    """The copy's objects; the report is among them. `within` is how that is handled from which the
    file is taken; `at`, a STIX timestamp, is the time of this version: of the file's day, if none
    is given.
    """
    cover = _Cover(copy, within, max(at, of_day(copy.prepared.first)))
    author = _author(cover)
    paper = _Paper(cover, author)
    subjects = {each.entry.id: _identity(paper, each) for each in copy.subjects}
    wallets = {each.id: _observable(each, cover) for each in copy.wallets}
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
class _Cover:
    """The copy, how that is handled from which it is taken, and the time of this version."""

    copy: Designation
    within: Handling
    at: str

    def marked(self, *markings: Marking) -> Origin:
        return first_hand(strictest((self.within, *(Handling(each) for each in markings))))

    def make(self, kind: str, key: str, of: Origin, said: Object) -> Item:
        """An object of the file, first of the file's day. Its marking is in its id: what says less
        for wider readers is another object.
        """
        told = {"created": of_day(self.copy.prepared.first), "modified": self.at} | said
        level = handled(told, of).tlp
        return make(named(kind, "designation", self.copy.id, key, level), told, of)


@dataclass(frozen=True, slots=True)
class _Paper:
    """The same, with the identity of its author."""

    cover: _Cover
    author: Item

    @property
    def copy(self) -> Designation:
        return self.cover.copy

    def make(self, kind: str, key: str, of: Origin, **said: Any) -> Item:
        """An object of the author's."""
        return self.cover.make(kind, key, of, {"created_by_ref": self.author, **said})


def _author(cover: _Cover) -> Item:
    said = {"name": cover.copy.author, "identity_class": "organization"}
    return cover.make("identity", "author", cover.marked(cover.copy.cover), said)


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
    # Copies for other readers have an identity of their own; by this they are known as one.
    one = {"source_name": "stanch-designation", "external_id": f"{paper.copy.id}/{entry.id}"}
    mails = [each.value for each in entry.identifiers if each.kind == EMAIL]
    return paper.make(
        "identity",
        entry.id,
        paper.cover.marked(subject_marking(subject)),
        name=subject.name,
        description=" ".join(filter(None, facts)),
        identity_class=_CLASSES[entry.schema],
        roles=list(entry.roles),
        contact_information="; ".join(mails),
        external_references=[*references, one],
    )


def subject_marking(subject: Subject) -> Marking:
    """An object has one marking: the narrowest of what stands in it."""
    return narrowest([subject.marking, *(mark for _, mark in subject.narrower)])


def _note(paper: _Paper, said: Statement, about: list[Item]) -> Item:
    sources = {each.id: each.marking for each in paper.copy.sources}
    cited = (sources[each.source] for each in said.evidence if each.source in sources)
    return paper.make(
        "note",
        f"statement/{said.number}",
        paper.cover.marked(said.marking, *cited),
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
        of = paper.cover.marked(said.marking, subject_marking(subject))
        actor = paper.make(
            str(kind),
            id,
            of,
            name=subject.name,
            aliases=list(subject.other_names),
            description=f"Statement {said.number}: {said.text}",
        )
        word = "attributed-to" if kind == "threat-actor" else "related-to"
        found += [actor, relationship(word, actor, subjects[id], of)]
    return found


def _observable(wallet: Wallet, cover: _Cover) -> Item:
    number = f"{wallet.chain}:{wallet.address}"
    try:
        split_account(number)
    except ValueError:
        number = ""
    return address_wallet(wallet.address, cover.marked(wallet.marking), number)


def _wallet(paper: _Paper, wallet: Wallet, seen: Item, subjects: dict[str, Item]) -> Item:
    number = f"{wallet.chain}:{wallet.address}"
    asset = f" ({wallet.asset})" if wallet.asset else ""
    holder = [subjects[wallet.holder]] if wallet.holder else []
    return paper.make(
        "note",
        f"wallet/{wallet.id}",
        paper.cover.marked(wallet.marking),
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
        paper.cover.marked(copy.marking),
        name=copy.title,
        description=" ".join(filter(None, facts)),
        published=of_day(copy.prepared.first),
        object_refs=shown,
        labels=["designation-proposal"],
    )
