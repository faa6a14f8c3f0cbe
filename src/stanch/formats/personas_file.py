"""Personas by their identifiers, as people hand them over: CSV, or JSON.

CSV has a row for each identifier: who it is (`persona`, `operator_id` or `record_id`, in this
order), `kind` and `value`. JSON is a list of `{"persona": ..., "identifiers": [{"kind": ...,
"value": ...}, ...]}`. Further columns and names are not read.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any, Final

WHO: Final = ("persona", "operator_id", "record_id")
KIND: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
MAX_BYTES: Final = 64 << 20
_MOST: Final = 1_000  # characters of a value

Personas = dict[str, list[tuple[str, str]]]


def personas_in(data: bytes) -> Personas:
    """The identifiers of each persona, as (kind, value), in the order of the file.

    Raises ValueError with a short reason, and the place, where it is no such file: a persona that
    is told in part would be taken for another.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"is longer than {MAX_BYTES >> 20} MiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 at byte {error.start + 1}") from None
    rows = _of_json(text) if text.lstrip()[:1] in ("[", "{") else _of_csv(text)
    found: Personas = {}
    for place, who, kind, value in rows:
        found.setdefault(_who(place, who), []).append(_identifier(place, kind, value))
    return found


_Row = tuple[str, Any, Any, Any]


def _of_csv(text: str) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    who = next((name for name in WHO if name in names), None)
    if who is None or "kind" not in names or "value" not in names:
        raise ValueError(f"has no columns {', '.join((WHO[0], 'kind', 'value'))}")
    reader.fieldnames = names
    try:
        for row in reader:
            yield f"line {reader.line_num}", row[who], row["kind"], row["value"]
    except csv.Error as error:
        raise ValueError(f"is no CSV: {error}") from None


def _of_json(text: str) -> Iterator[_Row]:
    try:
        said: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("is no JSON") from None
    if not isinstance(said, list):
        raise ValueError("is no list of personas")
    for number, each in enumerate(said, 1):
        place = f"persona {number}"
        if not isinstance(each, dict) or not isinstance(each.get("identifiers"), list):
            raise ValueError(f"{place}: has no list of identifiers")
        who = next((each[name] for name in WHO if name in each), None)
        for one in each["identifiers"]:
            if not isinstance(one, dict):
                raise ValueError(f"{place}: an identifier is no object with kind and value")
            yield place, who, one.get("kind"), one.get("value")


def _who(place: str, who: Any) -> str:
    if not isinstance(who, str) or not 0 < len(who.strip()) <= _MOST:
        raise ValueError(f"{place}: does not say whose identifier it is")
    return who.strip()


def _identifier(place: str, kind: Any, value: Any) -> tuple[str, str]:
    if not isinstance(kind, str) or not KIND.fullmatch(kind.strip().lower()):
        raise ValueError(f"{place}: has no kind, such as email")
    if not isinstance(value, str) or not 0 < len(value.strip()) <= _MOST:
        raise ValueError(f"{place}: has no value, or one of more than {_MOST} characters")
    return kind.strip().lower(), value.strip()
