"""STIX objects for tests: few words, and ids that tests can say again."""

import json
import uuid
from typing import Any

CREATED = "2026-01-01T00:00:00.000Z"
_TLP = {
    "clear": "94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "e828b379-4e03-4974-9ac4-e53a884c97c1",
}


def id_of(number: int, type: str = "indicator") -> str:
    """The id of the object of a number."""
    return f"{type}--{uuid.uuid5(uuid.NAMESPACE_DNS, f'{type} {number}')}"


def indicator(number: int, modified: str = CREATED, **more: Any) -> dict[str, Any]:
    """An indicator; `tlp` among `more` is its label."""
    tlp = more.pop("tlp", None)
    if tlp:
        more["object_marking_refs"] = [f"marking-definition--{_TLP[tlp]}"]
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": id_of(number),
        "created": CREATED,
        "modified": modified,
        "name": f"Address {number}",
        "pattern": f"[user-account:account_login = 'user{number}']",
        "pattern_type": "stix",
        "valid_from": CREATED,
        **more,
    }


def url(number: int, value: str = "https://example.org/") -> dict[str, Any]:
    """An observable, which has no version."""
    return {
        "type": "url",
        "spec_version": "2.1",
        "id": id_of(number, "url"),
        "value": f"{value}{number}",
    }


def raw(data: dict[str, Any]) -> bytes:
    """An object as somebody wrote it."""
    return json.dumps(data, indent=1).encode()
