"""What is the same for each piece of MISP: its JSON goes along, its tags say how it is handled."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from stanch.formats.stix.extensions import extended, said_by
from stanch.formats.stix.handling import Handling, strictest
from stanch.formats.stix.ids import named
from stanch.formats.stix.times import of_text
from stanch.formats.wallets.dialect import packed
from stanch.formats.wallets.misp import marking_of
from stanch.model.desk.marking import Marking, Pap

Native = dict[str, Any]

_UUID: Final = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)


def kept(piece: str, native: Native, place: int | None = None) -> Native:
    """The `extensions` by which a piece goes along as it was."""
    return extended("misp", piece=piece, place=place, json=packed(native))


def piece_in(data: Native, piece: str) -> Native | None:
    """The piece that an object carries; None where it carries none of this kind."""
    said = said_by(data, "misp")
    if said is None or said.get("piece") != piece:
        return None
    found = json.loads(said["json"])
    return found if isinstance(found, dict) else None


def place_of(data: Native) -> int:
    """A piece's place among its kind."""
    said = said_by(data, "misp") or {}
    return int(said.get("place", 0))


def own_id(kind: str, native: Native, *key: str) -> str:
    """The STIX id of a piece: of its own UUID where it has one, as MISP's own exports have it."""
    uuid = str(native.get("uuid", "")).lower()
    return f"{kind}--{uuid}" if _UUID.fullmatch(uuid) else named(kind, "misp", *key)


def at_of(native: Native, default: str) -> str:
    """When a piece was last edited, from its `timestamp` in seconds."""
    try:
        return of_text(datetime.fromtimestamp(int(native["timestamp"]), UTC).isoformat())
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return default


def says_tlp(native: Native) -> bool:
    """Whether a piece has a TLP label of its own."""
    return bool(marking_of(str(each.get("name")) for each in _objects(native.get("Tag"))))


def handled(native: Native, around: Handling) -> Handling:
    """A piece's handling: its tags, and at least that of what it stands in."""
    tags = [str(each.get("name")) for each in _objects(native.get("Tag"))]
    label = marking_of(tags)
    words = {each.upper().replace("PAP:WHITE", "PAP:CLEAR") for each in tags}
    pap = max((each for each in Pap if each in words), key=tuple(Pap).index, default=None)
    if not label and pap is None:
        return around
    return strictest((around, Handling(Marking(label) if label else around.tlp, pap)))


def _objects(value: Any) -> Iterable[Native]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
