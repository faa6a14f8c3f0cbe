"""A result of linking as one document of JSON: what a program hands in at a desk.

    {"type": "stanch-persona-result@1", "manifest": "sha256:...", "made": "stanch personas link",
     "methods": ["device@1"], "records": 120, "operators": 3, "left_out": 0, "clusters": [...]}

`records` says how many applications were looked at; those that nothing ties to another are not
named. `left_out` counts the clusters that a large result leaves at home, the last by priority.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from stanch.formats.persona_result.cluster import Cluster, checked, count, text

TYPE: Final = "stanch-persona-result@1"
MOST: Final = 1_000  # clusters: a desk writes each into its log, and others wait meanwhile
_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}")
_MOST_METHODS: Final = 200


@dataclass(frozen=True, slots=True)
class Result:
    """What was found: the manifest's hash, methods, how many records were looked at, clusters by
    priority, and how many more there are.
    """

    manifest: str
    methods: tuple[str, ...]
    records: int
    clusters: tuple[Cluster, ...]
    left_out: int = 0


def document(result: Result) -> dict[str, Any]:
    """The result as JSON has it."""
    return {
        "type": TYPE, "manifest": result.manifest, "methods": list(result.methods),
        "records": result.records, "clusters": list(result.clusters), "left_out": result.left_out,
    }  # fmt: skip


def parse(data: bytes) -> Result:
    """The result that a document holds. Raises ValueError with a short reason."""
    try:
        said: Any = json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError("is no JSON") from None
    if not isinstance(said, dict) or said.get("type") != TYPE:
        raise ValueError(f"is no {TYPE}")
    clusters = said.get("clusters")
    if not isinstance(clusters, list) or len(clusters) > MOST:
        raise ValueError(f"clusters: is no list of at most {MOST:,}")
    return held_to(said, tuple(_placed(place, each) for place, each in enumerate(clusters, 1)))


def held_to(said: Mapping[str, Any], clusters: tuple[Cluster, ...]) -> Result:
    """A result of its parts, each held to its form. Raises ValueError."""
    manifest, methods = said.get("manifest"), said.get("methods")
    if not isinstance(manifest, str) or not _HASH.fullmatch(manifest):
        raise ValueError("manifest: is no hash, sha256: and 64 hex digits")
    if not isinstance(methods, list | tuple) or len(methods) > _MOST_METHODS:
        raise ValueError(f"methods: is no list of at most {_MOST_METHODS}")
    names = [(each["level"], each["name"]) for each in clusters]
    if len(set(names)) != len(names):
        raise ValueError("clusters: one is there more than once")
    named = tuple(text("methods", each) for each in methods)
    records, left_out = (count(name, said.get(name, 0)) for name in ("records", "left_out"))
    return Result(manifest, named, records, clusters, left_out)


def _placed(place: int, said: Any) -> Cluster:
    try:
        return checked(said)
    except ValueError as error:
        raise ValueError(f"cluster {place}: {error}") from None
