"""The desk's log, as a member watches it: each head must contain the one that was kept."""

from dataclasses import replace
from typing import Any

from stanch.client.heads import later, same_log
from stanch.client.line import Line
from stanch.client.state import StateFile
from stanch.client.trust import Pin
from stanch.errors import UnreachableError, UsageError
from stanch.formats.signed.head import Head, hashes, head_of


def checked(line: Line, pin: Pin, file: StateFile) -> Head:
    """Fetch the latest signed head, have it proved to contain the one kept, and keep it.

    Raises SignatureError where the log was cut short, rolled back, or is told in two ways;
    UsageError where the desk is not known yet.
    """
    state = file.read()
    if not state.desk:
        raise UsageError("which desk this is, is not known yet: fetch its directory first")
    key = pin.public()
    known = head_of(state.head, key, state.desk) if state.head else None
    now = head_of(_text(line.get("/v1/audit/head"), "head"), key, state.desk)
    proof: list[bytes] = []
    if known is not None and 0 < known.size < now.size:
        query = {"first": str(known.size), "second": str(now.size)}
        found = line.get("/v1/audit/consistency", query)
        proof = hashes(found.get("path") if isinstance(found, dict) else None)
    keep(file, later(known, now, proof), pin)
    return now


def keep(file: StateFile, head: Head, pin: Pin) -> None:
    """Keep a head that was proved, unless another process keeps a later one by now."""
    with file.changing() as change:
        if change.state.head:
            kept = head_of(change.state.head, pin.public(), head.desk)
            same_log(kept, head)
            if kept.size >= head.size:
                return
        change.state = replace(change.state, head=head.text)


def _text(found: Any, name: str) -> str:
    text = found.get(name) if isinstance(found, dict) else None
    if not isinstance(text, str):
        raise UnreachableError(f"the desk's answer has no {name}")
    return text
