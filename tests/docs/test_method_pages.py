"""The pages of screening's methods say what the code does: constants, codes of evidence, kinds."""

import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from stanch.screening.identifiers.kinds import KINDS, OTHER
from tests.docs.fences import PAGES, ROOT

METHODS = ROOT / "docs" / "screening-methods"
SCREENING = ROOT / "src" / "stanch" / "screening"
CONSTANT = re.compile(r"^\| `([a-z_.]+)\.([A-Z_]+)` \| (.+?) \|", re.MULTILINE)
SIGNED = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")
WEIGHED = ("kernels.align", "kernels.whole", "kernels.syllables", "facts.births", "facts.places",
           "facts.countries", "facts.genders", "facts.roles", "facts.schemas", "facts.identifiers",
           "linking.comparing", "identifiers.agreement")  # fmt: skip
KINDS_OF_WORDS = {"CORE", "GENERIC", "PLACE", "LEGAL", "PARTICLE", "NUMBER", "INITIAL", "TITLE"}
NO_WEIGHTS = KINDS_OF_WORDS | {"JOINED", "KINDS"}
CODE = re.compile(
    r'"((?:name|birth|place|country|gender|role|schema|identifier|program|list)\.[a-z_.]+)"'
)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def constants() -> list[tuple[str, str, str]]:
    """(module, name, printed value) of every table of constants."""
    pages = (each for each in PAGES if each.parent.name in ("screening-methods", "docs"))
    return [found for each in pages for found in CONSTANT.findall(each.read_text("utf-8"))]


def numbers(value: Any) -> Iterator[float]:
    """All numbers of a constant in their order; of a large table the distinct ones."""
    if isinstance(value, np.ndarray):
        yield from map(float, np.unique(value.round(4)) if value.size > 50 else value.round(4))
    elif isinstance(value, Mapping):
        named = [key for key in value if isinstance(key, float)]
        yield from numbers(named or list(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from numbers(each)
    else:
        yield float(value)


def worth(module: str, name: str) -> list[float]:
    value = getattr(importlib.import_module(f"stanch.screening.{module}"), name)
    return [round(each, 5) for each in numbers(value)]


@pytest.mark.parametrize(("module", "name", "printed"), constants())
def test_a_printed_constant_is_that_of_the_code(module, name, printed):
    assert [float(each) for each in SIGNED.findall(printed)] == worth(module, name)


@pytest.mark.parametrize("module", WEIGHED)
def test_every_weight_is_printed(module):
    held = vars(importlib.import_module(f"stanch.screening.{module}"))
    weights = {
        name
        for name, value in held.items()
        if name.isupper() and not name.startswith("_") and isinstance(value, int | float)
    }
    own = set(re.findall(r"^([A-Z_]+): Final", source(module), re.MULTILINE))
    printed = {name for where, name, _ in constants() if where == module}
    assert (weights & own) - NO_WEIGHTS <= printed


def source(module: str) -> str:
    return SCREENING.joinpath(*module.split(".")).with_suffix(".py").read_text("utf-8")


def test_every_code_of_evidence_is_explained():
    emitted = {
        code for file in SCREENING.rglob("*.py") for code in CODE.findall(file.read_text("utf-8"))
    }
    said = "".join(
        map(page, ("screening-methods/name@1.md", "screening-methods/identifier@1.md", "links.md"))
    )
    assert {code for code in emitted if f"`{code}`" not in said} == set()


def test_every_kind_of_identifier_is_printed_with_its_weight():
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (\d+) \|", page("screening-methods/identifier@1.md"), re.MULTILINE
    )
    assert {kind: float(points) for kind, points in rows} == {
        kind: each.points for kind, each in KINDS.items()
    } | {"other": OTHER.points}
