"""Run the traces of a bundle again, on one's own ledger, and compare them byte for byte.

Nothing that a manifest says is used as a path: its inputs are written under their names into a new
folder, and only where these are plain names.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from stanch import __version__
from stanch.app.evidence.packing import made_of
from stanch.app.evidence.trust import Again
from stanch.app.trace import TraceCommand, run_trace
from stanch.app.trace_request import reach
from stanch.errors import InputError, SignatureError, UsageError
from stanch.formats.evidence import layout
from stanch.formats.evidence.archive import Archive
from stanch.formats.evidence.proof import Proved
from stanch.formats.seeds import COLUMNS
from stanch.ledger.reader import Ledger
from stanch.pipeline.seeds import seed_file
from stanch.store.digest import digest

_OTHER_EACH_TIME: Final = "run.json"  # engine, machine, time
_MANIFEST: Final = 16 << 20
_INPUT: Final = 256 << 20


def rerun(archive: Archive, proved: Proved, again: Again) -> list[str]:
    """The items whose traces came to the same bytes.

    Raises UsageError where there is no trace, the ledger is another, or an input is missing,
    SignatureError naming each file that came out otherwise.
    """
    items = [
        each["id"]
        for each in proved.case.of_kind("trace")
        if layout.trace(each["id"], "manifest.json") in archive.names
    ]
    if not items:
        raise UsageError("the bundle holds no folder of a trace that could be run again")
    for item in items:
        _run(archive, item, again)
    return items


def _run(archive: Archive, item: str, again: Again) -> None:
    text = archive.read(layout.trace(item, "manifest.json"), _MANIFEST)
    with TemporaryDirectory(prefix="stanch-rerun-") as name:
        folder = Path(name)
        try:
            manifest = json.loads(text)
            command = _command(archive, item, manifest, (again, folder))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise SignatureError(f"{item}: manifest.json is no manifest of a trace") from None
        try:
            run_trace(command)
        except (UsageError, InputError) as error:
            raise SignatureError(f"{item}: cannot be run again: {error}") from None
        if other := _different(archive, item, command.out):
            made = str(manifest.get("stanch"))
            hint = "" if made == __version__ else f"; it was made by stanch {made[:20]!r}"
            raise SignatureError(
                f"{item}: run again, it gives other bytes: {', '.join(other)}{hint}"
            )


def _command(archive: Archive, item: str, manifest: Any, where: tuple[Again, Path]) -> TraceCommand:
    """The command that made the trace, with its inputs in a folder."""
    again, folder = where
    _same_ledger(again.ledger, manifest)
    files: dict[str, list[Path]] = {"labels": [], "seeds": []}
    for place, each in enumerate(made_of(manifest)):
        files[each["role"]].append(_input(archive, item, each, (again, folder / str(place))))
    seeds = [str(each) for each in files["seeds"]]
    if not seeds:
        seeds = [_seed(item, each) for each in manifest["seeds"]]
    said = manifest["parameters"]
    return TraceCommand(
        ledger=again.ledger,
        labels=tuple(files["labels"]),
        seeds=tuple(seeds),
        method=str(manifest["method"]),
        out=folder / "out",
        reach=reach(said["hops"], said["until"], said["min_amount"]),
        stop_at_suspected=bool(said["stop_at_suspected"]),
        parquet=layout.trace(item, "flows.parquet") in archive.names,
    )


def _seed(item: str, said: Any) -> str:
    """A seed of the manifest as one states it. Raises SignatureError where it would be a file."""
    parts = [said[name] or "" for name in COLUMNS]
    value = ",".join(parts)
    if any("," in each for each in parts) or seed_file(value) is not None:
        raise SignatureError(f"{item}: a seed of the manifest cannot be stated again")
    return value


def _same_ledger(ledger: Path, manifest: Any) -> None:
    """Raise UsageError where the ledger was built of other files than the trace's."""
    here = {each["sha256"] for each in Ledger.open(ledger).info["inputs"]}
    wanted = {each["sha256"]: each["name"] for each in manifest["inputs"]
              if each["role"] == "ledger"}  # fmt: skip
    for sha256 in wanted.keys() - here:
        raise UsageError(
            f"{ledger}: is not the ledger of this trace: it was not built from "
            f"{str(wanted[sha256])[:80]!r}, sha256 {sha256}"
        )


def _input(archive: Archive, item: str, said: Any, where: tuple[Again, Path]) -> Path:
    """A file of labels or seeds, under the name that the manifest gives it."""
    again, folder = where
    name, sha256 = str(said["name"]), str(said["sha256"])
    if name in ("", ".", "..") or "/" in name or "\\" in name or "\0" in name or len(name) > 200:
        raise SignatureError(f"{item}: {name[:80]!r} is no plain name of a file")
    data = None
    if layout.given(item, sha256) in archive.names:
        data = archive.read(layout.given(item, sha256), _INPUT)
    for each in again.inputs:
        if digest(each).sha256 == sha256:
            data = each.read_bytes()
    if data is None:
        raise UsageError(f"{item}: needs {name}, sha256 {sha256}: name it with --input")
    folder.mkdir()
    (folder / name).write_bytes(data)
    return folder / name


def _different(archive: Archive, item: str, out: Path) -> list[str]:
    """The files of a trace that are not the same as those that came out now."""
    begin = layout.trace(item, "")
    theirs = {name.removeprefix(begin) for name in archive.names if name.startswith(begin)}
    ours = {each.name for each in out.iterdir()}
    return sorted(
        name
        for name in (theirs | ours) - {_OTHER_EACH_TIME}
        if name not in theirs
        or name not in ours
        or digest(out / name).sha256 != archive.sha256(begin + name)
    )
