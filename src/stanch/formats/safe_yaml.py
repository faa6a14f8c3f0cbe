"""YAML from strangers: data only, and no more of it than the text itself holds.

Aliases let a few lines stand for billions of values. Loading shares what an alias points to,
but merge keys copy it, so a text with anchors is first walked as a stream of events, counting
what it would grow to if every alias were written out.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

MAX_BYTES: Final = 256 * 1024 * 1024  # 50 times the largest TagPack known
GROWTH: Final = 10  # times the values written; real packs use aliases for a repeated header
ALLOWANCE: Final = 10_000  # values that any text may grow to

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What PyYAML lets through where a value does not fit the type that its tag claims.
_MISFITS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_ANCHOR = re.compile(rb"(?:^|[\s\[{,:-])&[^\s,\[\]{}]", re.MULTILINE)


def load(data: bytes) -> object:
    """The one document in `data`. Raises ValueError with a short reason."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"is larger than {MAX_BYTES >> 20} MiB")
    try:
        if _ANCHOR.search(data) or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            _check_growth(data)
        return yaml.load(data, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = f" at line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ValueError(f"is not YAML{line}: {error.problem or error.context}") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except _Grows:
        raise
    except (yaml.YAMLError, *_MISFITS) as error:
        raise ValueError(f"is not YAML that can be read ({type(error).__name__})") from None


class _Grows(ValueError):
    """Aliases make the document many times larger than its text."""


def _check_growth(data: bytes) -> None:
    """Raise `_Grows` where aliases, written out, exceed `GROWTH` times the values written."""
    written = total = 0
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    for event in _events(data):
        if isinstance(event, yaml.AliasEvent):
            # An alias into the node around it is a loop: it counts as more than allowed.
            total += sizes.get(event.anchor or "", ALLOWANCE + GROWTH * (written + 1))
        elif isinstance(event, yaml.ScalarEvent):
            written += 1
            total += 1
            if event.anchor:
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.CollectionStartEvent):
            written += 1
            open_nodes.append((event.anchor, total))
            total += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor:
                sizes[anchor] = total - before
        if total > ALLOWANCE + GROWTH * written:
            raise _Grows("its aliases would make it many times larger than it is")


def _events(data: bytes) -> Iterator[Any]:
    yield from yaml.parse(data, Loader=_LOADER)
