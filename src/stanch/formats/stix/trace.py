"""A trace as a `grouping`: its manifest by hash, where the money stands, and the wallets it is at.

The hash of the manifest and those of all inputs let a receiver who has the ledger make the trace
again and compare. Amounts are exact integers in the smallest unit. A trace that was made with
marked tags is made of them: give their items, and it carries the strictest marking.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from stanch.formats.stix.extensions import extended
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Origin, make
from stanch.formats.stix.wallet import wallet
from stanch.model.chain import split_account

MAX_ENDPOINTS: Final = 100_000
_FORMAT: Final = "stanch-trace@1"
_INPUT: Final = ("role", "file", "sha256", "bytes")
_END: Final = (
    "incident", "account", "asset", "fate", "amount", "inferred_amount", "label", "category",
)  # fmt: skip
_ALWAYS: Final = ("incident", "account", "asset", "fate", "amount")


@dataclass(frozen=True, slots=True)
class TraceFiles:
    """A trace folder: the bytes of manifest.json, the rows of endpoints.csv, and when it was made.

    `at` is a STIX timestamp.
    """

    manifest: bytes
    endpoints: Sequence[Mapping[str, str]]
    at: str


def trace_items(files: TraceFiles, of: Origin) -> list[Item]:
    """The grouping; the wallets are parts of it.

    Raises ValueError for a manifest that is none, and for more than MAX_ENDPOINTS rows.
    """
    if len(files.endpoints) > MAX_ENDPOINTS:
        raise ValueError(f"has more than {MAX_ENDPOINTS:,} endpoints; share the folder instead")
    manifest = _manifest(files.manifest)
    digest = hashlib.sha256(files.manifest).hexdigest()
    wallets = _wallets(files.endpoints, of)
    if not wallets:
        raise ValueError("has no account at which money stands, so there is nothing to group")
    incidents = manifest["incidents"]
    names = ", ".join(each["id"] for each in incidents) or "no incident"
    said: dict[str, Any] = {
        "created": files.at,
        "modified": files.at,
        "name": f"Trace of {names} by {manifest['method']}",
        "description": f"Manifest SHA-256 {digest}."
        + (" SIMULATION: invented data." if manifest.get("simulation") else ""),
        "context": "suspicious-activity",
        "object_refs": wallets,
        "external_references": [
            {"source_name": "stanch-trace", "external_id": f"sha256:{digest}"},
        ],
        "extensions": extended(
            "trace",
            manifest_sha256=digest,
            format=_FORMAT,
            method=manifest["method"],
            stanch=manifest.get("stanch", ""),
            inputs=[
                {name: each[name] for name in _INPUT if name in each} for each in manifest["inputs"]
            ],
            incidents=incidents,
            endpoints=[_end(each) for each in files.endpoints],
        ),
    }
    own = next(iter(said["extensions"].values()))
    own |= {"simulation": bool(manifest.get("simulation"))}
    return [make(named("grouping", "trace", digest), said, of)]


def _manifest(data: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise ValueError("manifest.json is no JSON") from None
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise ValueError(f"manifest.json is no {_FORMAT}")
    for name in ("method", "inputs", "incidents"):
        if name not in found:
            raise ValueError(f"manifest.json lacks {name}")
    return found


def _wallets(rows: Iterable[Mapping[str, str]], of: Origin) -> list[Item]:
    """One wallet an address: one that stands on two chains is still one observable."""
    found: dict[str, Item] = {}
    for row in rows:
        try:
            split_account(row["account"])
        except ValueError:
            continue  # fees, outpoints and other places that are no account
        item = wallet(row["account"], of)
        found.setdefault(item.id, item)
    return [found[id] for id in sorted(found)]


def _end(row: Mapping[str, str]) -> dict[str, str]:
    return {name: row.get(name, "") for name in _END if row.get(name) or name in _ALWAYS}
