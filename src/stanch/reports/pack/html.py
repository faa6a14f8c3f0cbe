"""A pack as one HTML page that needs nothing else: no script, no network, no font."""

from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Final

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup

from stanch.errors import InvariantError
from stanch.reports.pack.document import Document, Table
from stanch.reports.pack.html_table import spans_of, table_of
from stanch.reports.strict import strict

_HERE: Final = "\0table\0"  # no text from outside has it: control characters are not shown


def html(document: Document) -> str:
    """The page. The same document gives the same text."""
    return "".join(_pieces(document))


def encoded(document: Document) -> bytes:
    """The same in UTF-8."""
    return b"".join([each.encode("utf-8", "replace") for each in _pieces(document)])


def _pieces(document: Document) -> list[str]:
    """The page in pieces: tables are megabytes, and are put in last, so that none is copied on."""
    tables: list[str] = []

    def table(each: Table) -> str:
        tables.append(table_of(each))
        return _HERE

    page = (
        _environment()
        .get_template("pack.html.j2")
        .render(
            doc=document,
            style=Markup(_text("pack.css")),
            svg=Markup,
            table=table,
            spans=lambda each: Markup(spans_of(each)),
        )
    )
    between = page.split(_HERE)
    if len(between) != len(tables) + 1:
        raise InvariantError("a text of a pack has the character that stands for a table")
    return [*chain.from_iterable(zip(between, tables, strict=False)), between[-1]]


@cache
def _environment() -> Environment:
    return strict(FunctionLoader(_text))


def _text(name: str) -> str:
    return (files("stanch.reports.pack") / "templates" / name).read_text("utf-8")
