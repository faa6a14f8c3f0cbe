"""From a folded graph to geometry: where each box and ribbon stands, in pixels.

Money that crosses several columns on its way to one box joins others with the same goal: the
ribbons run into a stream, which keeps the picture free of crossings and still adds up.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from stanch.reports.flow_picture.bands import Band, Columns, columns
from stanch.reports.flow_picture.fold import fold_together
from stanch.reports.flow_picture.graph import Edge, Graph, Node
from stanch.reports.flow_picture.order import Link, order
from stanch.reports.flow_picture.place import Field, place
from stanch.reports.shares import WHOLE

PITCH = 118  # from one column to the next
BAR = 11  # width of a box
LEFT, TOP, RIGHT, BOTTOM = 14, 46, 214, 20  # margins; the right one holds the services' names
COLUMNS = 11  # more only where a path needs them
COLUMN_BOXES = 14  # more boxes in a column are folded
_LABEL = 31  # room for two lines of text
_FULL, _TALLEST = 210.0, 620.0  # height of all that was stolen; of the tallest column's money
_HAIR = 0.9  # the thinnest ribbon


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place. `held` is the height, at the bottom, of what has not left."""

    node: Node
    x: float
    y: float
    height: float
    held: float


@dataclass(slots=True)
class Ribbon:
    """A stretch of a flow from (x0, y0) to (x1, y1), upper corners. `edges` says what is in it.

    `src` is empty on a stream that several flows have joined; `back` runs against the columns.
    """

    src: str
    dst: str
    column: int
    width: float
    inferred: float
    edges: list[Edge]
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    back: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to be drawn."""

    graph: Graph
    width: float
    height: float
    boxes: list[Box]
    ribbons: list[Ribbon]
    bands: list[tuple[Band, int, int]]  # with the left and right edge


@dataclass(slots=True)
class _Plan:
    """Columns, layers with their stream points, and the stretches between neighbours."""

    of: dict[str, int]
    bands: list[Band]
    layers: list[list[str]] = field(default_factory=list)
    joins: dict[str, list[Edge]] = field(default_factory=dict)  # stream point -> edges through it
    links: dict[tuple[str, str], list[Edge]] = field(default_factory=dict)
    back: list[Edge] = field(default_factory=list)

    def weighted(self) -> list[Link]:
        """The stretches with their shares, as the sweeps want them."""
        return [(*ends, sum(e.share for e in edges)) for ends, edges in self.links.items()]


def layout(graph: Graph) -> Picture:
    """Lay out a folded `graph`; columns with too many boxes are folded further."""
    graph, plan = _columns_that_fit(graph)
    _stretch(graph, plan)
    plan.layers = order(plan.layers, plan.weighted())
    scale = _scale(graph, plan)
    ribbons = {
        ends: _ribbon(ends, edges, plan, scale) for ends, edges in sorted(plan.links.items())
    }
    returns = [_back(edge, plan, scale) for edge in plan.back]
    heights = _heights(graph, plan, [*ribbons.values(), *returns], scale)
    room = {key: max(heights[key] + 12, _LABEL) for key in graph.nodes}
    room |= {key: heights[key] + 5 for key in plan.joins}
    tallest = max((sum(room[key] for key in layer) for layer in plan.layers), default=0.0)
    middle = place(Field(plan.layers, room, tallest), plan.weighted())
    boxes = [_box(node, plan, (middle, heights), scale, graph) for node in graph.nodes.values()]
    _dock(graph, plan, (ribbons, returns), (middle, heights))
    last = max(plan.of.values(), default=0)
    bands = [
        (band, LEFT + band.left * PITCH, LEFT + (band.right + 1) * PITCH) for band in plan.bands
    ]
    low = max([box.y + box.height for box in boxes] + [r.y0 for r in returns], default=0.0)
    return Picture(
        graph,
        LEFT + last * PITCH + BAR + RIGHT,
        max(TOP + tallest, low) + BOTTOM,
        boxes,
        [*ribbons.values(), *returns],
        bands,
    )


def _columns_that_fit(graph: Graph) -> tuple[Graph, _Plan]:
    """Columns; where one has too many boxes its smallest accounts are folded, and again."""
    for attempt in range(6):
        found = columns(graph, COLUMNS)
        crowded = _crowded(graph, found)
        if not crowded:
            break
        for column, keys in crowded:
            graph = fold_together(graph, keys, f"{attempt}.{column}")
    services = [key for key, node in graph.nodes.items() if node.kind == "service"]
    return graph, _Plan({**found.of, **dict.fromkeys(services, found.end)}, found.bands)


def _crowded(graph: Graph, found: Columns) -> list[tuple[int, list[str]]]:
    through = graph.through()
    stacks: dict[int, list[str]] = defaultdict(list)
    for key, column in found.of.items():
        stacks[column].append(key)
    crowded = []
    for column, keys in sorted(stacks.items()):
        small = sorted(
            (key for key in keys if graph.nodes[key].kind in ("account", "chain", "rest")),
            key=lambda key: (through[key], key),
        )
        excess = len(keys) - COLUMN_BOXES
        if excess > 0 and len(small) > 1:
            crowded.append((column, small[: excess + 1]))
    return crowded


def _stretch(graph: Graph, plan: _Plan) -> None:
    """Cut each edge into stretches between neighbouring columns; long ones join a stream."""
    for (src, dst), edge in sorted(graph.edges.items()):
        if plan.of[src] >= plan.of[dst]:
            plan.back.append(edge)
            continue
        at = src
        for column in range(plan.of[src] + 1, plan.of[dst]):
            join = f"{dst}\n{column}"
            plan.joins.setdefault(join, []).append(edge)
            plan.of[join] = column
            plan.links.setdefault((at, join), []).append(edge)
            at = join
        plan.links.setdefault((at, dst), []).append(edge)
    stacks: dict[int, list[str]] = defaultdict(list)
    nodes = sorted(graph.nodes.values(), key=lambda node: (node.first, node.key))
    for key in [node.key for node in nodes] + sorted(plan.joins):
        stacks[plan.of[key]].append(key)
    plan.layers = [stacks[column] for column in range(max(stacks, default=-1) + 1)]


def _scale(graph: Graph, plan: _Plan) -> float:
    """Pixels for one part of WHOLE."""
    through = graph.through()
    streams = {key: sum(edge.share for edge in edges) for key, edges in plan.joins.items()}
    tallest = max(
        (sum(through.get(key, 0) or streams.get(key, 0) for key in layer) for layer in plan.layers),
        default=0,
    )
    return min(_FULL / WHOLE, _TALLEST / max(tallest, 1))


def _ribbon(ends: tuple[str, str], edges: list[Edge], plan: _Plan, scale: float) -> Ribbon:
    src, dst = ends
    share = sum(edge.share for edge in edges)
    width = max(share * scale, _HAIR)
    inferred = sum(edge.inferred_share for edge in edges)
    return Ribbon(
        src=src if src not in plan.joins else "",
        dst=edges[0].dst,
        column=plan.of[src],
        width=width,
        inferred=width * (inferred / share) if share else 0.0,
        edges=edges,
        x0=LEFT + plan.of[src] * PITCH + (BAR if src not in plan.joins else BAR / 2),
        x1=LEFT + plan.of[dst] * PITCH + (0 if dst not in plan.joins else BAR / 2),
    )


def _back(edge: Edge, plan: _Plan, scale: float) -> Ribbon:
    ribbon = _ribbon((edge.src, edge.dst), [edge], plan, scale)
    ribbon.width, ribbon.back = min(ribbon.width, 14.0), True
    return ribbon


def _heights(graph: Graph, plan: _Plan, ribbons: list[Ribbon], scale: float) -> dict[str, float]:
    inward: dict[str, float] = defaultdict(float)
    outward: dict[str, float] = defaultdict(float)
    for ends, ribbon in zip(_ends(plan), ribbons, strict=True):
        outward[ends[0]] += ribbon.width
        inward[ends[1]] += ribbon.width
    heights = {key: max(inward[key], outward[key]) for key in plan.joins}
    for key, node in graph.nodes.items():
        held = graph.held_share(node) * scale
        heights[key] = max(inward[key], outward[key] + held, 3.0)
    return heights


def _ends(plan: _Plan) -> list[tuple[str, str]]:
    """Ends of the ribbons, in the order of the ribbons: stretches, then returns."""
    return sorted(plan.links) + [(edge.src, edge.dst) for edge in plan.back]


def _box(
    node: Node,
    plan: _Plan,
    measures: tuple[dict[str, float], dict[str, float]],
    scale: float,
    graph: Graph,
) -> Box:
    middle, heights = measures
    height = heights[node.key]
    held = min(graph.held_share(node) * scale, height)
    x = LEFT + plan.of[node.key] * PITCH
    return Box(node, x, TOP + middle[node.key] - height / 2, height, held)


def _dock(
    graph: Graph,
    plan: _Plan,
    ribbons: tuple[dict[tuple[str, str], Ribbon], list[Ribbon]],
    measures: tuple[dict[str, float], dict[str, float]],
) -> None:
    """Give each ribbon its place on the sides of its boxes, ordered as the other ends are."""
    middle, heights = measures
    every = list(zip(_ends(plan), [*ribbons[0].values(), *ribbons[1]], strict=True))
    sides: dict[tuple[str, int], list[tuple[bool, float, str, Ribbon]]] = defaultdict(list)
    for (src, dst), ribbon in every:
        sides[src, 0].append((ribbon.back, middle[dst], dst, ribbon))
        sides[dst, 1].append((ribbon.back, middle[src], src, ribbon))
    for (key, side), docked in sides.items():
        y = TOP + middle[key] - heights[key] / 2
        if key in plan.joins or side == 1:
            total = sum(ribbon.width for *_, ribbon in docked)
            y += (heights[key] - total) / 2 if key in plan.joins else 0.0
        for *_, ribbon in sorted(docked, key=lambda item: item[:3]):
            if side == 0:
                ribbon.y0 = y
            else:
                ribbon.y1 = y
            y += ribbon.width
