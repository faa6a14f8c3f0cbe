"""YAML from strangers: data only, and no more of it than the text itself holds.

Aliases let a few lines stand for billions of values. Loading shares what an alias points to,
but merge keys copy it, so a text with anchors is first walked as a stream of events, counting
what it would grow to if every alias were written out. Deep nesting crashes the C loader, which
calls itself for each level; a text that could be deep is walked in the same way, which does not.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

MAX_BYTES: Final = 256 * 1024 * 1024  # 50 times the largest TagPack known
GROWTH: Final = 10  # times the values written; real packs use aliases for a repeated header
ALLOWANCE: Final = 10_000  # values that any text may grow to

DEPTH: Final = 200  # levels; TagPacks have four

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What PyYAML lets through where a value does not fit the type that its tag claims.
_MISFITS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_INDENT = re.compile(rb"[\s?:-]{%d}" % (DEPTH // 2))
_ANCHOR = re.compile(rb"(?:^|[\s\[{,:-])&[^\s,\[\]{}]", re.MULTILINE)


def load(data: bytes) -> object:
    """The one document in `data`. Raises ValueError with a short reason."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"is larger than {MAX_BYTES >> 20} MiB")
    try:
        if _is_suspicious(data):
            _check(data)
        return yaml.load(data, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = f" at line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ValueError(f"is not YAML{line}: {error.problem or error.context}") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except _Refused:
        raise
    except (yaml.YAMLError, *_MISFITS) as error:
        raise ValueError(f"is not YAML that can be read ({type(error).__name__})") from None


class _Refused(ValueError):
    """The text is an attack, or as good as one."""


def _is_suspicious(data: bytes) -> bool:
    """Whether a text may have aliases or deep nesting; cheap, and never wrong about a `no`.

    Each level needs a bracket, or a column or two more in front of what is nested.
    """
    return bool(
        data[:2] in (b"\xff\xfe", b"\xfe\xff")  # UTF-16 hides the rest
        or data.count(b"[") + data.count(b"{") > DEPTH
        or _INDENT.search(data)
        or _ANCHOR.search(data)
    )


def _check(data: bytes) -> None:
    """Raise `_Refused` where the text nests deeper than `DEPTH`, or where aliases, written out,
    exceed `GROWTH` times the values written."""
    written = total = 0
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    for event in _events(data):
        if isinstance(event, yaml.AliasEvent):
            # An alias into the node around it is a loop: it counts as more than allowed.
            total += sizes.get(event.anchor or "", ALLOWANCE + GROWTH * (written + 1))
        elif isinstance(event, yaml.ScalarEvent):
            written, total = written + 1, total + 1
            if event.anchor:
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.CollectionStartEvent):
            written, total = written + 1, total + 1
            open_nodes.append((event.anchor, total - 1))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor:
                sizes[anchor] = total - before
        if len(open_nodes) > DEPTH:
            raise _Refused(f"is nested deeper than {DEPTH} levels")
        if total > ALLOWANCE + GROWTH * written:
            raise _Refused("is refused: its aliases make it many times larger than its text")


def _events(data: bytes) -> Iterator[Any]:
    yield from yaml.parse(data, Loader=_LOADER)
