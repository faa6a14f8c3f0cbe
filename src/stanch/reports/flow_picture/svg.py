"""The picture as SVG text: boxes, ribbons, names and the words that show on hover.

Everything a reader may need stands in <title> elements, so it works without a script; the page's
script only makes it quicker. Colours are classes, which the page's style gives (docs/report.md).
"""

from xml.sax.saxutils import escape, quoteattr

from stanch.model.kinds import CATEGORIES
from stanch.reports.amounts import day, parse_time, percent
from stanch.reports.flow_picture.graph import Node
from stanch.reports.flow_picture.hover import Hover
from stanch.reports.flow_picture.layout import BAR, PITCH, Box, Picture, Ribbon
from stanch.reports.names import clean, squeezed
from stanch.reports.shares import WHOLE
from stanch.reports.trace_view import TraceView

_NAME, _SERVICE_NAME = 16, 30  # letters that fit beside a box


def svg(picture: Picture, view: TraceView, name: str) -> str:
    """Draw `picture`; `name` is what a screen reader calls it."""
    width, height = _px(picture.width), _px(picture.height)
    hover = Hover(view, picture.graph)
    keys = {box.node.key: f"n{i}" for i, box in enumerate(picture.boxes)}
    kinds = {box.node.key: _class(box.node) for box in picture.boxes}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" style="min-width:min(900px,{width}px)" '
        f'role="img" aria-label={quoteattr(clean(name))}>',
        '<defs><pattern id="inferred" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="2" height="5" class="stripe"/>'
        "</pattern></defs>",
        '<g class="view">',
        *_time_axis(picture),
        *(_ribbon(ribbon, hover, (keys, kinds)) for ribbon in picture.ribbons),
        *(_box(box, hover, keys) for box in picture.boxes),
        *(_label(box, hover, keys) for box in picture.boxes),
        "</g></svg>",
    ]
    return "\n".join(part for part in parts if part)


def _px(value: float) -> str:
    """A coordinate to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def _class(node: Node) -> str:
    """The style class: what a node is in the trace, or the category of a service."""
    if node.kind in ("origin", "seed", "chain") or node.category in ("", "none"):
        return "service" if node.kind == "service" else node.kind
    return node.category if node.category in CATEGORIES else "service"


def _time_axis(picture: Picture) -> list[str]:
    """One heading for each band: when its accounts were first reached."""
    parts = []
    year = None
    for i, (band, left, right) in enumerate(picture.bands):
        lines, year = _period(band.first, band.last, year, right - left > PITCH)
        if i:
            x = _px(left - 9)
            parts.append(f'<path class="cut" d="M{x} 8V{_px(picture.height - 8)}"/>')
        for n, line in enumerate(lines):
            parts.append(f'<text class="time" x="{_px(left)}" y="{16 + 13 * n}">{line}</text>')
    if any(box.node.kind == "service" for box in picture.boxes):
        edge = max(box.x for box in picture.boxes)
        parts.append(f'<path class="cut" d="M{_px(edge - 9)} 8V{_px(picture.height - 8)}"/>')
        parts.append(f'<text class="time" x="{_px(edge)}" y="16">Services</text>')
    return parts


def _period(first: str, last: str, year: int | None, wide: bool) -> tuple[list[str], int | None]:
    """The words over a band, with the year where it is a new one; and the year it ends in."""
    begin, end = parse_time(first), parse_time(last)
    if begin is None or end is None:
        return [], year
    start = f"{day(begin)} {begin:%H:%M}" if begin.year == year else f"{day(begin)} {begin.year}"
    if (begin.date(), begin.hour) == (end.date(), end.hour) or begin == end:
        return [start, f"{begin:%H:%M}" if begin.year != year else ""], end.year
    to = f"to {end:%H:%M}" if begin.date() == end.date() else f"to {day(end)}"
    return ([f"{start} {to}"] if wide else [start, to]), end.year


def _ribbon(ribbon: Ribbon, hover: Hover, marks: tuple[dict[str, str], dict[str, str]]) -> str:
    keys, kinds = marks
    path = _returning(ribbon) if ribbon.back else _band(ribbon, ribbon.y0, ribbon.y1, ribbon.width)
    kind = kinds[ribbon.dst]
    data = (
        f'data-s="{keys.get(ribbon.src, "")}" data-t="{keys[ribbon.dst]}" data-c="{ribbon.column}"'
    )
    style = f' stroke-width="{_px(ribbon.width)}"' if ribbon.back else ""
    shape = f'<path d="{path}"{style}/>'
    if ribbon.inferred > 0 and not ribbon.back:
        below = ribbon.width - ribbon.inferred
        stripes = _band(ribbon, ribbon.y0 + below, ribbon.y1 + below, ribbon.inferred)
        shape += f'<path class="striped" d="{stripes}"/>'
    title = f"<title>{escape(hover.ribbon(ribbon.edges, ribbon.back))}</title>"
    name = f"r {'back' if ribbon.back else 'on'} to-{kind}"
    return f'<g class="{name}" {data}>{title}{shape}</g>'


def _band(ribbon: Ribbon, y0: float, y1: float, width: float) -> str:
    x0, x1, middle = _px(ribbon.x0), _px(ribbon.x1), _px((ribbon.x0 + ribbon.x1) / 2)
    a, b, c, d = _px(y0), _px(y1), _px(y1 + width), _px(y0 + width)
    return f"M{x0} {a}C{middle} {a} {middle} {b} {x1} {b}V{c}C{middle} {c} {middle} {d} {x0} {d}Z"


def _returning(ribbon: Ribbon) -> str:
    """A loop from the right side of one box to the left side of the other."""
    y0, y1 = _px(ribbon.y0 + ribbon.width / 2), _px(ribbon.y1 + ribbon.width / 2)
    right, left = _px(ribbon.x0 + PITCH / 2), _px(ribbon.x1 - PITCH / 2)
    return f"M{_px(ribbon.x0)} {y0}C{right} {y0} {left} {y1} {_px(ribbon.x1)} {y1}"


def _box(box: Box, hover: Hover, keys: dict[str, str]) -> str:
    title = f"<title>{escape(hover.node(box.node))}</title>"
    x, y, height = _px(box.x), _px(box.y), _px(box.height)
    shape = f'<rect x="{x}" y="{y}" width="{BAR}" height="{height}" rx="1.5"/>'
    if box.held > 0 and box.node.kind != "service":
        held = max(box.held, 1.5)
        top = _px(box.y + box.height - held)
        shape += (
            f'<rect class="held" x="{x}" y="{top}" width="{BAR}" height="{_px(held)}" rx="1.5"/>'
        )
    return f'<g class="b {_class(box.node)}" id="{keys[box.node.key]}">{title}{shape}</g>'


def _label(box: Box, hover: Hover, keys: dict[str, str]) -> str:
    """Two lines beside the box: what it is called, and how much came to it."""
    node, service = box.node, box.node.kind == "service"
    name = squeezed(node.name, _SERVICE_NAME if service else _NAME)
    x, y = _px(box.x + BAR + 5), box.y + box.height / 2
    share = hover.graph.through()[node.key]
    amount = hover.passed(node)
    second = f"{amount} · {percent(share, WHOLE)}" if service else amount
    return (
        f'<g class="l {_class(node)}" data-n="{keys[node.key]}">'
        f'<text class="name" x="{x}" y="{_px(y - 2)}">{escape(name)}</text>'
        f'<text class="sum" x="{x}" y="{_px(y + 10)}">{escape(second)}</text></g>'
    )
