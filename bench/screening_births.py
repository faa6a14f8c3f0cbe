"""Birth dates of listed persons by the ids of the index, from the list files beside it.

OFAC's stand in remarks ("DOB 06 Dec 1972; alt. DOB circa 1970"), the UN's in elements, the EU's in
rows whose number over all files, in order, is in the id. Dates are given as far as they are known:
1972, 1972-12 or 1972-12-06; of "circa" and of spans only the years count.
"""

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from defusedxml import ElementTree

REMARK = re.compile(r"DOB ([^;.]+)")
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
FORMATS = (
    ("%d %b %Y", "%Y-%m-%d"),
    ("%b %Y", "%Y-%m"),
    ("%d.%m.%Y", "%Y-%m-%d"),
    ("%d/%m/%Y", "%Y-%m-%d"),
    ("%Y-%m-%d", "%Y-%m-%d"),
)

Born = dict[str, tuple[str, ...]]


def births_in(lists: Path) -> Born:
    """Dates by entry; empty where there are no lists."""
    if not lists.is_dir():
        return {}
    return {id_: dates for id_, dates in (*_ofac(lists), *_un(lists), *_eu(lists)) if dates}


def dates_of(text: str) -> tuple[str, ...]:
    """One date, or the years of a span or of something vague."""
    text = text.strip()
    for known, wanted in FORMATS:
        try:
            return (datetime.strptime(text, known).strftime(wanted),)
        except ValueError:
            continue
    years = YEAR.findall(text)
    if len(years) == 2 and int(years[0]) < int(years[1]) < int(years[0]) + 20:
        return tuple(str(year) for year in range(int(years[0]), int(years[1]) + 1))
    return tuple(dict.fromkeys(years))


def _ofac(lists: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = (lists / "sdn_2025_reconstructed" / "sdn2025.json").read_text("utf-8")
    for each in json.loads(text):
        found = [date for dob in REMARK.findall(each["remarks"]) for date in dates_of(dob)]
        yield f"sdn-{each['ent_num']}", tuple(dict.fromkeys(found))


def _un(lists: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    tree = ElementTree.parse(lists / "watchman" / "UN_consolidated.xml")
    for person in tree.iter("INDIVIDUAL"):
        found: list[str] = []
        for birth in person.iter("INDIVIDUAL_DATE_OF_BIRTH"):
            spans = (birth.findtext("DATE"), birth.findtext("YEAR"))
            between = f"{birth.findtext('FROM_YEAR')} {birth.findtext('TO_YEAR')}"
            found += dates_of(next((text[:10] for text in spans if text), between))
        yield f"un-{person.findtext('DATAID')}", tuple(dict.fromkeys(found))


def _eu(lists: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    count = 0
    for file in sorted((lists / "eu_journal").glob("consolidated_*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                found = [date for text in row["birthDate"].split(";") for date in dates_of(text)]
                yield f"eu-{row['celex']}-{count}", tuple(dict.fromkeys(found))
                count += 1
