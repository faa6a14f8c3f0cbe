"""Personas for a group: identifiers leave under an HMAC whose key the group shares, never bare."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.app.private_file import private_file, read_private
from stanch.app.stix.files import whole
from stanch.errors import InputError, UsageError
from stanch.formats.personas_file import personas_in
from stanch.formats.stix.item import Item, Origin
from stanch.formats.stix.persona import LEAST_KEY, GroupKey, persona
from stanch.sharing.common.indicators import KINDS, normal


@dataclass(frozen=True, slots=True)
class Personas:
    """A file of personas (`formats.personas_file`), the group that is to know them by the name of
    its key, and the file with the key in hex.
    """

    file: Path
    group: str
    key: Path


_AGAIN: Final = "have a new key made for the group"


def persona_items(wanted: Personas, of: Origin, at: str) -> list[Item]:
    """An `identity` for each persona; `at` is the time of this version.

    Identifiers of the kinds that `stanch common` knows are first brought into their one form, so
    that whoever holds the same writes the same. Raises UsageError, InputError.
    """
    if not at:
        raise UsageError("--at: a file of personas has no time of its own; say which this has")
    key = group_key(wanted.group, wanted.key)
    try:
        found = personas_in(whole(wanted.file))
        if not found:
            raise ValueError("names no persona")
        return [
            persona(key, who, [one_form(*each) for each in identifiers], of, at)
            for who, identifiers in found.items()
        ]
    except ValueError as error:
        raise InputError(wanted.file.name, str(error)) from None


def group_key(group: str, file: Path) -> GroupKey:
    """The key of a group, of a file that its owner alone can read. Raises UsageError."""
    if not group.strip():
        raise UsageError("--group: name the group whose key it is")
    try:
        return GroupKey(group.strip(), bytes.fromhex(read_private(file, _AGAIN).decode("ascii")))
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is no key in hex") from None
    except ValueError as error:
        reason = "is no key in hex" if "hex" in str(error) else str(error)
        raise UsageError(f"{file}: {reason}") from None


def new_group_key(out: Path) -> None:
    """Write a new key, random, in hex, for its owner alone. Raises UsageError, OutputError."""
    with private_file(out) as stream:
        stream.write(secrets.token_hex(LEAST_KEY).encode() + b"\n")


def one_form(kind: str, value: str) -> tuple[str, str]:
    """In its one form, where the kind has rules; else as it stands."""
    if kind not in KINDS:
        return kind, value
    try:
        told, _, found = normal(value, kind).partition(":")
    except ValueError as error:
        raise ValueError(f"{kind} {value[:60]!r} {error}") from None
    return told, found
