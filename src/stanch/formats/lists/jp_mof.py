"""Japan's list of those subject to asset freezes: XLSX of the Ministry of Finance, or its CSV.

Publisher: 財務省 (経済制裁措置及び対象者リスト). No official file was at hand: this is written
against the published titles of columns and tested on files made for it. Two layouts are read:
sheets of one programme each, with its name above the table, and one table of 32 columns.

The id is the list's own number (番号) where there is one, and else `mof-` with eight digits of a
hash of the English or Japanese main name: it outlasts reordering and new aliases. The name in
English letters is the main one, the Japanese one an alias in Japanese. Whether a row is a person is
told by 個人 or 団体 in its column or in the sheet's title, or by a date of birth. Wallets in
その他の情報 are taken out where their checksum is right.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stanch.formats.lists.asian_dates import asian_dates, asian_day
from stanch.formats.lists.draft import Draft
from stanch.formats.lists.enumerated import enumerated
from stanch.formats.lists.jp_columns import COLUMNS, OTHER
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.name_ids import Apart, bare_name, name_digest
from stanch.formats.lists.numbers import identifiers
from stanch.formats.lists.places import address, address_of, countries
from stanch.formats.lists.sections import Layout, Placed, Sections, placed_entries
from stanch.formats.lists.wallet_text import wallets
from stanch.model.listed import (
    ALIAS,
    FORMER,
    NATIONAL_ID,
    ORGANIZATION,
    PASSPORT,
    PERSON,
    PHONE,
    PRIMARY,
    UNKNOWN,
    VESSEL,
    WEAK,
    Identifier,
    ListedName,
)

ENCODING: Final = "cp932"  # of CSV files that Excel in Japan has saved
_NOTHING: Final = ("不明", "なし", "-", "－", "N/A", "n/a")
_KINDS: Final = {"alias": ALIAS, "former": FORMER, "weak": WEAK}
_LANGUAGES: Final = ("", "ja", "en")
_PARTS = re.compile(r"\s*[\n;；]\s*|,?\s+a\.k\.a\.?:?\s+")
_JAPANESE_PARTS = re.compile(r"\s*[\n;；、]\s*")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

_LAYOUT: Final = Layout(COLUMNS, ("name_ja", "name_en"))


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries in the order of the sheets. ValueError where a file has no table of the list."""
    missing = "has no table with 日本語表記 or 英語表記 (or 氏名) among its titles"
    yield from placed_entries(files, Sections(_LAYOUT, ENCODING, _draft, missing))


def _draft(placed: Placed, apart: Apart) -> Draft:
    columns, row = placed.columns, placed.row
    draft = Draft("", UNKNOWN)
    draft.names += _names(placed)
    if not draft.names:
        raise ValueError("has no name")
    number = columns.one(row, "number")
    draft.id = apart.give(number or f"mof-{name_digest(bare_name(draft.names[0].text))}")
    for text in columns.all(row, "birth"):
        draft.births += (date for date in asian_dates(text) if date.text not in _NOTHING)
    programme = columns.one(row, "programme") or placed.section
    draft.schema = _schema(columns.one(row, "type"), programme, bool(draft.births))
    draft.programs.append(programme)
    draft.legal_bases += columns.all(row, "basis")
    draft.also("告示番号", columns.all(row, "notice"))
    notice = columns.one(row, "notice_date")
    draft.listed_on = asian_day(notice)
    if notice != draft.listed_on:
        draft.also("告示日付", [notice])
    _add_person(draft, placed)
    _add_places(draft, placed)
    for text in columns.all(row, "information"):
        draft.remarks.append(text)
        draft.identifiers += wallets(text)
    for name in OTHER:
        draft.also(name, columns.all(row, name))
    draft.other += columns.strays(row)
    return draft


def _names(placed: Placed) -> Iterator[ListedName]:
    """Main names, the English one first; then aliases of all kinds."""
    kind = PRIMARY
    for language in ("en", "ja"):
        for text in _said(placed, f"name_{language}"):
            yield ListedName(text, kind, language=language)
            kind = ALIAS
    for name, alias in _KINDS.items():
        for language in _LANGUAGES:
            for text in _said(placed, f"{name}_{language}" if language else name):
                said = language or ("ja" if _JAPANESE.search(text) else "")
                yield ListedName(text, alias, language=said)


def _said(placed: Placed, name: str) -> Iterator[str]:
    """The values of a field, parted; "unknown" is none."""
    for cell in placed.columns.all(placed.row, name):
        for member in enumerated(cell):
            parts = _JAPANESE_PARTS if _JAPANESE.search(member) else _PARTS
            for part in parts.split(member):
                text = " ".join(part.split())
                if text and text not in _NOTHING:
                    yield text


def _schema(type_: str, programme: str, born: bool) -> str:
    for said in (type_, programme):
        if "船舶" in said:
            return VESSEL
        if ("個人" in said) != ("団体" in said):
            return PERSON if "個人" in said else ORGANIZATION
    return PERSON if born else UNKNOWN


def _add_person(draft: Draft, placed: Placed) -> None:
    for suffix in ("", "_en", "_ja"):
        draft.roles += (*_said(placed, f"title{suffix}"), *_said(placed, f"position{suffix}"))
        draft.birth_places += _said(placed, f"birth_place{suffix}")
        for text in placed.columns.all(placed.row, f"nationality{suffix}"):
            if text not in _NOTHING:
                draft.countries += countries(text, "nationality")
    for kind, name in ((PASSPORT, "passport"), (NATIONAL_ID, "identity")):
        for text in _said(placed, name):
            draft.identifiers += identifiers(kind, text)
    draft.identifiers += (Identifier(PHONE, text) for text in _said(placed, "phone"))


def _add_places(draft: Draft, placed: Placed) -> None:
    draft.addresses += map(address, _said(placed, "address"))
    for suffix in ("_en", "_ja"):
        country = next(_said(placed, f"country{suffix}"), "")
        lines = list(_said(placed, f"address{suffix}")) or [""]
        draft.addresses += (address_of([line], country=country) for line in lines)
