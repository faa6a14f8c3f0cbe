"""How a page is made: its template, and the headers that say what a browser may do with it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from stanch.web.pages import words

_TEMPLATES: Final = Path(__file__).parent / "templates"
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
# Not `no-referrer`: with that a browser says of the desk's own forms that they came from nowhere.
_HEADERS: Final = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"}


def page(name: str, said: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """The page of a template. What `said` holds is text, and is shown as text."""
    body = _environment().get_template(f"{name}.html.j2").render(said)
    return HTMLResponse(body, status, dict(_HEADERS))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"minute": words.minute, "grouped": words.grouped, "apart": words.apart}
    environment.filters |= {"said": words.said, "clock": words.clock}
    environment.globals["tones"] = words.TONES
    return environment
