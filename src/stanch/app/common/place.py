"""What a member keeps for private matching, in the folder `common` of its home.

party.json              who this is, the pin of the directory, what it refuses
directory/N.json        the versions of the directory, from the pin on
sets/NAME/keys.json     the set's series and its two secret keys
sets/NAME/vN/           a version of it, see `prepared`
partners/MEMBER.ROLE    what a member sent in the last run, to count what changed
rings/RING.json         the secrets of a ring that is under way
results/RUN.json        what a run came to, with what stands for each indicator at a desk
log.db                  what happened, only ever added to
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from stanch.app.csv_file import whole_file
from stanch.app.home import home_at
from stanch.app.signing.documents import version_in, write_version
from stanch.app.wiring import open_journal
from stanch.errors import InputError, OutputError, UsageError
from stanch.formats.signed.chain import walk_chain
from stanch.formats.signed.fields import stamp
from stanch.model.desk.directory import Directory
from stanch.sharing.common.rules import Policy
from stanch.store.home import Home
from stanch.store.journal import Draft, Journal

__all__ = ["Party", "Place", "Policy", "happened", "join", "names", "read_json", "write_json"]

FORMAT: Final = "stanch-common-party@1"
FOLDER: Final = "common"


@dataclass(frozen=True, slots=True)
class Party:
    """Who matches here: the member, its policy, and the newest directory that it believes."""

    member: str
    pin: str
    policy: Policy
    directory: Directory


def now() -> str:
    """The time, as files and the log have it."""
    return stamp(datetime.now(UTC).replace(microsecond=0))


@dataclass(frozen=True, slots=True)
class Place:
    """The folder `common` of a home, and the clock by which files are dated and judged."""

    folder: Path
    home: Home
    party: Party
    clock: Callable[[], str] = now

    @classmethod
    def open(cls, home: Path | None) -> Self:
        """What is there. Raises UsageError where nobody joined, InputError for a damaged file."""
        there = home_at(home)
        folder = there.folder / FOLDER
        if not (folder / "party.json").exists():
            raise UsageError(f"{there.folder}: no member yet; stanch common join says which one")
        return cls(folder, there, _party(folder))

    @contextmanager
    def log(self) -> Iterator[Journal]:
        """The log of what happened. Raises InputError where it is damaged."""
        with open_journal(self.folder / "log.db") as journal:
            yield journal

    def sets(self) -> list[str]:
        """The names of the sets, in the order of the alphabet."""
        return names(self.folder / "sets")

    def private(self, *parts: str) -> Path:
        """A path below the folder, whose own folder is there and nobody else's to read."""
        path = self.folder.joinpath(*parts)
        private_folder(path.parent)
        return path


def join(home: Path | None, member: str, pin: str, policy: Policy, files: Sequence[Path]) -> Place:
    """Say which member this is, and which directory names the others; again for a newer one.

    `files` are the versions of the directory, from the pinned one on. Raises UsageError,
    InputError, SignatureError where they do not lead on from the pin, OutputError.
    """
    there = home_at(home, make=True)
    versions = [version_in(each) for each in files]
    chain = walk_chain(pin, versions)
    folder = there.folder / FOLDER
    with there.locked():
        known = _party(folder) if (folder / "party.json").exists() else None
        if known is not None:
            _same(known, member, pin, chain.newest)
        elif member not in {each.id for each in chain.newest.members}:
            raise UsageError(f"the directory names no member {member}")
        private_folder(folder / "directory")
        for version in versions:
            write_version(folder / "directory" / f"{version.directory.version}.json", version)
        said = {"format": FORMAT, "member": member, "pin": pin, "policy": asdict(policy)}
        write_json(folder / "party.json", said)
    return Place.open(home)


def happened(kind: str, key: str, at: str, said: dict[str, Any]) -> Draft:
    """A line of the log."""
    return Draft(kind, key, at, json.dumps(said, sort_keys=True))


def names(folder: Path) -> list[str]:
    """What stands in a folder that may be missing, in the order of the alphabet."""
    if not folder.is_dir():
        return []
    return sorted(each.name for each in folder.iterdir() if not each.name.startswith("."))


def private_folder(folder: Path) -> None:
    """Make a folder that its owner alone can look into, and those above it that are missing.

    Raises OutputError.
    """
    try:
        for each in (*reversed(folder.parents), folder):
            if not each.is_dir():
                each.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror}") from None


def write_json(file: Path, said: dict[str, Any]) -> None:
    """A file of its owner's, whole or not at all. Raises OutputError."""
    private_folder(file.parent)
    with whole_file(file) as draft:
        draft.chmod(0o600)
        draft.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_json(file: Path, format: str) -> dict[str, Any]:
    """What `write_json` wrote. Raises InputError where it is missing or damaged."""
    try:
        said = json.loads(file.read_bytes())
    except OSError as error:
        raise InputError(str(file), f"cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise InputError(str(file), "is damaged: no JSON") from None
    if not isinstance(said, dict) or said.pop("format", None) != format:
        raise InputError(str(file), f"is no {format}")
    return said


def _party(folder: Path) -> Party:
    said = read_json(folder / "party.json", FORMAT)
    where = folder / "directory"
    files = sorted(names(where), key=lambda name: int(name.removesuffix(".json")))
    try:
        known = {each.name for each in fields(Policy)}
        numbers = {str(name): int(value) for name, value in said["policy"].items() if name in known}
        member, pin, policy = str(said["member"]), str(said["pin"]), Policy(**numbers)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(str(folder / "party.json"), f"is no {FORMAT}") from None
    chain = walk_chain(pin, [version_in(where / each) for each in files])
    return Party(member, pin, policy, chain.newest)


def _same(known: Party, member: str, pin: str, newest: Directory) -> None:
    if (known.member, known.pin) != (member, pin):
        raise UsageError(f"this home is {known.member}'s, under {known.pin}; name another --home")
    if newest.version < known.directory.version:
        raise UsageError(
            f"version {known.directory.version} of the directory is known here; "
            f"{newest.version} is older"
        )
