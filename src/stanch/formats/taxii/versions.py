"""Versions of objects (TAXII 2.1, section 3.4.1): a text that sorts as time passes, and back.

STIX writes a time with three digits behind the second or more, so that as texts they do not sort.
"""

from collections.abc import Mapping
from typing import Any, Final

from stanch.formats.stix.times import is_timestamp, order_of

MOST_DIGITS: Final = 9  # nanoseconds: nobody's clock has more, and a key of a row has an end


def version_of(data: Mapping[str, Any]) -> str:
    """The version of an object: `modified`, else `created`; empty where it has neither.

    Raises ValueError where it is finer than a nanosecond.
    """
    said = data.get("modified") or data.get("created")
    return sortable(said) if isinstance(said, str) else ""


def sortable(text: str) -> str:
    """A timestamp of STIX so that texts sort as times: six digits or more, no `Z`.

    >>> sortable("2017-01-27T13:49:53.935Z")
    '2017-01-27T13:49:53.935000'

    Raises ValueError where it is none.
    """
    if not is_timestamp(text):
        raise ValueError(f"{text[:40]!r} is no timestamp such as 2024-05-31T04:26:47.000Z")
    whole, parts = order_of(text)
    if len(parts) > MOST_DIGITS:
        raise ValueError(f"{text[:40]!r} is finer than a nanosecond")
    return f"{whole}.{parts:0<6}"


def shown(version: str) -> str:
    """What `sortable` made of a timestamp, as STIX writes it.

    >>> shown("2017-01-27T13:49:53.935000")
    '2017-01-27T13:49:53.935Z'
    """
    whole, _, parts = version.partition(".")
    return f"{whole}.{parts.rstrip('0'):0<3}Z"
