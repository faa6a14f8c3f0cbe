"""Customer credit transfers between banks: ISO 20022 `pacs.008`, any version of 001.

All parties of every transaction become subjects: debtor and creditor, the ultimate and the
initiating ones, those of remittance and garnishment, and every agent, of the group's header too.
Elements are told by their names without namespace, so that a version that is not out yet is read
as well. The document may stand alone or in one of the usual envelopes.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element

from stanch.formats.iso20022_party import agent, party, text
from stanch.formats.lists.safe_xml import records
from stanch.formats.subjects.record import RefusedSubject
from stanch.model.hits import Subject

_MESSAGES: Final = ("FIToFICstmrCdtTrf", "pacs.008.001.01")
_ENVELOPES: Final = (
    "", "RequestPayload/", "BizMsgEnvlp/", "BusMsgEnvlp/", "Envelope/", "Message/", "DataPDU/Body/",
)  # fmt: skip
_TRANSACTION: Final = "CdtTrfTxInf"
_PARTS: Final = (_TRANSACTION, "GrpHdr")
_WANTED: Final = tuple(
    f"{envelope}Document/{message}/{part}"
    for envelope in _ENVELOPES for message in _MESSAGES for part in _PARTS
)  # fmt: skip
_PARTIES: Final = frozenset({
    "InitgPty", "UltmtDbtr", "Dbtr", "Cdtr", "UltmtCdtr", "Invcr", "Invcee", "Grnshee",
    "GrnshmtAdmstr",
})  # fmt: skip
_ACCOUNTS: Final = {"Dbtr": "DbtrAcct", "Cdtr": "CdtrAcct"}
_REFERENCES: Final = ("PmtId/UETR", "PmtId/TxId", "PmtId/EndToEndId")


def looks_so(head: bytes) -> bool:
    """Whether the beginning of a file names a message of this kind."""
    return b"FIToFICstmrCdtTrf" in head or b"pacs.008.001." in head


def parse(name: str, stream: BinaryIO) -> Iterator[Subject | RefusedSubject]:
    """Every party in a message, in its order.

    A subject's id is its transaction and its place, such as `2/Dbtr`; `source` adds the file and
    the transaction's own reference. A party without a name and without an identifier is refused,
    its row being the transaction's number. Raises ValueError with a short reason where the whole
    is no such message.
    """
    found = False
    for record in records(stream, _WANTED):
        part = record.path.rpartition("/")[2]
        if part in _PARTS:
            found = True
            yield from _subjects(name, record.row, part, record.element)
    if not found:
        raise ValueError("is XML, but no pacs.008 with a transaction in it")


def _subjects(file: str, row: int, part: str, top: Element) -> Iterator[Subject | RefusedSubject]:
    reference = next(filter(None, (text(top, path) for path in _REFERENCES)), "")
    number, where = "header/", f"{file}, header"
    if part == _TRANSACTION:
        number = f"{row}/"
        where = f"{file}, transaction {row}" + f" ({reference})" * bool(reference)
    for place, element in _places(top, ""):
        try:
            if element.tag in _PARTIES:
                account = top.find(_ACCOUNTS[place]) if place in _ACCOUNTS else None
                yield party(f"{number}{place}", f"{where}, {place}", element, account)
            else:
                yield agent(f"{number}{place}", f"{where}, {place}", element)
        except ValueError as error:
            yield RefusedSubject(file, row, f"{place}: {error}")


def _places(element: Element, path: str) -> Iterator[tuple[str, Element]]:
    """Parties and agents below an element, each with its path."""
    met: dict[str, int] = {}
    for child in element:
        met[child.tag] = met.get(child.tag, 0) + 1
        again = f"[{met[child.tag]}]" if met[child.tag] > 1 else ""
        below = f"{path}{'/' * bool(path)}{child.tag}{again}"
        if child.tag in _PARTIES or child.find("FinInstnId") is not None:
            yield below, child
        else:
            yield from _places(child, below)
