"""What became of a check, in lines and as data."""

from typing import Any

from stanch.app.designation.check import Checked
from stanch.model.designation import Designation
from stanch.reports.designation.said import data, lines


def check_lines(done: Checked, *, full: bool = False) -> list[str]:
    """How much is in the copy and how much is left out; `full` with the cross-check."""
    if done.copy is None:
        count = len(done.linted.faults)
        return [f"{count:,} fault{'s' if count != 1 else ''}"]
    out = [_held(done.copy)]
    if left := done.copy.left_out.statements:
        out.append(f"{_many(left, 'statement')} left out: this copy is {done.copy.marking}")
    if full and done.found is not None:
        out += ["".join(c if c.isprintable() else " " for c in line) for line in lines(done.found)]
    return out


def as_data(done: Checked) -> dict[str, Any]:
    """The same for machines."""
    copy = done.copy
    return {
        "faults": list(map(str, done.linted.faults)),
        "notices": list(map(str, done.notices)),
        "copy": None if copy is None else _counts(copy),
        "cross_check": None if done.found is None else data(done.found),
    }


def _held(copy: Designation) -> str:
    parts = (
        _many(len(copy.subjects), "subject"),
        _many(len(copy.wallets), "wallet"),
        _many(len(copy.statements), "statement"),
        _many(len(copy.sources), "source"),
    )
    return f"{', '.join(parts)}: no fault"


def _counts(copy: Designation) -> dict[str, Any]:
    left = copy.left_out
    return {
        "marking": copy.marking.value,
        "subjects": len(copy.subjects),
        "wallets": len(copy.wallets),
        "statements": len(copy.statements),
        "sources": len(copy.sources),
        "left_out": {name: getattr(left, name) for name in left.__slots__},
    }


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' if count != 1 else ''}"
