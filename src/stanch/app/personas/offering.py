"""Identifiers of a confirmed operator under a group's key, made where the applications are.

Only what is compared by equality and is the persona's own tool goes: mailboxes, phones, handles,
wallets, accounts. A name, a face, an address or a document may be somebody else's, who was robbed
of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.app.personas.intake import open_intake
from stanch.app.personas.sealing import Told
from stanch.app.personas.secret import Secret
from stanch.app.stix.personas import group_key, one_form
from stanch.errors import RefusedError
from stanch.formats.stix.persona import token
from stanch.model.personas import kinds

OFFERED: Final = (
    kinds.EMAIL, kinds.PHONE, kinds.HANDLE, kinds.WALLET, kinds.BANK, kinds.GIT_EMAIL,
    kinds.GIT_KEY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """A group by the name of its key, and the file that holds the key in hex."""

    name: str
    key: Path


@dataclass(frozen=True, slots=True)
class Tokens:
    """Each identifier as kind and HMAC; records that the intake has no more; values that could not
    be brought into the form in which others have them, by kind.
    """

    identifiers: list[dict[str, str]]
    missing: list[str]
    left: dict[str, int]


def tokens(intake: Path, secret: Secret, records: Iterable[str], to: Group) -> Tokens:
    """Tokens of some records' identifiers. Raises UsageError, InputError, and RefusedError where
    there are none.
    """
    key, opened = group_key(to.name, to.key), open_intake(intake, secret)
    numbers = {record: opened.number(record) for record in records}
    held = opened.held_by({each for each in numbers.values() if each is not None}, OFFERED)
    found: set[tuple[str, str]] = set()
    left: dict[str, int] = {}
    for kind, value in _each(held.values()):
        try:
            found.add((kind, token(key, *one_form(kind, value))))
        except ValueError:
            left[kind] = left.get(kind, 0) + 1
    missing = [record for record, number in numbers.items() if number is None]
    if not found:
        raise RefusedError(f"{intake}: has no identifier of these records that can be offered")
    said = [{"kind": kind, "hmac": value} for kind, value in sorted(found)]
    return Tokens(said, missing, left)


def _each(held: Iterable[Mapping[str, Told]]) -> Iterator[tuple[str, str]]:
    for kinds_of in held:
        for kind, told in kinds_of.items():
            yield from ((kind, value) for value, _ in told)
