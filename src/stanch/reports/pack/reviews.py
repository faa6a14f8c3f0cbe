"""Reviews of orders: who says that they were blocked wrongly was heard when, and how it ended."""

from collections.abc import Callable

from stanch.model.desk.states import OrderState
from stanch.reports.pack.document import Block, Cell, Head, Para, Section, Span, Table, text
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import ORDER, REVIEW, Heard, OrderRow, Pack, ReviewRow
from stanch.reports.pack.said import NOTHING, Teller, plain

_Asked = tuple[OrderRow, ReviewRow]


def counted(pack: Pack, teller: Teller) -> tuple[Block, ...]:
    """How many reviews were asked for, answered, and how they ended; nothing without orders."""
    if not pack.orders:
        return ()
    say, found = teller.words.say, _of(pack)
    if not found:
        return (Para((Span(say("No review of these orders is visible to this reader.")),)),)
    note = say("Reviews that this reader asked for or has to answer; others are not counted.")
    lines: list[tuple[str, Callable[[OrderRow, ReviewRow], bool]]] = [
        (say("asked for"), lambda order, review: True),
        *((teller.kind(each), _heard(each)) for each in Heard),
        (say("upheld"), lambda order, review: review.upheld is True),
        (say("upheld, and the order was released"),
         lambda order, review: review.upheld is True and order.state is OrderState.RELEASED),
        (say("not upheld"), lambda order, review: review.upheld is False),
    ]  # fmt: skip
    rows = tuple((text(name), teller.figure(_number(found, meant))) for name, meant in lines)
    table = Table(teller.heads(say("Reviews"), say("Count"), figures=1), rows, (6, 1.4))
    return (Head(say("Reviews of these orders")), Para((Span(note),), faint=True), table)


def annex(pack: Pack, teller: Teller) -> Section:
    """Each review with its order, its dates and its end; who asked and why stays at the desk."""
    say, found = teller.words.say, _of(pack)
    head = teller.heads(
        say("No."), say("Date"), say("Order"), say("Due"), say("Answered"), say("State")
    )
    rows = tuple(_row(*each, teller) for each in found)
    anchors = tuple(teller.anchors.row(f"{REVIEW}/{review.id}") for _, review in found)
    table = Table(head, rows, (0.7, 1.7, 2.6, 1.7, 1.7, 1.9), anchors)
    return Section(say("Annex F: Reviews"), "annex-f", (table,) if rows else (), annex=True)


def _of(pack: Pack) -> list[_Asked]:
    return [(order, review) for order in pack.orders or () for review in order.reviews]


def _heard(how: Heard) -> Callable[[OrderRow, ReviewRow], bool]:
    return lambda order, review: review.heard is how


def _number(found: list[_Asked], meant: Callable[[OrderRow, ReviewRow], bool]) -> Number:
    rows = tuple(f"{REVIEW}/{review.id}" for order, review in found if meant(order, review))
    return Number(len(rows), rows)


def _row(order: OrderRow, review: ReviewRow, teller: Teller) -> tuple[Cell, ...]:
    say, day = teller.words.say, teller.words.day
    order_at = teller.anchors.row(f"{ORDER}/{order.id}")
    ended = {None: "", True: say("upheld"), False: say("not upheld")}[review.upheld]
    state = [(Span(teller.kind(review.heard)),)]
    if ended:
        state.append((Span(ended, faint=True),))
    return (
        text(teller.anchors.row(f"{REVIEW}/{review.id}")),
        text(day(review.day)),
        Cell(((Span(plain(order.id, 60), order_at),), (Span(plain(review.id, 60), faint=True),))),
        text(day(review.due)),
        text(day(review.answered) if review.answered else NOTHING),
        Cell(tuple(state)),
    )
