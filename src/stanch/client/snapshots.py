"""Screen addresses against a signed snapshot, with no network: numbered, and never going back."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from stanch.client.addresses import normal_form
from stanch.client.state import State, StateFile
from stanch.client.trust import Pin
from stanch.errors import InputError, OutputError, UsageError
from stanch.formats.snapshot import Opening, Snapshot, screen
from stanch.model.watched import Finding

MOST: Final = 4 << 30  # bytes

Findings = tuple[Finding, ...] | None
"""What is known of one address: nothing where empty; None where the text is no address."""


def opened(data: bytes | memoryview, pin: Pin, file: StateFile, now: datetime) -> Snapshot:
    """Prove a snapshot, and remember its number before anything is looked up in it.

    Raises SignatureError where it is not this desk's for this member, RefusedError where it is
    over or older than one seen before, UsageError where the desk is not known yet.
    """
    with file.changing() as change:
        snapshot = _proved(data, pin, change.state, now)
        change.state = replace(change.state, snapshot=snapshot.header.number)
    return snapshot


def stored(data: bytes, pin: Pin, file: StateFile, now: datetime, path: Path) -> Snapshot:
    """The same of one that has just come, and put it at `path` in place of the one before.

    It lies there before its number is remembered: who is stopped between has one to screen with.
    Raises as `opened`, and OutputError; then what was at `path` stays.
    """
    with file.changing() as change:
        snapshot = _proved(data, pin, change.state, now)
        _put(data, path)
        change.state = replace(change.state, snapshot=snapshot.header.number)
    return snapshot


def _proved(data: bytes | memoryview, pin: Pin, known: State, now: datetime) -> Snapshot:
    if not known.desk:
        raise UsageError("which desk this is, is not known yet: fetch its directory first")
    opening = Opening(known.desk, pin.member, pin.public(), known.snapshot, now, pin.secret)
    return Snapshot.open(data, opening)


def _put(data: bytes, path: Path) -> None:
    draft = path.with_name(f".{path.name}.partial")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from None


def screened(snapshot: Snapshot, addresses: Sequence[str]) -> list[Findings]:
    """What is known of each address, in whatever spelling."""
    return screen(snapshot, addresses, normal_form)


def contents(path: Path) -> bytes:
    """A snapshot's bytes: read, not mapped, so that nobody changes them while they are used.

    Raises InputError.
    """
    try:
        if path.stat().st_size > MOST:
            raise InputError(path.name, "is too long for a snapshot")
        return path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from None
