"""Media types, and whether a request asks for and brings ours (TAXII 2.1, section 3.2)."""

from collections.abc import Iterable, Iterator
from typing import Final

TAXII: Final = "application/taxii+json;version=2.1"
STIX: Final = "application/stix+json;version=2.1"
_OURS: Final = "application/taxii+json"
_ANY: Final = ("*/*", "application/*")
_VERSIONS: Final = ("", "2.1")  # none said: the newest that is spoken here
_LONGEST: Final = 1000


def acceptable(headers: Iterable[str]) -> bool:
    """Whether an `Accept` header takes TAXII 2.1; without one, as RFC 9110 has it, it takes all."""
    said = ",".join(headers)[:_LONGEST]
    if not said.strip():
        return True
    return any(
        quality > 0 and (kind in _ANY or (kind == _OURS and version in _VERSIONS))
        for kind, version, quality in _ranges(said)
    )


def readable(headers: Iterable[str]) -> bool:
    """Whether a `Content-Type` header is of TAXII 2.1, named once."""
    said = list(headers)
    if len(said) != 1 or "," in said[0]:
        return False
    kind, version, _ = next(_ranges(said[0][:_LONGEST]))
    return kind == _OURS and version in _VERSIONS


def packs(headers: Iterable[str]) -> bool:
    """Whether an `Accept-Encoding` header takes gzip."""
    return any(
        kind == "gzip" and quality > 0 for kind, _, quality in _ranges(",".join(headers)[:_LONGEST])
    )


def _ranges(said: str) -> Iterator[tuple[str, str, float]]:
    """Type, version and quality of each part of a header."""
    for part in said.split(","):
        kind, *parameters = (each.strip().lower() for each in part.split(";"))
        given = {
            name.strip(): value.strip().strip('"')
            for name, _, value in (each.partition("=") for each in parameters)
        }
        yield kind, given.get("version", ""), _quality(given.get("q", "1"))


def _quality(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return 0
