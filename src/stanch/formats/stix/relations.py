"""Which relationships STIX 2.1 suggests (Appendix B), and what is said of others.

A producer should take these and may take others, so what stands here refuses nothing: it is advice.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from stanch.formats.stix.kinds import OBSERVED, VERSIONED

Object = dict[str, Any]

COMMON: Final = frozenset(("derived-from", "duplicate-of", "related-to"))
_LOCAL: Final = "location"
_NET: Final = "ipv4-addr ipv6-addr domain-name url"
_USED: Final = "attack-pattern infrastructure malware tool"
_AIMED: Final = "identity location vulnerability"
# By source: a word, and the types that it leads to.
_SUGGESTED: Final[Mapping[str, Mapping[str, str]]] = {
    "attack-pattern": {"delivers": "malware", "targets": _AIMED, "uses": "malware tool"},
    "campaign": {
        "attributed-to": "intrusion-set threat-actor", "compromises": "infrastructure",
        "originates-from": _LOCAL, "targets": _AIMED, "uses": _USED,
    },
    "course-of-action": {
        "investigates": "indicator",
        "mitigates": "attack-pattern indicator malware tool vulnerability",
        "remediates": "malware vulnerability",
    },
    "domain-name": {"resolves-to": "domain-name ipv4-addr ipv6-addr"},
    "identity": {"located-at": _LOCAL},
    "indicator": {
        "based-on": "observed-data",
        "indicates": "attack-pattern campaign infrastructure intrusion-set malware threat-actor "
        "tool",
    },
    "infrastructure": {
        "communicates-with": f"infrastructure {_NET}",
        "consists-of": f"infrastructure observed-data {' '.join(OBSERVED)}",
        "controls": "infrastructure malware", "delivers": "malware", "has": "vulnerability",
        "hosts": "tool malware", "located-at": _LOCAL, "uses": "infrastructure",
    },
    "intrusion-set": {
        "attributed-to": "threat-actor", "compromises": "infrastructure",
        "hosts": "infrastructure", "originates-from": _LOCAL, "owns": "infrastructure",
        "targets": _AIMED, "uses": _USED,
    },
    "ipv4-addr": {"belongs-to": "autonomous-system", "resolves-to": "mac-addr"},
    "ipv6-addr": {"belongs-to": "autonomous-system", "resolves-to": "mac-addr"},
    "malware": {
        "authored-by": "threat-actor intrusion-set", "beacons-to": "infrastructure",
        "communicates-with": _NET, "controls": "malware", "downloads": "malware tool file",
        "drops": "malware tool file", "exfiltrates-to": "infrastructure",
        "exploits": "vulnerability", "originates-from": _LOCAL,
        "targets": "identity infrastructure location", "uses": _USED,
        "variant-of": "malware",
    },
    "malware-analysis": {
        "characterizes": "malware", "analysis-of": "malware", "static-analysis-of": "malware",
        "dynamic-analysis-of": "malware",
    },
    "threat-actor": {
        "attributed-to": "identity", "compromises": "infrastructure", "hosts": "infrastructure",
        "impersonates": "identity", "located-at": _LOCAL, "owns": "infrastructure",
        "targets": _AIMED, "uses": _USED,
    },
    "tool": {
        "delivers": "malware", "drops": "malware", "has": "vulnerability",
        "targets": f"infrastructure {_AIMED}", "uses": "infrastructure",
    },
}  # fmt: skip


def suggested() -> Iterator[tuple[str, str, str]]:
    """Each relationship that STIX suggests between two types: source, word, target."""
    for source, words in _SUGGESTED.items():
        for word, targets in words.items():
            for target in targets.split():
                yield source, word, target


SUGGESTED: Final = frozenset(suggested())


def advice(data: Object) -> str:
    """What STIX advises against in an object that holds; empty where it is nothing, and where an
    end is of a type that STIX does not know.
    """
    if data["type"] != "relationship":
        return ""
    source, target = (str(data[each]).partition("--")[0] for each in ("source_ref", "target_ref"))
    word = data["relationship_type"]
    unknown = {source, target} - {*VERSIONED, *OBSERVED}
    if unknown or word in COMMON or (source, word, target) in SUGGESTED:
        return ""
    return f"{source} {word[:80]} {target}: STIX suggests no such relationship"
