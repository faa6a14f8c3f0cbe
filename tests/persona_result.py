"""A result of linking as small as it can be: two operators of one farm, and two people alone.

Clusters are called by one of their records, as linking does, and wallets are addresses alone.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from stanch.formats.persona_result import document
from stanch.formats.persona_result.folder import WALLET_COLUMNS, read
from stanch.model.personas.tables import CLUSTERS_OUT, LINKS_OUT, PEOPLE_OUT

WALLET = "eip155:1:0x" + "ab" * 20
OWN = "eip155:1:0x" + "a1" * 20
COLLECTOR = "eip155:1:0x" + "cd" * 20
WAY = "eip155:1:0x" + "d0" * 20
FACILITATOR = "eip155:1:0x" + "ef" * 20
_CLUSTERS = (
    ("A-17", "op:A-17", "farm:A-17"), ("B-4", "op:A-17", "farm:A-17"),
    ("C-9", "op:A-17", "farm:A-17"),
    ("D-1", "op:D-1", "farm:A-17"), ("D-2", "op:D-1", "farm:A-17"),
    ("E-1", "op:E-1", "farm:E-1"), ("F-1", "op:F-1", "farm:F-1"),
)  # fmt: skip
_LINKS = (
    ("A-17", "B-4", "operator", (("device@1", "23.5", {"records": 2}), ("photo@1", "12.25", {}))),
    ("B-4", "C-9", "operator", (("payee@1", "31.000001", {"holders": 2, "share": 0.5}),)),
    ("D-1", "D-2", "operator", (("line@1", "18", {"value": "not to be kept"}),)),
    ("C-9", "D-1", "farm", (("collector@1", "9.5", {"hops": 2}),)),
    ("E-1", "F-1", "farm", (("ip@1", "0.1", {}),)),
)
_PEOPLE = (
    ("A-17", "9", "35.75", "op:A-17", "farm:A-17", "The same device\nThe same photo"),
    ("B-4", "9", "66.750001", "op:A-17", "farm:A-17", "The same device: A-17"),
    ("C-9", "8", "31.000001", "op:A-17", "farm:A-17", "Paid into one account"),
    ("D-1", "5", "18", "op:D-1", "farm:A-17", "<b>A rare line</b>"),
    ("D-2", "5", "18", "op:D-1", "farm:A-17", "희귀한 문장"),
)  # fmt: skip
_WALLETS = (
    ("A-17", WALLET, "payee", ""), ("B-4", WALLET, "payee", ""), ("C-9", OWN, "payee", ""),
    ("C-9", COLLECTOR, "collector", OWN), ("A-17", COLLECTOR, "collector", WALLET),
    ("D-1", COLLECTOR, "collector", ""), ("C-9", WAY, "way", OWN),
    ("C-9", FACILITATOR, "exposed", WAY),
    ("D-2", "KR-bank-77", "payee", ""),
)  # fmt: skip
MANIFEST = {"version": 1, "methods": ["device@1", "photo@1", "payee@1", "line@1", "collector@1"]}


def files() -> dict[str, bytes]:
    """The files of the folder, by name."""
    links = [
        (a, b, level, str(sum(float(bits) for _, bits, _ in said)) if len(said) > 1 else said[0][1],
         "[" + ", ".join(_piece(*each) for each in said) + "]")
        for a, b, level, said in _LINKS
    ]  # fmt: skip
    return {
        "clusters.csv": _csv(CLUSTERS_OUT, _CLUSTERS),
        "links.csv": _csv(LINKS_OUT, links),
        "people.csv": _csv(PEOPLE_OUT, _PEOPLE),
        "wallets.csv": _csv(WALLET_COLUMNS, [map(_bare, row) for row in _WALLETS]),
        "manifest.json": json.dumps(MANIFEST).encode(),
    }


def content() -> bytes:
    """The same as the document that a program hands in."""
    return json.dumps(document.document(read(files()))).encode()


def folder(at: Path) -> Path:
    """The same, written."""
    at.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (at / name).write_bytes(data)
    return at


def _bare(text: str) -> str:
    return text.removeprefix("eip155:1:")


def _piece(evidence: str, bits: str, beside: dict[str, object]) -> str:
    more = "".join(f", {json.dumps(key)}: {json.dumps(value)}" for key, value in beside.items())
    return f'{{"evidence": "{evidence}", "bits": {bits}{more}}}'


def _csv(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows([columns, *rows])
    return stream.getvalue().encode()
