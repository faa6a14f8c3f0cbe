"""Check a designation file: what is wrong with it, and what lists elsewhere say."""

from dataclasses import astuple, dataclass
from pathlib import Path

from stanch.app.designation import rules
from stanch.app.designation.crosscheck import cross_check
from stanch.errors import InputError, UsageError
from stanch.formats.designation.keys import MAX_BYTES, Fault, Faults
from stanch.formats.designation.reading import read
from stanch.model.crosscheck import CrossCheck
from stanch.model.designation import Designation, copy_for
from stanch.model.desk.marking import Marking
from stanch.model.registry.incident import Incident
from stanch.registry.registry import load


@dataclass(frozen=True, slots=True)
class Request:
    """Which file, for readers of which level (None: whoever may hold the whole), by what."""

    file: Path
    level: Marking | None = None
    home: Path | None = None
    registry: Path | None = None


@dataclass(frozen=True, slots=True)
class Linted:
    """The whole file, None where it has a fault; faults, notices, and the registry's incidents."""

    whole: Designation | None
    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...]
    incidents: dict[str, Incident]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file without a fault has a copy for the reader, and with a home a cross-check of it."""

    linted: Linted
    copy: Designation | None
    found: CrossCheck | None

    @property
    def notices(self) -> tuple[Fault, ...]:
        """Those of the whole file; whoever asks for a copy of less is not told of the rest."""
        less = self.copy is not None and any(astuple(self.copy.left_out))
        return () if less else self.linted.notices


def lint(request: Request) -> Linted:
    """Hold a file to all rules. Raises UsageError where it cannot be read."""
    file = request.file
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    got = read(file.name, data)
    faults = Faults(file.name, list(got.faults))
    incidents = dict(load(request.registry).incidents)
    if got.designation is not None:
        rules.check(got.designation, incidents, faults)
    wrong = tuple(sorted({each for each in faults.found if not each.notice}))
    told = tuple(sorted({each for each in faults.found if each.notice}))
    return Linted(None if wrong else got.designation, wrong, told, incidents)


def check(request: Request) -> Checked:
    """Lint a file, and where it has no fault and there is a home, cross-check the reader's copy.

    Raises UsageError where the file cannot be read, or the reader may not even see its cover.
    """
    linted = lint(request)
    if linted.whole is None:
        return Checked(linted, None, None)
    copy = copy_of(linted.whole, request.level)
    found = None if request.home is None else cross_check(copy, request.home)
    return Checked(linted, copy, found)


def copy_of(whole: Designation, level: Marking | None) -> Designation:
    """What readers of a level may see. Raises UsageError where that is not even the cover."""
    try:
        return copy_for(whole, level or whole.marking)
    except ValueError as error:
        raise UsageError(f"--for {level}: {error}") from None


def sound(request: Request) -> Checked:
    """As `check`. Raises InputError for the first fault of a file that has any."""
    done = check(request)
    if done.linted.faults:
        first, more = done.linted.faults[0], len(done.linted.faults) - 1
        reason = f"{first.key}: {first.reason} [{first.rule}]" if first.key else first.reason
        if more:
            reason += f"; and {more} more: stanch designation check"
        raise InputError(first.file, reason, first.line or None)
    return done
