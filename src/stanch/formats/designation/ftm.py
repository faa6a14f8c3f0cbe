"""A copy of a designation file as FollowTheMoney: one entity a line, by id.

Source: https://followthemoney.tech/explorer/ (schemata Person, Organization, Vessel, CryptoWallet,
Passport, Identification, Sanction). What is proposed is no sanction yet: the Sanction says so in
`status`, and has no date of listing. Ids are made from the file's id, so that two copies of one
file agree. `stanch lists import ftm` reads what this writes, and screens to the same.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from stanch.formats.ftm_words import COUNTRIES, IDENTIFIERS, NAME_PARTS, NAMES, written
from stanch.model.cited import cited, evidence_line
from stanch.model.designation import Designation, Subject, Wallet
from stanch.model.listed import NATIONAL_ID, PASSPORT, PRIMARY, REGISTRATION, TAX_ID, Entry

_NAMES: Final = written(NAMES)
_PARTS: Final = written(NAME_PARTS)
_COUNTRIES: Final = written(COUNTRIES)
_IDENTIFIERS: Final = written(IDENTIFIERS)
_DOCUMENTS: Final = {PASSPORT: "Passport", NATIONAL_ID: "Identification"}
_ISSUED: Final = (TAX_ID, REGISTRATION)  # a property has no country, so the document is there, too

Properties = dict[str, list[str]]


def write(copy: Designation) -> bytes:
    """The entities, each once: the same copy gives the same bytes."""
    entities = sorted(_entities(copy), key=lambda each: str(each["id"]))
    lines = (
        json.dumps(each, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        for each in entities
    )
    return "".join(lines).encode()


def _entities(copy: Designation) -> Iterator[dict[str, Any]]:
    for each in copy.subjects:
        yield _entity(copy, each.entry.id, each.entry.schema, _subject(copy, each))
        yield from _documents(copy, each.entry)
        yield _sanction(copy, each.entry.id, each.marking)
    for wallet in copy.wallets:
        yield _entity(copy, wallet.id, "CryptoWallet", _wallet(copy, wallet))
        if copy.reasons(wallet.id):
            yield _sanction(copy, wallet.id, wallet.marking)


def _entity(copy: Designation, id: str, schema: str, said: Properties) -> dict[str, Any]:
    kept = {name: list(dict.fromkeys(filter(None, values))) for name, values in said.items()}
    return {
        "id": f"{copy.id}-{id}",
        "schema": schema,
        "datasets": [copy.id],
        "properties": {name: values for name, values in kept.items() if values},
    }


def _subject(copy: Designation, subject: Subject) -> Properties:
    entry = subject.entry
    said: Properties = {
        "birthDate": [each.text for each in entry.births],
        "birthPlace": list(entry.birth_places),
        "gender": list(entry.genders),
        "position": list(entry.roles),
        "address": [each.text for each in entry.addresses],
        "notes": [*entry.remarks, _marked(subject.marking)],
        "publisher": [copy.author],
        "sourceUrl": _urls(copy, entry.id),
    }
    for name in entry.names:
        said.setdefault(_NAMES[name.kind], []).append(name.text)
        for role, text in name.parts if name.kind == PRIMARY else ():
            said.setdefault(_PARTS[role], []).append(text)
    for country in entry.countries:
        said.setdefault(_COUNTRIES[country.role], []).append(country.code.lower())
    for each in entry.identifiers:
        if each.kind not in _DOCUMENTS:
            said.setdefault(_IDENTIFIERS[each.kind], []).append(each.value)
    return said


def _documents(copy: Designation, entry: Entry) -> Iterator[dict[str, Any]]:
    """What a country issued is an entity, which says which country."""
    papers = [
        each
        for each in entry.identifiers
        if each.kind in _DOCUMENTS or (each.kind in _ISSUED and each.issuer)
    ]
    for place, each in enumerate(papers, 1):
        said = {
            "holder": [f"{copy.id}-{entry.id}"],
            "number": [each.value],
            "country": [each.issuer.lower()],
            "type": [each.kind],
            "summary": [each.note],
        }
        schema = _DOCUMENTS.get(each.kind, "Identification")
        yield _entity(copy, f"{entry.id}_document-{place}", schema, said)


def _wallet(copy: Designation, wallet: Wallet) -> Properties:
    return {
        "publicKey": [wallet.address],
        "currency": [wallet.asset],
        "holder": [f"{copy.id}-{wallet.holder}" if wallet.holder else ""],
        "notes": [wallet.note, f"chain {wallet.chain}", _marked(wallet.marking)],
        "publisher": [copy.author],
        "sourceUrl": _urls(copy, wallet.id),
    }


def _sanction(copy: Designation, id: str, marking: str) -> dict[str, Any]:
    reasons = copy.reasons(id)
    evidence = [
        f"({each.number}) {evidence_line(copy, one)}" for each in reasons for one in each.evidence
    ]
    said = {
        "entity": [f"{copy.id}-{id}"],
        "authority": [copy.author],
        "status": ["proposed"],
        "recordId": [copy.id],
        "program": list(copy.legal_basis),
        "provisions": list(copy.measures),
        "reason": [f"({each.number}) {each.text} [{each.marking}]" for each in reasons],
        "summary": [*evidence, _marked(copy.marking)],
        "publisher": [copy.author],
        "sourceUrl": _urls(copy, id),
    }
    return _entity(copy, f"{id}_sanction", "Sanction", said)


def _urls(copy: Designation, id: str) -> list[str]:
    """Pages that the reasons for one cite."""
    found: Sequence[str] = [source.where for source in cited(copy, copy.reasons(id))]
    return [each for each in found if each.startswith(("https://", "http://"))]


def _marked(marking: str) -> str:
    return f"marking {marking}"
