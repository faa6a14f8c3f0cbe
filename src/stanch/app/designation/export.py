"""Write a reader's copy of a designation file: as a document, and as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stanch.app.csv_file import whole_file
from stanch.app.designation.check import Checked, Request, sound
from stanch.errors import UsageError
from stanch.formats.designation import ftm
from stanch.formats.stix import designation as stix
from stanch.model.desk.marking import Marking, reaches
from stanch.model.registry.incident import Incident
from stanch.reports.designation.page import render


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where to; None leaves one out."""

    ftm: Path | None = None
    stix: Path | None = None
    html: Path | None = None


def export(request: Request, outputs: Outputs) -> Checked:
    """Write each file whole or not at all.

    Raises UsageError where no file is named or two are the same, InputError where the designation
    file has a fault, OutputError where a file cannot be written.
    """
    wanted = [each for each in (outputs.ftm, outputs.stix, outputs.html) if each is not None]
    if not wanted:
        raise UsageError("nothing to write: name --ftm, --stix or --html")
    if len({each.absolute() for each in (*wanted, request.file)}) <= len(wanted):
        raise UsageError("two of the files are the same")
    done = sound(request)
    for out, data in contents(done, outputs, request):
        with whole_file(out) as draft:
            draft.write_bytes(data)
    return done


def contents(done: Checked, outputs: Outputs, request: Request) -> list[tuple[Path, bytes]]:
    """What stands in each file. All are made before the first is written."""
    copy = done.copy
    if copy is None:
        return []
    found = []
    if outputs.ftm is not None:
        found.append((outputs.ftm, ftm.write(copy)))
    if outputs.stix is not None:
        found.append((outputs.stix, stix.write(copy)))
    if outputs.html is not None:
        level = request.level or copy.marking
        lines = incident_lines(done.linted.incidents, level)
        page = render(copy, done.found, lines, request.level)
        found.append((outputs.html, page.encode("utf-8")))
    return found


def incident_lines(incidents: Mapping[str, Incident], level: Marking) -> dict[str, str]:
    """A line on each incident that readers of a level may see, by its id."""
    return {
        id: f"{each.victim}, {each.happened.text} ({id})"
        for id, each in incidents.items()
        if reaches(each.marking, level)
    }
