"""How sure a body is of what it says: in judgements, and in documents that tell of them."""

from enum import StrEnum


class Confidence(StrEnum):
    """How sure the body is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
