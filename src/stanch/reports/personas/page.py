"""report.html of linked personas: one page without any network, that opens with what it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from math import log2
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from stanch.i18n import personas as words
from stanch.reports.names import clean, whole
from stanch.reports.personas.masking import masked
from stanch.reports.personas.svg import bits, left_out, svg
from stanch.reports.strict import strict

_TEMPLATES: Final = Path(__file__).parent / "templates"
MOST: Final = 50  # clusters that are told in full
_LINKS: Final = 60  # rows of one cluster
_VALUES: Final = 8  # of one record


@dataclass(frozen=True, slots=True)
class Linked:
    """What was found: clusters by priority (JSON as `formats.persona_result.cluster` has it), how
    many there are, how many records were looked at, by which methods; and of some records what
    they say, by kind.
    """

    clusters: Sequence[Mapping[str, Any]]
    all_clusters: int
    records: int
    methods: Sequence[str]
    values: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def render(linked: Linked, language: str = "en", *, plain: bool = False) -> str:
    """The page as HTML text, with values masked unless `plain`.

    The same input gives the same text. Raises ValueError for a language without a catalogue.
    """
    shown = linked.clusters[:MOST]
    say = partial(_say, language)
    return (
        _environment()
        .get_template("personas.html.j2")
        .render(
            style=Markup((_TEMPLATES / "personas.css").read_text("utf-8")),
            language=language, say=say, linked=linked, plain=plain, bits=bits,
            evidence=partial(_evidence, language),
            clusters=[_cluster(each, linked, language, plain) for each in shown],
            chance=_chance(linked.records),
        )
    )  # fmt: skip


def _cluster(
    cluster: Mapping[str, Any], linked: Linked, language: str, plain: bool
) -> dict[str, Any]:
    links = sorted(cluster["links"], key=lambda each: -each["microbits"])
    return {
        **cluster,
        "picture": Markup(svg(cluster, language)),
        "beside": left_out(cluster, language),
        "priority": max(each["priority"] for each in cluster["records"]),
        "links": links[:_LINKS],
        "left_out": len(links[_LINKS:]) + int(cluster.get("left_out", 0)),
        "exposed": any(each["role"] == "exposed" for each in cluster["wallets"]),
        "said": {
            each["record"]: _values(linked.values.get(each["record"], ()), plain)
            for each in cluster["records"]
        },
    }


def _values(told: Sequence[tuple[str, str]], plain: bool) -> list[tuple[str, str]]:
    shown = [(kind, whole(value)[:200] if plain else masked(clean(value))) for kind, value in told]
    return shown[:_VALUES]


def _chance(records: int) -> tuple[str, str] | None:
    """How many pairs there are among the records, and the bits that one pair of strangers in so
    many is expected to reach: a ratio of 2**b or more is met by chance once in 2**b pairs or less.
    """
    pairs = records * (records - 1) // 2
    return (f"{pairs:,}", f"{log2(pairs):.0f}") if pairs > 1 else None


def _say(language: str, code: str, **places: object) -> str:
    return words.say(code, language, **places)


def _evidence(language: str, name: str) -> str:
    return words.evidence(name, language)


@cache
def _environment() -> Environment:
    environment = strict(FileSystemLoader(_TEMPLATES))
    environment.filters["clean"] = clean
    return environment
