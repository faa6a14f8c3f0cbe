"""A TAXII server: what it says of itself, its API roots, and the collections of a root."""

from typing import Any

from stanch.client.taxii.line import Line
from stanch.errors import UnreachableError


def discovery(line: Line) -> dict[str, Any]:
    """The discovery resource at the line's own place (`/taxii2/`)."""
    return line.get("").json()


def roots(line: Line) -> list[str]:
    """URLs of the API roots that a server names, each once; those of other hosts are left out."""
    said = discovery(line)
    named = said.get("api_roots")
    found: dict[str, None] = {}
    for each in [said.get("default"), *(named if isinstance(named, list) else [])]:
        if isinstance(each, str):
            try:
                found.setdefault(str(line.at(each)).rstrip("/") + "/")
            except UnreachableError:
                continue
    return list(found)


def root(line: Line) -> dict[str, Any]:
    """The API root at the line's own place."""
    return line.get("").json()


def collections(line: Line) -> list[dict[str, Any]]:
    """The collections of the API root that the line stands at; a server without one says `{}`."""
    found = line.get("collections/").json().get("collections", [])
    if not isinstance(found, list):
        raise UnreachableError(f"{line.host}'s list of collections is no list")
    return [each for each in found if isinstance(each, dict) and isinstance(each.get("id"), str)]


def largest(line: Line, most: int) -> int:
    """How many bytes a post may have, up to `most`: what the root says, where it says it."""
    said = root(line).get("max_content_length")
    return min(said, most) if isinstance(said, int) and said > 0 else most
