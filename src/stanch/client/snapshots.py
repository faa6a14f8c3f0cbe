"""Screen addresses against a signed snapshot, with no network: numbered, and never going back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from stanch.client.addresses import normal_form
from stanch.client.state import StateFile
from stanch.client.trust import Pin
from stanch.errors import InputError, UsageError
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
        known = change.state
        if not known.desk:
            raise UsageError("which desk this is, is not known yet: fetch its directory first")
        opening = Opening(known.desk, pin.member, pin.public(), known.snapshot, now, pin.secret)
        snapshot = Snapshot.open(data, opening)
        change.state = replace(known, snapshot=snapshot.header.number)
    return snapshot


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
