"""A pack as one HTML page that needs nothing else: no script, no network, no font."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from stanch.reports.pack.document import Document
from stanch.reports.pack.html_table import spans_of, table_of


def html(document: Document) -> str:
    """The page. The same document gives the same text."""
    page = _environment().get_template("pack.html.j2")
    return page.render(
        doc=document,
        style=Markup(_text("pack.css")),
        svg=Markup,
        table=lambda each: Markup(table_of(each)),
        spans=lambda each: Markup(spans_of(each)),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _text(name: str) -> str:
    return (files("stanch.reports.pack") / "templates" / name).read_text("utf-8")
