"""The desk's log, as a member watches it: each head must contain the one that was kept."""

from dataclasses import replace
from typing import Any

from stanch.client.heads import later, same_log
from stanch.client.line import Line
from stanch.client.state import State, StateFile
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
    latest = _text(line.get("/v1/audit/head"), "head")
    now = head_of(latest, pin.public(), state.desk)
    known = _kept(state, pin, state.desk)
    if known is not None and now.size < known.size:
        later(known, now, [])  # the latest head cannot be an older one
    return followed(line, pin, file, now)


def followed(line: Line, pin: Pin, file: StateFile, head: Head) -> Head:
    """Have a head proved to be of one log with the head that was kept, and keep the later one.

    Raises SignatureError where it is not.
    """
    known = _kept(file.read(), pin, head.desk)
    if known is not None:
        first, second = (known, head) if known.size <= head.size else (head, known)
        later(first, second, _proof(line, first, second))
    keep(file, head, pin)
    return head


def keep(file: StateFile, head: Head, pin: Pin) -> None:
    """Keep a head that was proved, unless another process keeps a later one by now."""
    with file.changing() as change:
        kept = _kept(change.state, pin, head.desk)
        if kept is not None:
            same_log(kept, head)
            if kept.size >= head.size:
                return
        change.state = replace(change.state, head=head.text)


def _kept(state: State, pin: Pin, desk: str) -> Head | None:
    return head_of(state.head, pin.public(), desk) if state.head else None


def _proof(line: Line, first: Head, second: Head) -> list[bytes]:
    if first.size in (0, second.size):
        return []
    query = {"first": str(first.size), "second": str(second.size)}
    found = line.get("/v1/audit/consistency", query)
    return hashes(found.get("path") if isinstance(found, dict) else None)


def _text(found: Any, name: str) -> str:
    text = found.get(name) if isinstance(found, dict) else None
    if not isinstance(text, str):
        raise UnreachableError(f"the desk's answer has no {name}")
    return text
