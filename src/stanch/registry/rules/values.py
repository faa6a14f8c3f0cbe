"""Addresses and hashes: as their chains write them, checksum and all."""

import re
from collections.abc import Iterator
from typing import Final

from stanch.formats.addresses import NAMESPACES, normalise
from stanch.formats.registry.reading import Fault
from stanch.model.registry.words import LinkKind, SeedKind
from stanch.registry.files import Rows
from stanch.registry.points import canonical

_HASH: Final = {
    "eip155": re.compile(r"0x[0-9a-f]{64}"),
    "bip122": re.compile(r"[0-9a-f]{64}"),
    "tron": re.compile(r"[0-9a-f]{64}"),
}
_LINK: Final = {
    LinkKind.CASE: re.compile(r"case-[0-9a-f]{16}"),
    LinkKind.TRACE: re.compile(r"sha256:[0-9a-f]{64}"),
}


def addresses(rows: Rows) -> Iterator[Fault]:
    """An address is one of its chain; a hash is one."""
    said = [
        *((line, "value", line["value"], line["kind"]) for line in rows["seeds"]),
        *((line, "account", line["account"], SeedKind.ACCOUNT) for line in rows["payments"]),
        *(
            (line, "transaction", line["transaction"], SeedKind.TRANSACTION)
            for line in rows["payments"]
            if line["transaction"]
        ),
    ]
    for line, column, value, kind in said:
        if reason := _wrong(line["chain"], value, kind):
            yield line.fault("address", f"{column}: {value[:100]}: {reason}")


def links(rows: Rows) -> Iterator[Fault]:
    """A link leads to a case's id or to a manifest's hash, and each once."""
    seen: dict[tuple[str, ...], int] = {}
    for line in rows["links"]:
        if not _LINK[line["kind"]].fullmatch(line["value"]):
            yield line.fault("link", f"value: {line['value'][:80]!r} is no {line['kind']}")
        key = (line["incident"], line["kind"], line["value"])
        if (first := seen.setdefault(key, line.line)) != line.line:
            yield line.fault("link-twice", f"is said in line {first} already")


def seeds_once(rows: Rows) -> Iterator[Fault]:
    """A trace that begins twice at one place would count its money twice."""
    seen: dict[tuple[str, ...], int] = {}
    for line in rows["seeds"]:
        key = (line["incident"], line["chain"], canonical(line["chain"], line["value"]))
        if (first := seen.setdefault(key, line.line)) != line.line:
            yield line.fault("seed-twice", f"is said in line {first} already")


def _wrong(chain: str, value: str, kind: str) -> str:
    """Why it is none; empty where it is one, or where its chain's form is not known."""
    namespace = chain.partition(":")[0]
    if kind == SeedKind.TRANSACTION:
        shape = _HASH.get(namespace)
        return "" if shape is None or shape.fullmatch(value) else "is no hash of a transaction"
    if namespace not in NAMESPACES:
        return ""
    try:
        normalise(chain, value)
    except ValueError as error:
        return str(error)
    return ""
