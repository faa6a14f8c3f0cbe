"""One cluster as a desk keeps it: JSON of record ids, links, and the evidence with its bits.

    {"level": "operator", "name": "op-7", "farm": "farm-2", "left_out": 0, "unnamed": 0,
     "records": [{"record": "A-17", "priority": 3, "microbits": 41000000, "reasons": ["..."]}],
     "links": [{"a": "A-17", "b": "B-4", "level": "operator", "microbits": 41000000,
                "evidence": [{"evidence": "device@1", "microbits": 41000000, "detail": {"n": 2}}]}],
     "wallets": [{"record": "A-17", "account": "eip155:1:0x...", "role": "payee", "via": ""}]}

No value that an application gave has a place in it but a wallet, which is public: what stands
beside a piece of evidence are numbers. Bits are integers in millionths, and the pieces of a link
add up to it. `via` is the account from which a record's money came on to another one.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from stanch.model.desk.canonical import canonical
from stanch.model.letters import JOINERS, hidden

OPERATOR: Final = "operator"
FARM: Final = "farm"
LEVELS: Final = (OPERATOR, FARM)
# Of wallets: theirs, where pay of several meets, on the way to who is sanctioned, and that one.
ROLES: Final = ("payee", "collector", "way", "exposed")
MOST_RECORDS: Final = 1_000  # of one cluster; of a larger one the first, and the rest is counted
MOST_LINKS: Final = 2_000  # of one cluster, the strongest; how many more there are is said
MOST_WALLETS: Final = 1_000
LARGEST: Final = 1 << 20  # bytes of one cluster
_LONGEST: Final = 200  # characters of an id
_MOST_BITS: Final = 10**12  # millionths
_MOST_COUNT: Final = 10**9
_EVIDENCE: Final = re.compile(r"[a-z][a-z0-9_.-]{0,59}(@[0-9]{1,4})?", re.ASCII)
_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")

Cluster = dict[str, Any]


def microbits(bits: object) -> int:
    """Bits as integers in millionths; what is finer than that is rounded. Raises ValueError."""
    if isinstance(bits, bool) or not isinstance(bits, str | int | float | Decimal):
        raise ValueError("bits: is no number")
    try:
        found = Decimal(str(bits)) * 1_000_000
        if not found.is_finite() or abs(found) > _MOST_BITS:
            raise ValueError("bits: is out of bounds")
        return int(found.to_integral_value())
    except InvalidOperation:
        raise ValueError(f"bits: {str(bits)[:40]!r} is no number") from None


def checked(said: Any) -> Cluster:
    """A cluster with nothing in it but what belongs there. Raises ValueError."""
    found = _of(said, "a cluster", ("level", "name", "farm", "records", "links", "wallets"))
    if found["level"] not in LEVELS:
        raise ValueError(f"level: is none of: {', '.join(LEVELS)}")
    records = [_record(each) for each in _list(found, "records", MOST_RECORDS)]
    ids = {each["record"] for each in records}
    if len(ids) < 2 or len(ids) != len(records):
        raise ValueError("records: a cluster is of two or more, each named once")
    links = [_link(each, ids) for each in _list(found, "links", MOST_LINKS)]
    cluster = {
        "level": found["level"], "name": text("name", found["name"]),
        "farm": text("farm", found["farm"]) if found["farm"] else "",
        "left_out": count("left_out", said.get("left_out", 0)),
        "unnamed": count("unnamed", said.get("unnamed", 0)),
        "records": sorted(records, key=lambda each: str(each["record"])),
        "links": sorted(links, key=lambda each: (-each["microbits"], each["a"], each["b"])),
        "wallets": [_wallet(each, ids) for each in _list(found, "wallets", MOST_WALLETS)],
    }  # fmt: skip
    if len(canonical(cluster)) > LARGEST:
        raise ValueError(f"{cluster['name']}: is larger than {LARGEST >> 20} MiB")
    return cluster


def without(cluster: Cluster, record: str) -> Cluster:
    """The same without a record and all that was said of it."""
    return {
        **cluster,
        "records": [
            {**each, "reasons": [why for why in each["reasons"] if record not in why]}
            for each in cluster["records"]
            if each["record"] != record
        ],
        "links": [each for each in cluster["links"] if record not in (each["a"], each["b"])],
        "wallets": [each for each in cluster["wallets"] if each["record"] != record],
    }


def text(field: str, said: object) -> str:
    """An id as somebody else has it. Raises ValueError where it cannot be shown, or is long."""
    if not isinstance(said, str) or not 0 < len(said) <= _LONGEST:
        raise ValueError(f"{field}: is no text of 1 to {_LONGEST} characters")
    if any(hidden(each) and each not in JOINERS for each in said):
        raise ValueError(f"{field}: holds a character that cannot be shown")
    return said


def _of(said: Any, what: str, names: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(said, Mapping) or not said.keys() >= set(names):
        raise ValueError(f"{what} has {', '.join(names)}")
    return said


def _list(said: Mapping[str, Any], name: str, most: int) -> Sequence[Any]:
    found = said[name]
    if not isinstance(found, list | tuple) or len(found) > most:
        raise ValueError(f"{name}: is no list of at most {most:,}")
    return found


def count(name: str, said: object) -> int:
    """A number from 0 on. Raises ValueError."""
    if isinstance(said, bool) or not isinstance(said, int) or not 0 <= said <= _MOST_COUNT:
        raise ValueError(f"{name}: is no number from 0 to {_MOST_COUNT:,}")
    return said


def _bits(said: object) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or abs(said) > _MOST_BITS:
        raise ValueError("microbits: is no integer, or out of bounds")
    return said


def _record(said: Any) -> dict[str, Any]:
    found = _of(said, "a record", ("record", "priority", "microbits"))
    reasons = _list({"reasons": (), **found}, "reasons", 50)
    return {
        "record": text("record", found["record"]),
        "priority": count("priority", found["priority"]),
        "microbits": _bits(found["microbits"]),
        "reasons": [_reason(each) for each in reasons],
    }


def _reason(said: Any) -> str:
    if not isinstance(said, str) or len(said) > 1_000 or any(map(hidden, said.replace("\n", ""))):
        raise ValueError("reasons: is no text, or long, or cannot be shown")
    return said


def _link(said: Any, ids: set[str]) -> dict[str, Any]:
    found = _of(said, "a link", ("a", "b", "level", "microbits", "evidence"))
    a, b = text("a", found["a"]), text("b", found["b"])
    if a == b or not {a, b} <= ids or found["level"] not in LEVELS:
        raise ValueError(f"the link of {a!r} and {b!r} is not between two records of its cluster")
    pieces = [_piece(each) for each in _list(found, "evidence", 100)]
    total = _bits(found["microbits"])
    if not pieces or sum(each["microbits"] for each in pieces) != total:
        raise ValueError(f"the evidence between {a!r} and {b!r} does not add up to its bits")
    pieces.sort(key=lambda each: (-each["microbits"], each["evidence"]))
    return {"a": a, "b": b, "level": found["level"], "microbits": total, "evidence": pieces}


def _piece(said: Any) -> dict[str, Any]:
    found = _of(said, "a piece of evidence", ("evidence", "microbits"))
    name = found["evidence"]
    if not isinstance(name, str) or not _EVIDENCE.fullmatch(name):
        raise ValueError("evidence: is no name of an indicator, such as device@1")
    detail = found.get("detail", {})
    if not isinstance(detail, Mapping) or len(detail) > 20:
        raise ValueError(f"{name}: its detail is no object of numbers")
    numbers = {key: _number(name, key, value) for key, value in sorted(detail.items())}
    return {"evidence": name, "microbits": _bits(found["microbits"]), "detail": numbers}


def _number(name: str, key: object, value: object) -> int | str:
    """An integer, or a decimal as text: canonical JSON has no other."""
    plain = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53
    decimal = isinstance(value, str) and _NUMBER.fullmatch(value)
    if not isinstance(key, str) or not _WORD.fullmatch(key) or not (plain or decimal):
        raise ValueError(f"{name}: its detail is no object of numbers")
    assert isinstance(value, int | str)
    return value


def _wallet(said: Any, ids: set[str]) -> dict[str, str]:
    found = _of(said, "a wallet", ("record", "account", "role"))
    record, via = found["record"], found.get("via", "")
    if found["role"] not in ROLES:
        raise ValueError(f"role: is none of: {', '.join(ROLES)}")
    if record not in ids:
        raise ValueError(f"the wallet of {str(record)[:80]!r} is of no record of its cluster")
    return {
        "record": str(record), "account": text("account", found["account"]),
        "role": str(found["role"]), "via": text("via", via) if via else "",
    }  # fmt: skip
