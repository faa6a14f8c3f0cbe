"""The remarks column of OFAC's CSV files: one line in which everything stands that has no column.

Clauses end in "; ", the last one in a full stop: "DOB 15 Jan 1955; POB Haeju, Korea, North;
Passport 108410121 (Korea, North) expires 03 Jun 2024; alt. Digital Currency Address - XBT 12Q...;
a.k.a. 'BLUENOROFF'; Linked To: LAZARUS GROUP." An alias in quotes is what OFAC calls a weak one.
A clause that begins with no known word is kept in `remarks` as it is, and reported.
"""

import re
from typing import Final

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.ofac_labels import FACT_PATTERN, LABELS, add_fact, split_value
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import ALIAS, FORMER, WEAK, ListedName

FREE: Final = "Remarks: (free text)"

_CLAUSES = re.compile(r";(?:\s+|$)")
_ALTERNATIVE = re.compile(r"^[Aa]lt\. (?!Position:)")
_ALIAS = re.compile(r"(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.),?\s+(.+)", re.DOTALL)
_WALLET = re.compile(r"(Digital Currency Address - \S+)\s+(.+)")
_LABELLED = re.compile(
    rf"({FACT_PATTERN}|{'|'.join(map(re.escape, LABELS))})(?![A-Za-z])\s*(\S.*)", re.DOTALL
)
_NUMBERED = re.compile(r"([A-Za-z][^\d:;]{1,60}?)\s*(?::\s|#|\s\S*\d).*", re.DOTALL)
_BRACKETED = re.compile(r"\((Linked To:.*)\)", re.DOTALL)
_WITHOUT_ISSUER: Final = ("Linked To:", "DOB", "POB", "nationality", "citizen")


def read_remarks(draft: Draft, text: str, unknown: Unknown) -> None:
    """Add what the remarks of one entry say."""
    for part in _CLAUSES.split(_unstopped(text)):
        clause = part.strip()
        if bracketed := _BRACKETED.fullmatch(clause):
            clause = bracketed[1]
        if clause and not _read_clause(draft, _ALTERNATIVE.sub("", clause, count=1)):
            draft.remarks.append(clause)
            numbered = _NUMBERED.fullmatch(clause)
            unknown.note(f"Remarks: {numbered[1]}" if numbered else FREE, clause)


def _unstopped(text: str) -> str:
    """Without the full stop at its end, which OFAC adds even to "CO., LTD."."""
    text = text.strip()
    return text[:-1] if text.endswith((".", ";")) else text


def _read_clause(draft: Draft, clause: str) -> bool:
    if alias := _ALIAS.fullmatch(clause):
        draft.names.append(_alias(alias[1], alias[2]))
        return True
    if wallet := _WALLET.fullmatch(clause):
        return add_fact(draft, wallet[1], wallet[2].strip())
    labelled = _LABELLED.fullmatch(clause)
    if labelled is None:
        return False
    label, value = labelled[1], labelled[2].strip()
    if label in _WITHOUT_ISSUER:
        return add_fact(draft, label, value)
    return add_fact(draft, label, *split_value(value))


def _alias(word: str, text: str) -> ListedName:
    bare = text.strip().strip("'").strip()
    quoted = text.strip().startswith("'")
    if word == "f.k.a.":
        return ListedName(bare, FORMER)
    return ListedName(bare, WEAK if quoted else ALIAS)
