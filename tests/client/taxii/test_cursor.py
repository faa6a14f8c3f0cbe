"""Nothing is lost, whatever a server does with its pages and wherever reading breaks off."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.client.taxii.cursor import LIMIT, WIDEST, Cursor, Seen
from stanch.client.taxii.dates import normal, of_http
from stanch.errors import UnreachableError

START = datetime(2026, 1, 1, tzinfo=UTC)


def stamp(seconds: float) -> str:
    at = START + timedelta(seconds=seconds)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass
class Server:
    """A server in one of the ways in which they are made. Objects are numbers with a time each."""

    kind: str
    most: int
    objects: list[tuple[str, int]] = field(default_factory=list)
    kept: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def add(self, at: float, count: int) -> None:
        start = len(self.objects)
        self.objects += [(stamp(at), start + n) for n in range(count)]

    def page(self, asked: dict[str, str]) -> tuple[list[int], Seen]:
        limit = self.most * (int(asked["limit"]) // LIMIT)  # who is asked for more gives more
        # medallion forgets a page that it has sent
        found = self._kept(asked) if self.kind == "forgets" else self._rows(asked)
        rows, more = found[:limit], len(found) > limit
        last = rows[-1][0] if rows and self.kind != "silent" else ""
        following = ""
        if more and self.kind == "forgets":
            following = asked.get("next") or f"n{len(self.kept)}"
            self.kept[following] = found[limit:]
        elif more and self.kind != "by time":
            following = str(self.objects.index(rows[-1]) + 1)
        return [n for _, n in rows], Seen(more, following, last, stamp(10**6), str(rows))

    def _rows(self, asked: dict[str, str]) -> list[tuple[str, int]]:
        after, start = asked.get("added_after", ""), int(asked.get("next", 0))
        return [each for each in self.objects[start:] if each[0] > after]

    def _kept(self, asked: dict[str, str]) -> list[tuple[str, int]]:
        if "next" not in asked:
            return self._rows(asked)
        if asked["next"] not in self.kept:
            raise LookupError
        return self.kept.pop(asked["next"])


def read(server: Server, cursor: Cursor, got: set[int], breaks: list[int]) -> Cursor:
    """One round, which breaks off after each of so many pages, with what was answered lost."""
    pages = 0
    while True:
        try:
            rows, seen = server.page(cursor.question())
        except LookupError:
            cursor = cursor.resumed()
            continue
        pages += 1
        if breaks and breaks[0] == pages:
            breaks.pop(0)
            cursor, pages = Cursor.of(cursor.text()).resumed(), 0
            continue
        new = len(set(rows) - got)
        got |= set(rows)
        cursor = cursor.after(seen, new)
        if not cursor.under_way:
            return cursor


@settings(max_examples=150)
@given(
    kind=st.sampled_from(("next", "forgets", "by time")),
    most=st.integers(1, 4),
    bulks=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 3)), max_size=6),
    late=st.lists(st.tuples(st.integers(0, 50), st.integers(1, 3)), max_size=4),
    breaks=st.lists(st.integers(1, 4), max_size=4),
)
def test_all_comes_whatever_the_server_and_the_breaks(
    kind: str, most: int, bulks: list[tuple[int, int]], late: list[tuple[int, int]],
    breaks: list[int],
) -> None:  # fmt: skip
    """`late` are objects that show up after a round, up to 50 s behind the newest that was seen."""
    server, got, at = Server(kind, max(most, 3)), set[int](), 0.0
    for wait, count in bulks:
        at += wait
        server.add(at, count)
    cursor = read(server, Cursor(), got, breaks)
    assert got == set(range(len(server.objects)))
    for behind, count in late:
        server.add(max(at - behind, 0), count)
        server.objects.sort()
        cursor = read(server, cursor, got, [])
    if bulks:  # of an empty collection nothing is known but the server's clock
        assert got == set(range(len(server.objects)))


def test_a_round_that_brought_something_is_followed_by_one_that_looks_back() -> None:
    first = Cursor().after(Seen(last=stamp(100)), 3)
    assert first.question()["added_after"] == stamp(40)
    settled = first.after(Seen(last=stamp(100)), 0)
    assert settled.question()["added_after"] == stamp(100)
    assert settled.after(Seen(), 0) == settled, "an empty round moves nothing"


def test_a_server_that_tells_no_time_is_asked_from_its_own_clock() -> None:
    first = Cursor().after(Seen(clock=stamp(1000)), 3)
    assert first.question()["added_after"] == stamp(700)


def test_what_a_cursor_keeps_is_a_text() -> None:
    cursor = Cursor().after(Seen(True, "n1", stamp(5), stamp(9), "m"), 1)
    assert Cursor.of(cursor.text()) == cursor
    assert Cursor.of("") == Cursor()
    assert Cursor.of('{"since":"x","no such":1}') == Cursor(since="x")


def test_one_page_for_ever_is_a_circle() -> None:
    page = Seen(True, "n1", stamp(5), "", "same")
    once = Cursor().after(page, 1)
    with pytest.raises(UnreachableError, match="circle"):
        once.after(page, 0)
    assert once.after(Seen(True, "n1", stamp(5), "", "another"), 1).next == "n1", (
        "one token for other pages is how medallion does it"
    )


def test_more_of_one_moment_than_a_page_holds_is_asked_for_by_larger_pages() -> None:
    page = Seen(True, "", stamp(5))
    cursor = Cursor().after(page, 1)
    assert (cursor.limit, cursor.by_time) == (LIMIT, stamp(4.999999))
    while cursor.limit < WIDEST:
        wider = cursor.after(page, 0)
        assert wider.limit == 2 * cursor.limit
        cursor = wider
    with pytest.raises(UnreachableError, match="at one moment"):
        cursor.after(page, 0)


def test_more_without_saying_where_is_an_error() -> None:
    with pytest.raises(UnreachableError, match="not from where"):
        Cursor().after(Seen(True), 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000000Z"),
        ("2026-01-01T09:00:00.5+09:00", "2026-01-01T00:00:00.500000Z"),
        ("2026-01-01T00:00:00", "2026-01-01T00:00:00.000000Z"),  # misp-taxii leaves the zone out
        ("undefined", ""),
        (None, ""),
        ("9" * 100, ""),
    ],
)
def test_times_have_one_form(text: str | None, found: str) -> None:
    assert normal(text) == found


def test_the_date_of_http_has_it_too() -> None:
    assert of_http("Thu, 01 Jan 2026 00:00:05 GMT") == stamp(5)
    assert of_http("soon") == of_http(None) == ""
