"""Draw rows of incidents before anybody asks: in a language each is drawn once."""

from collections.abc import Iterable

from stanch.i18n.pack.words import Words
from stanch.reports.pack.annex_incidents import pieces_of
from stanch.reports.pack.html_table import row_of
from stanch.reports.pack.pack import IncidentRow


def draw_ahead(rows: Iterable[IncidentRow], language: str) -> None:
    """Have each row keep what it looks like in a language. Raises ValueError for none of ours."""
    words = Words(language)
    for each in rows:
        pieces_of(each, words, row_of)
