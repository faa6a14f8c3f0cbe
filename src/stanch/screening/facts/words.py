"""Words of a free text, for comparing what two lists say of one place or position."""

import re
import unicodedata

_LONGEST = 300  # characters of one text; what stands behind them is prose, no fact
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> frozenset[str]:
    """Its words without case and accents; apostrophes join, everything else parts."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST].casefold().replace("'", ""))
    return frozenset(
        _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))
    )
