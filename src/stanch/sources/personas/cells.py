"""One cell to the values in it, for files whose cells come one by one: CSV and JSON lines.

A cell is a text, a number, a list of such, or an object with a value and a time. In a CSV a cell
may be written as JSON, or hold several values between separators, each maybe with `@` and a time.
"""

import math
from collections.abc import Iterator
from typing import Any, Final

import orjson

from stanch.model.personas import kinds
from stanch.model.personas.values import NO_TIME
from stanch.sources import times

MOST_VALUES: Final = 10_000  # of one cell
MOST_TEXT: Final = 1 << 20  # characters of one value
_TIMED: Final = frozenset({kinds.IP, kinds.LOGIN})  # what `@` and a time may follow
_WHOLE: Final = frozenset({kinds.LINE, kinds.ADDRESS, kinds.NAME, kinds.MRZ, kinds.CLAIMED_PLACE})

Told = Iterator[tuple[str, int]]  # a value and its time


def told(meaning: str, cell: Any, separator: str) -> Told:
    """The values in a cell. Raises ValueError, with a reason that repeats no value."""
    if isinstance(cell, str):
        yield from _of_text(meaning, cell, separator)
        return
    parts = cell if isinstance(cell, list) else [cell]
    if len(parts) > MOST_VALUES:
        raise ValueError(f"has more than {MOST_VALUES:,} values")
    for part in parts:
        if part is not None:
            yield _one(meaning, part)


def _of_text(meaning: str, cell: str, separator: str) -> Told:
    text = cell.strip()
    if not text:
        return
    if len(text) > MOST_TEXT:
        raise ValueError(f"is longer than {MOST_TEXT:,} characters")
    if text[0] in "[{":
        try:
            yield from told(meaning, _json(text), separator)
            return
        except orjson.JSONDecodeError:
            pass  # a text that begins with a bracket
    if meaning in _WHOLE or not separator:
        yield text, NO_TIME
        return
    parts = text.split(separator)
    if len(parts) > MOST_VALUES:
        raise ValueError(f"has more than {MOST_VALUES:,} values")
    for part in filter(None, map(str.strip, parts)):
        value, at, time = part.rpartition("@") if meaning in _TIMED else ("", "", part)
        yield (value.strip(), times.parse(time)) if at else (time, NO_TIME)


def _json(text: str) -> Any:
    said = orjson.loads(text)
    return [said] if isinstance(said, str) else said


def _one(meaning: str, part: Any) -> tuple[str, int]:
    if isinstance(part, dict) and meaning not in (kinds.EMPLOYED, kinds.DOCUMENT):
        time = part.get("time", part.get("at"))
        value = next((part[name] for name in ("value", meaning, "id") if name in part), None)
        if meaning == kinds.COMMIT:
            value = time
        return text_of(value if value is not None else time), _moment(time)
    return text_of(part), NO_TIME


def _moment(time: Any) -> int:
    return NO_TIME if time is None else times.parse(text_of(time))


def text_of(part: Any) -> str:
    """A scalar as text; an object as JSON. Raises ValueError for what is neither."""
    if isinstance(part, str):
        if len(part) > MOST_TEXT:
            raise ValueError(f"is longer than {MOST_TEXT:,} characters")
        return part.strip()
    if isinstance(part, bool) or part is None:
        raise ValueError("is neither text nor number")
    if isinstance(part, float) and not math.isfinite(part):
        raise ValueError("is no number")
    if isinstance(part, int | float):
        return repr(part)
    return orjson.dumps(part, option=orjson.OPT_SORT_KEYS).decode()
