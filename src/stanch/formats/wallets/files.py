"""Files of wallets and transactions: told apart by what stands in them, read, and written.

A STIX bundle (the field's dialect or OpenCTI's), MISP events or objects, a TagPack, or
FollowTheMoney with one entity a line. The same things give the same bytes.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import uuid5

import yaml

from stanch.formats.safe_yaml import load
from stanch.formats.stix.ids import NAMESPACE
from stanch.formats.stix.reading import read as read_bundle
from stanch.formats.wallets.dialect import Dialect, Native, read, write
from stanch.formats.wallets.dialects import DIALECTS
from stanch.formats.wallets.misp import marking_of, pap_of, strictest_pap
from stanch.formats.wallets.observables import bundled, observed
from stanch.model.desk.marking import Marking, narrowest
from stanch.model.shared import Shared

MAX_BYTES: Final = 256 << 20
_TITLE: Final = "Wallets shared by Stanch"


@dataclass(slots=True)
class Found:
    """What a file holds: its kind, its things, and lines on what is left out of them."""

    kind: str
    things: list[Shared] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its bytes, how often a field went beside what the dialect says, what it lacks."""

    data: bytes
    beside: Counter[str]
    refused: list[str]


def things_in(data: bytes) -> Found:
    """The wallets and transactions of a file. Raises ValueError where it is none of these."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"is longer than {MAX_BYTES:,} bytes")
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if first not in (b"{", b"["):
        return _tagpack(data)
    lines = data.splitlines()
    head = _json(lines[0]) if lines else None
    if isinstance(head, dict) and "schema" in head and "properties" in head:
        return _ftm(lines)
    value = _json(data)
    if isinstance(value, dict) and ("objects" in value or value.get("type") == "bundle"):
        found = read_bundle(data)
        things = observed(found.objects)
        left = [str(each) for each in found.refused]
        return Found("stix", things, left + _others(len(found.taken) - len(things), "object"))
    if value is None:
        raise ValueError("is no JSON")
    return _misp(value)


def written(name: str, things: Sequence[Shared], day: str = "1970-01-01") -> Made:
    """A file of a dialect; `day` dates a MISP event. Raises ValueError for no such dialect."""
    if name not in DIALECTS:
        raise ValueError(f"{name} is none of {', '.join(DIALECTS)}")
    if name in ("stix", "opencti"):
        data, beside, refused = bundled(name, things)
        return Made(data, Counter(beside), refused)
    natives: list[Native] = []
    counts: Counter[str] = Counter()
    refused = []
    for thing in things:
        try:
            one = write(DIALECTS[name], thing)
        except ValueError as error:
            refused.append(str(error))
            continue
        natives.append(one.native)
        counts.update(one.beside)
    if name == "tagpack":
        pack = {"title": _TITLE, "creator": "Stanch", "tags": natives}
        text = yaml.dump(pack, Dumper=_Dumper, sort_keys=True, allow_unicode=True, width=10_000)
        return Made(text.encode(), counts, refused)
    if name == "ftm":
        return Made("".join(_text(each) + "\n" for each in natives).encode(), counts, refused)
    event = _event(natives, things, day)
    return Made(_text({"Event": event}).encode() + b"\n", counts, refused)


class _Dumper(yaml.SafeDumper):
    """Quotes texts that YAML would fold at signs that only it takes for line ends."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    plain = text.isprintable() and text == text.strip()
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


_Dumper.add_representer(str, _quoted)


def _tagpack(data: bytes) -> Found:
    root = load(data)
    if not isinstance(root, dict) or not isinstance(root.get("tags"), list):
        raise ValueError("is neither JSON nor a TagPack: it has no list of tags")
    header = {name: each for name, each in root.items() if name not in ("tags", "title", "creator")}
    tags = [_plain(header | each) if isinstance(each, dict) else None for each in root["tags"]]
    return _each("tagpack", DIALECTS["tagpack"], tags)


def _ftm(lines: Iterable[bytes]) -> Found:
    return _each("ftm", DIALECTS["ftm"], [_json(each) for each in lines if each.strip()])


def _misp(value: Any) -> Found:
    found = Found("misp")
    listed = value.get("response", value) if isinstance(value, dict) else value
    for each in listed if isinstance(listed, list) else [listed]:
        event = each.get("Event", each) if isinstance(each, dict) and "name" not in each else None
        objects = event.get("Object", []) if isinstance(event, dict) else [each]
        tags = event.get("Tag", []) if isinstance(event, dict) else []
        names = [tag.get("name") for tag in tags if isinstance(tag, dict)]
        if not isinstance(objects, list):
            raise ValueError("is no MISP event: its Object is no list")
        read_here = _each("misp", DIALECTS["misp"], objects)
        found.things += [_under(thing, names) for thing in read_here.things]
        found.left += read_here.left
    return found


def _under(thing: Shared, tags: Sequence[object]) -> Shared:
    """A thing without a marking has that of the event around it; none is wider than the event."""
    labels = [Marking(each) for each in (thing.marking, marking_of(tags)) if each]
    marking = narrowest(labels).value if labels else ""
    return replace(thing, marking=marking, pap=strictest_pap((thing.pap, pap_of(tags))))


def _each(kind: str, dialect: Dialect, natives: Sequence[Any]) -> Found:
    found = Found(kind)
    for native in natives:
        thing = read(dialect, native) if isinstance(native, dict) else None
        if thing is not None:
            found.things.append(thing)
    found.left = _others(len(natives) - len(found.things), "entry")
    return found


def _others(count: int, what: str) -> list[str]:
    if count <= 0:
        return []
    many = {"entry": "entries"}.get(what, f"{what}s")
    told = f"{count:,} {what if count == 1 else many}"
    return [f"{told} left out: neither a wallet nor a transaction"]


def _event(natives: list[Native], things: Sequence[Shared], day: str) -> Native:
    labels = [Marking(each.marking) for each in things if each.marking in set(Marking)]
    tags = [{"name": narrowest(labels).value.lower()}] if labels else []
    if pap := strictest_pap(each.pap for each in things):
        tags.append({"name": pap})
    uuids = "\n".join(str(each["uuid"]) for each in natives)
    return {
        "uuid": str(uuid5(NAMESPACE, f"misp-event\n{day}\n{uuids}")),
        "info": _TITLE,
        "date": day,
        "analysis": "2",
        "threat_level_id": "4",
        "distribution": "0",
        "published": False,
        "Tag": tags,
        "Attribute": [],
        "Object": natives,
    }


def _plain(value: Any) -> Any:
    """YAML's dates and keys as JSON has them."""
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _json(data: bytes) -> Any:
    try:
        found = json.loads(data)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return found


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
