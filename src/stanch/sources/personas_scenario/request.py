"""What a user may ask of a simulated intake, checked before any work."""

from dataclasses import dataclass
from typing import Final

from stanch.errors import UsageError
from stanch.sources.personas_scenario.cultures import BY_CODE, CULTURES

MOST_RECORDS: Final = 5_000_000
USUAL: Final = tuple((each.code, each.weight) for each in CULTURES)


@dataclass(frozen=True, slots=True)
class PersonasRequest:
    """Size, seed and rates of a simulated intake. The same request gives the same bytes.

    `operators` is the share of applications that operators send, `twice` the share of honest
    people who apply a second time, `paraphrase` how much operators reword what they copy (0: not
    at all, 1: all), `sharing` multiplies what honest people share by accident, and `cultures` are
    weights of name cultures, for honest people and personas alike. Raises UsageError.
    """

    records: int = 20_000
    seed: int = 1
    operators: float = 0.0275
    twice: float = 0.04
    paraphrase: float = 0.5
    sharing: float = 1.0
    cultures: tuple[tuple[str, int], ...] = USUAL

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated, and say what can."""
        _between("records", self.records, 100, MOST_RECORDS)
        _between("seed", self.seed, 0, 2**63 - 1)
        _between("operators", self.operators, 0, 0.5)
        _between("twice", self.twice, 0, 0.5)
        _between("paraphrase", self.paraphrase, 0, 1)
        _between("sharing", self.sharing, 0, 5)
        for code, weight in self.cultures:
            if code not in BY_CODE:
                known = ", ".join(sorted(BY_CODE))
                raise UsageError(f"--cultures: {code} is not one of {known}")
            _between("cultures", weight, 0, 1_000)
        if not sum(weight for _, weight in self.cultures):
            raise UsageError("--cultures: one weight at least must be above 0")


def _between(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise UsageError(f"--{name} must lie between {low:,} and {high:,}, not {value:,}")
