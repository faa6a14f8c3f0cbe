"""What STIX 2.1 asks of each type by itself (sections 4 to 6): tables, and a walk through them.

Vocabularies are open, so no word of one is refused. Properties of a type are held to their rules in
objects of that type alone: elsewhere the same name may be somebody's own.
Source: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html.
"""

from collections.abc import Mapping
from typing import Any, Final

from stanch.formats.stix.times import is_timestamp, order_of

Object = dict[str, Any]
Names = tuple[str, ...]

# Of objects that have versions, and of those that describe: what each needs beside the common.
VERSIONED: Final[Mapping[str, Names]] = {
    "attack-pattern": ("name",),
    "campaign": ("name",),
    "course-of-action": ("name",),
    "grouping": ("context", "object_refs"),
    "identity": ("name",),
    "incident": ("name",),
    "indicator": ("pattern", "pattern_type", "valid_from"),
    "infrastructure": ("name",),
    "intrusion-set": ("name",),
    "location": (),
    "malware": ("is_family",),
    "malware-analysis": ("product",),
    "note": ("content", "object_refs"),
    "observed-data": ("first_observed", "last_observed", "number_observed"),
    "opinion": ("opinion", "object_refs"),
    "report": ("name", "published", "object_refs"),
    "threat-actor": ("name",),
    "tool": ("name",),
    "vulnerability": ("name",),
    "relationship": ("relationship_type", "source_ref", "target_ref"),
    "sighting": ("sighting_of_ref",),
    "language-content": ("object_ref", "contents"),
    "extension-definition": ("name", "schema", "version", "extension_types", "created_by_ref"),
}
OBSERVED: Final[Mapping[str, Names]] = {
    "artifact": (),
    "autonomous-system": ("number",),
    "directory": ("path",),
    "domain-name": ("value",),
    "email-addr": ("value",),
    "email-message": ("is_multipart",),
    "file": (),
    "ipv4-addr": ("value",),
    "ipv6-addr": ("value",),
    "mac-addr": ("value",),
    "mutex": ("name",),
    "network-traffic": ("protocols",),
    "process": (),
    "software": ("name",),
    "url": ("value",),
    "user-account": (),
    "windows-registry-key": (),
    "x509-certificate": (),
}
# One of these sets of properties is there.
ONE_OF: Final[Mapping[str, tuple[Names, ...]]] = {
    "location": (("region",), ("country",), ("latitude", "longitude")),
    "malware-analysis": (("result",), ("analysis_sco_refs",)),
    "observed-data": (("object_refs",), ("objects",)),
    "artifact": (("payload_bin",), ("url",)),
    "file": (("hashes",), ("name",)),
    "network-traffic": (("src_ref",), ("dst_ref",)),
}
# They say something of their own, whatever it is.
SAYING: Final = frozenset(("process", "user-account", "windows-registry-key", "x509-certificate"))
_OF_ALL: Final = frozenset(
    ("type", "id", "spec_version", "object_marking_refs", "granular_markings", "defanged")
)
NOT_BOTH: Final[Mapping[str, tuple[str, str]]] = {
    "observed-data": ("object_refs", "objects"),
    "artifact": ("payload_bin", "url"),
}
# Where the first is there, so is the second.
ALONG: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "location": (
        ("latitude", "longitude"), ("longitude", "latitude"), ("precision", "latitude"),
    ),
    "artifact": (("url", "hashes"), ("decryption_key", "encryption_algorithm")),
}  # fmt: skip
FLAGS: Final[Mapping[str, Names]] = {
    "malware": ("is_family",),
    "email-message": ("is_multipart",),
    "network-traffic": ("is_active",),
    "process": ("is_hidden",),
    "x509-certificate": ("is_self_signed",),
    "user-account": (
        "is_service_account", "is_privileged", "can_escalate_privs", "is_disabled",
    ),
}  # fmt: skip
_COUNT: Final = 999_999_999
WHOLE: Final[Mapping[str, Mapping[str, tuple[int, int]]]] = {
    "observed-data": {"number_observed": (1, _COUNT)},
    "sighting": {"count": (0, _COUNT)},
    "network-traffic": {"src_port": (0, 65_535), "dst_port": (0, 65_535)},
}
DEGREES: Final[Mapping[str, int]] = {"latitude": 90, "longitude": 180}
TIMES: Final[Mapping[str, Names]] = {
    "relationship": ("start_time", "stop_time"),
    "network-traffic": ("start", "end"),
    "malware-analysis": ("submitted", "analysis_started", "analysis_ended"),
    "language-content": ("object_modified",),
    "email-message": ("date",),
    "file": ("ctime", "mtime", "atime"),
    "directory": ("ctime", "mtime", "atime"),
    "process": ("created_time",),
    "windows-registry-key": ("modified_time",),
    "x509-certificate": ("validity_not_before", "validity_not_after"),
    "user-account": (
        "account_created", "account_expires", "credential_last_changed", "account_first_login",
        "account_last_login",
    ),
}  # fmt: skip
# The second is later than the first, or at the same time where the third says so.
RISING: Final[Mapping[str, tuple[str, str, bool]]] = {
    "indicator": ("valid_from", "valid_until", False),
    "relationship": ("start_time", "stop_time", False),
    "network-traffic": ("start", "end", True),
}
_ADDRESSES: Final = ("email-addr",)
REFERS: Final[Mapping[str, Mapping[str, Names]]] = {
    "sighting": {
        "observed_data_refs": ("observed-data",), "where_sighted_refs": ("identity", "location"),
    },
    "malware": {"operating_system_refs": ("software",), "sample_refs": ("artifact", "file")},
    "malware-analysis": {
        "host_vm_ref": ("software",), "operating_system_ref": ("software",),
        "installed_software_refs": ("software",), "sample_ref": ("artifact", "file",
        "network-traffic"),
    },
    "directory": {"contains_refs": ("file", "directory")},
    "domain-name": {"resolves_to_refs": ("ipv4-addr", "ipv6-addr", "domain-name")},
    "email-addr": {"belongs_to_ref": ("user-account",)},
    "email-message": {
        "from_ref": _ADDRESSES, "sender_ref": _ADDRESSES, "to_refs": _ADDRESSES,
        "cc_refs": _ADDRESSES, "bcc_refs": _ADDRESSES, "raw_email_ref": ("artifact",),
    },
    "file": {"parent_directory_ref": ("directory",), "content_ref": ("artifact",)},
    "ipv4-addr": {"resolves_to_refs": ("mac-addr",), "belongs_to_refs": ("autonomous-system",)},
    "ipv6-addr": {"resolves_to_refs": ("mac-addr",), "belongs_to_refs": ("autonomous-system",)},
    "network-traffic": {
        "src_payload_ref": ("artifact",), "dst_payload_ref": ("artifact",),
        "encapsulates_refs": ("network-traffic",), "encapsulated_by_ref": ("network-traffic",),
    },
    "process": {
        "opened_connection_refs": ("network-traffic",), "creator_user_ref": ("user-account",),
        "image_ref": ("file",), "parent_ref": ("process",), "child_refs": ("process",),
    },
    "windows-registry-key": {"creator_user_ref": ("user-account",)},
}  # fmt: skip
# What no relationship begins at or leads to, and nobody sights.
_UNRELATED: Final = ("bundle", "language-content", "marking-definition", "relationship", "sighting")
APART: Final[Mapping[str, Mapping[str, Names]]] = {
    "relationship": {"source_ref": _UNRELATED, "target_ref": _UNRELATED},
    "sighting": {"sighting_of_ref": (*OBSERVED, *_UNRELATED)},
}
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def fault_of_kind(data: Object, kind: str) -> str:
    """The first rule of its own type that an object breaks; empty where there is none. Its
    references are ids, as `stanch.formats.stix.checks` has it.
    """
    return _there(data, kind) or _simple(data, kind) or _in_time(data, kind) or _led(data, kind)


def _there(data: Object, kind: str) -> str:
    for name in VERSIONED.get(kind, OBSERVED.get(kind, ())):
        if data.get(name) in (None, "", []):
            return f"has no {name}"
    sets = ONE_OF.get(kind)
    if sets and not any(all(name in data for name in each) for each in sets):
        return f"has none of {', '.join(' with '.join(each) for each in sets)}"
    if kind in SAYING and not data.keys() - _OF_ALL:
        return f"says nothing of the {kind}"
    pair = NOT_BOTH.get(kind)
    if pair and pair[0] in data and pair[1] in data:
        return f"has both {pair[0]} and {pair[1]}"
    for first, second in ALONG.get(kind, ()):
        if first in data and second not in data:
            return f"has {first} without {second}"
    if kind == "malware" and data["is_family"] is True and not data.get("name"):
        return "is a family of malware, and has no name"
    if kind == "email-message":
        other = "body" if data["is_multipart"] is True else "body_multipart"
        if other in data:
            return f"has {other}, and is_multipart says otherwise"
    return ""


def _simple(data: Object, kind: str) -> str:
    for name in FLAGS.get(kind, ()):
        if not isinstance(data.get(name, False), bool):
            return f"{name} is neither true nor false"
    for name, (low, high) in WHOLE.get(kind, {}).items():
        number = data.get(name, low)
        if not isinstance(number, int) or isinstance(number, bool) or not low <= number <= high:
            return f"{name} is no integer from {low} to {high}"
    if kind == "location":
        for name, most in DEGREES.items():
            degrees = data.get(name, 0)
            if not isinstance(degrees, int | float) or not -most <= degrees <= most:
                return f"{name} is no number from -{most} to {most}"
    if kind == "relationship":
        word = data["relationship_type"]
        if not isinstance(word, str) or not _LETTERS.issuperset(word):
            return "relationship_type is no word of a-z, 0-9 and -"
    return ""


def _in_time(data: Object, kind: str) -> str:
    for name in TIMES.get(kind, ()):
        if name in data and not is_timestamp(data[name]):
            return f"{name} is no timestamp such as 2024-05-31T04:26:47.000Z"
    if kind in RISING:
        first, last, same = RISING[kind]
        if first in data and last in data:
            begins, ends = order_of(data[first]), order_of(data[last])
            if ends < begins or (ends == begins and not same):
                return f"{last} is {'before' if same else 'not after'} {first}"
    if kind == "network-traffic" and "end" in data and data.get("is_active") is True:
        return "is_active is true, and it has an end"
    return ""


def _led(data: Object, kind: str) -> str:
    for name, kinds in REFERS.get(kind, {}).items():
        if not all(_type_of(each) in kinds for each in _ids(data.get(name))):
            return f"{name} leads elsewhere than to {', '.join(kinds)}"
    for name, kinds in APART.get(kind, {}).items():
        for each in _ids(data.get(name)):
            if _type_of(each) in kinds:
                return f"{name} leads to a {_type_of(each)}"
    return ""


def _ids(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _type_of(id: str) -> str:
    return id.partition("--")[0]
