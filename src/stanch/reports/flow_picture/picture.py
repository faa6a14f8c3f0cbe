"""The flow picture of one incident, from the tables of a trace to SVG text."""

from stanch.reports.flow_picture.fold import Limits, fold
from stanch.reports.flow_picture.graph import Story, graph
from stanch.reports.flow_picture.layout import layout
from stanch.reports.flow_picture.svg import svg
from stanch.reports.shares import incident_shares
from stanch.reports.trace_view import TraceView, accounts, endpoints, flows


def draw(view: TraceView, incident: str, limits: Limits | None = None) -> str:
    """Draw `incident` as one <svg> element; empty text where nothing was followed anywhere."""
    whole = graph(story(view, incident))
    if not whole.nodes:
        return ""
    return svg(layout(fold(whole, limits or Limits())), view, f"Flow of money, {incident}")


def story(view: TraceView, incident: str) -> Story:
    """What the picture of `incident` is made of."""
    rows = flows(view, incident)
    seeds = view.seed_accounts(incident)
    measure = incident_shares(view, incident, rows)
    return Story(rows, accounts(view, incident), endpoints(view, incident), seeds, measure)
