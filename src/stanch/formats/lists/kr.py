"""Korea's own sanctions: notices of the Ministry of Foreign Affairs, the Ministry of Economy and
Finance, and the Financial Services Commission, as XLSX or CSV.

No official file was at hand, and the ministries publish notices as documents whose tables differ.
So this reads any table with Korean titles for a name and something of it (`kr_columns`), was made
from the wording of such notices, and is tested on files made for it.

A name in one cell as "리상만 (Ri Sang Man)" is two names: the Hangul is the main one, the Latin one
an alias. The id is the notice's number and the row's own number where both are there, and else
`kr-` with eight digits of a hash of the main name and what year it was born in: it outlasts
reordering and new aliases. What stands alone in a row above the table ("개인 (4명)") says what the
rows below are; wallets are taken where their checksum is right, and kept as they are in a column of
their own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stanch.formats.lists.asian_dates import asian_dates, asian_day
from stanch.formats.lists.draft import Draft
from stanch.formats.lists.embedded_names import embedded_names
from stanch.formats.lists.enumerated import enumerated
from stanch.formats.lists.kr_columns import COLUMNS, OTHER
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.name_ids import Apart, bare_name, name_digest
from stanch.formats.lists.numbers import emails, identifiers
from stanch.formats.lists.places import address, countries
from stanch.formats.lists.sections import Layout, Placed, Sections, placed_entries
from stanch.formats.lists.wallet_text import wallets
from stanch.model.listed import (
    ALIAS,
    EMAIL,
    FORMER,
    IMO,
    NATIONAL_ID,
    ORGANIZATION,
    PASSPORT,
    PERSON,
    PHONE,
    PRIMARY,
    REGISTRATION,
    UNKNOWN,
    VESSEL,
    WALLET,
    WEBSITE,
    Identifier,
    ListedName,
)

ENCODING: Final = "cp949"  # of CSV files that Excel in Korea has saved
_NOTHING: Final = ("-", "－", "없음", "미상", "불명", "해당없음", "N/A", "n/a")
_TYPES: Final = {
    PERSON: ("개인", "인물", "사람", "individual", "person"),
    ORGANIZATION: ("단체", "기관", "법인", "기업", "회사", "조직", "entity", "organization"),
    VESSEL: ("선박", "vessel", "ship"),
}
_NUMBERS: Final = {
    "passport": PASSPORT,
    "identity": NATIONAL_ID,
    "registration": REGISTRATION,
    "imo": IMO,
}
_PLAIN: Final = {"phone": PHONE, "website": WEBSITE}
_GENDERS: Final = {
    "남": "male",
    "남성": "male",
    "남자": "male",
    "여": "female",
    "여성": "female",
    "여자": "female",
}
_LANGUAGES: Final = (("name_ko", "ko"), ("name_en", "en"), ("hanja", "zh-Hani"))
_PARTS = re.compile(r"\s*[\n;；]\s*|\s+/\s+")
_ALIASES = re.compile(r"\s*[\n;；,、]\s*|\s+/\s+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_TOKEN = re.compile(r"[0-9A-Za-z]{20,120}")

_LAYOUT: Final = Layout(COLUMNS, ("name_ko", "name_en"))


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries in the order of the tables. ValueError where a file has no table with names."""
    missing = "has no table with a Korean title for names (성명, 명칭, 영문명 ...)"
    yield from placed_entries(files, Sections(_LAYOUT, ENCODING, _draft, missing))


def _draft(placed: Placed, apart: Apart) -> Draft:
    columns, row = placed.columns, placed.row
    draft = Draft("", _schema(columns.one(row, "type"), placed.section))
    draft.names += _names(placed)
    if not draft.names:
        raise ValueError("has no name")
    for text in _said(placed, "birth"):
        draft.births += asian_dates(text)
    if draft.schema == UNKNOWN and draft.births:
        draft.schema = PERSON
    draft.id = apart.give(_id(placed, draft))
    draft.programs += columns.all(row, "programme") or [placed.section]
    draft.legal_bases += (*columns.all(row, "basis"), *columns.all(row, "notice"))
    listed = columns.one(row, "listed")
    draft.listed_on = asian_day(listed)
    if listed != draft.listed_on:
        draft.also("지정일", [listed])
    draft.remarks += (*_said(placed, "reason"), *_said(placed, "remark"))
    draft.related += (("관련", text) for text in _said(placed, "related"))
    _add_facts(draft, placed)
    _add_numbers(draft, placed)
    for name in OTHER:
        draft.also(name, columns.all(row, name))
    draft.other += columns.strays(row)
    return draft


def _id(placed: Placed, draft: Draft) -> str:
    notice = placed.columns.one(placed.row, "notice")
    number = placed.columns.one(placed.row, "number")
    if notice and number:
        return f"{notice}-{number}"
    born = min((date.first[:4] for date in draft.births if date.first), default="")
    return f"kr-{name_digest(bare_name(draft.names[0].text), born)}"


def _schema(type_: str, section: str) -> str:
    for said in (type_.lower(), section.lower()):
        found = [schema for schema, words in _TYPES.items() if any(word in said for word in words)]
        if len(found) == 1:
            return found[0]
    return UNKNOWN


def _names(placed: Placed) -> Iterator[ListedName]:
    """Main names, the Hangul one first; a name in brackets in another script is an alias."""
    kind = PRIMARY
    for column, language in _LANGUAGES:
        for cell in _said(placed, column):
            for text in filter(None, _PARTS.split(cell)):
                bare, inside = _apart(text)
                hangul = bool(_HANGUL.search(bare))
                said = language if hangul == (language == "ko") else "ko" if hangul else ""
                yield ListedName(bare, kind, language=said)
                kind = ALIAS
                yield from inside
    for column, kind in (("alias", ALIAS), ("former", FORMER)):
        for cell in _said(placed, column):
            for text in (each for member in enumerated(cell) for each in _ALIASES.split(member)):
                bare, inside = _apart(text)
                yield ListedName(bare, kind, language="ko" if _HANGUL.search(bare) else "")
                yield from inside


def _apart(text: str) -> tuple[str, list[ListedName]]:
    """A name without its brackets, and the names in them."""
    *inside, bare = [*embedded_names(text)] or [ListedName(text)]
    return " ".join(bare.text.split()), inside


def _said(placed: Placed, name: str) -> list[str]:
    return [text for text in placed.columns.all(placed.row, name) if text not in _NOTHING]


def _add_facts(draft: Draft, placed: Placed) -> None:
    for cell in _said(placed, "birth_place"):
        draft.birth_places += enumerated(cell)
    for column, role in (("nationality", "nationality"), ("flag", "flag")):
        for cell in _said(placed, column):
            draft.countries += countries(cell, role)
    draft.genders += (_GENDERS.get(cell, cell.lower()) for cell in _said(placed, "gender"))
    draft.roles += _said(placed, "position")
    for cell in _said(placed, "address"):
        draft.addresses += map(address, enumerated(cell))


def _add_numbers(draft: Draft, placed: Placed) -> None:
    for column, kind in _NUMBERS.items():
        for cell in _said(placed, column):
            for text in (each for member in enumerated(cell) for each in _PARTS.split(member)):
                draft.identifiers += identifiers(kind, text)
    for column, kind in _PLAIN.items():
        for cell in _said(placed, column):
            draft.identifiers += (Identifier(kind, text) for text in _PARTS.split(cell))
    for cell in _said(placed, "email"):
        draft.identifiers += (Identifier(EMAIL, text) for text in emails(cell))
    for cell in _said(placed, "wallet"):
        draft.identifiers += _wallets(cell)
    for text in draft.remarks:
        draft.identifiers += wallets(text)


def _wallets(cell: str) -> Iterator[Identifier]:
    """The wallets of a column of wallets; those of unknown form too, as the list has them."""
    known = list(wallets(cell))
    yield from known
    values = {each.value for each in known}
    for token in _TOKEN.findall(cell):
        if token not in values:
            yield Identifier(WALLET, token, note=cell if token != cell else "")
