"""The flow picture of one incident, from the tables of a trace to SVG text."""

from stanch.reports.flow_picture.fold import Limits, fold
from stanch.reports.flow_picture.graph import Person, Story, graph
from stanch.reports.flow_picture.layout import layout
from stanch.reports.flow_picture.svg import svg
from stanch.reports.material import Material
from stanch.reports.trace_view import TraceView


def draw(view: TraceView, material: Material, limits: Limits | None = None) -> str:
    """Draw one incident as one <svg> element; empty text where nothing was followed anywhere."""
    whole = graph(story(material))
    if not whole.nodes:
        return ""
    return svg(layout(fold(whole, limits or Limits())), view, f"Flow of money, {material.incident}")


def story(material: Material) -> Story:
    """What the picture of an incident is made of."""
    roll = material.roll
    people = {name: Person(*tag, "") for name, tag in material.ends.labels.items()}
    people |= {row.account: Person(row.label, row.category, row.first_time) for row in roll.rows}
    return Story(
        material.flows.streams,
        material.ends.spots,
        people,
        roll.crowds,
        material.seeds,
        material.shares,
    )
