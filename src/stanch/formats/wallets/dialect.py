"""A dialect, and how what it cannot carry goes along.

A dialect says what it can in its own words (`plain`), and reads that back (`said`). `write`
compares the two: what did not come back is attached in one place of the object that the dialect
leaves free, and `read` takes it from there. So each pair of dialects goes there and back without
loss, whatever each can say; a reader who does not know us sees a plain object of its dialect.
What a dialect says beside is kept whole under `carried`, and written again when it comes home.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Protocol

from stanch.formats.networks import place
from stanch.model.shared import Shared, SharedTransaction, SharedWallet, Side

Native = dict[str, Any]
Rest = dict[str, Any]

MAX_CARRIED: Final = 1 << 20  # bytes of JSON that one object brings along


class Dialect(Protocol):
    """How one field or tool writes wallets and transactions."""

    name: str

    def plain(self, thing: Shared) -> Native:
        """The object of the dialect. Raises ValueError where it has none for such a thing."""

    def said(self, native: Native) -> Shared | None:
        """What an object of the dialect says; None where it is neither wallet nor transaction."""

    def attach(self, native: Native, rest: Rest) -> Native:
        """The object with what goes along."""

    def detach(self, native: Native) -> tuple[Native, Rest]:
        """The object without what goes along, and that."""


@dataclass(frozen=True, slots=True)
class Written:
    """An object of a dialect, and the fields that it could not carry in its own words."""

    native: Native
    beside: tuple[str, ...]


def write(dialect: Dialect, thing: Shared) -> Written:
    """An object of a dialect. Raises ValueError where the dialect has none for such a thing."""
    base = dialect.plain(thing)
    known = _said(dialect, base)
    if known is None or type(known) is not type(thing):
        raise ValueError(f"{dialect.name} cannot say {thing!r:.80}")
    came = dict(thing.carried).get(dialect.name)
    if came is not None:
        home = unpacked(came)
        said = _said(dialect, home)
        if said is not None and _agrees(said, thing, known):
            base, known = home, said
    rest = {
        name: _json(getattr(thing, name))
        for name in _names(thing)
        if getattr(known, name) != getattr(thing, name)
    }
    beside = tuple(rest)
    others = {name: text for name, text in thing.carried if name != dialect.name}
    if others:
        rest["carried"] = others
    if len(packed(rest)) > MAX_CARRIED:
        raise ValueError(f"more than {MAX_CARRIED:,} bytes would go along with {beside or 'it'}")
    return Written(dialect.attach(base, rest) if rest else base, beside)


def read(dialect: Dialect, native: Native) -> Shared | None:
    """What an object says; None where it is neither a wallet nor a transaction."""
    bare, rest = dialect.detach(native)
    thing = _said(dialect, bare)
    if thing is not None and not _fits(rest, thing):
        bare, rest = native, {}
        thing = _said(dialect, bare)
    if thing is None:
        return None
    carried = dict(rest.pop("carried", {}))
    thing = replace(thing, **{name: _value(each) for name, each in rest.items()})
    try:
        home = dialect.plain(thing)
    except ValueError:
        home = {}
    if home != bare:
        carried[dialect.name] = packed(bare)
    return replace(thing, carried=tuple(sorted(carried.items())))


def packed(rest: Rest) -> str:
    """What goes along, as one text of ASCII: it may hold whatever JSON does."""
    return json.dumps(rest, sort_keys=True, separators=(",", ":"))


def unpacked(text: str) -> Rest:
    """What goes along in a text; nothing where it is none of ours."""
    if len(text) > MAX_CARRIED:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _said(dialect: Dialect, native: Native) -> Shared | None:
    """What an object says, and the chain that its ticker and address mean."""
    thing = dialect.said(native)
    if thing is None or thing.chain:
        return thing
    address = thing.address if isinstance(thing, SharedWallet) else ""
    try:
        chain = place(thing.symbol, address).chain if thing.symbol and address else None
    except ValueError:
        chain = None
    return replace(thing, chain=chain or "")


def _agrees(home: Shared, thing: Shared, known: Shared) -> bool:
    """Whether an object as it came says nothing that has been changed since."""
    if type(home) is not type(thing):
        return False
    return all(
        getattr(home, name) in (getattr(thing, name), getattr(known, name))
        for name in _names(thing)
    )


def _names(thing: Shared) -> list[str]:
    return [each.name for each in fields(thing) if each.name != "carried"]


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [{"address": each.address, "amount": each.amount} for each in value]
    return value


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(Side(each["address"], each["amount"]) for each in value)
    return value


def _fits(rest: Rest, thing: Shared) -> bool:
    """Whether what came along is of our form: it comes from outside like everything else."""
    names = _names(thing)
    for name, value in rest.items():
        if name == "carried":
            if not isinstance(value, Mapping) or not all(map(_is_object, value.values())):
                return False
        elif name not in names:
            return False
        elif isinstance(thing, SharedTransaction) and name in ("inputs", "outputs"):
            if not isinstance(value, list) or not all(map(_is_side, value)):
                return False
        elif not isinstance(value, str):
            return False
    return True


def _is_side(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"address", "amount"}
        and all(isinstance(each, str) for each in value.values())
    )


def _is_object(text: object) -> bool:
    return isinstance(text, str) and bool(unpacked(text))
