"""What a TAXII server answers with, as bytes (TAXII 2.1, sections 4 and 5)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stanch.formats.taxii.media import STIX, TAXII
from stanch.formats.taxii.versions import shown

Row = Sequence[Any]  # added, id, version, and bytes in an envelope


@dataclass(frozen=True, slots=True)
class CollectionInfo:
    """A collection as one reader has it."""

    id: str
    title: str
    description: str
    alias: str | None
    reads: bool
    writes: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one object of a post."""

    id: str
    version: str
    message: str
    success: bool


def discovery(title: str, roots: Sequence[str]) -> bytes:
    """Section 4.1: the server, and where its API roots are; the first is the default."""
    return _json({"title": title, "default": roots[0], "api_roots": list(roots)})


def api_root(title: str, largest: int) -> bytes:
    """Section 4.2: an API root; `largest` is how many bytes a post may have."""
    return _json({"title": title, "versions": [TAXII], "max_content_length": largest})


def collections(infos: Iterable[CollectionInfo]) -> bytes:
    """Section 5.1: the collections of an API root."""
    listed = [_collection(each) for each in infos]
    return _json({"collections": listed} if listed else {})


def collection(info: CollectionInfo) -> bytes:
    """Section 5.2: one collection."""
    return _json(_collection(info))


def envelope(rows: Sequence[Row], next: str) -> bytes:
    """Section 3.7: objects, byte for byte as they came; `next` is empty on the last page. A page
    without objects is an empty object, as section 5.4 has it.
    """
    if not rows:
        return b"{}"
    return b"".join((_head(next), b',"objects":[', b",".join([row[3] for row in rows]), b"]}"))


def manifest(rows: Sequence[Row], next: str) -> bytes:
    """Section 5.3.1: what an envelope of these rows would have, without the objects."""
    listed = [
        {"id": id, "date_added": added, "version": shown(version), "media_type": STIX}
        for added, id, version in rows
    ]
    return _page("objects", listed, next)


def versions(rows: Sequence[Row], next: str) -> bytes:
    """Section 5.8.1: the versions of one object."""
    return _page("versions", [shown(row[2]) for row in rows], next)


def status(id: str, at: str, judged: Sequence[Judged]) -> bytes:
    """Section 4.3: a post that is done, with a verdict for each object."""
    taken = [_judged(each, at) for each in judged if each.success]
    refused = [_judged(each, at) for each in judged if not each.success]
    said: dict[str, Any] = {
        "id": id,
        "status": "complete",
        "request_timestamp": at,
        "total_count": len(judged),
        "success_count": len(taken),
        "failure_count": len(refused),
        "pending_count": 0,
    }
    if taken:
        said["successes"] = taken
    if refused:
        said["failures"] = refused
    return _json(said)


def error(status: int, title: str, description: str) -> bytes:
    """Section 3.6.1: what went wrong."""
    return _json({"title": title, "description": description, "http_status": str(status)})


def _collection(info: CollectionInfo) -> dict[str, Any]:
    said: dict[str, Any] = {"id": info.id, "title": info.title}
    if info.description:
        said["description"] = info.description
    if info.alias:
        said["alias"] = info.alias
    return {**said, "can_read": info.reads, "can_write": info.writes, "media_types": [STIX]}


def _judged(each: Judged, at: str) -> dict[str, str]:
    """The details of one object; what says no version of its own has the time of the post."""
    said = {"id": each.id, "version": each.version or at}
    return {**said, "message": each.message} if each.message else said


def _page(name: str, listed: Sequence[Any], next: str) -> bytes:
    if not listed:
        return b"{}"
    return b"".join((_head(next), b',"', name.encode(), b'":', _json(listed), b"}"))


def _head(next: str) -> bytes:
    return b'{"more":true,"next":"%s"' % next.encode() if next else b'{"more":false'


def _json(said: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode()
