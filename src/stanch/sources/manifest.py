"""What a source's `manifest.toml` says: whose files it reads, and how many rows they hold."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Manifest:
    """One source. A file outside `min_rows` and `max_rows`, or of exactly as many rows as its
    publisher gives at once (`page_rows`), is read, and the user is told.
    """

    name: str
    title: str
    publisher: str
    licence: str
    form: str
    min_rows: int
    max_rows: int
    page_rows: tuple[int, ...] = ()

    def doubt(self, file: str, rows: int) -> str | None:
        """A sentence for the user where a file's number of rows is suspicious."""
        if rows < self.min_rows:
            return f"{file} holds {rows:,} rows; it may be empty by mistake."
        if rows in self.page_rows:
            return (
                f"{file} holds exactly {rows:,} rows, as many as its publisher gives at once; "
                "it is probably cut short."
            )
        if rows > self.max_rows:
            return f"{file} holds {rows:,} rows, more than such files are known to hold."
        return None


@cache
def manifest(source: str) -> Manifest:
    """The manifest in the source's folder."""
    text = (files("stanch.sources") / source / "manifest.toml").read_text("utf-8")
    said = tomllib.loads(text)
    return Manifest(**said | {"page_rows": tuple(said.get("page_rows", ()))})
