"""What a designation file must hold to, rule by rule. A notice tells, and is no fault."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from stanch.app.designation.leaks import leaks, markings
from stanch.app.designation.same_name import name_key
from stanch.formats.addresses import NAMESPACES, normalise
from stanch.formats.designation.keys import Faults
from stanch.model.chain import split_account
from stanch.model.designation import (
    Designation,
    Evidence,
    EvidenceKind,
    Statement,
    Subject,
)
from stanch.model.desk.marking import reaches
from stanch.model.listed import PERSON, Entry
from stanch.model.registry.incident import Incident
from stanch.screening.identifiers.kinds import kind_of
from stanch.screening.names.fold import fold, script_of

_SCRIPTS: Final = {
    "Latn": {"latin"},
    "Hang": {"hangul"},
    "Hani": {"han"},
    "Kana": {"kana"},
    "Jpan": {"han", "kana"},
    "Kore": {"hangul", "han"},
    "Cyrl": {"cyrillic"},
    "Arab": {"other"},
}

_AHEAD: Final = timedelta(days=1)  # somewhere it is tomorrow already


def check(whole: Designation, incidents: Mapping[str, Incident], faults: Faults) -> None:
    """Add each fault and notice. `incidents` are those of the registry, by id."""
    for rule in (_ids, _reasons, _sources, _wallets, _identifiers, _names, _dates, _same):
        rule(whole, faults)
    _evidence(whole, incidents, faults)
    markings(whole, faults)
    leaks(whole, faults)


def places(whole: Designation) -> Iterator[tuple[str, Subject]]:
    """Each subject with the path of its table."""
    words = {"Person": "person", "Organization": "organisation", "Vessel": "vessel"}
    counts = dict.fromkeys(words, 0)
    for each in whole.subjects:
        counts[each.entry.schema] += 1
        yield f"{words[each.entry.schema]}[{counts[each.entry.schema]}]", each


def _ids(whole: Designation, faults: Faults) -> None:
    """Each id stands once; whom a statement or a wallet names is there."""
    named = [(place, each.entry.id) for place, each in places(whole)]
    named += [(f"wallet[{at}]", each.id) for at, each in enumerate(whole.wallets, 1)]
    seen: set[str] = set()
    for place, id in named:
        if id in seen:
            faults.add(f"{place}.id", "duplicate", f"{id} stands twice")
        seen.add(id)
    subjects = {each.entry.id for each in whole.subjects}
    for at, wallet in enumerate(whole.wallets, 1):
        if wallet.holder and wallet.holder not in subjects:
            faults.add(f"wallet[{at}].holder", "reference", f"{wallet.holder} is nobody here")
    for each in whole.statements:
        for id in each.about:
            if id not in seen:
                faults.add(f"statement[{each.number}].about", "reference", f"{id} is nobody here")
        for id, _ in each.actors:
            if id not in subjects or id not in each.about:
                reason = f"{id} is no subject that this statement is about"
                faults.add(f"statement[{each.number}].actor", "reference", reason)


def _reasons(whole: Designation, faults: Faults) -> None:
    """Nobody is proposed without a reason, no reason is about nobody, none stands alone."""
    for place, each in places(whole):
        if not whole.reasons(each.entry.id):
            reason = f"no statement is about {each.entry.id}"
            faults.add(place, "reason", reason)
    for at, wallet in enumerate(whole.wallets, 1):
        if not wallet.holder and not whole.reasons(wallet.id):
            faults.add(f"wallet[{at}]", "reason", f"no statement is about {wallet.id}")
    for said in whole.statements:
        place = f"statement[{said.number}]"
        if not said.about:
            faults.add(f"{place}.about", "reason", "is about nobody")
        if not said.evidence:
            faults.add(place, "evidence", "has no evidence")


def _sources(whole: Designation, faults: Faults) -> None:
    """Each source stands once, and before the file; what nobody cites is told."""
    known: set[str] = set()
    cited = {each.source for said in whole.statements for each in said.evidence}
    for at, source in enumerate(whole.sources, 1):
        place = f"source[{at}]"
        if source.id in known:
            faults.add(f"{place}.id", "duplicate", f"{source.id} stands twice")
        known.add(source.id)
        if source.date.first > whole.prepared.last:
            faults.add(f"{place}.date", "date", f"{source.date.text} is after the file's date")
        if source.id not in cited:
            faults.add(place, "source", f"no statement cites {source.id}", notice=True)
    for _, place, each in _all_evidence(whole):
        if each.source and each.source not in known:
            faults.add(f"{place}.source", "source", f"{each.source} is no source of this file")


def _evidence(whole: Designation, incidents: Mapping[str, Incident], faults: Faults) -> None:
    """Incidents are in the registry, accounts and transactions are what their chains have."""
    for said, place, each in _all_evidence(whole):
        key = f"{place}.{each.kind}"
        if each.kind is EvidenceKind.INCIDENT:
            incident = incidents.get(each.value)
            if incident is None:
                faults.add(key, "incident", f"the registry has no incident {each.value}")
            elif not reaches(incident.marking, said.marking):
                reason = f"is in a statement for {said.marking}, and is {incident.marking}"
                faults.add(key, "leak", reason)
        elif each.kind is EvidenceKind.ACCOUNT:
            try:
                _account(each.value)
            except ValueError as error:
                faults.add(key, "account", str(error))
        elif each.kind is EvidenceKind.TRANSACTION and not _is_hash(each.value):
            faults.add(key, "transaction", f"{each.value[:80]!r} is not 64 hexadecimal digits")


def _all_evidence(whole: Designation) -> Iterator[tuple[Statement, str, Evidence]]:
    for said in whole.statements:
        for at, each in enumerate(said.evidence, 1):
            yield said, f"statement[{said.number}].evidence[{at}]", each


def _account(text: str) -> None:
    chain, address = split_account(text)
    if chain.partition(":")[0] in NAMESPACES:
        normalise(chain, address)


def _is_hash(text: str) -> bool:
    plain = text.lower().removeprefix("0x")
    return len(plain) == 64 and set(plain) <= set("0123456789abcdef")


def _wallets(whole: Designation, faults: Faults) -> None:
    """Addresses with a checksum have the right one; each stands once."""
    seen: dict[tuple[str, str], str] = {}
    for at, wallet in enumerate(whole.wallets, 1):
        key = f"wallet[{at}].address"
        normal = wallet.address
        if wallet.chain.partition(":")[0] in NAMESPACES:
            try:
                normal = normalise(wallet.chain, wallet.address)
            except ValueError as error:
                unknown = "cannot be checked yet" in str(error)
                faults.add(key, "wallet", str(error), notice=unknown)
        else:
            reason = f"addresses of {wallet.chain.partition(':')[0]} cannot be checked yet"
            faults.add(key, "wallet", reason, notice=True)
        if (first := seen.setdefault((wallet.chain, normal), wallet.id)) != wallet.id:
            faults.add(key, "duplicate", f"is the address of {first}, too")


def _identifiers(whole: Designation, faults: Faults) -> None:
    """Each is what its kind can be, by its check digits where it has them."""
    for place, each in places(whole):
        for at, one in enumerate(each.entry.identifiers, 1):
            if not kind_of(one.kind).is_valid(one.value):
                reason = f"{one.value[:80]!r} is no {one.kind}"
                faults.add(f"{place}.identifiers[{at}].value", "identifier", reason)


def _names(whole: Designation, faults: Faults) -> None:
    """A name has letters, in the script that it says; of a person in Latin letters alone, told."""
    for place, each in places(whole):
        scripts: set[str] = set()
        for at, name in enumerate(each.entry.names, 1):
            key, found = f"{place}.names[{at}]", {script_of(word) for word in fold(name.text).words}
            scripts |= found
            if not found - {"digits"}:
                faults.add(f"{key}.text", "name", f"{name.text[:60]!r} has no letter")
            elif name.script in _SCRIPTS and not found - {"digits"} <= _SCRIPTS[name.script]:
                faults.add(f"{key}.script", "script", f"{name.text[:60]!r} is not {name.script}")
        if each.entry.schema == PERSON and scripts <= {"latin", "digits"}:
            reason = "has names in Latin letters alone; if the person writes it otherwise, add that"
            faults.add(f"{place}.names", "script", reason, notice=True)


def _dates(whole: Designation, faults: Faults) -> None:
    """Nobody is born after the file was prepared, or could be 130; and it is prepared by now."""
    until = whole.prepared.last
    if whole.prepared.first > datetime.now(UTC).date() + _AHEAD:
        reason = f"{whole.prepared.text} is still to come"
        faults.add("designation.prepared", "date", reason)
    for place, each in places(whole):
        for at, birth in enumerate(each.entry.births, 1):
            key = f"{place}.births[{at}]"
            if birth.first > until.isoformat():
                faults.add(key, "date", f"{birth.text} is after the file's date")
            elif int(birth.last[:4]) < until.year - 130:
                faults.add(key, "date", f"{birth.text} is more than 130 years ago")


def _same(whole: Designation, faults: Faults) -> None:
    """No two tables are the same subject: by an identifier, or by name and birth."""
    seen: dict[tuple[str, ...], list[Entry]] = {}
    for place, each in places(whole):
        told: set[str] = set()
        for what, key in _keys(each.entry):
            earlier = seen.setdefault((each.entry.schema, *key), [])
            for one in earlier:
                if one.id not in told and not (what == "name" and _apart(one, each.entry)):
                    told.add(one.id)
                    reason = f"has the same {what} as {one.id}: are they the same?"
                    faults.add(place, "duplicate", reason)
            earlier.append(each.entry)


def _keys(entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By what another table would be the same: each once."""
    found = [
        (each.kind, ("number", each.kind, each.issuer, kind_of(each.kind).normalize(each.value)))
        for each in entry.identifiers
    ]
    names = [("name", ("name", *name_key(name.text))) for name in entry.names]
    yield from dict.fromkeys([*found, *names])


def _apart(one: Entry, other: Entry) -> bool:
    """Whether their dates of birth tell them apart."""
    return bool(one.births and other.births) and not any(
        a.first <= b.last and b.first <= a.last for a in one.births for b in other.births
    )
