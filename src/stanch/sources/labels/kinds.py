"""Telling the kinds of label file apart, by name first and by content where names are free."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from stanch.formats.ofac_wallets import asset_of


class Kind(Enum):
    """What a label file is."""

    TAGPACK = "TagPack"
    TABLE = "label table"
    SANCTIONS = "list of sanctioned addresses"


def kind_of(path: Path, head: bytes) -> Kind | None:
    """The kind of a file, by its name and, where the name is of no kind, its first bytes."""
    name = path.name.lower().removesuffix(".gz")
    if asset_of(path.name):
        return Kind.SANCTIONS
    if name.endswith((".yaml", ".yml")):
        return Kind.TAGPACK
    if name.endswith((".csv", ".tsv")):
        return Kind.TABLE
    first = head.removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    columns = first[0].lower() if first else b""
    if b"address" in columns and any(mark in columns for mark in (b",", b";", b"\t")):
        return Kind.TABLE
    if b"\ntags:" in head or b"\nactors:" in head or head.startswith((b"title:", b"tags:")):
        return Kind.TAGPACK
    return None


def label_files(folder: Path) -> Iterator[Path]:
    """The files in a folder and below whose names are of some kind, in the order of their paths.

    Hidden folders are left out, and lists that stand there in both forms are read once.
    """
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    present = set(found)
    for path in found:
        twin = asset_of(path.name) and path.suffix == ".json" and path.with_suffix(".txt")
        if kind_of(path, b"") and not (twin and twin in present):
            yield path
