"""report.html of a trace: one page without any network, made from the folder's own files."""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from stanch.reports.flow_picture.fold import Limits
from stanch.reports.flow_picture.picture import draw
from stanch.reports.material import Material, gather
from stanch.reports.names import clean
from stanch.reports.strict import strict
from stanch.reports.summary import IncidentSummary, summarise
from stanch.reports.trace_view import TraceView
from stanch.reports.words import NOTICES, category, counted, fate, method

_TEMPLATES = Path(__file__).parent / "templates"
_INCIDENTS = 40  # told in full; more are named
_NOTED = 200  # rows of a notice that are shown


def render(view: TraceView) -> str:
    """The report on a trace as HTML text.

    The same `view` gives the same text. Labels and other outside text are escaped and shown
    without control characters; the page's policy allows its own script and style and nothing else.
    """
    incidents = view.incidents()
    shown = incidents[:_INCIDENTS]
    style, script = _text("trace.css"), _text("trace.js")
    return (
        _environment()
        .get_template("trace.html.j2")
        .render(
            style=Markup(style),
            script=Markup(script),
            script_hash=_digest(script),
            manifest=_stated(view.manifest),
            method=_method(view.manifest),
            incidents=[_part(view, each, len(shown)) for each in gather(view, shown)],
            hidden_incidents=[clean(each) for each in incidents[_INCIDENTS:]],
        )
    )


def _part(view: TraceView, incident: Material, count: int) -> tuple[IncidentSummary, Markup]:
    """The figures of one incident and its picture, smaller where there are many."""
    usual = Limits()
    room = max(8, usual.accounts * 4 // max(count, 4))
    limits = Limits(accounts=room, services=min(usual.services, room), branches=min(14, room))
    return summarise(view, incident), Markup(draw(view, incident, limits))


@cache
def _environment() -> Environment:
    environment = strict(FileSystemLoader(_TEMPLATES))
    environment.filters |= {"clean": clean, "category": category, "fate": fate, "counted": counted}
    return environment


def _text(file: str) -> str:
    return (_TEMPLATES / file).read_text(encoding="utf-8")


def _digest(script: str) -> str:
    """What a Content-Security-Policy wants to know of an inline script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _method(manifest: Mapping[str, Any]) -> tuple[str, str]:
    """The method's name and a sentence on it."""
    name = clean(str(manifest.get("method") or ""))
    return name, method(name) if name else ""


def _stated(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What the page quotes from the manifest."""
    return {
        "simulation": bool(manifest.get("simulation")),
        "version": clean(str(manifest.get("stanch") or "")),
        "conservation": clean(str(manifest.get("conservation") or "")),
        "inputs": [
            (clean(str(each.get("name", ""))), clean(str(each.get("sha256", ""))))
            for each in manifest.get("inputs", [])
        ],
        "parameters": _pairs(manifest.get("parameters")),
        "counts": _pairs(manifest.get("counts")),
        "notices": [_notice(each) for each in manifest.get("notices", [])],
        "lists": [_listed(manifest, code) for code in NOTICES if manifest.get(code)],
    }


def _pairs(stated: object) -> list[tuple[str, str]]:
    if not isinstance(stated, Mapping):
        return []
    return [
        (clean(str(key)).replace("_", " "), _said(value)) for key, value in sorted(stated.items())
    ]


def _notice(notice: object) -> str:
    if isinstance(notice, Mapping):
        return clean(str(notice.get("text") or notice.get("code") or ""), 600)
    return clean(str(notice), 600)


def _listed(manifest: Mapping[str, Any], code: str) -> dict[str, Any]:
    """A list of accounts in the manifest as a table: heading, columns, rows."""
    entries = [each if isinstance(each, Mapping) else {"account": each} for each in manifest[code]]
    columns = list(dict.fromkeys(str(key) for each in entries for key in each))
    rows = [[_said(each.get(column)) for column in columns] for each in entries[:_NOTED]]
    return {
        "title": NOTICES[code],
        "columns": [clean(column).replace("_", " ") for column in columns],
        "rows": rows,
        "count": len(entries),
    }


def _said(value: object) -> str:
    """A value of the manifest as text: words as they are, the rest as JSON."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3g}"
    text = (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )
    return clean(text, 200)
