"""How orders are told to people: where one stands, who signed, what addressees did with it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from stanch.cli.output import Row, cell, moment, part
from stanch.errors import UnreachableError
from stanch.model.desk.states import OrderState

# For whoever has never seen one.
_MEANS: Final = {
    OrderState.DRAFT: "draft; nobody has signed it, and it asks nobody for anything",
    OrderState.PROPOSED: "proposed; signed by who asks for it, it waits for other founding members",
    OrderState.IN_FORCE: "in force; sent to its addressees",
    OrderState.RELEASED: "released; it holds nothing any more",
    OrderState.EXPIRED: "expired; its time is over, and it holds nothing any more",
    OrderState.WITHDRAWN: "withdrawn before it came into force",
}
_CLOCK: Final = {
    "created": "drafted",
    "proposed": "proposed",
    "in_force": "in force",
    "confirmed": "concurred",
    "lapses": "lapses, if nobody concurs,",
    "release_due": "released, if nobody takes it back,",
    "review_due": "a review to be answered by",
    "expires": "expires",
    "ended": "over",
}
_TO_COME: Final = ("lapses", "release_due", "review_due", "expires")
_SEEN: Final = ("delivered", "acknowledged", "answered")


def order_lines(found: Row, words: Iterable[str]) -> Iterator[str]:
    """All that is known of an order; `words` are what it says itself.

    `found` is what `stanch order show --json` prints.
    """
    yield from map(cell, words)
    yield f"  hash: {cell(found['hash'])}"
    yield f"state: {_MEANS.get(found['state'], cell(found['state']))}"
    yield from _clock(found)
    yield from part("missing before anybody may propose it", map(cell, found.get("missing", ())))
    yield from part("signed", map(_hand, found["signed"]))
    yield from part("being released", _releases(found))
    yield from part("held", told(found))
    yield from part("addressees", _addressees(found["deliveries"], found["replies"]))
    yield from part("legal effect", map(_effect, found["effects"]))
    yield from part("after the hold", map(outcome_line, found["outcomes"]))
    yield from part("reviews", map(review_line, found["reviews"]))


@contextmanager
def understanding() -> Iterator[None]:
    """What is read of a desk's answer herein is in it. Raises UnreachableError."""
    try:
        yield
    except (AttributeError, KeyError, TypeError):
        raise UnreachableError("the desk's answer lacks what orders have: is it older?") from None


def taken_lines(found: Row) -> Iterator[str]:
    """Where an order stands once a statement was taken, and what waits."""
    yield f"taken; the order is {cell(found.get('state')).replace('_', ' ')}"
    for name in ("lapses", "release_due"):
        if found.get(name) is not None:
            yield f"{_CLOCK[name]} {moment(found[name])}"


def told(came: Row) -> Iterator[str]:
    """What each target came to, and what closes an issuer's order."""
    closed = came["closed"]
    if closed is not None:
        proved = sum(each["proof"] is not None for each in came["targets"])
        said = "closed" if closed else "not closed"
        yield f"{said}: {proved} of {len(came['targets'])} targets proved frozen"
    for each in came["targets"]:
        held = [f"{cell(amount)} of {cell(asset)}" for asset, amount in each["held"].items()]
        of = f"{cell(each['amount'] or 'all')} of {cell(each['asset'] or 'any asset')}"
        yield f"{cell(each['account'])}: asked {of}; held {', '.join(held) or 'nothing'}"
        if each["ended"] is not None:
            yield f"  no more since {moment(each['ended'])}"
        if closed is not None:
            yield f"  {_proved(each['proof'])}"


def outcome_line(row: Row) -> str:
    """One stage after the hold."""
    amount = f", {cell(row['amount'])} of {cell(row['asset'])}" if row["amount"] else ""
    paper = "".join(f", {cell(name)} {cell(text)!r}" for name, text in row["body"].items())
    said = f"{cell(row['stage'])} at {moment(row['happened'])}{amount}{paper}"
    return f"{said}, as {cell(row['owner'])} says"


def review_line(row: Row) -> str:
    """One review: whether it waits, or what became of it."""
    if row["answered"] is None:
        now = f"to be answered by {moment(row['due'])}"
    else:
        now = f"{'upheld' if row['upheld'] else 'not upheld'} at {moment(row['answered'])}"
    asked = f"asked for by {cell(row['asked_by'])} at {moment(row['created'])}"
    return f"{cell(row['id'])}: {asked}; {now}"


def lasted(seconds: float | None) -> str:
    """How long something took: `44.8 s`, `2 h 5 min`; two units, no more."""
    if seconds is None:
        return "-"
    if seconds < 60:
        return f"{seconds:.1f} s"
    whole = int(seconds)
    parts = (whole // 86400, whole // 3600 % 24, whole // 60 % 60, whole % 60)
    named = [f"{part} {unit}" for part, unit in zip(parts, ("d", "h", "min", "s"), strict=True)]
    first = next(place for place, part in enumerate(parts) if part)
    return " ".join(named[first : first + 2])


def _clock(row: Row) -> Iterator[str]:
    """What happened, in the order of an order's life, and what will while it is not over."""
    for name, said in _CLOCK.items():
        if row[name] is None or (name in _TO_COME and row["ended"] is not None):
            continue
        yield f"  {said} {moment(row[name])}"


def _hand(row: Row) -> str:
    accounts = f" {', '.join(map(cell, row['accounts']))}" if row["accounts"] else ""
    reason = f", because {cell(row['reason'])!r}" if row["reason"] else ""
    who = f"{cell(row['person'])} of {cell(row['member'])}"
    return f"{cell(row['said'])}{accounts}: {who}, {moment(row['at'])}{reason}"


def _releases(found: Row) -> Iterator[str]:
    """Each with the hands that it has of those that the order asks for."""
    rule = found["document"]["rule"]
    for each in found["releases"]:
        hands = f"{each['own']} of {rule['own']} people of {cell(found['owner'])}"
        others = f"{each['others']} of {rule['others']} other members"
        due = f"takes effect {moment(each['due'])}" if each["due"] else "more hands are needed"
        yield f"{', '.join(map(cell, each['accounts']))}: {hands}, {others}; {due}"


def _addressees(deliveries: Sequence[Row], replies: Sequence[Row]) -> Iterator[str]:
    for each in deliveries:
        seen = [f"{name} {moment(each[name])}" for name in _SEEN if each[name] is not None]
        late = ["late"] if each["late"] else []
        waits = [] if each["answered"] else [f"due {moment(each['due'])}"]
        yield f"{cell(each['member'])}: {', '.join([*late, *(seen or ['queued']), *waits])}"
        for reply in replies:
            if reply["delivery"] == each["id"]:
                yield f"  {reply_line(reply)}"


def reply_line(row: Row) -> str:
    """One answer of an addressee, whether it counts or was replaced."""
    amount = f" {cell(row['amount'])} of {cell(row['asset'])}" if row["amount"] else ""
    about = f", {cell(row['account'])}" if row["account"] else ""
    gone = f", gone to {cell(row['gone_to'])}" if row["gone_to"] else ""
    why = f", because {cell(row['reason'])!r}" if row["reason"] else ""
    replaced = "" if row["counts"] else "; replaced since"
    answer = cell(row["answer"]).replace("_", " ")
    return f"{cell(row['id'])}: {answer}{amount}{about}{gone}{why}{replaced}"


def _effect(row: Row) -> str:
    paper = f", {cell(row['reference'])!r}" if row["reference"] else ""
    since = moment(row["changed"])
    return f"{cell(row['jurisdiction'])}: {cell(row['state'])} since {since}{paper}"


def _proved(proof: Row | None) -> str:
    if proof is None:
        return "not proved"
    at = f"transaction {cell(proof['transaction'])}, block {cell(proof['block'])}"
    return f"proved by {cell(proof['event'])}: {at}, as {cell(proof['member'])} answered"
