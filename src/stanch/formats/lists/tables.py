"""The tables of a file that is a workbook or CSV, whichever its publisher or Excel made of it."""

from collections.abc import Iterator

from stanch.formats.lists.csv_rows import csv_sheet
from stanch.formats.lists.listfile import ListFile
from stanch.formats.lists.sheets import is_workbook, sheets
from stanch.formats.lists.table import Sheet


def tables(file: ListFile, other: str = "") -> Iterator[Sheet]:
    """The sheets of a workbook, or a CSV file as the only one.

    `other` is the encoding of CSV files that are not UTF-8. Raises ValueError as both readers do.
    """
    if is_workbook(file):
        yield from sheets(file)
    else:
        yield csv_sheet(file, other)
