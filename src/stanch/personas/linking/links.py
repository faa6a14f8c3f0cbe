"""What `links.csv` says: of each two records of a cluster, every piece of evidence and its bits."""

from dataclasses import dataclass

from stanch.personas.evidence.indicator import FARM, OPERATOR
from stanch.personas.linking.solve import Numbers, Solved


@dataclass(frozen=True, slots=True)
class Counted:
    """A piece of evidence: what it counts for at this level, what it weighs, and why."""

    evidence: str
    counted: int  # microbits
    full: int
    level: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Link:
    """Two records of one cluster, `a` < `b`; its bits are the sum of its pieces."""

    a: int
    b: int
    level: str
    pieces: tuple[Counted, ...]

    @property
    def microbits(self) -> int:
        """The score."""
        return sum(each.counted for each in self.pieces)

    @property
    def bits(self) -> str:
        """The score with six decimals."""
        return decimals(self.microbits)

    def as_json(self) -> str:
        """The pieces as a JSON list; bits are numbers with six decimals."""
        return f"[{', '.join(map(_json, self.pieces))}]"


def links(solved: Solved) -> list[Link]:
    """Of all pairs within a cluster that any evidence ties, in the order of records."""
    found = []
    for a, b in sorted(solved.evidence):
        if solved.farm[a] != solved.farm[b]:
            continue
        level = OPERATOR if solved.operator[a] == solved.operator[b] else FARM
        evidence = solved.evidence[a, b]
        counted = solved.scoring.counted(evidence, level)
        pieces = (
            Counted(name, bits, evidence[name].microbits, evidence[name].level,
                    solved.numbers[(a, b), name])
            for name, bits in counted.items()
        )  # fmt: skip
        found.append(Link(a, b, level, tuple(pieces)))
    return found


def decimals(microbits: int) -> str:
    """Bits with six decimals; none of them are below nothing."""
    return f"{microbits // 1_000_000}.{microbits % 1_000_000:06d}"


def _json(piece: Counted) -> str:
    numbers = "".join(f', "{name}": {value}' for name, value in piece.numbers.items())
    return (
        f'{{"evidence": "{piece.evidence}", "bits": {decimals(piece.counted)}, '
        f'"full": {decimals(piece.full)}, "level": "{piece.level}"{numbers}}}'
    )
