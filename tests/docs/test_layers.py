"""docs/design/layers.md says what the contracts in pyproject.toml say."""

import re
import tomllib

from tests.docs.fences import ROOT, blocks

PAGE = ROOT / "docs" / "design" / "layers.md"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
LAYERS = next(each for each in CONTRACTS if each["type"] == "layers")


def test_the_page_draws_the_layers_of_the_contract():
    (drawing,) = blocks(PAGE)
    assert drawing.text.splitlines() == LAYERS["layers"]


def test_every_folder_stands_in_the_layers_and_in_the_table():
    folders = {path.parent.name for path in (ROOT / "src/stanch").glob("*/__init__.py")}
    layers = {name for line in LAYERS["layers"] for name in line.split(" | ")}
    assert LAYERS["exhaustive"]
    assert layers == folders | {"errors"}
    cells = re.findall(r"^\| (`.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == layers


def test_every_source_stands_in_the_contract_of_sources():
    """`rpc` is none: it is how nodes are asked, whatever their chain."""
    sources = {path.parent.name for path in (ROOT / "src/stanch/sources").glob("*/__init__.py")}
    sources.remove("rpc")
    independent = next(each for each in CONTRACTS if each["type"] == "independence")
    assert {f"stanch.sources.{name}" for name in sources} == set(independent["modules"])
