import datetime
import io
import re
import struct
import tracemalloc
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import file_of, ods_of, ods_table, xlsx_of, zip_of
from stanch.formats.lists import sheet_weight
from stanch.formats.lists.sheets import is_workbook, refusing, sheets

CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
THRICE = " table:number-columns-repeated='3'"
EMPTY = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'


def read(data: bytes) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    return {
        sheet.name: [(row.number, row.cells) for row in sheet.rows]
        for sheet in sheets(file_of(data))
    }


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(name: str, data: str | bytes) -> bytes:
    """A good workbook in which one part is another."""
    source = zipfile.ZipFile(io.BytesIO(xlsx_of(list=[["a", "b"]])))
    parts = {each.filename: source.read(each) for each in source.infolist()}
    return zip_of({**parts, name: data})


def sheet_xml(body: str, tag: str = "") -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = f"<sheetData>{body}</sheetData>"
    return f'<?xml version="1.0"?>{tag}<worksheet xmlns="{space}">{rows}</worksheet>'


def test_cells_become_text():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["김철수", 1958, 1.5, True, None, datetime.date(1958, 3, 1)])
    sheet.append([None, datetime.datetime(1958, 3, 1, 12, 30), " \u202eKim\u200b "])
    assert read(saved(book)) == {
        "Sheet": [
            (1, ("김철수", "1958", "1.5", "True", "", "1958-03-01")),
            (2, ("", "1958-03-01 12:30:00", "\u202eKim\u200b", "", "", "")),
        ]
    }


def test_a_date_says_no_more_than_its_cell_shows():
    book = openpyxl.Workbook()
    sheet = book.active
    for row, form in enumerate(("mmm-yy", "yyyy", "yyyy/mm", "dd/mm/yyyy", '"d "yyyy'), 1):
        sheet.cell(row, 2, datetime.date(1958, 1, 1)).number_format = form
    found = [cells[-1] for _, cells in read(saved(book))["Sheet"]]
    assert found == ["1958-01", "1958", "1958-01", "1958-01-01", "1958"]


def test_a_merged_area_says_the_same_in_each_of_its_cells():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["x", "ignored", "y"], ["", "", "z"]):
        sheet.append(row)
    sheet.merge_cells("A1:B2")
    assert read(saved(book))["Sheet"] == [(1, ("x", "x", "y")), (2, ("x", "x", "z"))]


def test_a_formula_is_the_value_that_was_saved_with_it():
    body = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1</f><v>two</v></c></row>'
    )
    rows = read(with_part("xl/worksheets/sheet1.xml", sheet_xml(body)))
    assert rows["list"] == [(1, ("2", "two"))]


def test_text_that_begins_like_a_formula_stays_text():
    book = openpyxl.Workbook()
    book.active["A1"].value = "=cmd|' /C calc'!A0"
    book.active["A1"].data_type = "s"
    assert read(saved(book))["Sheet"] == [(1, ("=cmd|' /C calc'!A0",))]


def test_ods_with_repeated_cells_and_a_million_empty_rows_at_the_end():
    table = (
        '<table:table table:name="t"><table:table-row>'
        f"{CELL.format(THRICE)}</table:table-row>"
        f"{EMPTY.format(1_048_575)}</table:table>"
    )
    assert read(ods_of(table)) == {"t": [(1, ("x", "x", "x"))]}
    assert read(ods_of(ods_table([["a", ""], ["", "b"]]))) == {
        "list": [(1, ("a", "")), (2, ("", "b"))]
    }


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "columns"),
        ('<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>', "columns"),
        ('<row r="9999999999"/><row><c r="A9999999999"><v>1</v></c></row>', "rows"),
        ('<row r="150000"><c r="CV150000"><v>1</v></c></row>', "cells"),
    ],
)
def test_a_far_cell_makes_no_room(body, reason):
    data = with_part("xl/worksheets/sheet1.xml", sheet_xml(body))
    tracemalloc.start()
    with pytest.raises(ValueError, match=reason):
        read(data)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (CELL.format(" table:number-columns-repeated='100000'"), "columns"),
        (f"<table:table-cell table:number-columns-repeated='100000'/>{CELL.format('')}", "columns"),
    ],
)
def test_repeated_cells_make_no_room(table, reason):
    rows = f'<table:table table:name="t"><table:table-row>{table}</table:table-row></table:table>'
    with pytest.raises(ValueError, match=reason):
        read(ods_of(rows))


def test_a_repeated_row_makes_no_room():
    row = (
        f'<table:table-row table:number-rows-repeated="1000000">{CELL.format("")}</table:table-row>'
    )
    with pytest.raises(ValueError, match="rows"):
        read(ods_of(f'<table:table table:name="t">{row}</table:table>'))
    gap = f"<table:table-row>{CELL.format('')}</table:table-row>"
    with pytest.raises(ValueError, match="rows"):
        read(ods_of(f'<table:table table:name="t">{gap}{EMPTY.format(999_999)}{gap}</table:table>'))


def shared(texts: list[str], times: int = 1) -> bytes:
    """A sheet in which each text stands once, and as many cells name it as wanted."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    source = zipfile.ZipFile(io.BytesIO(xlsx_of(list=[["a"]])))
    parts = {each.filename: source.read(each) for each in source.infolist()}
    cells = "".join(f'<c t="s"><v>{at}</v></c>' for at in range(len(texts)))
    parts["xl/worksheets/sheet1.xml"] = sheet_xml(f"<row>{cells}</row>" * times)
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{strings}</sst>'
    return zip_of(parts)


def test_one_long_text_in_many_cells_makes_no_room():
    assert read(shared(["a", "김"], 2))["list"] == [(1, ("a", "김")), (2, ("a", "김"))]
    # Not so regular that the ratio of the part already gives it away.
    text = "".join(chr(0x4E00 + at * 7919 % 20_000) for at in range(100_000))
    with pytest.raises(ValueError, match="characters"):
        read(shared([text], 1_000))


def merged(*areas: str) -> bytes:
    """A sheet of one cell with merged areas, written without a program that gives them room."""
    cells = '<row r="1"><c r="A1"><v>5</v></c></row>'
    tags = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    whole = sheet_xml(cells).replace("</worksheet>", f"<mergeCells>{tags}</mergeCells></worksheet>")
    return with_part("xl/worksheets/sheet1.xml", whole)


def test_merged_areas_beyond_the_table_are_cut():
    assert read(merged("A1:XFD1048576"))["list"] == [(1, ("5",))]


def test_more_merged_areas_than_cells_are_refused(monkeypatch):
    monkeypatch.setattr("stanch.formats.lists.sheets.MAX_CELLS", 2)
    assert read(merged("A1:B1", "A1:C1"))["list"] == [(1, ("5",))]
    with pytest.raises(ValueError, match="merged areas"):
        read(merged("A1:B1", "A1:C1", "A1:D1"))


@pytest.mark.parametrize(
    "cell", ['r="AAAAAAAA1"', 'r="a1"', 'r="A0"', 'r=""', 'r="A99999999999"', 'r="가1"']
)
def test_a_place_that_is_none_is_refused(cell):
    """A reader took "AAAAAAAA1" for a column for which it wanted 390 GB at once."""
    data = with_part("xl/worksheets/sheet1.xml", sheet_xml(f"<row><c {cell}><v>1</v></c></row>"))
    with pytest.raises(ValueError, match="a place that is none"):
        read(data)
    row = with_part("xl/worksheets/sheet1.xml", sheet_xml(f"<row {cell}></row>"))
    with pytest.raises(ValueError, match="that is none"):
        read(row)


def test_a_panic_of_the_reader_is_a_reason_and_an_interrupt_is_none():
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(ValueError, match="cannot be read"), refusing():
        raise panic("index out of bounds")
    with pytest.raises(KeyboardInterrupt), refusing():
        raise KeyboardInterrupt


@pytest.mark.parametrize("doctype", ['<!DOCTYPE x [<!ENTITY a "b">]>', "<!DOCTYPE x>"])
def test_a_dtd_is_refused(doctype):
    data = with_part("xl/worksheets/sheet1.xml", sheet_xml("", doctype))
    with pytest.raises(ValueError, match="DTD"):
        read(data)


def test_a_bomb_in_the_zip_is_refused_by_its_ratio():
    data = with_part("xl/worksheets/sheet2.xml", b" " * (8 << 20))
    with pytest.raises(ValueError, match="times its size"):
        read(data)


def test_a_part_of_false_size_gives_no_more_than_it_says():
    data = bytearray(with_part("xl/worksheets/sheet1.xml", sheet_xml("<row/>" * 1000)))
    at = data.index(b"PK\x01\x02")
    while b"sheet1.xml" not in data[at : at + 80]:
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(ValueError, match="zip"):
        read(bytes(data))


def test_two_parts_of_one_name_are_refused():
    data = xlsx_of(list=[["a"]])
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", "<x/>")
    with pytest.raises(ValueError, match="one name"):
        read(stream.getvalue())


def test_many_parts_are_refused_before_the_directory_is_read():
    data = zip_of({f"{at}.xml": b"" for at in range(2_000)})
    with pytest.raises(ValueError, match="parts"):
        read(data)


@pytest.mark.parametrize("data", [b"", b"PK", b"hello,world\n", b"PK\x03\x04" + b"\x00" * 64])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(ValueError, match="no XLSX or ODS workbook"):
        read(data)


def test_a_zip_of_something_else_is_refused():
    with pytest.raises(ValueError, match="cannot be read"):
        read(zip_of({"a.txt": "hello"}))


def test_a_workbook_is_known_by_its_first_bytes():
    file = file_of(xlsx_of(list=[["a"]]))
    assert is_workbook(file)
    assert file.stream.tell() == 0
    assert not is_workbook(file_of("a,b"))


def test_a_sheet_at_the_bound_is_read(monkeypatch):
    data = xlsx_of(list=[["x"] * 4] * 5)
    monkeypatch.setattr(sheet_weight, "MAX_CELLS", 20)
    assert len(read(data)["list"]) == 5
    monkeypatch.setattr(sheet_weight, "MAX_CELLS", 19)
    with pytest.raises(ValueError, match="cells"):
        read(data)


SHARED = shared(["a", "b", "김철수"], 3)


@given(st.data())
def test_damaged_workbooks_are_refused_or_read(data):
    good = bytearray(SHARED)
    for _ in range(data.draw(st.integers(1, 8))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(good[: data.draw(st.integers(1, len(good)))]))
    except ValueError:
        return
    assert all(isinstance(cell, str) for rows in found.values() for _, row in rows for cell in row)


TOKENS = (
    "A1", "0", "-1", "99999999999", "XFE1", "", "s", "str", "d", "e", "NaN", "1e400", "A1:", "a1",
    "18446744073709551615", "2020-13-45", "PT9999999H", "float", "date", "boolean", "김",
)  # fmt: skip
VALUE = re.compile(r'(?<==")[^"]*(?=")|(?<=>)[^<]+(?=<)')


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (xlsx_of(list=[["a", 1, 2.5], ["b", True]]), "xl/worksheets/sheet1.xml"),
        (shared(["a", "b"]), "xl/sharedStrings.xml"),
        (xlsx_of(list=[["a", "b"]]), "xl/workbook.xml"),
        (xlsx_of(list=[[datetime.date(1958, 1, 1)]]), "xl/styles.xml"),
        (ods_of(ods_table([["a", "b"], ["c", "d"]])), "content.xml"),
    ],
)
@given(choice=st.data())
@settings(max_examples=40)
def test_a_part_that_says_something_else_is_refused_or_read(data, part, choice):
    source = zipfile.ZipFile(io.BytesIO(data))
    parts = {each.filename: source.read(each) for each in source.infolist()}
    text = parts[part].decode()
    for _ in range(choice.draw(st.integers(1, 4))):
        found = choice.draw(st.sampled_from(list(VALUE.finditer(text))))
        text = text[: found.start()] + choice.draw(st.sampled_from(TOKENS)) + text[found.end() :]
    try:
        found_rows = read(zip_of({**parts, part: text}))
    except ValueError:
        return
    assert all(number > 0 for rows in found_rows.values() for number, _ in rows)
