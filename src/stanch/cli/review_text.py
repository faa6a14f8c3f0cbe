"""Matches under review as lines for the terminal. Takes what `app.review` gives."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

Shown = dict[str, Any]

_OPEN: Final = "open"
_DIGITS: Final = 12  # of an id: enough to name it, and short enough for a line
_OBEYED: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_HELD: Final = {
    "different": "the hit stays away while both sides say what they say now",
    "same": "the hit stays, and is marked",
    _OPEN: "the hit stays",
}


def _id(case: Shown) -> str:
    return str(case["id"])[:_DIGITS]


def list_line(case: Shown) -> str:
    """One line: id, where it stands, who met which entry under which name."""
    name = case["snapshot"]["name"]
    return _plain(f"{_id(case)}  {state(case)}  {case['subject']}  {case['entry']}  {name}")


def state(case: Shown) -> str:
    """Where a match stands: `disputed`, `confirmed different`, `confirmed same, now disputed`."""
    verdict, now = str(case["verdict"]), str(case["state"])
    if verdict == _OPEN:
        told = f" {case['round'][0]['verdict']}" if now == "proposed" else ""
        return now + told
    return f"confirmed {verdict}" + ("" if now == "confirmed" else f", now {now}")


def agreed_line(case: Shown) -> str:
    """What a new word has led to, in one line."""
    if case["state"] == "proposed":
        proposed = case["round"][0]["verdict"]
        held = _HELD[case["verdict"]]
        return f"{_id(case)}: proposed {proposed}; until another person confirms, {held}"
    if case["state"] == "disputed":
        return f"{_id(case)}: disputed; until they agree, {_HELD[case['verdict']]}"
    return f"{_id(case)}: {state(case)}; {_HELD[case['verdict']]}"


def case_lines(case: Shown) -> Iterator[str]:
    """All that is known and was said of a match."""
    snapshot = case["snapshot"]
    yield f"{_id(case)}: {state(case)}"
    yield f"taken up {case['taken']} against version {snapshot['version']}"
    yield _plain(f"score {snapshot['score']:.2f} for {snapshot['name']}")
    yield from _indented(snapshot["evidence"].splitlines())
    yield from _change_lines(case["changed_from"])
    for side in ("subject", "entry"):
        yield _plain(f"{side} {case[side]} said")
        yield from _indented(
            f"{field.replace('_', ' ')}: {'; '.join(values)}"
            for field, values in sorted(snapshot[side].items(), key=_names_first)
        )
    if case["decisions"]:
        yield "people said"
        yield from _indented(
            f"{word['at']} {word['who']}: {word['verdict']}, {word['reason']}"
            for word in case["decisions"]
        )


def _names_first(said: tuple[str, list[str]]) -> tuple[bool, str]:
    return said[0] != "names", said[0]


def _change_lines(changed: Shown | None) -> Iterator[str]:
    """What has changed since two people decided about the same two."""
    if changed:
        yield f"changed since {_id(changed)}, which two people found {changed['verdict']}"
        yield from _indented(
            f"the {side}'s {', '.join(changed[side])}"
            for side in ("subject", "entry")
            if changed[side]
        )


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {_plain(line)}" for line in lines)


def _plain(text: str) -> str:
    """Show what a terminal would obey: a listed name may turn its line around or clear it."""
    return "".join(
        f"<U+{ord(char):04X}>" if unicodedata.category(char) in _OBEYED else char for char in text
    )
