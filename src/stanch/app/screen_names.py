"""Screen a file of parties and write their hits, so that an interruption costs nothing."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from stanch import __version__
from stanch.app.csv_file import lines
from stanch.app.home import home_at
from stanch.app.review import audit
from stanch.app.screen import THRESHOLD, TOP, Screen
from stanch.app.screen_batches import Answer, Ask, answers
from stanch.app.screen_input import opened, parsed
from stanch.app.screen_progress import REJECTED as REJECTED_FILE
from stanch.app.screen_progress import Unfinished, unfinished
from stanch.app.screen_rows import COLUMNS, REJECTED, row
from stanch.errors import UsageError
from stanch.formats.subjects import RefusedSubject
from stanch.model.hits import Subject
from stanch.model.listed import UnknownField
from stanch.store.digest import digest
from stanch.store.list_version import json_bytes

Progress = Callable[[int, float], None]  # subjects done, share of the file that was read

_KEPT: Final = 50  # names of columns that are shown


@dataclass(frozen=True, slots=True)
class NamesRequest:
    """What the user asks for. `opener` opens the home, in each worker too."""

    home: Path | None
    file: Path
    out: Path
    top: int = TOP
    threshold: float = THRESHOLD
    workers: int = 1
    opener: Callable[[Path], Screen] = Screen.open
    show_all: bool = False  # hits that are settled as somebody else, too


@dataclass(slots=True)
class Screened:
    """What became of the file. `resumed` of the `subjects` were done by an earlier run."""

    rejected_file: Path
    subjects: int = 0
    found: int = 0  # subjects with a hit
    hits: int = 0
    rejected: int = 0
    resumed: int = 0
    unread: list[UnknownField] = field(default_factory=list)


def screen_names(request: NamesRequest, progress: Progress) -> Screened:
    """Screen all parties of a file and write their hits to `out`, whole or not at all.

    Rows that cannot be used go to `OUT.rejected.csv` beside it. Raises UsageError where the
    request cannot be followed, InputError where file or home cannot be used, OutputError where
    nothing can be written.
    """
    _check(request)
    home = home_at(request.home)
    done = Screened(request.out.with_name(f"{request.out.stem}.rejected.csv"))
    ask = Ask(home.folder, request.top, request.threshold, request.opener, request.show_all)
    question = _question(request, home.state_key(), audit(home.folder).last)
    with (
        unfinished(request.out, question, lines([COLUMNS])) as table,
        (table.folder / REJECTED_FILE).open("wb") as rejected,
        opened(request.file) as stream,
    ):
        rejected.write(lines([REJECTED]))
        done.resumed = table.done
        size = os.path.getsize(request.file) or 1
        for batch in answers(_subjects(request.file, stream, rejected, done), ask, request.workers):
            _add(table, batch)
            progress(table.done, min(1.0, stream.tell() / size))
        rejected.flush()
        done.found, done.hits = table.found, table.hits
        table.finish(request.out, done.rejected_file, bool(done.rejected))
    return done


def _check(request: NamesRequest) -> None:
    if request.top < 1 or request.workers < 1:
        raise UsageError("--top and --workers are 1 or more")
    if not 0 <= request.threshold <= 1:
        raise UsageError("--threshold is between 0 and 1")
    if request.out.resolve() == request.file.resolve():
        raise UsageError(f"{request.out}: is the file to be screened; name another --out")


def _question(request: NamesRequest, state: str, journal: str) -> str:
    """A hash over all that decides the answers: only the same question may be taken up again."""
    said = {
        "file": digest(request.file).sha256,
        "name": request.file.name,
        "lists": state,
        "reviews": journal,
        "top": request.top,
        "threshold": request.threshold,
        "all": request.show_all,
        "stanch": __version__,
    }
    return hashlib.sha256(json_bytes(said)).hexdigest()


def _subjects(
    file: Path, stream: BinaryIO, rejected: BinaryIO, done: Screened
) -> Iterator[Subject]:
    """The parties of the file that are not done yet; the rest is counted and written down."""
    for each in parsed(file, stream):
        if isinstance(each, Subject):
            done.subjects += 1
            if done.subjects > done.resumed:
                yield each
        elif isinstance(each, RefusedSubject):
            done.rejected += 1
            rejected.write(lines([(each.file, str(each.row), each.reason)]))
        elif len(done.unread) < _KEPT:
            done.unread.append(each)


def _add(table: Unfinished, batch: list[Answer]) -> None:
    rows = [row(subject.id, hit, subject.source) for subject, hits in batch for hit in hits]
    table.add(lines(rows), len(batch), len(rows), sum(bool(hits) for _, hits in batch))
