"""One collection of a partner's server: its pages, and what is added to it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from stanch.client.taxii.cursor import Cursor, Seen, seen_of
from stanch.client.taxii.dates import of_http
from stanch.client.taxii.line import AnsweredError, Line
from stanch.errors import UnreachableError
from stanch.formats.stix.reading import Limits, Read, read

_ODD: Final = (400, 404, 406, 410, 422, 500, 501)  # how servers answer a question they do not know
_PENDING: Final = 20  # times a status is asked for while the server still works on it


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its objects, sorted out, and where the cursor stood that asked for it."""

    asked: Cursor
    found: Read
    seen: Seen


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a server says became of what was added: ids it refused, each with its own words."""

    refused: dict[str, str]


class Collection:
    """A collection at an API root. Raises what `Line` raises."""

    def __init__(self, line: Line, id: str) -> None:
        """`id` is the collection's, or its alias."""
        self._line, self._path = line, f"collections/{quote(id, safe='')}/"

    def about(self) -> dict[str, Any]:
        """The collection resource."""
        return self._line.get(self._path).json()

    def page(self, cursor: Cursor) -> Page:
        """The page that the cursor asks for, or, where the server will not give that one, the page
        by which the round can go on.
        """
        try:
            return self._page(cursor)
        except UnreachableError as error:
            odd = isinstance(error, AnsweredError) and error.status in _ODD
            if cursor.next and (odd or not isinstance(error, AnsweredError)):
                return self.page(cursor.resumed())
            if cursor.every and odd:
                # OpenCTI knows the last version alone, and says so with an error.
                return self._page(replace(cursor, every=False))
            raise

    def _page(self, cursor: Cursor) -> Page:
        # What follows `next` is asked for once: medallion gives each such page once.
        answer = self._line.get(f"{self._path}objects/", cursor.question(), again=not cursor.next)
        limits = Limits(total=max(len(answer.data), 2), editions=True)
        try:
            found = read(answer.data or b"{}", limits)
        except ValueError as error:
            raise UnreachableError(f"{self._line.host}'s page {error}") from None
        if any(not each.place and not each.raw for each in found.refused):
            why = next(each.reason for each in found.refused if not each.place)
            raise UnreachableError(f"{self._line.host}'s page: {why}")
        mark = hashlib.sha256(answer.data).hexdigest()[:16]
        clock = of_http(answer.headers.get("date"))
        seen = seen_of(found.properties, dict(answer.headers), mark, clock)
        return Page(cursor, found, seen)

    def add(self, objects: Iterable[bytes]) -> Verdict:
        """Add objects, as the bytes that they are; waits for a while until the server is through.

        Raises AnsweredError where it takes none of them.
        """
        content = b'{"objects":[' + b",".join(objects) + b"]}"
        status = self._line.post(f"{self._path}objects/", content).json()
        for _ in range(_PENDING):
            if status.get("status") != "pending" or not isinstance(status.get("id"), str):
                break
            self._line.pause()
            status = self._line.get(f"status/{quote(status['id'], safe='')}/").json()
        return Verdict(_refusals(status))

    def has(self, id: str, version: str) -> bytes | None:
        """The bytes that the server has for a version of an object; None where it has none."""
        query = {"match[version]": version} if version else {}
        try:
            answer = self._line.get(f"{self._path}objects/{quote(id, safe='')}/", query)
            found = read(answer.data or b"{}")
        except AnsweredError as error:
            if error.status in _ODD:
                return None
            raise
        except ValueError:
            return None
        return next((each.raw for each in found.taken if each.data["id"] == id), None)


def _refusals(status: dict[str, Any]) -> dict[str, str]:
    found = status.get("failures")
    refused: dict[str, str] = {}
    for each in found if isinstance(found, list) else []:
        id = each.get("id") if isinstance(each, dict) else each
        said = each.get("message") if isinstance(each, dict) else ""
        if isinstance(id, str):
            refused[id[:300]] = json.dumps(said, ensure_ascii=False)[:200] if said else ""
    return refused
