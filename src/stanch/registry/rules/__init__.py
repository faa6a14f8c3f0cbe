"""What must hold between the rows of a registry: one rule a function, each with its name."""

from collections.abc import Callable, Iterator
from typing import Final

from stanch.formats.registry.reading import Fault
from stanch.registry.files import Rows
from stanch.registry.rules import amounts, claims, dates, ids, statements, twins, values

Rule = Callable[[Rows], Iterator[Fault]]

RULES: Final[tuple[Rule, ...]] = (
    ids.unique,
    ids.known,
    ids.no_circle,
    dates.in_order,
    dates.not_ahead,
    dates.said_after,
    dates.read_after,
    amounts.of_what,
    amounts.how_much,
    amounts.in_range,
    amounts.priced,
    amounts.once,
    amounts.payments_once,
    statements.once,
    twins.same_victim,
    values.addresses,
    values.seeds_once,
    values.links,
    claims.whole_periods,
    claims.later_follows,
    claims.slices_once,
    claims.names_counted,
    claims.names_in_period,
)


def check(rows: Rows) -> list[Fault]:
    """All that breaks a rule, by file and line."""
    return sorted({fault for rule in RULES for fault in rule(rows)})
