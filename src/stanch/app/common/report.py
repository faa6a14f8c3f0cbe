"""Bring what a run told to a desk: a signed report of tags, which name no indicator."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from stanch.app.common.files import Signing, new_file, signing_key
from stanch.app.common.place import Place, happened
from stanch.app.common.results import Result, kept
from stanch.app.csv_file import whole_file
from stanch.app.read_file import contents
from stanch.errors import InputError, UsageError
from stanch.formats.common.reports import MOST_TAGS, Report, sign_report

_MOST = 64 << 20  # bytes of a table of results


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that was signed, and written to `out`."""

    out: Path
    run: str
    members: tuple[str, ...]
    count: int
    text: str


def report(place: Place, result: Path, run: str | None, sign: Signing) -> Reported:
    """Sign that this home's member holds the indicators in `result`, a table that a run wrote or
    some of its rows, and write it to `sign.out`. The log notes it.

    Raises UsageError where the rows are of no run that both learned, or of several and `run` does
    not say which, InputError where the table is none.
    """
    items = _items(result)
    found = _chosen(kept(place), items, result, run)
    tags = tuple(sorted(found.tags[item] for item in items))
    if len(tags) > MOST_TAGS:
        raise UsageError(f"{result}: {len(tags):,} indicators; a report has up to {MOST_TAGS:,}")
    member, desk = place.party.member, place.party.directory.desk
    said = Report(desk, found.run.name, member, found.run.members, found.run.k, place.clock(), tags)
    text = sign_report(signing_key(place, sign.key), said)
    note = {"matches": len(tags), "file": result.name}
    with whole_file(new_file(sign.out)) as draft, place.log() as log:
        draft.write_text(text + "\n", encoding="ascii")
        log.add(lambda _: [happened("reported", found.run.name, said.at, note)])
    return Reported(sign.out, found.run.name, found.run.members, len(tags), text)


def names_of(place: Place, tags: list[str]) -> dict[str, str]:
    """The indicators that tags stand for, as far as this home knows: no desk does."""
    known = {tag: item for each in kept(place) for item, tag in each.tags.items()}
    return {tag: known[tag] for tag in tags if tag in known}


def _chosen(there: list[Result], items: list[str], file: Path, run: str | None) -> Result:
    mine = [each for each in there if run in (None, each.run.name)]
    if run is not None and not mine:
        raise UsageError(f"no run {run} whose result both learned is in this home")
    fits = [each for each in mine if all(item in each.tags for item in items)]
    if not fits:
        raise UsageError(f"{file}: its indicators are not all of one run in this home")
    if len(fits) > 1:
        names = ", ".join(each.run.name for each in fits)
        raise UsageError(f"{file}: is of several runs; say with --run which of {names}")
    return fits[0]


def _items(file: Path) -> list[str]:
    """The rows of a table of results, as homes write them. Raises UsageError, InputError."""
    try:
        text = contents(file, _MOST).decode()
        if file.suffix == ".json":
            rows = [(each["kind"], each["indicator"]) for each in json.loads(text)["indicators"]]
        else:
            rows = [(each["kind"], each["indicator"]) for each in csv.DictReader(text.splitlines())]
        found = sorted({f"{kind}:{value}" for kind, value in rows})
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(file.name, "is no table of results: kind and indicator") from None
    if not found:
        raise InputError(file.name, "holds no indicator: there is nothing to report")
    return found
