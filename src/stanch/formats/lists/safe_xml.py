"""XML from strangers, one record at a time: bounded memory, and ValueError whatever is wrong.

A list file is a root, perhaps some containers, and in them thousands of records. `records` gives
each record as a tree of its own once it has ended, and forgets it. DTDs, entities and external
references are refused (defusedxml), as are deep nesting, giant texts and giant records: a file
costs no more memory than its largest permitted record.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MAX_DEPTH: Final = 64  # levels; the deepest list known (OFAC's advanced XML) has 12
MAX_TEXT: Final = 1 << 20  # characters in one element; the longest remark known has 8,000
MAX_ELEMENTS: Final = 50_000  # in one record
MAX_NAMES: Final = 5_000  # of elements and attributes in a file; the richest list has 200
MAX_NAME: Final = 1_000  # characters
MAX_RECORD: Final = 16 << 20  # characters of text and attributes in one record
MAX_SILENCE: Final = 8 << 20  # bytes without a tag or text: one giant tag, or comments alone

_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Record:
    """One element that stands directly in a container, with all below it.

    `path` is its own and its containers' names without namespaces ("sdnList/sdnEntry"), `row`
    its ordinal among the records of that path, from 1.
    """

    path: str
    row: int
    element: Element


def records(stream: BinaryIO, wanted: Collection[str]) -> Iterator[Record]:
    """Each element that is not itself a container of a path in `wanted`, in the file's order.

    So what is wanted comes, and so does whatever stands beside it that nobody expected. Attributes
    of containers come as a record of that container, with path "CONTAINER@" and no children.
    Raises ValueError with a short reason where the file is not XML, has another root, is cut
    short, or breaks one of the bounds.
    """
    target = _Target(wanted)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    silence = 0
    while True:
        chunk = stream.read(_CHUNK)
        heard = target.heard
        _feed(parser, chunk)
        yield from target.take()
        if not chunk:
            return
        silence = silence + len(chunk) if heard == target.heard else 0
        if silence > MAX_SILENCE:
            raise ValueError(f"has more than {MAX_SILENCE >> 20} MiB without a tag or a text")


def _feed(parser: DefusedXMLParser, chunk: bytes) -> None:
    """Parse on; no bytes are the end of the file."""
    try:
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
    except DefusedXmlException:
        raise ValueError("has a DTD or entities, which no list needs") from None
    except ParseError as error:
        raise ValueError(f"is not whole XML: {error.msg}") from None
    except _BoundError:
        raise
    except (LookupError, UnicodeError, ValueError) as error:
        raise ValueError(f"is not XML that can be read: {error}") from None


class _BoundError(ValueError):
    """A bound of this module is broken."""


class _Target:
    """What the parser tells: builds records and keeps them until they are taken."""

    def __init__(self, wanted: Collection[str]) -> None:
        self.heard = 0  # tags and texts so far
        self._containers = {
            path[:at] for path in wanted for at in range(len(path)) if path[at] == "/"
        }
        self._roots = {path.partition("/")[0] for path in wanted}
        self._open: list[str] = []  # containers that we are in
        self._depth = 0  # open elements of the record that we are in
        self._builder = TreeBuilder()
        self._sizes = [0, 0, 0]  # of the text, the record's elements, the record's characters
        self._names: set[str] = set()
        self._rows: dict[str, int] = {}
        self._done: list[Record] = []

    def take(self) -> list[Record]:
        """The records that have ended since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Go into an element."""
        self.heard += 1
        self._learn((tag, *attributes))
        name = tag.rpartition("}")[2]
        known = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        if not self._depth and self._is_container(name):
            if known:
                self._finish(f"{'/'.join(self._open)}@", Element(name, known))
            return
        self._depth += 1
        if self._depth + len(self._open) > MAX_DEPTH:
            raise _BoundError(f"is nested deeper than {MAX_DEPTH} levels")
        self._sizes[0] = 0
        self._sizes[1] += 1
        self._sizes[2] += sum(map(len, attributes.values()))
        self._check()
        self._builder.start(name, known)

    def _learn(self, names: tuple[str, ...]) -> None:
        """The parser keeps every name that it meets, so there may not be too many."""
        self._names.update(names)
        if len(self._names) > MAX_NAMES:
            raise _BoundError(f"has more than {MAX_NAMES:,} names of elements")
        if max(map(len, names)) > MAX_NAME:
            raise _BoundError(f"has a name of more than {MAX_NAME:,} characters")

    def _is_container(self, name: str) -> bool:
        if not self._open and name not in self._roots:
            raise _BoundError(
                f"is XML, but its root is <{name[:60]}>, not <{'> or <'.join(sorted(self._roots))}>"
            )
        path = "/".join((*self._open, name))
        if path not in self._containers:
            return False
        self._open.append(name)
        return True

    def data(self, text: str) -> None:
        """Take text. Between records there is nothing but line breaks."""
        self.heard += 1
        if self._depth:
            self._sizes[0] += len(text)
            self._sizes[2] += len(text)
            self._check()
            self._builder.data(text)

    def end(self, tag: str) -> None:
        """Leave an element; the last one of a record finishes it."""
        self.heard += 1
        name = tag.rpartition("}")[2]
        if not self._depth:
            self._open.pop()
            return
        self._builder.end(name)
        self._sizes[0] = 0
        self._depth -= 1
        if not self._depth:
            self._finish("/".join((*self._open, name)), self._builder.close())
            self._builder = TreeBuilder()
            self._sizes = [0, 0, 0]

    def close(self) -> None:
        """The document has ended."""

    def _finish(self, path: str, element: Element) -> None:
        self._rows[path] = self._rows.get(path, 0) + 1
        self._done.append(Record(path, self._rows[path], element))

    def _check(self) -> None:
        text, elements, characters = self._sizes
        if text > MAX_TEXT:
            raise _BoundError(f"has an element with more than {MAX_TEXT:,} characters")
        if elements > MAX_ELEMENTS:
            raise _BoundError(f"has a record of more than {MAX_ELEMENTS:,} elements")
        if characters > MAX_RECORD:
            raise _BoundError(f"has a record of more than {MAX_RECORD:,} characters")
