"""The UK Sanctions List: UK-Sanctions-List.xml, or the same as ODS, XLSX or CSV.

Publisher: Foreign, Commonwealth and Development Office; since 28 January 2026 the only British
list. No official file was at hand: this is written against the published elements and columns and
tested on files made for it. The id is the Unique ID (RUS0123); OFSI's Group ID and the UN's
reference number are kept beside it. Which measures apply stands in `other` as Sanctions Imposed.

Names are in six parts and in other scripts (NonLatinNames); an alias of low strength is weak.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.uk_list_table import parse_tables
from stanch.formats.lists.uk_list_xml import parse_xml

_HEAD: Final = 512  # bytes


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """The entries of each file, whichever form it has. ValueError where it has none of them."""
    for file in files:
        if _is_xml(file):
            yield from parse_xml(file)
        else:
            yield from parse_tables([file])


def _is_xml(file: ListFile) -> bool:
    head = file.stream.read(_HEAD)
    file.stream.seek(0)
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
