"""The marking definitions of TLP 2.0 in STIX 2.1, with the ids that OASIS gave them.

Source: https://github.com/oasis-open/cti-stix-common-objects, extension definition `tlp-2.0`.
"""

from typing import Any, Final

from stanch.model.desk.marking import Marking

_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_IDS: Final = {
    Marking.CLEAR: "94868c89-83c2-464b-929b-a1a8aa3c8487",
    Marking.GREEN: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Marking.AMBER: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Marking.STRICT: "939a9414-2ddd-4d32-a0cd-375ea402b003",
    Marking.RED: "e828b379-4e03-4974-9ac4-e53a884c97c1",
}


def marking_ref(marking: Marking) -> str:
    """The id of a marking's definition."""
    return f"marking-definition--{_IDS[marking]}"


def marking_object(marking: Marking) -> dict[str, Any]:
    """The definition as OASIS publishes it."""
    word = str(marking).removeprefix("TLP:").lower()
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": marking_ref(marking),
        "created": "2022-10-01T00:00:00.000Z",
        "name": str(marking),
        "extensions": {_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": word}},
    }
