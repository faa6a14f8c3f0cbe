"""What `stanch reconcile` says, line by line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_NAMES = {"matched": "agrees", "extra": "extra", "missing": "missing"}


def claim_lines(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """All claims, a line each."""
    width = max((len(each["claim"]) for each in found), default=0)
    for each in found:
        later = f"; superseded by {each['superseded_by']}" if each["superseded_by"] else ""
        said = f"{each['publisher']}, {each['made']}: {each['title']}"
        yield f"{each['claim']:<{width}}  {said}{later}"


def report_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """One claim, figure by figure."""
    rule = report["rule"]
    yield f"{report['publisher']}, {report['made']}: {report['title']} ({report['claim']})"
    yield f"source: {report['source']}"
    if report["superseded_by"]:
        yield f"superseded by {report['superseded_by']}"
    if report["note"]:
        yield report["note"]
    for name in ("kinds", "victims", "actors"):
        if rule[name] != "all":
            yield f"{name}: {', '.join(rule[name])}"
    yield (
        f"counted: bar {rule['bar']}, disputed {rule['disputed']}, countries by {rule['place']}, "
        f"dollars of {rule['valuation']}"
    )
    for part in report["slices"]:
        yield ""
        yield from _slice(part)


def _slice(part: Mapping[str, Any]) -> Iterator[str]:
    claimed, gap = part["claimed"], part["gap"]
    where = f", {part['country']}" if part["country"] else ""
    share = "" if gap["share"] is None else f" ({gap['share']:.1%})"
    yield f"{part['slice']}{where}, {part['first']} to {part['last']}"
    ends = [f"{each:,}" for each in (claimed["low"], claimed["high"]) if each is not None]
    span = f" ({' to '.join(ends)})" if ends else ""
    yield f"  claimed  {claimed['usd']:>15,}{span}"
    yield f"  agrees   {part['matched']['usd']:>15,}"
    yield f"  gap      {gap['usd']:>15,}{share}"
    for name, word in _NAMES.items():
        for one in part[name]["incidents"]:
            yield f"    {word:<8} {_usd(one):>14}  {one['incident']}{_why(one)}"
    for text in _moves(part["moves"], part["matched"]["usd"]):
        yield f"    {text}"


def _usd(one: Mapping[str, Any]) -> str:
    return "no figure" if one["usd"] is None else f"{one['usd']:,}"


def _why(one: Mapping[str, Any]) -> str:
    marks = [f"bar {one['bar']}"]
    if one["disputed"]:
        marks.append("disputed")
    if one.get("why"):
        marks.append(one["why"])
    return f" ({', '.join(marks)})"


def _moves(moves: Sequence[Mapping[str, Any]], now: int) -> Iterator[str]:
    """How far each choice moves the figure; what leaves it as it is goes without saying."""
    for each in moves:
        if each["usd"] == "not available":
            yield f"with {each['choice']} {each['value']}: not available"
        elif each["usd"] != now:
            yield f"with {each['choice']} {each['value']}: {each['usd']:,} ({each['usd'] - now:+,})"
