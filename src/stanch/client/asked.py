"""Ask a desk about addresses: each with its findings, as the desk says."""

from collections.abc import Sequence
from typing import Any, Final

from stanch.client.line import Line
from stanch.errors import UnreachableError

PATH: Final = "/v1/screen/addresses"
MOST: Final = 10_000  # addresses of one question


def asked(line: Line, addresses: Sequence[str]) -> list[dict[str, Any]]:
    """One answer for each address, in their order; up to MOST at a time.

    `findings` is null where a text is no address, and empty where nothing is known.
    """
    found = line.post(PATH, {"addresses": list(addresses)})
    results = found.get("results") if isinstance(found, dict) else None
    if not isinstance(results, list) or len(results) != len(addresses):
        raise UnreachableError("the desk's answer is not one for each address")
    if not all(isinstance(each, dict) for each in results):
        raise UnreachableError("the desk's answer about an address is none")
    return results
