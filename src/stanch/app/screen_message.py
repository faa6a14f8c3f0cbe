"""Screen payment messages: all parties of IVMS101 records and of pacs.008 messages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from stanch.app.csv_file import lines, whole_file
from stanch.app.home import home_at
from stanch.app.screen import THRESHOLD, TOP, Screen
from stanch.app.screen_batches import Ask, answers
from stanch.app.screen_input import opened
from stanch.app.screen_rows import COLUMNS, row
from stanch.errors import InputError
from stanch.formats import ivms101, pacs008
from stanch.formats.subjects import RefusedSubject
from stanch.model.hits import Hit, Subject

MAX_JSON: Final = 64 << 20  # bytes; a record of the travel rule has a few thousand
_HEAD: Final = 4096


@dataclass(frozen=True, slots=True)
class MessageRequest:
    """What the user asks for. `out` is a table to write, or None."""

    home: Path | None
    files: tuple[Path, ...]
    out: Path | None = None
    top: int = TOP
    threshold: float = THRESHOLD
    opener: Callable[[Path], Screen] = Screen.open
    show_all: bool = False  # hits that are settled as somebody else, too


@dataclass(slots=True)
class Messages:
    """Every party with its hits, in the order of the messages, and those that cannot be used."""

    parties: list[tuple[Subject, list[Hit]]] = field(default_factory=list)
    refused: list[RefusedSubject] = field(default_factory=list)

    @property
    def found(self) -> int:
        """How many parties have a hit."""
        return sum(bool(hits) for _, hits in self.parties)


def screen_messages(request: MessageRequest) -> Messages:
    """Screen all parties of messages, of whichever kind each file is.

    Raises UsageError where there is no home or no such file, InputError where a file is no
    message, OutputError where the table cannot be written.
    """
    home = home_at(request.home)
    done = Messages()
    ask = Ask(home.folder, request.top, request.threshold, request.opener, request.show_all)
    for batch in answers(_subjects(request.files, done), ask, workers=1):
        done.parties += batch
    if request.out is not None:
        with whole_file(request.out) as draft:
            draft.write_bytes(lines([COLUMNS]) + lines(_rows(done)))
    return done


def _rows(done: Messages) -> Iterator[tuple[str, ...]]:
    return (row(party.id, hit, party.source) for party, hits in done.parties for hit in hits)


def _subjects(files: Iterable[Path], done: Messages) -> Iterator[Subject]:
    for file in files:
        with opened(file) as stream:
            try:
                for each in _parties(file.name, stream):
                    if isinstance(each, RefusedSubject):
                        done.refused.append(each)
                    else:
                        yield each
            except ValueError as error:
                raise InputError(file.name, str(error)) from None


def _parties(name: str, stream: BinaryIO) -> Iterator[Subject | RefusedSubject]:
    """Told by the first character: XML begins with `<`, JSON with a brace or a bracket."""
    head = stream.peek(_HEAD) if hasattr(stream, "peek") else b""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"<" or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return pacs008.parse(name, stream)
    if first in (b"{", b"["):
        data = stream.read(MAX_JSON + 1)
        if len(data) > MAX_JSON:
            raise ValueError(f"is longer than {MAX_JSON >> 20} MiB")
        return ivms101.parse(name, data)
    raise ValueError("is neither a pacs.008 message (XML) nor an IVMS101 record (JSON)")
