"""Examples in docstrings give what they say."""

import doctest
import importlib

import pytest

from tests.docs.fences import ROOT

SRC = ROOT / "src"
WITH_EXAMPLES = sorted(
    path for path in SRC.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("file", WITH_EXAMPLES, ids=lambda path: str(path.relative_to(SRC)))
def test_docstring_examples(file):
    name = ".".join(file.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed


def test_some_modules_have_examples():
    assert WITH_EXAMPLES
