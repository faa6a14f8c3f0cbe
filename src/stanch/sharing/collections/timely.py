"""A version far ahead of the desk's clock would stay the last whatever came after: not taken."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from stanch.formats.taxii.versions import sortable, version_of
from stanch.store.desk.transaction import moment, stamp

SKEW: Final = timedelta(hours=24)
_LATE: Final = "its version is more than a day ahead of this desk's clock, and would stay the last"


def last_taken(now: str) -> str:
    """The last version that is taken in at a time, as versions sort."""
    return sortable(stamp(moment(now) + SKEW))


def version_fault(data: Mapping[str, Any], last: str) -> str:
    """Why an object's version is not taken in; empty where it is. `last` is of `last_taken`."""
    try:
        version = version_of(data)
    except ValueError as error:
        return f"its version {error}"
    return _LATE if version > last else ""
