"""The desk's log, as a member watches it: each head must contain the one that was kept."""

from dataclasses import dataclass, replace
from typing import Any

from stanch.client.heads import later, same_log
from stanch.client.line import Line
from stanch.client.state import State, StateFile
from stanch.client.trust import Pin
from stanch.errors import NotFoundError, SignatureError, UnreachableError, UsageError
from stanch.formats.signed.head import Head, hashes, head_of
from stanch.model.desk import merkle
from stanch.model.desk.log_row import Row


@dataclass(frozen=True, slots=True)
class Contained:
    """An entry, the head of the log that holds it, and the hashes between the two (RFC 9162)."""

    row: Row
    head: Head
    path: tuple[bytes, ...]


def checked(line: Line, pin: Pin, file: StateFile) -> Head:
    """Fetch the latest signed head, have it proved to contain the one kept and the one that the
    newest delivery brought, and keep it.

    Raises SignatureError where the log was cut short, rolled back, or is told in two ways;
    UsageError where the desk is not known yet.
    """
    state = file.read()
    if not state.desk:
        raise UsageError("which desk this is, is not known yet: fetch its directory first")
    latest = _text(line.get("/v1/audit/head"), "head")
    now = head_of(latest, pin.public(), state.desk)
    for known in _all_kept(state, pin, state.desk):
        if now.size < known.size:
            later(known, now, [])  # the latest head cannot be an older one
    return followed(line, pin, file, now)


def followed(line: Line, pin: Pin, file: StateFile, head: Head) -> Head:
    """Have a head proved to be of one log with the heads that were kept, and keep the later one.

    Raises SignatureError where it is not.
    """
    for known in _all_kept(file.read(), pin, head.desk):
        first, second = (known, head) if known.size <= head.size else (head, known)
        later(first, second, _proof(line, first, second))
    keep(file, head, pin)
    return head


def contained(line: Line, pin: Pin, file: StateFile, n: int) -> Contained:
    """Entry `n`, proved to stand in the log as the desk signed it last; so is that this log
    contains the one that was kept.

    The key is an auditor's, and the entry one that they may read. Raises NotFoundError where there
    is none, SignatureError where it is not in the log that was signed.
    """
    head = checked(line, pin, file)
    row = _row(line, n)
    if n > head.size:
        raise NotFoundError(f"entry {n} is in no signed head yet; ask again in a moment")
    found = line.get(f"/v1/audit/inclusion/{n}", {"size": str(head.size)})
    path = hashes(found.get("path") if isinstance(found, dict) else None)
    try:
        leaf = row.leaf()
    except (ValueError, TypeError):
        raise SignatureError(f"entry {n} is no entry of a log") from None
    if not merkle.included(leaf, n - 1, head.size, path, head.root):
        raise SignatureError(f"entry {n} is not in the log of {head.size} entries that was signed")
    return Contained(row, head, tuple(path))


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


def _all_kept(state: State, pin: Pin, desk: str) -> list[Head]:
    """The head that was proved, and the one that the newest delivery brought: once where they are
    of one size.
    """
    texts = [each for each in (state.head, state.told) if each]
    heads = [head_of(each, pin.public(), desk) for each in texts]
    if len(heads) == 2 and heads[0].size == heads[1].size:
        same_log(heads[0], heads[1])
        del heads[1]
    return heads


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


def _row(line: Line, n: int) -> Row:
    """The entry at place `n`. Who may not read it hears what they would hear were it not there."""
    page = line.get("/v1/audit/entries", {"after": str(n - 1), "limit": "1"})
    items = page.get("items") if isinstance(page, dict) else None
    if not isinstance(items, list):
        raise UnreachableError("the desk's answer is no list")
    said = items[0] if items and isinstance(items[0], dict) else {}
    if said.get("n") != n:
        raise NotFoundError(f"no entry {n}")
    try:
        return Row(**said)
    except TypeError:
        raise UnreachableError("the desk's answer is no entry of a log") from None
