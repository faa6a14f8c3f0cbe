"""Hand a bundle on to another member, or say that it came: an entry of custody is added to it."""

from dataclasses import dataclass
from pathlib import Path

from stanch.app.evidence.hands import Hand, hand_of, next_entry
from stanch.app.evidence.packing import stamps, write
from stanch.app.evidence.verifying import Trust, names_and_files, opened
from stanch.app.signing.key_files import KeyFile
from stanch.client.line import Line
from stanch.errors import RefusedError, UsageError
from stanch.formats.evidence import layout
from stanch.formats.evidence.archive import Archive
from stanch.formats.evidence.custody import Act
from stanch.formats.evidence.proof import Proved
from stanch.formats.signed.directory import directory_from


@dataclass(frozen=True, slots=True)
class Handing:
    """A bundle, whom one believes of it, the key to sign with, and the bundle to write."""

    file: Path
    trust: Trust
    key: KeyFile
    out: Path
    note: str = ""


def hand_on(desk: Line, handing: Handing, to: str) -> Proved:
    """Hand a bundle that one's member has to another, which the bundle's directory knows.

    Raises UsageError, SignatureError, RefusedError where one's member does not have it.
    """
    hand = _hand(desk, handing)
    with opened(handing.file, handing.trust) as (archive, proved):
        if proved.held.member != hand.member:
            raise RefusedError(
                f"{handing.file}: {proved.held.member} has it, and {hand.member} would hand it over"
            )
        known = {each.id for version in proved.chain.versions for each in version.members}
        if to not in known:
            raise UsageError(f"the bundle's directory has no key of {to}: nothing could prove it")
        return _added(desk, handing, (archive, proved), next_entry(
            proved, hand, Act.HANDED, to, handing.note
        ))  # fmt: skip


def receive(desk: Line, handing: Handing) -> Proved:
    """Say that a bundle came, as the member that it was handed to. Raises as `hand_on`."""
    hand = _hand(desk, handing)
    with opened(handing.file, handing.trust) as (archive, proved):
        if proved.held.member != hand.member or not proved.held.unconfirmed:
            raise RefusedError(f"{handing.file}: was not handed to {hand.member} last")
        entry = next_entry(proved, hand, Act.RECEIVED, hand.member, handing.note)
        return _added(desk, handing, (archive, proved), entry)


def _hand(desk: Line, handing: Handing) -> Hand:
    if handing.out.exists():
        raise UsageError(f"{handing.out}: stands there already; name another")
    versions = list(desk.items("/v1/directory"))
    if not versions:
        raise UsageError("the desk has no directory of keys yet, and so nobody who could sign")
    return hand_of(handing.key, directory_from(versions[-1]["document"]))


def _added(desk: Line, handing: Handing, what: tuple[Archive, Proved], entry: str) -> Proved:
    """Write the bundle with one more entry, and prove it as its next reader will."""
    archive, proved = what
    files = names_and_files(archive)
    files[layout.custody(proved.held.n + 1)] = entry.encode()
    files |= dict(stamps(desk, (entry,)))
    write(handing.out, files)
    with opened(handing.out, handing.trust) as (_, now):
        return now
