"""One tag as a label file says it, before its address is checked or its words are understood."""

from dataclasses import dataclass
from typing import Final, NamedTuple

UNSTATED: Final = 0.5  # confidence where a file says nothing: as good as a service's own list

# GraphSense's taxonomy of how a tag came to be, with its levels (of 100).
CONFIDENCE_WORDS: Final = {
    "override": 1.0,
    "ownership": 1.0,
    "ledger_immanent": 1.0,
    "manual_transaction": 0.9,
    "service_api": 0.7,
    "forensic_investigation": 0.7,
    "authority_data": 0.6,
    "trusted_provider": 0.5,
    "service_data": 0.5,
    "forensic": 0.5,
    "untrusted_transaction": 0.4,
    "web_crawl": 0.2,
    "heuristic": 0.1,
    "unknown": 0.05,
}

# Marks a term as one of model.kinds.CATEGORIES that somebody chose on purpose.
CHOSEN: Final = "category:"


@dataclass(frozen=True, slots=True)
class RawTag:
    """What one row says. `currency` is the file's word for the chain: a ticker, CAIP-2, or ''.

    `row` counts from 1. `own` says that the user vouches for it. `terms` are the source's own
    words for what the account is, `source` whom the file quotes. Times are text.
    """

    row: int
    address: str
    name: str = ""
    terms: tuple[str, ...] = ()
    currency: str = ""
    entity: str = ""
    flags: tuple[str, ...] = ()
    confidence: float = UNSTATED
    source: str = ""
    own: bool = False
    valid_from: str = ""
    valid_to: str = ""


class RefusedTag(NamedTuple):
    """A row that cannot be used, and why."""

    row: int
    reason: str


def confidence(text: str) -> float:
    """A number from 0 to 1, or a word of GraphSense's taxonomy, as a number; '' is `UNSTATED`.

    Raises ValueError with a short reason.
    """
    word = text.strip().lower()
    if not word:
        return UNSTATED
    if word in CONFIDENCE_WORDS:
        return CONFIDENCE_WORDS[word]
    try:
        value = float(word)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ValueError(
            f"confidence {text[:40]!r} is neither a number from 0 to 1 nor a known word"
        )
    return value
