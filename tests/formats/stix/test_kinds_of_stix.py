"""STIX 2.1, sections 4 to 6: an object of each type that holds, and each rule that may be broken.

What holds is held against stix2-validator too; what suggests a relationship against its table.
"""

import json
from typing import Any

import pytest
from stix2validator import ValidationOptions, validate_instance
from stix2validator.v21.enums import RELATIONSHIPS

from stanch.formats.stix.checks import fault
from stanch.formats.stix.kinds import OBSERVED, VERSIONED
from stanch.formats.stix.relations import COMMON, SUGGESTED, advice

Object = dict[str, Any]
UUID = "6aee0c9e-d883-4c7f-8790-f536a4332ac9"
AT, LATER = "2024-05-31T04:26:47.000Z", "2024-06-01T04:26:47.000Z"
GONE = object()


def ref(kind: str) -> str:
    return f"{kind}--{UUID}"


# What each type needs, and nothing else.
LEAST: dict[str, Object] = {
    **{
        name: {"name": "A"}
        for name in ("attack-pattern", "campaign", "course-of-action", "identity", "incident",
                     "infrastructure", "intrusion-set", "threat-actor", "tool", "vulnerability")
    },
    "grouping": {"context": "unspecified", "object_refs": [ref("tool")]},
    "indicator": {"pattern": "[url:value = 'a']", "pattern_type": "stix", "valid_from": AT},
    "location": {"country": "KR"},
    "malware": {"is_family": False},
    "malware-analysis": {"product": "a", "result": "malicious"},
    "note": {"content": "a", "object_refs": [ref("tool")]},
    "observed-data": {"first_observed": AT, "last_observed": AT, "number_observed": 1,
                      "object_refs": [ref("url")]},
    "opinion": {"opinion": "agree", "object_refs": [ref("tool")]},
    "report": {"name": "A", "published": AT, "object_refs": [ref("tool")]},
    "relationship": {"relationship_type": "uses", "source_ref": ref("campaign"),
                     "target_ref": ref("tool")},
    "sighting": {"sighting_of_ref": ref("indicator")},
    "language-content": {"object_ref": ref("tool"), "contents": {"ko": {"name": "a"}}},
    "extension-definition": {"name": "A", "schema": "a", "version": "1.0.0",
                             "extension_types": ["property-extension"],
                             "created_by_ref": ref("identity")},
    "artifact": {"payload_bin": "YQ=="},
    "autonomous-system": {"number": 1},
    "directory": {"path": "/a"},
    "domain-name": {"value": "a.example"},
    "email-addr": {"value": "a@a.example"},
    "email-message": {"is_multipart": False},
    "file": {"name": "a"},
    "ipv4-addr": {"value": "192.0.2.1"},
    "ipv6-addr": {"value": "2001:db8::1"},
    "mac-addr": {"value": "00:00:5e:00:53:01"},
    "mutex": {"name": "a"},
    "network-traffic": {"protocols": ["tcp"], "src_ref": ref("ipv4-addr")},
    "process": {"pid": 1},
    "software": {"name": "a"},
    "url": {"value": "https://a.example/"},
    "user-account": {"user_id": "a"},
    "windows-registry-key": {"key": "hkey_local_machine\\a"},
    "x509-certificate": {"serial_number": "1"},
}  # fmt: skip


def made(kind: str, **more: Any) -> Object:
    """One of a type with what it needs; what is GONE is left out."""
    head = {"type": kind, "spec_version": "2.1", "id": ref(kind)}
    if kind in VERSIONED:
        head |= {"created": AT, "modified": AT}
    whole = head | LEAST[kind] | more
    return {name: value for name, value in whole.items() if value is not GONE}


@pytest.mark.parametrize("kind", [*VERSIONED, *OBSERVED])
def test_what_has_no_more_than_it_needs_holds(kind: str) -> None:
    assert fault(made(kind)) == ""
    found = validate_instance(
        json.loads(json.dumps(made(kind))), ValidationOptions(version="2.1", disabled=["all"])
    )
    assert found.is_valid, [str(each) for each in found.errors]


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, names in {**VERSIONED, **OBSERVED}.items() for name in names],
)
def test_without_what_it_needs_it_is_refused(kind: str, name: str) -> None:
    assert fault(made(kind, **{name: GONE})) == f"has no {name}"


BROKEN: list[tuple[str, Object, str]] = [
    ("location", {"country": GONE}, "has none of region, country, latitude with longitude"),
    ("location", {"latitude": 1.5}, "has latitude without longitude"),
    ("location", {"precision": 1.5}, "has precision without latitude"),
    ("location", {"latitude": 91, "longitude": 0}, "latitude is no number from -90 to 90"),
    ("malware", {"is_family": True}, "is a family of malware, and has no name"),
    ("malware", {"is_family": "no"}, "is_family is neither true nor false"),
    ("malware", {"sample_refs": [ref("url")]}, "sample_refs leads elsewhere"),
    ("malware-analysis", {"result": GONE}, "has none of result, analysis_sco_refs"),
    ("malware-analysis", {"submitted": "today"}, "submitted is no timestamp"),
    ("observed-data", {"object_refs": GONE}, "has none of object_refs, objects"),
    ("observed-data", {"objects": {"0": {}}}, "has both object_refs and objects"),
    ("observed-data", {"number_observed": 0}, "number_observed is no integer from 1 to"),
    ("observed-data", {"number_observed": True}, "number_observed is no integer"),
    ("indicator", {"valid_until": AT}, "valid_until is not after valid_from"),
    ("opinion", {"opinion": "perhaps"}, "opinion is none of"),
    ("relationship", {"relationship_type": "Uses It"}, "relationship_type is no word"),
    ("relationship", {"source_ref": ref("relationship")}, "source_ref leads to a relationship"),
    ("relationship", {"target_ref": ref("marking-definition")}, "target_ref leads to a marking"),
    ("relationship", {"start_time": AT, "stop_time": AT}, "stop_time is not after start_time"),
    ("sighting", {"sighting_of_ref": ref("url")}, "sighting_of_ref leads to a url"),
    ("sighting", {"where_sighted_refs": [ref("tool")]}, "where_sighted_refs leads elsewhere"),
    ("sighting", {"observed_data_refs": [ref("url")]}, "observed_data_refs leads elsewhere"),
    ("sighting", {"count": -1}, "count is no integer from 0"),
    ("artifact", {"url": "https://a.example/"}, "has both payload_bin and url"),
    ("artifact", {"payload_bin": GONE, "url": "https://a.example/"}, "has url without hashes"),
    ("artifact", {"payload_bin": GONE}, "has none of payload_bin, url"),
    ("email-message", {"is_multipart": True, "body": "a"}, "has body, and is_multipart says"),
    ("email-message", {"from_ref": ref("identity")}, "from_ref leads elsewhere"),
    ("file", {"name": GONE}, "has none of hashes, name"),
    ("file", {"mtime": 7}, "mtime is no timestamp"),
    ("network-traffic", {"src_ref": GONE}, "has none of src_ref, dst_ref"),
    ("network-traffic", {"dst_port": 65_536}, "dst_port is no integer from 0 to 65535"),
    ("network-traffic", {"start": LATER, "end": AT}, "end is before start"),
    ("network-traffic", {"end": AT, "is_active": True}, "is_active is true, and it has an end"),
    ("process", {"pid": GONE}, "says nothing of the process"),
    ("user-account", {"user_id": GONE}, "says nothing of the user-account"),
    ("ipv4-addr", {"belongs_to_refs": [ref("url")]}, "belongs_to_refs leads elsewhere"),
]


@pytest.mark.parametrize(("kind", "more", "reason"), BROKEN)
def test_a_rule_of_a_type_that_is_broken_is_the_reason(
    kind: str, more: Object, reason: str
) -> None:
    assert reason in fault(made(kind, **more))


def test_a_type_that_nobody_here_knows_is_held_to_none_of_them() -> None:
    own = made("identity", count=-1, start="today", is_family=7, latitude=1000)
    assert fault(own | {"type": "x-own", "id": ref("x-own")}) == ""


def test_what_stix_suggests_is_what_is_not_advised_against() -> None:
    theirs = {
        (source, word, target)
        for source, words in RELATIONSHIPS.items()
        for word, targets in words.items()
        for target in ([targets] if isinstance(targets, str) else targets)
        if source != "vulnerability"  # which STIX gives none; a leftover of the tool
    }
    assert theirs == SUGGESTED
    for source, word, target in SUGGESTED:
        assert advice(related(source, word, target)) == ""


def related(source: str, word: str, target: str) -> Object:
    return made(
        "relationship", relationship_type=word, source_ref=ref(source), target_ref=ref(target)
    )


def test_other_relationships_hold_and_are_named() -> None:
    other = related("tool", "attributed-to", "campaign")
    assert fault(other) == ""
    assert advice(other) == "tool attributed-to campaign: STIX suggests no such relationship"
    assert all(advice(related("tool", word, "campaign")) == "" for word in COMMON)
    assert advice(related("x-own", "attributed-to", "campaign")) == "", "a type of somebody's own"
    assert advice(made("tool")) == ""
