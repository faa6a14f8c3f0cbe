"""Bringing the lists of a `sources.toml` up to date, one by one; none stops the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from stanch.errors import StanchError
from stanch.pipeline.import_list import Imported, ListImport, Step, import_list
from stanch.sources.lists.fetching import Known, Limits, fetch, shown
from stanch.sources.lists.watched import WatchedList
from stanch.store.home import Home
from stanch.store.list_version import ListVersion
from stanch.store.update_notes import UpdateNotes


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of one list: an import, a version that is still right, or a reason why not."""

    name: str
    imported: Imported | None = None
    still: ListVersion | None = None
    error: str = ""


def update_list(home: Home, watched: WatchedList, silence: float, step: Step) -> Updated:
    """Look whether a list changed at its source, and import it if so. Raises nothing of ours.

    `silence` is how many seconds a server may say nothing.
    """
    notes = UpdateNotes(home)
    try:
        with _changed(watched, notes, silence, step) as found:
            if found is None:
                return Updated(watched.name, still=home.latest(watched.name))
            files, made_from = found
            wanted = ListImport(watched.kind, watched.name, files, watched.accept_shrink)
            done = import_list(home, wanted, step)
            notes.note(watched.name, done.version.version, made_from)
            return Updated(watched.name, imported=done)
    except StanchError as error:
        return Updated(watched.name, error=str(error))
    except OSError as error:
        return Updated(watched.name, error=str(error.strerror))
    except Exception as error:  # a parser's defect must not keep the other lists from the screen
        return Updated(watched.name, error=f"a defect of Stanch: {type(error).__name__}: {error}")


Found = tuple[tuple[Path, ...], list[dict[str, Any]]] | None
"""Files, and what is to be remembered of them; None where nothing changed."""


@contextmanager
def _changed(
    watched: WatchedList, notes: UpdateNotes, silence: float, step: Step
) -> Iterator[Found]:
    """The list's files if they are others than those that the version in force was made from."""
    known = notes.made_from(watched.name)
    if not watched.urls:
        files = watched.files()
        said = [_looks(file, watched.folder) for file in files]
        yield None if said == known else (files, said)
        return
    limits = Limits(silence, watched.kind.max_mib << 20)
    with TemporaryDirectory() as folder:
        yield _fetched(watched.urls, Path(folder), known, limits, step)


def _looks(file: Path, folder: Path) -> dict[str, Any]:
    seen = file.stat()
    name = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)
    return {"name": name, "size": seen.st_size, "changed": seen.st_mtime_ns}


def _fetched(urls: tuple[str, ...], folder: Path, known: Any, limits: Limits, step: Step) -> Found:
    """Ask for what changed; where one of several files did, fetch the others as well."""
    before = _known(urls, known)
    files: dict[int, tuple[Path, Known]] = {}
    for asked in (before, [Known()] * len(urls)):
        for number, url in enumerate(urls):
            if number in files:
                continue
            step(f"fetching {shown(url)}")
            place = folder / str(number)
            place.mkdir(exist_ok=True)
            if (got := fetch(url, place, asked[number], limits)) is not None:
                files[number] = got
        if not files:
            return None
    got_all = [files[number] for number in range(len(urls))]
    said = [
        {"url": shown(url), **asdict(known)} for url, (_, known) in zip(urls, got_all, strict=True)
    ]
    return tuple(file for file, _ in got_all), said


def _known(urls: tuple[str, ...], known: Any) -> list[Known]:
    """What servers said of these addresses the last time; nothing where others were asked."""
    said = known if isinstance(known, list) else []
    if [each.get("url") for each in said] != [shown(url) for url in urls]:
        return [Known()] * len(urls)
    return [Known(str(each.get("etag", "")), str(each.get("modified", ""))) for each in said]
