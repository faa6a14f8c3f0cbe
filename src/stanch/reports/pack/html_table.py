"""Tables of a pack as HTML, written straight: an annex has ten thousand rows, and a template takes
longer over them than all else does.
"""

from collections.abc import Sequence
from typing import Final

from stanch.reports.pack.document import Cell, Drawn, Row, Span, Spans, Table

_SAFE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
)  # as templates write them


def table_of(table: Table) -> str:
    """A table in its scrolling frame; each row with its anchor."""
    whole = sum(table.widths)
    columns = "".join(
        f'<col style="width:{round(100 * width / whole, 1)}%">' for width in table.widths
    )
    head = "".join(_cell(each, "th") for each in table.head)
    return (
        f'<div class="wide"><table>\n<colgroup>{columns}</colgroup>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{_rows(table)}</tbody>\n"
        "</table></div>\n"
    )


def spans_of(spans: Spans) -> str:
    """A run of text."""
    return "".join(map(_span, spans))


def row_of(row: Row, anchor: str = "", more: str = "") -> str:
    """A row that is no heading."""
    named = f' id="{_safe(anchor)}"' if anchor else ""
    return f"<tr{named}{more}>{''.join([_cell(each, 'td') for each in row])}</tr>\n"


def _rows(table: Table) -> str:
    if isinstance(table.rows, Drawn):
        return table.rows.html(row_of)
    columns, last = len(table.head), len(table.rows) - 1

    def draw(place: int, row: Row) -> str:
        summed = ' class="whole"' if table.whole and place == last else ""
        anchor = table.anchors[place] if table.anchors else ""
        if len(row) > 1:
            return row_of(row, anchor, summed)
        named, over = f' id="{_safe(anchor)}"' if anchor else "", spans_of(row[0].lines[0])
        head = f'<th scope="rowgroup" class="over" colspan="{columns}">{over}</th>'
        return f"<tr{named}{summed}>{head}</tr>\n"

    return "".join([draw(place, row) for place, row in enumerate(table.rows)])


def _cell(cell: Cell, name: str) -> str:
    figure = ' class="n"' if cell.figure else ""
    scope = ' scope="col"' if name == "th" else ""
    inside = "<br>".join([spans_of(line) for line in cell.lines])
    if cell.anchors:
        # All at once: there are as many as rows.
        links = [f'<a href="#{each}"><bdi>{each}</bdi></a>' for each in _all_safe(cell.anchors)]
        inside += "<bdi> </bdi>".join(links)
    return f"<{name}{figure}{scope}>{inside}</{name}>"


def _span(span: Span) -> str:
    text = f"<bdi>{_safe(span.text)}</bdi>"
    if span.bold:
        text = f"<b>{text}</b>"
    elif span.faint:
        text = f'<span class="faint">{text}</span>'
    if span.to:
        return f'<a href="#{_safe(span.to)}">{text}</a>'
    if span.url:
        return f'<a href="{_safe(span.url)}" rel="noreferrer">{text}</a>'
    return text


def _all_safe(texts: Sequence[str]) -> list[str]:
    return _safe("\n".join(texts)).split("\n")


def _safe(text: str) -> str:
    return text.translate(_SAFE)
