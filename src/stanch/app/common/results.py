"""What was learned: as CSV or JSON for people, and kept at home to be reported to a desk."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.app.common.place import Place, names, read_json
from stanch.app.csv_file import lines, whole_file
from stanch.errors import InputError

FORMAT: Final = "stanch-common-result@1"


@dataclass(frozen=True, slots=True)
class Run:
    """A run: its name, who took part, and how many of them hold what was told at least."""

    name: str
    members: tuple[str, ...]
    k: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to here: the tag of each indicator, 16 bytes in hex."""

    run: Run
    tags: Mapping[str, str]


def table(out: Path, about: dict[str, object], items: Sequence[str]) -> bytes:
    """The indicators for a file called `out`: JSON with what they are about where it ends in
    `.json`, else CSV with the columns `kind` and `indicator`.
    """
    parts = [each.partition(":") for each in items]
    if out.suffix == ".json":
        rows = [{"kind": kind, "indicator": value} for kind, _, value in parts]
        return (json.dumps(about | {"indicators": rows}, indent=1) + "\n").encode()
    return lines([("kind", "indicator"), *((kind, value) for kind, _, value in parts)])


def keep(place: Place, run: Run, tags: Mapping[str, bytes]) -> None:
    """Keep the tag of each indicator of a run: what alone goes to a desk. Raises OutputError."""
    said = {"format": FORMAT, "run": run.name, "members": list(run.members), "k": run.k,
            "tags": {item: tag.hex() for item, tag in tags.items()}}  # fmt: skip
    with whole_file(_file(place, run.name)) as draft:
        draft.chmod(0o600)
        draft.write_text(json.dumps(said))  # on one line: with indents it takes five times as long


def kept(place: Place) -> list[Result]:
    """The results of all runs, by the runs' names. Raises InputError for a damaged one."""
    found = names(place.folder / "results")
    return [_read(place.folder / "results" / each) for each in found if each.endswith(".json")]


def _file(place: Place, run: str) -> Path:
    return place.private("results", f"{run}.json")


def _read(file: Path) -> Result:
    said = read_json(file, FORMAT)
    try:
        run = Run(str(said["run"]), tuple(map(str, said["members"])), int(said["k"]))
        return Result(run, {str(item): str(tag) for item, tag in said["tags"].items()})
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(str(file), f"is no {FORMAT}") from None
