"""A copy of a designation file as a STIX 2.1 bundle, without any property of our own.

Source: OASIS STIX 2.1 (https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html).
A subject is an `identity`; a `threat-actor` or `intrusion-set` stands beside it only where a
statement says so. A statement is a `note` about the identities, with its evidence as external
references, and the file is a `report`. STIX has no observable for a wallet, and which extension
the field will settle on is open; so a wallet is a `note`, too, whose external reference of the
source `caip-10` holds the account: every reader of STIX keeps it, and none has to know us.
Ids are UUIDv5 of what is named, so that two copies of one file agree.
"""

import json
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID, uuid5

from stanch.formats.designation.tlp import marking_object, marking_ref
from stanch.model.chain import account
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

NAMESPACE: Final = UUID("3f8c6a52-0d7b-5b9e-9a14-6c2f1e7d4b83")
_CLASSES: Final = {PERSON: "individual", ORGANIZATION: "organization", VESSEL: "unspecified"}

Object = dict[str, Any]


def write(copy: Designation) -> bytes:
    """The bundle: objects by type and id, keys sorted. The same copy gives the same bytes."""
    objects = sorted(_objects(copy), key=lambda each: (each["type"], each["id"]))
    bundle = {"type": "bundle", "id": _id(copy, "bundle", str(copy.marking)), "objects": objects}
    return (json.dumps(bundle, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _id(copy: Designation, kind: str, key: str) -> str:
    return f"{kind}--{uuid5(NAMESPACE, f'{copy.id}/{kind}/{key}')}"


def _objects(copy: Designation) -> list[Object]:
    author = _object(copy, "identity", "author", copy.cover)
    author |= {"name": copy.author, "identity_class": "organization"}
    shown: list[Object] = [author]
    shown += [_identity(copy, each) for each in copy.subjects]
    for said in copy.statements:
        shown.append(_note(copy, said))
        shown += _actors(copy, said)
    wallets = [_wallet(copy, each) for each in copy.wallets]
    held = [note for each, note in zip(copy.wallets, wallets, strict=True) if each.holder]
    found = [*shown, _report(copy, [*shown, *held]), *wallets]
    marks = dict.fromkeys(mark for each in found for mark in each["object_marking_refs"])
    objects = [mark for mark in map(marking_object, Marking) if mark["id"] in marks]
    return [*objects, *({each["id"]: each for each in found}.values())]


def _object(copy: Designation, kind: str, key: str, marking: Marking) -> Object:
    """What every object has. Its times are the file's day."""
    day = f"{copy.prepared.first.isoformat()}T00:00:00.000Z"
    found: Object = {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(copy, kind, key),
        "created": day,
        "modified": day,
        "object_marking_refs": [marking_ref(marking)],
    }
    if key != "author":
        found["created_by_ref"] = _id(copy, "identity", "author")
    return found


def _identity(copy: Designation, subject: Subject) -> Object:
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
    return _object(copy, "identity", entry.id, subject_marking(subject)) | _given(
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


def _note(copy: Designation, said: Statement) -> Object:
    """A statement. What it is about may be left out of a copy; then it is about the report."""
    about = _identities(copy, said.about) or [_report_id(copy)]
    return _object(copy, "note", f"statement/{said.number}", said.marking) | _given(
        abstract=f"Statement {said.number}",
        content=said.text,
        authors=[copy.author],
        object_refs=about,
        external_references=[_reference(copy, one) for one in said.evidence],
    )


def _identities(copy: Designation, about: Iterable[str]) -> list[str]:
    """The identities of subjects; of a wallet that of its holder, or its note."""
    found = []
    holders = {each.id: each.holder for each in copy.wallets}
    for id in about:
        holder = holders.get(id, id)
        key = ("identity", holder) if holder else ("note", f"wallet/{id}")
        found.append(_id(copy, *key))
    return list(dict.fromkeys(found))


def _reference(copy: Designation, one: Evidence) -> Object:
    sources = {each.id: each for each in copy.sources}
    source = sources.get(one.source)
    url = source.where if source and source.where.startswith(("https://", "http://")) else ""
    name = source.publisher if source else f"stanch {one.kind}"
    external = one.value if one.kind is not EvidenceKind.QUOTATION else ""
    if one.kind is EvidenceKind.SOURCE:
        external = ""
    found: Object = {"source_name": name, "description": evidence_line(copy, one)}
    return found | _given(url=url, external_id=external)


def _actors(copy: Designation, said: Statement) -> list[Object]:
    found = []
    names = {each.entry.id: each for each in copy.subjects}
    for id, kind in said.actors:
        subject = names[id]
        marking = narrowest([said.marking, subject_marking(subject)])
        actor = _object(copy, str(kind), id, marking) | _given(
            name=subject.name,
            aliases=list(subject.other_names),
            description=f"Statement {said.number}: {said.text}",
        )
        word = "attributed-to" if kind == "threat-actor" else "related-to"
        link = _object(copy, "relationship", f"{kind}/{id}", marking) | {
            "relationship_type": word,
            "source_ref": actor["id"],
            "target_ref": _id(copy, "identity", id),
        }
        found += [actor, link]
    return found


def _report_id(copy: Designation) -> str:
    return _id(copy, "report", "file")


def _report(copy: Designation, shown: list[Object]) -> Object:
    left = copy.left_out.statements
    facts = [
        f"Legal basis: {'; '.join(copy.legal_basis)}." if copy.legal_basis else "",
        f"Measures: {'; '.join(copy.measures)}." if copy.measures else "",
        f"{left} statement{'s are' if left != 1 else ' is'} left out of this copy." if left else "",
        "SIMULATION: invented data." if copy.simulation else "",
    ]
    found = _object(copy, "report", "file", copy.marking)
    return found | _given(
        name=copy.title,
        description=" ".join(filter(None, facts)),
        published=found["created"],
        object_refs=[each["id"] for each in shown],
        labels=["designation-proposal"],
    )


def _wallet(copy: Designation, wallet: Wallet) -> Object:
    """A wallet without a holder is a note about the report."""
    number = account(wallet.chain, wallet.address)
    asset = f" ({wallet.asset})" if wallet.asset else ""
    about = _id(copy, "identity", wallet.holder) if wallet.holder else _report_id(copy)
    return _object(copy, "note", f"wallet/{wallet.id}", wallet.marking) | _given(
        abstract="Wallet",
        content=f"Wallet {number}{asset}. {wallet.note}".strip(),
        authors=[copy.author],
        object_refs=[about],
        external_references=[{"source_name": "caip-10", "external_id": number}],
    )


def _given(**said: Any) -> Object:
    """What says something: STIX allows neither empty texts nor empty lists."""
    return {name: value for name, value in said.items() if value}
