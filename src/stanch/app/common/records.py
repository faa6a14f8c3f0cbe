"""What a home can tell of its past, and of a file that came."""

from pathlib import Path
from typing import Any

from stanch.app.common import history as past
from stanch.app.common.files import any_file, words
from stanch.app.common.place import Place
from stanch.formats.common.heads import Plan, Request, Step


def history(place: Place) -> tuple[list[dict[str, Any]], list[str]]:
    """All that was noted, oldest first, and what is wrong with the log, one line each."""
    with place.log() as log:
        return [past.noted(each) for each in log.records()], log.faults()


def line(said: dict[str, Any]) -> str:
    """One of them in words."""
    parts = [said["at"], said["kind"], str(said["run"])]
    if "partner" in said:
        parts.append(f"with {said['partner']}")
    for whose in ("ours", "theirs"):
        if whose in said:
            held = said[whose]
            parts.append(f"{whose}: version {held['version']} of {held['size']:,}")
    for name in ("matches", "received", "bytes"):
        if name in said:
            parts.append(f"{name} {said[name]:,}")
    if "reason" in said:
        parts.append(said["reason"])
    return "  ".join(parts)


def shown(place: Place, file: Path) -> dict[str, Any]:
    """What a file says. Raises UsageError, SignatureError, RefusedError."""
    got = any_file(place, file)
    head = got.said.head
    said: dict[str, Any] = {
        "kind": words(type(got.said)).partition(" ")[2],
        "run": head.run,
        "from": head.sender,
        "to": head.to,
        "at": head.at,
        "bytes": got.size,
        "sha256": got.digest,
    }
    match got.said:
        case Request():
            said |= {"indicators": got.said.held.size, "learns": got.said.learns}
        case Plan():
            said |= {"members": ", ".join(got.said.members), "k": got.said.k}
        case Step():
            said |= {"step": got.said.step}
    return said
