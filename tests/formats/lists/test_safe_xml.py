import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.lists import safe_xml
from stanch.formats.lists.safe_xml import records
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import UnknownField

WANTED = ("list/people/person",)


def read(text: str | bytes) -> list[tuple[str, int, str | None]]:
    data = text if isinstance(text, bytes) else text.encode()
    found = records(io.BytesIO(data), WANTED)
    return [(each.path, each.row, each.element.findtext("name")) for each in found]


def test_records_come_one_by_one_and_what_stands_beside_them_too():
    text = """<?xml version="1.0"?>
    <list xmlns="urn:x" dated="2026-01-01"><made>today</made><people>
      <person><name>Kim</name></person><other/><person><name>Ri</name></person>
    </people></list>"""
    assert read(text) == [
        ("list@", 1, None),
        ("list/made", 1, None),
        ("list/people/person", 1, "Kim"),
        ("list/people/other", 1, None),
        ("list/people/person", 2, "Ri"),
    ]


def test_characters_keep_their_form():
    name = "\u202eKim\u200b &amp; 김&#x20;"
    text = f"<list><people><person><name>{name}</name></person></people></list>"
    assert read(text)[0][2] == "\u202eKim\u200b & 김 "
    assert read(text.encode("utf-16"))[0][2] == "\u202eKim\u200b & 김 "


BOMB = """<!DOCTYPE list [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<list><people><person><name>&b;</name></person></people></list>"""
OUTSIDE = """<!DOCTYPE list [<!ENTITY a SYSTEM "file:///etc/passwd">]><list>&a;</list>"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOMB, "DTD"),
        (OUTSIDE, "DTD"),
        ('<!DOCTYPE list SYSTEM "http://example.org/x.dtd"><list/>', "DTD"),
        ("<list>&unheard;</list>", "not whole XML: undefined entity"),
        ("", "not whole XML: no element found"),
        ("hello", "not whole XML"),
        ("<list><people><person>", "not whole XML"),
        ("<list></people>", "not whole XML: mismatched tag"),
        ("<list>\x00</list>", "not whole XML"),
        (b"<list>\xff\xfe</list>", "not whole XML"),
        ('<?xml version="1.0" encoding="nonsense"?><list/>', "encoding"),
        ("<html><body/></html>", "root is <html>, not <list>"),
        ("<list>" + "<a>" * 100, "nested deeper than 64"),
        ("<list><a>" + "x" * (safe_xml.MAX_TEXT + 1), "element with more than"),
        ("<list><a>" + "<b/>" * (safe_xml.MAX_ELEMENTS + 1), "more than 50,000 elements"),
        (f"<list><a b='{'x' * (safe_xml.MAX_SILENCE + 200_000)}'/>", "without a tag"),
        (f"<list><!-- {'x' * (safe_xml.MAX_SILENCE + 200_000)} --></list>", "without a tag"),
        ("<list>" + "".join(f"<a{n}/>" for n in range(6_000)), "more than 5,000 names"),
        (f"<list><{'a' * 2_000}/>", "name of more than 1,000"),
    ],
)
def test_what_is_wrong_is_said_in_short(text: str | bytes, reason: str):
    with pytest.raises(ValueError, match=reason) as caught:
        read(text)
    assert type(caught.value).__name__ in ("ValueError", "_BoundError")
    assert len(str(caught.value)) < 200


def test_a_record_of_many_texts_is_bounded():
    text = "<b>" + "x" * 900_000 + "</b>"
    with pytest.raises(ValueError, match="record of more than"):
        read("<list><a>" + text * 20)


class _Endless(io.RawIOBase):
    """Eight MiB of records, made as they are read."""

    def __init__(self) -> None:
        self._parts = self._make()

    def _make(self) -> Iterator[bytes]:
        yield b"<list><people>"
        person = b"<person><name>Kim</name></person>" * 2_000
        for _ in range(8 * 1024 * 1024 // len(person)):
            yield person
        yield b"</people></list>"

    def read(self, size: int = -1) -> bytes:
        return next(self._parts, b"")


@pytest.mark.slow
def test_a_large_file_needs_no_more_memory_than_a_record():
    tracemalloc.start()
    try:
        count = sum(1 for _ in records(_Endless(), WANTED))  # type: ignore[arg-type]
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
    assert count > 240_000


@given(st.binary(max_size=300))
def test_any_bytes_are_records_or_a_value_error(data: bytes):
    try:
        read(b"<list>" + data)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - any outcome but another exception is right


def test_strays_are_counted_told_once_and_given_back():
    text = b"""<list><people>
      <person id="7"><name lang="ko">Kim</name><odd>first</odd><deep><er>x</er></deep></person>
      <person id="8"><name>Ri</name><odd>second</odd>tail</person></people></list>"""
    unknown = Unknown("file.xml")
    found = [
        unknown.strays(each.element, {"name", "@id"}) for each in records(io.BytesIO(text), WANTED)
    ]
    assert found == [
        (("name@lang", "ko"), ("odd", "first"), ("deep/er", "x")),
        (("odd", "second"), ("text()", "tail")),
    ]
    assert list(unknown.fields()) == [
        UnknownField("file.xml", "name@lang", 1, "ko"),
        UnknownField("file.xml", "odd", 2, "first"),
        UnknownField("file.xml", "deep/er", 1, "x"),
        UnknownField("file.xml", "text()", 1, "tail"),
    ]


def test_a_million_unknown_names_are_not_a_million_reports():
    unknown = Unknown("file.xml")
    for at in range(100_000):
        unknown.note(f"name {at}", "x" * 10_000)
    fields = list(unknown.fields())
    assert len(fields) == 1_001
    assert sum(field.count for field in fields) == 100_000
    assert max(len(field.example) for field in fields) == 200
