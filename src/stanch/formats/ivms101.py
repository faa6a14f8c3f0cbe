"""Travel-rule records: interVASP Messaging Standard IVMS101, editions 1.0 and 2023, as JSON.

All parties become subjects: every natural and legal person among originators and beneficiaries,
both service providers (VASPs), and those in between. Keys are compared without case and
underscores, because the standard, its protocol-buffer form and its users write them in three ways
(`originatorPersons`, `originator_persons`); so are enumerations (`LEGL`,
`NATIONAL_PERSON_NAME_TYPE_CODE_LEGL`). The record may stand anywhere in an envelope.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from stanch.formats.subjects.record import MAX_NAME, MAX_VALUES, RefusedSubject, birth_date
from stanch.model.countries import code_of
from stanch.model.hits import Subject
from stanch.model.listed import (
    LEI,
    NATIONAL_ID,
    ORGANIZATION,
    PASSPORT,
    PERSON,
    REGISTRATION,
    TAX_ID,
    WALLET,
    Country,
    Identifier,
)

MAX_DEPTH: Final = 40
MAX_PARTIES: Final = 10_000

_SIDES: Final = (
    "originator", "beneficiary", "originatingvasp", "beneficiaryvasp", "transferpath",
)  # fmt: skip
_DOCUMENTS: Final = {
    "CCPT": PASSPORT, "RAID": REGISTRATION, "RMID": REGISTRATION, "TXID": TAX_ID, "LEIX": LEI,
    "ARNU": NATIONAL_ID, "FIIN": NATIONAL_ID, "IDCD": NATIONAL_ID, "SOCS": NATIONAL_ID,
    "DRLC": "driving licence", "MISC": "",
}  # fmt: skip

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Person:
    """A natural or legal person, and where in the record it stands."""

    place: str
    kind: str  # naturalperson or legalperson
    said: Tree
    accounts: tuple[str, ...]


def looks_so(data: bytes) -> bool:
    """Whether it is JSON that names a side of a transfer as IVMS101 does."""
    try:
        return bool(list(_records(_loaded(data), "", 0)))
    except ValueError:
        return False


def parse(name: str, data: bytes) -> Iterator[Subject | RefusedSubject]:
    """Every party in a record, or in a list of records, in the order of the file.

    A subject's id is its place, such as `originator.originatorPersons[0]`, which `source` repeats
    behind the file's name. A party that cannot be used is refused; its row is its number among
    the parties. Raises ValueError with a short reason where the whole is no such record.
    """
    row = 0
    for record, place in _records(_loaded(data), "", 0):
        for person in _persons(record, place, 0, ()):
            row += 1
            if row > MAX_PARTIES:
                raise ValueError(f"has more than {MAX_PARTIES:,} parties")
            try:
                yield _subject(name, person)
            except ValueError as error:
                yield RefusedSubject(name, row, f"{person.place}: {error}")
    if not row:
        raise ValueError("is JSON, but no record of IVMS101 with a person in it")


def _loaded(data: bytes) -> Any:
    try:
        return orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise ValueError(f"is no JSON: {error.msg}") from None


def _folded(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


def _records(tree: Any, place: str, depth: int) -> Iterator[tuple[Tree, str]]:
    """Objects that have a side of a transfer, wherever they stand; not those within one."""
    if depth > MAX_DEPTH:
        raise ValueError(f"is nested deeper than {MAX_DEPTH} levels")
    if isinstance(tree, dict):
        sides = {key: each for key, each in tree.items() if _folded(key) in _SIDES}
        if any(isinstance(each, dict | list) for each in sides.values()):
            yield sides, place
            return
        for key, each in tree.items():
            yield from _records(each, f"{place}{'.' * bool(place)}{key}", depth + 1)
    elif isinstance(tree, list):
        for at, each in enumerate(tree):
            yield from _records(each, f"{place}[{at}]", depth + 1)


def _persons(tree: Any, place: str, depth: int, accounts: tuple[str, ...]) -> Iterator[_Person]:
    """Persons below `tree`; the account numbers of a side belong to each person of it."""
    if depth > MAX_DEPTH:
        raise ValueError(f"is nested deeper than {MAX_DEPTH} levels")
    if isinstance(tree, list):
        for at, each in enumerate(tree):
            yield from _persons(each, f"{place}[{at}]", depth + 1, accounts)
    if not isinstance(tree, dict):
        return
    own = tuple(text for key in ("accountnumber", "accountnumbers") for text in _texts(tree, key))
    for key, each in tree.items():
        below = f"{place}{'.' * bool(place)}{key}"
        if _folded(key) in ("naturalperson", "legalperson") and isinstance(each, dict):
            yield _Person(place, _folded(key), each, own or accounts)
        else:
            yield from _persons(each, below, depth + 1, own or accounts)


def _subject(file: str, person: _Person) -> Subject:
    natural = person.kind == "naturalperson"
    names = tuple(dict.fromkeys(_names(person.said)))
    if not names:
        raise ValueError("has no name")
    for name in names:
        if len(name) > MAX_NAME or "\0" in name:
            raise ValueError(f"has a name longer than {MAX_NAME:,} characters or with a NUL")
    birth = _object(person.said, "dateandplaceofbirth")
    return Subject(
        id=person.place,
        names=names,
        schema=PERSON if natural else ORGANIZATION,
        births=tuple(birth_date(text) for text in _texts(birth, "dateofbirth")),
        birth_places=_texts(birth, "placeofbirth"),
        countries=tuple(_countries(person.said)),
        identifiers=tuple(dict.fromkeys(_identifiers(person))),
        source=f"{file}, {person.place}",
    )


def _names(said: Tree) -> Iterator[str]:
    """Names of every kind: legal, birth, maiden, alias, local and phonetic."""
    whole = _get(said, "name")
    for part in whole if isinstance(whole, list) else [whole]:
        for key, each in part.items() if isinstance(part, dict) else ():
            listed = each if isinstance(each, list) else [each]
            if "nameidentifier" in _folded(key):
                for one in listed[:MAX_VALUES]:
                    yield from _name(one)


def _name(one: Any) -> Iterator[str]:
    if not isinstance(one, dict):
        return
    legal = _texts(one, "legalpersonname")
    parts = (*_texts(one, "secondaryidentifier"), *_texts(one, "primaryidentifier"))
    yield from legal or filter(None, [" ".join(parts)])


def _countries(said: Tree) -> Iterator[Country]:
    for key, role in (
        ("countryofresidence", "residence"),
        ("countryofregistration", "registration"),
    ):
        for text in _texts(said, key):
            yield Country(text, code_of(text), role)
    addresses = _get(said, "geographicaddress")
    if addresses is None:
        addresses = _get(said, "geographicaddresses")
    for each in addresses if isinstance(addresses, list) else [addresses]:
        for text in _texts(each, "country"):
            yield Country(text, code_of(text), "address")


def _identifiers(person: _Person) -> Iterator[Identifier]:
    said = _object(person.said, "nationalidentification")
    code = "".join(_texts(said, "nationalidentifiertype"))[-4:].upper()
    issuer = next(iter(_texts(said, "countryofissue")), "")
    for text in _texts(said, "nationalidentifier"):
        yield Identifier(_DOCUMENTS.get(code, ""), text, code_of(issuer) or issuer)
    for text in person.accounts:
        yield Identifier(WALLET, text)


def _object(said: Tree, key: str) -> Tree:
    found = _get(said, key)
    return found if isinstance(found, dict) else {}


def _get(said: Any, key: str) -> Any:
    """The value of a key, however the key is written."""
    if not isinstance(said, dict):
        return None
    return next((each for name, each in said.items() if _folded(name) == key), None)


def _texts(said: Any, key: str) -> tuple[str, ...]:
    """Its texts: one, several, or none."""
    found = _get(said, key)
    values = found if isinstance(found, list) else [found]
    return tuple(
        text for each in values[:MAX_VALUES] if isinstance(each, str) and (text := each.strip())
    )
