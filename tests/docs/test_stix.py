"""The schemas that are published are those that are shipped, and the pages name each extension."""

import json

import pytest

from stanch.formats.stix.extensions import ABOUT, extension_id, schema
from stanch.formats.wallets.dialects import DIALECTS
from tests.docs.fences import ROOT

PAGE = (ROOT / "docs" / "stix.md").read_text(encoding="utf-8")
TABLE = (ROOT / "docs" / "sharing-formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ABOUT)
def test_published_and_shipped_are_the_same(name):
    published = ROOT / "docs" / "stix-extensions" / f"{name}.json"
    assert json.loads(published.read_text(encoding="utf-8")) == schema(name)
    id = extension_id(name).removeprefix("extension-definition--")
    assert f"| `stanch-{name}` | {ABOUT[name]} | `{id}` | " in PAGE


def test_nothing_else_is_published():
    found = {each.stem for each in (ROOT / "docs" / "stix-extensions").iterdir()}
    assert found == set(ABOUT)


@pytest.mark.parametrize("name", DIALECTS)
def test_each_dialect_stands_in_the_table(name):
    assert f"| `{name}` |" in TABLE
    assert f"`{name}`" in PAGE
