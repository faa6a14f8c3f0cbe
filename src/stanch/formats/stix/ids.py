"""Identifiers that are the same each time: UUIDv5 of what an object is about.

Objects of ours (SDO, SRO) stand under a namespace of ours. Observables (SCO) stand under the
namespace of STIX 2.1, section 2.9, with the properties that their type counts, so that everybody
who sees one wallet has one id for it.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid5

import rfc8785

NAMESPACE: Final = UUID("3f8c6a52-0d7b-5b9e-9a14-6c2f1e7d4b83")
OASIS: Final = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")


def named(kind: str, *key: str) -> str:
    """The id of an object of ours, of its type and the texts that tell it from all others.

    >>> named("incident", "registry", "ronin-2022")
    'incident--436dffca-0d76-59bc-bb3f-e7a1b7f033d5'
    """
    return f"{kind}--{uuid5(NAMESPACE, rfc8785.dumps([kind, *key]).decode())}"


def observable(kind: str, counted: Mapping[str, Any]) -> str:
    """The id of an observable, of the properties that its type counts (`id_contrib_props`)."""
    return f"{kind}--{uuid5(OASIS, rfc8785.dumps(dict(counted)).decode())}"
