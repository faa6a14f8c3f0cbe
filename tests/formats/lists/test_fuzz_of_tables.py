"""Tables and XML of the lists outside the US and the UN, with anything in any place.

Whatever a file holds, a parser gives entries, refused rows and unknown fields, or refuses the file
with a reason; it says nothing that cannot be written as UTF-8, and gives no id twice.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import csv_of, file_of, xlsx_of
from stanch.formats.lists import (
    au_dfat,
    eu_journal,
    jp_columns,
    kr_columns,
    uk_conlist,
    uk_list_table,
)
from stanch.formats.lists.registry import PARSERS
from stanch.model.listed import NAME_KINDS, SCHEMAS, Entry, RefusedEntry, UnknownField

TITLES = {
    "au-dfat": tuple(au_dfat.COLUMNS),
    "eu-journal": tuple(eu_journal.COLUMNS),
    "jp-mof": tuple(jp_columns.COLUMNS),
    "kr": tuple(kr_columns.COLUMNS),
    "uk-conlist": tuple(uk_conlist.COLUMNS),
    "uk-list": tuple(uk_list_table.COLUMNS),
}
NEEDED = {
    "au-dfat": ("Reference", "Name of Individual or Entity"),
    "eu-journal": ("celex", "programKey", "schema", "name"),
    "jp-mof": ("英語表記", "告示番号"),
    "kr": ("성명", "구분"),
    "uk-conlist": ("Group ID", "Name 6"),
    "uk-list": ("Unique ID", "Name 6"),
}
WORDS = (
    "", " ", "1", "1a", "Person", "Individual", "Kim Chol-su", "김철수", "\u202eevil\u200b",
    "a" * 10_000,
    "(a) 1.1.1950; (b) x", "1958年から1960年", "-", "不明", '"', "x; y", "EU-PRK", "32017R1509",
    "dd/mm/1950", "Vessel", "9134165", "개인", "団体",
    "(Phone number):(1) x (2) y", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "Primary name",
)  # fmt: skip
CELLS = st.sampled_from(WORDS) | st.text(
    st.characters(exclude_categories=("Cs", "Cc")), max_size=40
)
GOOD = {
    "Reference": st.sampled_from(("1", "1a", "2 b", "3")),
    "Name of Individual or Entity": st.sampled_from(("A B", "C D")),
    "celex": st.just("32017R1509"),
    "programKey": st.just("EU-PRK"),
    "schema": st.sampled_from(("Person", "Vessel")),
    "name": st.sampled_from(("A B", "a-b", "C (a.k.a. D) E")),
}
XML = {
    "ca-sema": (
        "<data-set><record><Country>Russia</Country><Item>1</Item><LastName>A</LastName>"
        "<GivenName>B</GivenName><Aliases>C; D</Aliases></record></data-set>"
    ),
    "eu-fsf": (
        '<export><sanctionEntity euReferenceNumber="EU.1"><subjectType code="person"/>'
        '<nameAlias wholeName="A B" strong="true"/><birthdate year="1950" monthOfYear="13"/>'
        "</sanctionEntity></export>"
    ),
    "uk-list": (
        "<Designations><Designation><UniqueID>X1</UniqueID><Names><Name><Name6>A</Name6>"
        "<NameType>Primary Name</NameType></Name></Names></Designation></Designations>"
    ),
}


def check(kind: str, data: bytes) -> list[object]:
    try:
        found = list(PARSERS[kind]([file_of(data, "f")]))
    except ValueError:
        return []
    for each in found:
        assert isinstance(each, Entry | RefusedEntry | UnknownField)
        assert repr(each).encode()
    entries = [each for each in found if isinstance(each, Entry)]
    for entry in entries:
        assert entry.schema in SCHEMAS
        assert all(name.text and name.kind in NAME_KINDS for name in entry.names)
        for date in entry.births:
            assert bool(date.first) == bool(date.last)
            assert date.first <= date.last
    twice = [id_ for id_, count in Counter(each.id for each in entries).items() if count > 1]
    assert not twice
    return found


@st.composite
def tables(draw, kind: str) -> list[list[str]]:
    """Known titles and strange ones in any order, and rows of any length below them."""
    known = draw(st.lists(st.sampled_from(TITLES[kind]), unique=True))
    needed = NEEDED[kind] if draw(st.integers(0, 9)) else ()
    titles = draw(st.permutations([*needed, *known, *draw(st.lists(CELLS, max_size=3))]))
    wild = st.lists(CELLS, max_size=len(titles) + 2)
    sane = st.tuples(*(GOOD.get(title, CELLS) for title in titles)).map(list)
    return [titles, *draw(st.lists(wild | sane, max_size=8))]


@pytest.mark.parametrize("kind", TITLES)
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_is_entries_or_a_reason(kind, data):
    check(kind, csv_of(data.draw(tables(kind))))


@pytest.mark.parametrize("kind", [kind for kind in TITLES if kind != "eu-journal"])
@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_any_sheet_is_entries_or_a_reason(kind, data):
    rows = [
        ["".join(each for each in cell if each.isprintable()) for cell in row]
        for row in data.draw(tables(kind))
    ]
    check(kind, xlsx_of(list=rows))


@pytest.mark.parametrize("kind", XML)
@given(data=st.data())
@settings(max_examples=80)
def test_damaged_xml_is_entries_or_a_reason(kind, data):
    text = bytearray(XML[kind].encode())
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
        text = text or bytearray(b"<")
    check(kind, bytes(text))


@pytest.mark.parametrize("kind", XML)
def test_the_samples_are_good(kind):
    assert [each for each in check(kind, XML[kind].encode()) if isinstance(each, Entry)]


@pytest.mark.parametrize("kind", [*TITLES, "ca-sema", "eu-fsf"])
@given(data=st.binary(max_size=300))
@settings(max_examples=60)
def test_any_bytes_are_borne(kind, data):
    check(kind, data)


@pytest.mark.parametrize("kind", [*TITLES, "ca-sema", "eu-fsf"])
@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><export>&b;</export>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><data-set/>',
        b"<Designations>" + b"<a>" * 100_000,
        b"," * 1_000_000,
        b'"' + b"a" * 1_000_000,
        b"\xff\xfe" + "성명".encode("utf-16-le"),
    ],
    ids=["entities", "external", "deep", "columns", "quote", "utf-16"],
)
def test_hostile_files_are_refused_with_a_reason(kind, data):
    with pytest.raises(ValueError, match=r"\w{2,} \w{2,}"):
        list(PARSERS[kind]([file_of(data, "f")]))
