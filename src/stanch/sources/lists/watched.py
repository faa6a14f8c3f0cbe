"""`sources.toml`: which lists a folder keeps up to date, and where each comes from.

[[list]]
name = "un"                 # optional; the kind's name unless given
kind = "un"
url = "https://scsanctions.un.org/resources/xml/en/consolidated.xml"

[[list]]
kind = "ofac-csv"
path = ["ofac/sdn*.csv", "ofac/alt*.csv"]   # below the folder of sources.toml
newest = true               # of each pattern only the file written last
accept_shrink = false
"""

import tomllib
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Any, Final

from stanch.errors import InputError, UsageError
from stanch.sources.lists.kinds import ListKind, list_kind

FILE: Final = "sources.toml"

_WORDS: Final = frozenset({"name", "kind", "path", "url", "newest", "accept_shrink"})
_UNFINISHED: Final = (".part", ".partial", ".tmp", ".crdownload", ".download")


@dataclass(frozen=True, slots=True)
class WatchedList:
    """One list: files below `folder` that match `paths`, or what stands at `urls`."""

    name: str
    kind: ListKind
    folder: Path
    paths: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    newest: bool = False
    accept_shrink: bool = False

    def files(self) -> tuple[Path, ...]:
        """The files that are there now, sorted within each pattern; unfinished ones left out.

        Raises InputError where a pattern finds none.
        """
        found: dict[Path, None] = {}
        for pattern in self.paths:
            there = [self.folder / each for each in sorted(glob(pattern, root_dir=self.folder))]
            files = [each for each in there if each.is_file() and each.suffix not in _UNFINISHED]
            if not files:
                raise InputError(self.name, f"no file matches {pattern}")
            if self.newest:
                files = [max(files, key=lambda each: (each.stat().st_mtime_ns, each.name))]
            found.update(dict.fromkeys(files))
        return tuple(found)


def watched_lists(folder: Path) -> tuple[WatchedList, ...]:
    """What `sources.toml` in `folder` names, in its order. Raises UsageError where it is wrong."""
    file = folder / FILE
    try:
        said = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise UsageError(f"{file}: is not TOML: {error}") from None
    tables = said.pop("list", [])
    if said or not isinstance(tables, list) or not tables:
        raise UsageError(f"{file}: must hold [[list]] tables and nothing else")
    lists = [_watched(f"{file}, list {n}", folder, each) for n, each in enumerate(tables, 1)]
    names = [each.name for each in lists]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"{file}: names {twice[0]} twice")
    return tuple(lists)


def _watched(place: str, folder: Path, said: Any) -> WatchedList:
    if not isinstance(said, dict) or not isinstance(said.get("kind"), str):
        raise UsageError(f"{place}: has no kind")
    if unknown := sorted(said.keys() - _WORDS):
        raise UsageError(f"{place}: {unknown[0]!r} is not known; {', '.join(sorted(_WORDS))} are")
    paths, urls = _texts(place, said, "path"), _texts(place, said, "url")
    if bool(paths) == bool(urls):
        raise UsageError(f"{place}: needs either path or url")
    if wrong := [url for url in urls if not url.startswith(("https://", "http://"))]:
        raise UsageError(f"{place}: {wrong[0]!r} is no http or https address")
    name = said.get("name", said["kind"])
    if not isinstance(name, str):
        raise UsageError(f"{place}: name is not text")
    newest, shrink = (_flag(place, said, word) for word in ("newest", "accept_shrink"))
    return WatchedList(name, list_kind(said["kind"]), folder, paths, urls, newest, shrink)


def _texts(place: str, said: dict[str, Any], word: str) -> tuple[str, ...]:
    held = said.get(word, [])
    texts = [held] if isinstance(held, str) else held
    if not isinstance(texts, list) or not all(isinstance(each, str) and each for each in texts):
        raise UsageError(f"{place}: {word} is neither text nor a list of texts")
    return tuple(texts)


def _flag(place: str, said: dict[str, Any], word: str) -> bool:
    held = said.get(word, False)
    if not isinstance(held, bool):
        raise UsageError(f"{place}: {word} is neither true nor false")
    return held
