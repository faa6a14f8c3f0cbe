"""What STIX 2.1 says that each object must be. The first broken rule is the reason of a refusal.

Source: STIX 2.1, sections 2 to 7 (https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html).
Types that the specification does not know are held to what all objects have in common, and kept.
"""

import re
from typing import Any, Final

from stanch.formats.stix.kinds import VERSIONED, fault_of_kind
from stanch.formats.stix.patterns import fault_in_pattern
from stanch.formats.stix.times import is_timestamp, order_of

Object = dict[str, Any]

_UUID: Final = (
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
)
_ID: Final = re.compile(rf"([a-z0-9]+(?:-[a-z0-9]+)*)--{_UUID}", re.ASCII)
_PROPERTY: Final = re.compile(r"[a-z0-9_]{1,250}", re.ASCII)
_OPINIONS: Final = ("strongly-disagree", "disagree", "neutral", "agree", "strongly-agree")
_TIMES: Final = (
    "created", "modified", "valid_from", "valid_until", "first_seen", "last_seen",
    "first_observed", "last_observed", "published",
)  # fmt: skip
_RISING: Final = (
    ("created", "modified"), ("first_seen", "last_seen"), ("first_observed", "last_observed"),
)  # fmt: skip


def fault(data: object) -> str:
    """Why something is no STIX 2.1 object; empty where it is one."""
    if not isinstance(data, dict):
        return "is no JSON object"
    kind, id = data.get("type"), data.get("id")
    if not isinstance(kind, str):
        return "has no type"
    if not isinstance(id, str) or not (match := _ID.fullmatch(id)):
        return f"has no id such as {kind[:40]}--UUID (RFC 4122)"
    if match[1] != kind:
        return f"is of type {kind[:40]}, and its id says {match[1][:40]}"
    if kind == "bundle":
        return "is a bundle within a bundle"
    said = _common(data, kind) or _references(data) or fault_of_kind(data, kind)
    return said or _defined(data, kind) or _values(data) or _empty(data)


def is_id(text: object, kind: str = "") -> bool:
    """Whether it is an identifier, of one type if it is given."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None and text.startswith(kind)


def _common(data: Object, kind: str) -> str:
    for name in data:
        if not _PROPERTY.fullmatch(name):
            return f"has a property {name[:40]!r}: only a-z, 0-9 and _ are allowed"
    version = data.get("spec_version")
    if kind in VERSIONED or kind == "marking-definition":
        if version is None:
            return "has no spec_version"
        needed = ("created",) if kind == "marking-definition" else ("created", "modified")
        for name in needed:
            if name not in data:
                return f"has no {name}"
    if version not in (None, "2.1"):
        return f"is of STIX {str(version)[:10]}, not 2.1"
    for name in _TIMES:
        if name in data and not is_timestamp(data[name]):
            return f"{name} is no timestamp such as 2024-05-31T04:26:47.000Z"
    for first, last in _RISING:
        if first in data and last in data and order_of(data[last]) < order_of(data[first]):
            return f"{last} is before {first}"
    return ""


def _defined(data: Object, kind: str) -> str:
    if kind == "marking-definition" and "definition_type" not in data and "extensions" not in data:
        return "has neither a definition nor extensions"
    return ""


def _references(data: Object) -> str:
    for name, value in data.items():
        many = name.endswith("_refs")
        if name.startswith("x_") or not (many or name.endswith("_ref")):
            continue  # ATT&CK has empty ones of its own
        if many and (not isinstance(value, list) or not value):
            return f"{name} is no list of ids"
        kind = {"object_marking_refs": "marking-definition--", "created_by_ref": "identity--"}
        if not all(is_id(each, kind.get(name, "")) for each in (value if many else [value])):
            return f"{name} holds what is no id{' of a marking' if 'marking' in name else ''}"
    return ""


def _empty(data: Object) -> str:
    """STIX 2.1, sections 2.3 and 2.12: a list or dictionary without a value is left out. What
    somebody calls `x_` is theirs: ATT&CK has had empty ones there, and is kept as it is. What an
    extension holds is told by its own schema, as a signed document that has to keep its hash.
    """
    for name, value in data.items():
        if name.startswith("x_"):
            continue
        found = _bare(value) if name == "extensions" else _hollow(value)
        if found is not None:
            where = "is" if found is value else "holds"
            kind = "list" if isinstance(found, list) else "object"
            return f"{name} {where} an empty {kind}: STIX leaves out what has no value"
    return ""


def _bare(extensions: Object) -> Any:
    """The extensions, or the first of them, where it is empty; else None."""
    if not extensions:
        return extensions
    return next((each for each in extensions.values() if each in ({}, [])), None)


def _hollow(value: Any) -> Any:
    """The first empty list or object in a value, itself included; None where there is none."""
    if not isinstance(value, list | dict):
        return None
    if not value:
        return value
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    inner = (each for name, each in pairs if not str(name).startswith("x_"))
    return next((found for each in inner if (found := _hollow(each)) is not None), None)


def _pattern(data: Object) -> str:
    if not isinstance(data["pattern"], str):
        return "pattern is no text"
    return fault_in_pattern(data["pattern"]) if data["pattern_type"] == "stix" else ""


def _values(data: Object) -> str:
    sure = data.get("confidence", 0)
    if not isinstance(sure, int) or isinstance(sure, bool) or not 0 <= sure <= 100:
        return "confidence is no integer from 0 to 100"
    if not isinstance(data.get("revoked", False), bool):
        return "revoked is neither true nor false"
    labels = data.get("labels", [""])
    if not isinstance(labels, list) or not labels or not all(isinstance(x, str) for x in labels):
        return "labels is no list of texts"
    if not isinstance(data.get("extensions", {}), dict):
        return "extensions is no object"
    if not isinstance(data.get("name", ""), str):
        return "name is no text"
    parts = data.get("granular_markings", [])
    if not isinstance(parts, list) or not all(isinstance(each, dict) for each in parts):
        return "granular_markings is no list of objects"
    if data["type"] == "indicator" and (reason := _pattern(data)):
        return reason
    if data["type"] == "opinion" and data["opinion"] not in _OPINIONS:
        return f"opinion is none of {', '.join(_OPINIONS)}"
    return ""
