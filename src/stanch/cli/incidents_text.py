"""What `stanch incidents` says of an incident, and of many, line by line."""

from collections.abc import Iterator, Mapping
from typing import Any

from stanch.cli.columns import columns

_DATES = ("happened", "noticed", "disclosed")


def incident_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The incident, its figures, who says who did it, and where that stands written."""
    numbers = {id: place for place, id in enumerate(found["sources"], 1)}
    yield f"{found['victim']} ({found['id']})"
    yield f"{found['kind']}, {found['victim_kind']}; " + ", ".join(
        f"{name} {found[name]}" for name in _DATES if found[name]
    )
    for label in ("technique", "campaign", "strain", "note"):
        if found[label]:
            yield f"{label}: {found[label]}"
    for each in found["places"]:
        yield f"{each['role']}: {each['country']} [{numbers[each['source']]}]"
    for each in found["amounts"]:
        yield f"{each['kind']}: {_amount(each)} [{numbers[each['source']]}]"
    yield f"attribution bar {found['bar']}{', disputed' if found['disputed'] else ''}"
    for each in found["statements"]:
        yield f"  {_statement(each)} [{numbers[each['source']]}]"
    for each in found["seeds"]:
        yield f"{each['kind']}: {each['chain']}:{each['value']} [{numbers[each['source']]}]"
    for each in found["payments"]:
        yield (
            f"payment {each['time']}: {each['units'] or '?'} {each['asset']} to "
            f"{each['chain']}:{each['account']}"
            f"{' in ' + each['transaction'] if each['transaction'] else ''}"
            f" [{numbers[each['source']]}]"
        )
    for each in found["links"]:
        yield f"{each['kind']}: {each['value']}"
    for id, place in numbers.items():
        yield f"[{place}] {found['sources'][id]}"


def count_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """A table of cells, the whole below it, and what is left out."""
    rows = [
        [" / ".join(each["names"].values()) or "all", *_figures(each)]
        for each in [*found["cells"], found["whole"]]
    ]
    head = [" / ".join(found["by"]), "incidents", "USD stolen", "moved", "frozen", "recovered"]
    yield from columns(head, rows, right=head[1:])
    unvalued = found["whole"]["unvalued"]
    if unvalued:
        yield f"{unvalued} of them without a figure: counted, and in no sum"
    if partial := found["whole"]["partial"]:
        yield f"{partial} of them with a figure for a part of the loss: at least that was stolen"
    yield from _later(found["whole"])
    for why, number in sorted(found["left_out"].items()):
        yield f"{number} left out: {why}"


def _later(whole: Mapping[str, Any]) -> Iterator[str]:
    """Of what was moved, frozen or recovered no sum is more than what has a figure."""
    for kind in ("moved", "frozen", "recovered"):
        if unvalued := whole[f"{kind}_unvalued"]:
            yield f"{unvalued} with something {kind} without a figure: in no sum of it"
        if partial := whole[f"{kind}_partial"]:
            yield f"{partial} with a figure for a part of what was {kind}: at least that"


def _figures(cell: Mapping[str, Any]) -> list[str]:
    names = ("incidents", "stolen", "moved", "frozen", "recovered")
    return [f"{cell[name]:,}" for name in names]


def _amount(each: Mapping[str, Any]) -> str:
    parts = [f"{each['units']} {each['asset']}"] if each["units"] else []
    low, high = each["low"], each["high"]
    span = " to ".join(f"{value:,}" for value in (low, high) if value is not None)
    if each["usd"] is not None:
        others = (low, high) not in ((None, None), (each["usd"], each["usd"]))
        text = f"USD {each['usd']:,}" + (f" (others: {span})" if others else "")
        parts.append(f"{text}, {each['priced']}")
    elif span:
        parts.append(f"USD {span}, {each['priced']}")
    return "; ".join([*parts, *([each["note"]] if each["note"] else [])])


def _statement(each: Mapping[str, Any]) -> str:
    who = each["body"] + (f" ({each['country']})" if each["country"] else "")
    actor = f": {each['actor']}" if each["actor"] else ""
    group = f" ({each['attack']})" if each["attack"] else ""
    sure = f", {each['confidence']}" if each["confidence"] else ""
    note = f"; {each['note']}" if each["note"] else ""
    return f"{who}, {each['kind']}, {each['stance']}{actor}{group}, {each['date']}{sure}{note}"
