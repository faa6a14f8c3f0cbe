"""Markings as objects: TLP 2.0, PAP and IEP 2.0, with the ids that OASIS gave them.

Source: https://github.com/oasis-open/cti-stix-common-objects, extension-definition-specifications
(tlp-2.0, pap-marking-definition-f8d, iep-marking-definition-762). TLP and PAP have these instances
and no others; a policy is an instance of its own, whose id comes of all that it says.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

import rfc8785

from stanch.formats.stix.handling import TLP_OF, Handling, Policy
from stanch.formats.stix.ids import named
from stanch.formats.stix.times import is_timestamp
from stanch.model.desk.marking import Marking, Pap

Object = dict[str, Any]

TLP_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
PAP_EXTENSION: Final = "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b"
IEP_EXTENSION: Final = "extension-definition--762e2e97-ee51-43e5-a9ea-165fbb862c4a"
_TLP: Final = {
    Marking.CLEAR: "94868c89-83c2-464b-929b-a1a8aa3c8487",
    Marking.GREEN: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Marking.AMBER: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Marking.STRICT: "939a9414-2ddd-4d32-a0cd-375ea402b003",
    Marking.RED: "e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_PAP: Final = {
    Pap.CLEAR: ("ad15a0cd-55b6-4588-a14c-a66105329b92", "2022-10-01T00:00:00.000Z"),
    Pap.GREEN: ("c43594d1-4b11-4c59-93ab-1c9b14d53ce9", "2022-10-01T00:00:00.000Z"),
    Pap.AMBER: ("60f8932b-e51e-4458-b265-a2e8be9a80ab", "2022-10-02T00:00:00.000Z"),
    Pap.RED: ("740d36e5-7714-4c30-961a-3ae632ceee0e", "2022-10-06T00:00:00.000Z"),
}
# What others wrote before TLP 2.0, and what it means in it (STIX 2.1, section 7.2.1.4).
_OLD_TLP: Final = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": Marking.CLEAR,
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": Marking.GREEN,
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": Marking.AMBER,
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": Marking.RED,
    # OpenCTI's own of the label that TLP 1 did not have.
    "marking-definition--826578e1-40ad-459f-bc73-ede076f81f37": Marking.STRICT,
}
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_PAP_WHITE: Final = "marking-definition--a3bea94c-b469-41dc-9cfe-d6e7daba7730"
_TLP_REFS: Final = _OLD_TLP | {f"marking-definition--{id}": each for each, id in _TLP.items()}
_PAP_REFS: Final = {f"marking-definition--{id}": each for each, (id, _) in _PAP.items()} | {
    _PAP_WHITE: Pap.CLEAR
}


def marking_objects(handling: Handling) -> list[Object]:
    """The marking-definitions that a handling refers to, as far as they are known here."""
    found = [_tlp(handling.tlp)]
    if handling.pap is not None:
        found.append(_pap(handling.pap))
    return [*found, *(_iep(each) for each in sorted(handling.policies, key=lambda each: each.id))]


def marking_refs(handling: Handling) -> list[str]:
    """The ids of a handling's marking-definitions, in order."""
    return sorted({each["id"] for each in marking_objects(handling)} | handling.others)


def handling_of(refs: Iterable[str], definitions: Mapping[str, Object]) -> Handling | None:
    """The handling that an object's `object_marking_refs` say; None where no TLP is among them.

    `definitions` are the marking-definitions at hand, by id. What is not understood is kept in
    `others`. Raises ValueError where a policy reaches fewer than the label.
    """
    tlps, paps, policies, others = [], [], set(), set()
    for ref in refs:
        extensions = definitions.get(ref, {}).get("extensions", {})
        if ref in _TLP_REFS:
            tlps.append(_TLP_REFS[ref])
        elif ref in _PAP_REFS:
            paps.append(_PAP_REFS[ref])
        elif IEP_EXTENSION in extensions:
            policies.add(_policy(definitions[ref]))
        else:
            others.add(ref)
    if not tlps:
        return None
    return Handling(
        max(tlps, key=tuple(Marking).index),
        max(paps, key=tuple(Pap).index, default=None),
        frozenset(policies),
        frozenset(others),
    )


def _tlp(marking: Marking) -> Object:
    word = str(marking).removeprefix("TLP:").lower()
    said = {"extension_type": "property-extension", "tlp_2_0": word}
    created = "2022-10-01T00:00:00.000Z"
    return _definition(f"marking-definition--{_TLP[marking]}", str(marking), created) | {
        "extensions": {TLP_EXTENSION: said}
    }


def _pap(pap: Pap) -> Object:
    id, created = _PAP[pap]
    said = {"extension_type": "property-extension", "pap": str(pap).removeprefix("PAP:").lower()}
    return _definition(f"marking-definition--{id}", str(pap), created) | {
        "extensions": {PAP_EXTENSION: said}
    }


def policy_said(policy: Policy) -> Object:
    """A policy by the names of its extension, with its own: what `policy_in` reads."""
    said = _extension(policy)
    del said["extension_type"]
    return {"name": policy.name, **said}


def _extension(policy: Policy) -> Object:
    said: Object = {
        "extension_type": "property-extension",
        "iep_id": policy.id,
        "iep_version": 2,
        "description": policy.description,
        "start_date": policy.start,
        "tlp": policy.tlp,
        "encrypt_in_transit": policy.encrypt_in_transit,
        "permitted_actions": policy.permitted_actions,
        "affected_party_notifications": policy.affected_party_notifications,
        "provider_attribution": policy.provider_attribution,
        "unmodified_resale": policy.unmodified_resale,
    }
    if policy.end:
        said["end_date"] = policy.end
    return said


def _iep(policy: Policy) -> Object:
    id = named("marking-definition", "iep", rfc8785.dumps(asdict(policy)).decode())
    return _definition(id, policy.name, policy.start) | {
        "extensions": {IEP_EXTENSION: _extension(policy)}
    }


def label_of(policy: Policy) -> Marking:
    """The label of TLP 2.0 that a policy's own stands for."""
    return TLP_OF[policy.tlp]


def policy_in(value: Any) -> Policy:
    """An IEP 2.0 policy of somebody's file: a marking-definition of STIX, or the names and words of
    its extension beside `name`. Raises ValueError for what is none.
    """
    if not isinstance(value, dict):
        raise ValueError("is no JSON object")
    if "extensions" in value:
        found = value["extensions"]
        if not isinstance(found, dict) or not isinstance(found.get(IEP_EXTENSION), dict):
            raise ValueError("is a definition without an IEP 2.0 policy")
        policy = _policy(value)
    else:
        own = {"id": value.get("iep_id"), "name": value.get("name")}
        policy = _policy({**own, "extensions": {IEP_EXTENSION: value}})
    if not _UUID.fullmatch(policy.id):
        raise ValueError("IEP: iep_id is no UUID")
    for at in (policy.start, *([policy.end] if policy.end else [])):
        if not is_timestamp(at):
            raise ValueError(f"IEP: {at!r} is no time such as 2026-11-27T00:00:00.000Z")
    return policy


def _policy(definition: Object) -> Policy:
    said = definition["extensions"][IEP_EXTENSION]
    names = (
        "encrypt_in_transit", "permitted_actions", "affected_party_notifications",
        "provider_attribution", "unmodified_resale", "tlp",
    )  # fmt: skip
    try:
        return Policy(
            id=said["iep_id"],
            name=definition["name"],
            description=said["description"],
            start=said["start_date"],
            end=said.get("end_date", ""),
            **{name: said[name] for name in names},
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"IEP policy {definition.get('id')} lacks {error}") from None


def _definition(id: str, name: str, created: str) -> Object:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": id,
        "created": created,
        "name": name,
    }
