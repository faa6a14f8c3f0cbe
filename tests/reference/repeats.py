"""The twin of `cases.repeats`: reports in a list, every question a walk over all of them."""

from dataclasses import dataclass, field


@dataclass
class PlainReport:
    """A report as people would tell of it: `words` says the same in whatever blanks and case.

    `sees` are the names of the callers that may see it; `erased` has its words forgotten.
    """

    id: str
    words: str
    accounts: frozenset[int]
    came: int
    sees: frozenset[str]
    erased: bool = False


@dataclass
class PlainIntake:
    """All that came in."""

    reports: list[PlainReport] = field(default_factory=list)

    def repeats(self, who: str, id: str) -> list[str]:
        """What `who` is told that the report seems to repeat."""
        (this,) = [each for each in self.reports if each.id == id]
        found = []
        for other in self.reports:
            if other is this or who not in other.sees or other.came > this.came:
                continue
            said = not this.erased and not other.erased and _said(this) == _said(other)
            if said or any(account in other.accounts for account in this.accounts):
                found.append(other.id)
        return sorted(found)


def _said(report: PlainReport) -> tuple[str, frozenset[int]]:
    return report.words, report.accounts
