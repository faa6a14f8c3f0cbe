"""The order of rows whose place is not known: money arrives before it leaves.

A transaction happens whole, so between transactions only what each leaves in a purse or takes
from it on balance counts; inside one, row by row. Where money runs in a circle no such order
exists: then a row goes first whose sender holds enough, then one whose sender has received
something, then the one that stands first in the input.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from stanch.ledger.circle import NOBODY, Circle, Purses, Row
from stanch.ledger.precedence import Item, in_order


def arrange(rows: Sequence[Row], holds: Callable[[int], int]) -> list[int]:
    """Indices of `rows` in an order in which money arrives before it leaves.

    `rows` come in the order that holds where nothing else decides; `holds` tells what a purse
    holds before them. The rows of a transaction stay together unless the rule parts them.
    """
    together: defaultdict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        together[row.tx].append(index)
    transactions = list(together.values())
    items = [_whole(place, [rows[i] for i in each]) for place, each in enumerate(transactions)]
    order: list[int] = []
    purses = Purses(holds)
    for block in in_order(items):
        members = sorted(index for place in block for index in transactions[place])
        for index in _row_by_row(rows, members, purses):
            purses.move(rows[index])
            order.append(index)
    return order


def _row_by_row(rows: Sequence[Row], members: list[int], purses: Purses) -> Iterator[int]:
    """Order `members`, which are indices of `rows`; each is moved before the next is asked for."""
    if len(members) == 1:
        yield members[0]
        return
    for block in in_order([_single(rows[index]) for index in members]):
        circle = [members[place] for place in block]
        yield from circle if len(circle) == 1 else Circle(rows, circle, purses)


def _whole(place: int, rows: Sequence[Row]) -> Item:
    """A transaction as one item, by its balance in each purse."""
    balance: Counter[int] = Counter()
    for row in rows:
        balance[row.src] -= row.amount
        balance[row.dst] += row.amount
    del balance[NOBODY]
    return Item(
        frozenset(purse for purse, amount in balance.items() if amount < 0),
        frozenset(purse for purse, amount in balance.items() if amount > 0),
        frozenset(row.rank for row in rows),
        place,
    )


def _single(row: Row) -> Item:
    """A row as one item; a payment to oneself gives nothing that was not there."""
    gives = {row.dst} - {row.src, NOBODY}
    return Item(frozenset({row.src} - {NOBODY}), frozenset(gives), frozenset({row.rank}), row.tx)
