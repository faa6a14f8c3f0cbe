"""The case in a bundle, and what the desk's log proves of what lies in it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stanch.errors import SignatureError
from stanch.formats.evidence import layout
from stanch.formats.evidence.archive import Archive
from stanch.formats.evidence.stamp import entry
from stanch.formats.signed.canonical import canonical, parse
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.keys import PublicKey

CASE: Final = "stanch-evidence-case@1"
LOG: Final = "stanch-evidence-log@1"
MOST: Final = 64 << 20  # bytes of either
MOST_ITEMS: Final = 1_000

_ITEM: Final = ("id", "kind", "owner", "marking", "body", "created")


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case and its items, as the desk gave them, with their bodies; judgements beside them."""

    case: Mapping[str, Any]
    items: Sequence[Mapping[str, Any]]
    judgements: Sequence[Mapping[str, Any]]

    def of_kind(self, kind: str) -> list[Mapping[str, Any]]:
        """The items of a kind."""
        return [each for each in self.items if each["kind"] == kind]


def case_in(archive: Archive) -> HeldCase:
    """The case; its files are those that it names. Raises SignatureError."""
    said = Fields(
        parse(archive.read(layout.CASE, MOST), MOST), "case.json", "format", "case", "items",
        "judgements",
    )  # fmt: skip
    if said.raw("format") != CASE:
        raise SignatureError(f"case.json is no {CASE}")
    case = said.raw("case")
    if not isinstance(case, dict) or not isinstance(case.get("title"), str):
        raise said.fail("case", "has no title")
    found = HeldCase(case, _rows(said, "items", _ITEM), _rows(said, "judgements", ("id",)))
    for each in found.of_kind("file"):
        name = layout.file(each["id"])
        if name not in archive.names or archive.sha256(name) != each["body"].get("sha256"):
            raise SignatureError(f"{name} is not the file that the case names")
    for each in found.of_kind("trace"):
        name = layout.trace(each["id"], "manifest.json")
        manifest = each["body"].get("manifest")
        if name in archive.names and f"sha256:{archive.sha256(name)}" != manifest:
            raise SignatureError(f"{name} is not the manifest that the case names")
    return found


def logged_items(archive: Archive, found: HeldCase, keys: Mapping[str, PublicKey]) -> int:
    """How many items the desk's log is proved to hold as they are here; none without its key.

    Raises SignatureError where an entry is not in the log, or is of another text.
    """
    if layout.LOG not in archive.names:
        return 0
    said = Fields(
        parse(archive.read(layout.LOG, MOST), MOST), "log.json", "format", "head", "entries"
    )
    head = said.raw("head")
    if said.raw("format") != LOG or not isinstance(head, str):
        raise SignatureError(f"log.json is no {LOG}")
    bodies = {each["id"]: canonical(each["body"]) for each in found.items}
    proved = set[str]()
    for part in said.parts("entries", MOST_ITEMS + 1):
        fields = Fields(part, "entry", "row", "path", "opening")
        known = entry(head, fields.raw("row"), fields.raw("path"), keys)
        if known is None:
            return 0
        if known.verb == "item.added" and fields.raw("opening") is not None:
            _opens(fields.raw("opening"), known.said, bodies.get(known.subject), known.subject)
            proved.add(known.subject)
    return len(proved)


def _opens(opening: object, said: object, body: bytes | None, item: str) -> None:
    """Raise where the log's commitment to an item is not to what stands in the case."""
    fields = Fields(opening, "opening", "salt", "text")
    salt, text = fields.text("salt", 64, 64), fields.raw("text")
    try:
        made = hashlib.sha256(bytes.fromhex(salt) + str(text).encode()).hexdigest()
    except ValueError:
        raise fields.fail("salt", "is no hex") from None
    sealed = said.get("body") if isinstance(said, dict) else None
    if sealed != f"sha256:{made}" or body != str(text).encode():
        raise SignatureError(f"{item} is not what the desk's log says of it")


def _rows(said: Fields, name: str, keys: tuple[str, ...]) -> list[Mapping[str, Any]]:
    rows = said.parts(name, MOST_ITEMS)
    for each in rows:
        if not isinstance(each, dict) or any(key not in each for key in keys):
            raise said.fail(name, f"holds what lacks one of {', '.join(keys)}")
        if "body" in keys and not isinstance(each["body"], dict):
            raise said.fail(name, "holds an item without a body")
        if not isinstance(each["id"], str):
            raise said.fail(name, "holds what has no id")
    return rows  # type: ignore[return-value]
