"""How evenly the scores of an intake fall on groups of its people."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from stanch.app.personas.groups import groups_of
from stanch.app.personas.intake import open_intake
from stanch.app.personas.secret import Secret
from stanch.app.personas.sight import sight_of
from stanch.personas.fairness.point import Ints
from stanch.personas.fairness.rates import SHARE, Spread, spread
from stanch.personas.fairness.scores import by_indicator, by_level, by_mark
from stanch.personas.linking.evidence import INDICATORS, gather
from stanch.personas.linking.marks import marks
from stanch.personas.linking.score import Scoring
from stanch.personas.linking.solve import together
from stanch.personas.weights.chance import bar

__all__ = ["Audit", "AuditRequest", "Spread", "audit"]

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """An intake folder, a CSV of groups or none, and the share of records that is flagged."""

    intake: Path
    by: Path | None = None
    share: float = SHARE


@dataclass(frozen=True, slots=True)
class Audit:
    """Rates by group. `levels` are those of the whole score for the operator and for the farm,
    `alone` those of each indicator by its name; None where no record has any.
    """

    records: int
    by: str
    grouped: int  # records that are in a group
    levels: Mapping[str, Spread | None]
    alone: Mapping[str, Spread | None]

    def as_data(self) -> dict[str, object]:
        """The same for machines. Scores are in bits."""
        return {
            "records": self.records,
            "by": self.by,
            "grouped": self.grouped,
            "levels": {name: _data(each) for name, each in self.levels.items()},
            "indicators": {name: _data(each) for name, each in self.alone.items()},
        }


def audit(request: AuditRequest, secret: Secret, step: Step = lambda _: None) -> Audit:
    """Score every record of an intake and measure how evenly that falls.

    A record's score is the highest that it has towards one other. Raises UsageError and InputError
    as `open_intake` and `groups_of` do.
    """
    intake = open_intake(request.intake, secret)
    groups = groups_of(intake, request.by)
    records = len(intake.records)
    sight = sight_of(intake)
    weighed = gather(sight, step)
    step("scores")
    evidence, _ = together(weighed, records)
    levels = by_level(evidence, Scoring(INDICATORS, bar(records)), records)
    alone = by_indicator(weighed, records) | by_mark(marks(sight), records)
    step("rates")

    def measured(scores: Mapping[str, Ints]) -> dict[str, Spread | None]:
        return {
            name: spread(each, groups.of, groups.names, request.share)
            for name, each in scores.items()
        }

    grouped = int((groups.of >= 0).sum())
    return Audit(records, groups.by, grouped, measured(levels), measured(alone))


def _data(found: Spread | None) -> dict[str, object] | None:
    if found is None:
        return None
    told = asdict(found)
    point = told.pop("point")
    return {
        "bits": point["microbits"] / 1_000_000,
        "tied": point["tied"],
        **told,
        "even": found.even,
    }
