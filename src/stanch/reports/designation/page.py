"""A designation file as one page to print, without script and without any network."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from stanch.model.cited import evidence_line, source_line
from stanch.model.crosscheck import CrossCheck
from stanch.model.designation import Designation, Evidence, EvidenceKind, Subject
from stanch.model.desk.marking import Marking
from stanch.reports.designation import said
from stanch.reports.strict import strict

_TEMPLATES = Path(__file__).parent.parent / "templates"
_KINDS = {"Person": "Person", "Organization": "Organisation", "Vessel": "Vessel"}
_DETAILED = 3  # entries of a subject that are shown with their evidence; the rest in a line


def render(
    copy: Designation, found: CrossCheck | None, incidents: Mapping[str, str], level: Marking | None
) -> str:
    """The page as HTML text: the same copy and cross-check give the same text.

    `incidents` has a line on each incident that may be shown; `level` is whom the copy is for.
    """
    style = Markup((_TEMPLATES / "designation.css").read_text(encoding="utf-8"))
    template = _environment().get_template("designation.html.j2")
    return template.render(style=style, **view(copy, found, incidents, level))


def view(
    copy: Designation, found: CrossCheck | None, incidents: Mapping[str, str], level: Marking | None
) -> dict[str, Any]:
    """What a page shows of a copy, by the names that its template has for it."""
    return {
        "file": copy,
        "level": level,
        "left": _left(copy),
        "found": found,
        "subjects": [_subject(copy, each) for each in copy.subjects],
        "statements": [_statement(copy, each, incidents) for each in copy.statements],
        "sources": [source_line(each) for each in copy.sources],
        "loose": [each for each in copy.wallets if not each.holder],
        "holders": {each.entry.id: each.name for each in copy.subjects},
        "said": said,
        "detailed": _DETAILED,
    }


@cache
def _environment() -> Environment:
    return strict(FileSystemLoader(_TEMPLATES))


def _left(copy: Designation) -> str:
    """What a copy leaves out, in words; empty where it leaves out nothing."""
    counts = copy.left_out
    parts = (
        (counts.statements, "statement"),
        (counts.subjects, "subject"),
        (counts.wallets, "wallet"),
        (counts.names, "name"),
        (counts.identifiers, "identifier"),
        (counts.sources, "source"),
    )
    return ", ".join(
        f"{count:,} {word}{'s' if count > 1 else ''}" for count, word in parts if count
    )


def _subject(copy: Designation, subject: Subject) -> dict[str, Any]:
    entry = subject.entry
    facts = [
        ("Born", ", ".join(each.text for each in entry.births)),
        ("Birth place", "; ".join(entry.birth_places)),
        ("Gender", ", ".join(entry.genders)),
        ("Position", "; ".join(entry.roles)),
        *((f"Country ({each.role})", f"{each.text} ({each.code})") for each in entry.countries),
        *(("Address", _address(each.text, each.country)) for each in entry.addresses),
        *(("Remark", each) for each in entry.remarks),
    ]
    return {
        "id": entry.id,
        "name": subject.name,
        "kind": _KINDS[entry.schema],
        "marking": subject.marking,
        "names": subject.marked(entry.names),
        "identifiers": subject.marked(entry.identifiers),
        "facts": [(word, text) for word, text in facts if text],
        "wallets": copy.held_by(entry.id),
        "reasons": [each.number for each in copy.reasons(entry.id)],
    }


def _address(text: str, country: str) -> str:
    return f"{text} ({country})" if country else text


def _statement(copy: Designation, one: Any, incidents: Mapping[str, str]) -> dict[str, Any]:
    names = {each.entry.id: each.name for each in copy.subjects}
    names |= {each.id: f"wallet {each.id}" for each in copy.wallets}
    return {
        "number": one.number,
        "text": one.text,
        "marking": one.marking,
        "about": [names[id] for id in one.about],
        "actors": [f"{names[id]} is called {_article(kind)}" for id, kind in one.actors],
        "evidence": [_evidence(copy, each, incidents) for each in one.evidence],
    }


def _article(kind: str) -> str:
    word = kind.replace("-", " ")
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _evidence(copy: Designation, one: Evidence, incidents: Mapping[str, str]) -> dict[str, Any]:
    """The number of its source, and what it is beside that."""
    numbers = {each.id: place for place, each in enumerate(copy.sources, 1)}
    text = one.value
    if one.kind is EvidenceKind.SOURCE:
        text = evidence_line(copy, one)
    elif one.kind is EvidenceKind.INCIDENT:
        text = incidents.get(one.value, one.value)
    return {
        "kind": one.kind.value,
        "text": text,
        "chain": one.chain,
        "code": one.kind in {EvidenceKind.ACCOUNT, EvidenceKind.TRANSACTION, EvidenceKind.TRACE},
        "source": numbers.get(one.source),
        "where": "" if one.kind is EvidenceKind.SOURCE else one.where,
        "note": "" if one.kind is EvidenceKind.SOURCE else one.note,
    }
