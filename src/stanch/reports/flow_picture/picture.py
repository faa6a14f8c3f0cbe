"""The flow picture of one incident, from the tables of a trace to SVG text."""

from stanch.reports.flow_picture.fold import Limits, fold
from stanch.reports.flow_picture.graph import Story, graph
from stanch.reports.flow_picture.layout import layout
from stanch.reports.flow_picture.svg import svg
from stanch.reports.shares import shares, totals
from stanch.reports.trace_view import Flow, TraceView, accounts, endpoints, flows


def draw(view: TraceView, incident: str, limits: Limits | None = None) -> str:
    """Draw `incident` as one <svg> element; empty text where nothing was followed anywhere."""
    whole = graph(story(view, incident))
    if not whole.nodes:
        return ""
    return svg(layout(fold(whole, limits or Limits())), view, f"Flow of money, {incident}")


def story(view: TraceView, incident: str) -> Story:
    """What the picture of `incident` is made of."""
    rows, ends = flows(view, incident), endpoints(view, incident)
    stolen: dict[str, int] = {}
    for each in view.manifest.get("incidents", []):
        if str(each.get("id")) == incident:
            stolen = {str(a["asset"]): int(a["stolen"]) for a in each.get("assets", [])}
    seeds = frozenset(str(seed.get("account")) for seed in view.seeds(incident))
    measure = shares(rows, totals(ends) or _received(rows), stolen)
    return Story(rows, accounts(view, incident), ends, seeds, measure)


def _received(rows: list[Flow]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.asset] = max(sums.get(row.asset, 0), row.traced + row.inferred)
    return sums
