"""Tables of facts that stand beside the code: one row a line, fields parted by tabs.

Lines that begin with `#` come first; they tell the columns and the source of the facts.
"""

from collections.abc import Iterator
from importlib import resources


def lines(package: str, name: str) -> Iterator[str]:
    """The rows of table `name` in `package`, each as one text without the line's end."""
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.split("\n") if line and not line.startswith("#"))


def rows(package: str, name: str) -> Iterator[list[str]]:
    """The rows of table `name` in `package`, each as its fields."""
    return (line.split("\t") for line in lines(package, name))
