"""A pack to be looked at on a desk, in pages: what it costs does not grow with its annex.

The first page is the whole document with the first rows of the annex of incidents. More of these,
and all that make one figure, are on pages of their own. The document that is saved or printed has
everything in one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import escape

from stanch.errors import NotFoundError
from stanch.i18n.pack.words import Words
from stanch.reports.pack.annex_incidents import IncidentRows
from stanch.reports.pack.compose import compose
from stanch.reports.pack.document import Block, Cell, Document, Para, Section, Span, Table
from stanch.reports.pack.html import html
from stanch.reports.pack.pack import Pack

ROWS: Final = 200  # of one page
NAMED: Final = 50  # beside a figure, before its rows have pages of their own
INCIDENTS: Final = "A"
_ANNEX, _LINES = "annex-a", "annex-c"
_LINK: Final = re.compile(r'href="#([^"]*)"')  # texts from outside have no quotation mark as it is
_INCIDENT: Final = re.compile(r"A([0-9]+)")


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: the document (empty), all rows of the annex (`A`) or those of a figure
    (`C5`), from the row `after` this many on. `whole` is where the whole document is to be had.
    """

    of: str = ""
    after: int = 0
    whole: str = ""


def preview(pack: Pack, language: str, looked: Looked) -> bytes:
    """One page, in UTF-8; its links lead to the right page. Raises NotFoundError for rows that
    there are none of, ValueError for a language without words.
    """
    shown = _Shown(compose(pack, language), Words(language), looked)
    page = html(shown.document())
    led = _LINK.sub(lambda found: f'href="{escape(shown.to(found[1]))}"', page)
    return led.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A document, and which part of it is on the page."""

    whole: Document
    words: Words
    looked: Looked

    def document(self) -> Document:
        """What is on the page; the first begins with the first row."""
        if self.looked.after and not self.looked.of:
            raise self._none()
        sections = self.whole.sections if not self.looked.of else (self._rows(),)
        blocks = {_ANNEX: self._first_incidents, _LINES: self._first_of_each}
        if not self.looked.of:
            sections = tuple(
                replace(each, blocks=blocks[each.anchor](each)) if each.anchor in blocks else each
                for each in sections
            )
        facts = self.whole.facts if not self.looked.of else ()
        return replace(self.whole, sections=sections, facts=facts, notice=self._notice())

    def to(self, anchor: str) -> str:
        """Where an anchor is from this page."""
        found = _INCIDENT.fullmatch(anchor)
        if found is None:
            here = not self.looked.of or anchor in {_ANNEX, self.looked.of}
            return f"#{anchor}" if here else f"{self._page('', 0)}#{anchor}"
        after = (int(found[1]) - 1) // ROWS * ROWS
        if self.looked.of in {"", INCIDENTS} and self.looked.after <= int(found[1]) - 1 < (
            self.looked.after + ROWS
        ):
            return f"#{anchor}"
        return f"{self._page(INCIDENTS if after else '', after)}#{anchor}"

    def _notice(self) -> tuple[Span, ...]:
        """Where all of it is in one, and from a part, the way back."""
        spans = [Span(self.words.say("The whole document"), url=self.looked.whole)]
        if self.looked.of:
            back = Span(self.words.say("To the first page"), url=self._page("", 0))
            spans = [back, Span(" · "), *spans]
        return tuple(spans)

    def _first_incidents(self, section: Section) -> tuple[Block, ...]:
        return tuple(
            block
            for table in section.blocks
            if isinstance(table, Table)
            for block in self._window(table, INCIDENTS)
        )

    def _first_of_each(self, section: Section) -> tuple[Block, ...]:
        """Lines of figures, each with the first of its incidents; a link leads to all of them."""
        return tuple(
            replace(table, rows=tuple(map(self._line, table.rows))) for table in section.blocks
            if isinstance(table, Table)
        )  # fmt: skip

    def _line(self, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        number, count, rows = row
        inside = tuple(each for each in rows.anchors if each[0] == INCIDENTS)
        if len(inside) <= NAMED:
            return row
        line, others = number.lines[0][0].text, rows.anchors[len(inside) :]  # incidents come first
        more = Span(self._counted(0, NAMED, len(inside)), url=self._page(line, 0))
        return number, count, Cell(((more, Span(" ")),), anchors=(*inside[:NAMED], *others))

    def _rows(self) -> Section:
        """The rows of the annex that are asked for, or those of a figure."""
        annex, table = self._table(_ANNEX)
        of = self.looked.of
        if of == INCIDENTS:
            return replace(annex, blocks=self._window(table, of))
        figures, lines = self._table(_LINES)
        if of not in lines.anchors:
            raise self._none()
        anchors = lines.rows[lines.anchors.index(of)][2].anchors
        known = {anchor: place for place, anchor in enumerate(table.anchors)}
        places = [known[each] for each in anchors if each in known]
        others = tuple(each for each in anchors if each not in known)
        rows = table.rows
        assert isinstance(rows, IncidentRows)
        picked = replace(
            table, rows=rows.picked(places), anchors=tuple(table.anchors[each] for each in places)
        )
        blocks: tuple[Block, ...] = self._window(picked, of)
        if others:
            links = tuple(span for each in others for span in (Span(f"[{each}]", each), Span(" ")))
            blocks = (*blocks, Para(links))
        return Section(f"{figures.title}: {of}", of, blocks, annex=True)

    def _table(self, anchor: str) -> tuple[Section, Table]:
        for section in self.whole.sections:
            if section.anchor == anchor and isinstance(section.blocks[0], Table):
                return section, section.blocks[0]
        raise self._none()

    def _window(self, table: Table, of: str) -> tuple[Block, ...]:
        """Rows of a table from one on, under and over which it says which they are."""
        after, many = self.looked.after, len(table.rows)
        if after >= max(many, 1):
            raise self._none()
        cut = slice(after, after + ROWS)
        part = replace(table, rows=table.rows[cut], anchors=table.anchors[cut])
        if many <= ROWS:
            return (part,)
        around = Para(tuple(self._around(of, many)))
        return around, part, around

    def _around(self, of: str, many: int) -> Sequence[Span]:
        after, say = self.looked.after, self.words.say
        spans = [Span(self._counted(after, min(after + ROWS, many), many))]
        if after:
            before = max(after - ROWS, 0)
            first = not before and of == INCIDENTS
            back = f"{self._page('', 0)}#{_ANNEX}" if first else self._page(of, before)
            spans += [Span(" · "), Span(say("Previous"), url=back)]
        if after + ROWS < many:
            spans += [Span(" · "), Span(say("Next"), url=self._page(of, after + ROWS))]
        return spans

    def _counted(self, after: int, last: int, many: int) -> str:
        number = self.words.number
        first, to, count = number(after + 1), number(last), number(many)
        say = self.words.say
        return say("rows {first}-{last} of {count}", first=first, last=to, count=count)

    def _page(self, of: str, after: int) -> str:
        """Nothing in it is from outside: rows and language are of those that there are."""
        part = f"&of={of}" if of else ""
        return f"?lang={self.whole.language}{part}{f'&after={after}' if after else ''}"

    def _none(self) -> NotFoundError:
        return NotFoundError(f"no rows {self.looked.of[:20]} from {self.looked.after} on")
