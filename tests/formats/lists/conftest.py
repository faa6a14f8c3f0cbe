"""Files of lists made for tests: workbooks, CSV and text, and how they are read."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
import pytest

from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.registry import PARSERS

Rows = Sequence[Sequence[object]]
ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def file_of(data: bytes | str, name: str = "list") -> ListFile:
    return ListFile(name, io.BytesIO(data.encode() if isinstance(data, str) else data))


def xlsx_of(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods_of(table: str) -> bytes:
    """A workbook of LibreOffice from the XML of its tables."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": ODS_MIME, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zip_of(parts)


def ods_table(rows: Rows) -> str:
    """The XML of one table, each cell a text."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = (
        f"<table:table-row>{''.join(cell.format(value or '') for value in row)}</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="list">{"".join(lines)}</table:table>'


def zip_of(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def csv_of(rows: Rows, encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


@pytest.fixture(scope="session")
def parse() -> Callable[..., list[Parsed]]:
    """Parse files of one kind: bytes or texts, or pairs of a name and such."""

    def parsed(kind: str, *files: bytes | str | tuple[str, bytes | str]) -> list[Parsed]:
        named = [
            file_of(file[1], file[0]) if isinstance(file, tuple) else file_of(file)
            for file in files
        ]
        return list(PARSERS[kind](named))

    return parsed
