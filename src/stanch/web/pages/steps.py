"""The clock of an order: each step, when it was, how long after the first and the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stanch.app.desk.followed import Addressee, Followed
from stanch.model.desk.orders import Answer


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `at` is None for what has not happened. `after` the first one, `since` the last."""

    name: str
    at: str | None
    after: str = ""
    since: str = ""


def steps(reported: str | None, row: Mapping[str, Any], about: Followed) -> list[Step]:
    """The steps so far and those to come, in the order of an order's life."""
    told = about.addressees
    holds = (reply["created"] for each in told for reply in each.replies
             if reply["answer"] == Answer.HELD)  # fmt: skip
    times = [
        ("Theft reported", reported),
        ("Drafted", row["created"]),
        ("Proposed", row["proposed"]),
        ("In force", row["in_force"]),
        ("First delivered", _first(told, "delivered")),
        ("First acknowledged", _first(told, "acknowledged")),
        ("First held", min(holds, default=None)),
        ("Over", row["ended"]),
    ]
    known = [(name, at) for name, at in times if at or name not in ("Theft reported", "Over")]
    begun = last = None
    found = []
    for name, at in known:
        begun = begun or at
        found.append(Step(name, at, _between(begun, at), _between(last, at)))
        last = at or last
    return found


def _first(told: Iterable[Addressee], column: str) -> str | None:
    return min((at for each in told if (at := each.delivery[column])), default=None)


def _between(begun: str | None, at: str | None) -> str:
    """How long: `2 d 3 h`, `14 min 5 s`; two units, no more. Empty from a step to itself."""
    if begun is None or at is None or at is begun:
        return ""
    seconds = int((datetime.fromisoformat(at) - datetime.fromisoformat(begun)).total_seconds())
    parts = (seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)
    named = [f"{part} {unit}" for part, unit in zip(parts, ("d", "h", "min", "s"), strict=True)]
    first = next((place for place, part in enumerate(parts) if part), 3)
    return " ".join(named[first : first + 2])
