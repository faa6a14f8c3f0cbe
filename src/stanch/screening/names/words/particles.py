"""Words of persons' names that name nobody: Mr, Haji, bin, al, von, Jr.

Their classes and what they come from stand in `particles.tsv`.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from stanch.screening.names import table

CLASSES: Final = (
    "alias", "article", "degree", "honorific", "kunya", "particle", "patronymic", "suffix", "title",
)  # fmt: skip


@cache
def particles() -> Mapping[tuple[str, ...], str]:
    """The class of each particle by its folded words; most are one word, some two or three."""
    return {
        tuple(form.split()): kind
        for kind, *forms in table.rows("stanch.screening.names.words", "particles.tsv")
        for form in forms
    }
