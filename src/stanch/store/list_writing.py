"""Putting a draft into a home as the next version of its list, and saying so in the log."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from stanch import __version__
from stanch.errors import InputError
from stanch.store import packed
from stanch.store.digest import Digest
from stanch.store.home import Home
from stanch.store.list_draft import ListDraft
from stanch.store.list_version import (
    ENTRIES,
    EVENT,
    FOLDER,
    MARK,
    ORIGINALS,
    REFUSED,
    RUN,
    UNKNOWN,
    ListVersion,
    json_bytes,
    version_hash,
)
from stanch.store.outdir import writing

FORMAT: Final = "stanch-list@1"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a list beside its entries. `files` and `digests` go together."""

    name: str
    kind: str
    publisher: str
    licence: str
    files: tuple[Path, ...]
    digests: tuple[Digest, ...]


def description(about: About, draft: ListDraft) -> dict[str, Any]:
    """What list.json will say: the same for the same files and entries."""
    return {
        "format": FORMAT,
        "name": about.name,
        "kind": about.kind,
        "publisher": about.publisher,
        "licence": about.licence,
        "files": [
            {"name": each.name, "sha256": each.sha256, "size": each.size} for each in about.digests
        ],
        "entries": draft.count,
        "entries_sha256": draft.sha256(),
        "refused": draft.refused,
        "unknown": draft.unknown,
    }


def same(version: ListVersion, said: dict[str, Any]) -> bool:
    """Whether a version holds just these entries from just these files, whatever their names."""

    def told(each: dict[str, Any]) -> list[Any]:
        return [each["kind"], each["entries_sha256"], sorted(f["sha256"] for f in each["files"])]

    return told(version.said) == told(said)


def write_version(
    home: Home, about: About, draft: ListDraft, changed: Mapping[str, Any]
) -> ListVersion:
    """Write the next version whole and append its event; call it within `home.locked`.

    `changed` is told in the event. Raises InputError where a file changed since it was read.
    """
    said = description(about, draft)
    before = home.latest(about.name)
    now = datetime.now(UTC)
    name = f"{_after(before, now):{_STAMP}}-{version_hash(said)}"
    moment = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    folder = home.list_dir(about.name) / name
    with writing(folder, FOLDER) as partial:
        draft.write_entries(partial / ENTRIES)
        draft.write_refused(partial / REFUSED)
        draft.write_unknown(partial / UNKNOWN)
        _keep(about, partial / ORIGINALS)
        (partial / MARK).write_bytes(json_bytes(said))
        run = {"imported": moment, "stanch": __version__, "version": name}
        (partial / RUN).write_bytes(json_bytes(run))
        event = {
            "event": "import",
            "time": moment,
            "list": about.name,
            "kind": about.kind,
            "version": name,
            "before": before.version if before else None,
            "entries": draft.count,
            **changed,
        }
        (partial / EVENT).write_bytes(json_bytes(event))
    append_missing(home)
    return ListVersion(about.name, name, folder)


def append_missing(home: Home) -> None:
    """Append the events of versions that the log does not know; within `home.locked`.

    That is the version just written, and those whose process died between both acts.
    """
    known = {(each.get("list"), each.get("version")) for each in home.events()}
    versions = (each for name in home.names() for each in home.versions(name))
    missing = [each for each in versions if (each.list, each.version) not in known]
    for each in sorted(missing, key=lambda each: each.version):
        home.log.append(each.event)


def check(home: Home) -> list[str]:
    """Whatever is wrong with the log of events and the versions that it speaks of, in sentences."""
    found = [f"events: {wrong}"] if (wrong := home.log.check()) else []
    try:
        known = {
            (each["list"], each["version"]) for each in home.events() if each["event"] == "import"
        }
    except InputError:
        return found
    there = {(each.list, each.version): each for n in home.names() for each in home.versions(n)}
    found += [f"{name} {version}: is in the log and gone" for name, version in known - set(there)]
    for key, each in there.items():
        if key not in known:
            found.append(f"{each.list} {each.version}: is not in the log")
        if wrong := each.check():
            found.append(f"{each.list} {each.version}: {wrong}")
    return sorted(found)


def _after(before: ListVersion | None, now: datetime) -> datetime:
    """Now, or a second after the version before: names tell the order though clocks go wrong."""
    if before is None:
        return now
    stamp = datetime.strptime(before.version.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    return max(now, stamp + timedelta(seconds=1))


def _keep(about: About, folder: Path) -> None:
    """Keep the files as they came, and see that they are what was read."""
    folder.mkdir()
    for number, (path, digest) in enumerate(zip(about.files, about.digests, strict=True), 1):
        whole = hashlib.sha256()
        with path.open("rb") as source, packed.packing(folder / f"{number}.gz") as target:
            while piece := source.read(_CHUNK):
                whole.update(piece)
                target.write(piece)
        if whole.hexdigest() != digest.sha256:
            raise InputError(digest.name, "changed while it was read; nothing was imported")
