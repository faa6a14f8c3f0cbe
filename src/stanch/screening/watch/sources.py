"""Where rows come from, each written once: kind, reference, chain and asset, by number."""

from typing import NamedTuple

from stanch.model.watched import Kind


class Source(NamedTuple):
    """What many rows have in common: one order, list entry or incident, on one chain, one asset."""

    kind: Kind
    reference: str
    chain: str
    asset: str


class Sources:
    """Numbers of sources. Only ever grows, so states of a watch share one; one writer at a time."""

    __slots__ = ("_numbers", "_of_reference", "known")

    def __init__(self) -> None:
        """None known yet."""
        self.known: list[Source] = []
        self._numbers: dict[Source, int] = {}
        self._of_reference: dict[tuple[Kind, str], list[int]] = {}

    def number(self, source: Source) -> int:
        """Its number; the next one where it is new."""
        number = self._numbers.get(source)
        if number is None:
            number = len(self.known)
            self.known.append(source)
            self._numbers[source] = number
            self._of_reference.setdefault((source.kind, source.reference), []).append(number)
        return number

    def of(self, kind: Kind, reference: str, chain: str | None) -> list[int]:
        """All numbers of this reference, on one chain or (None) wherever."""
        numbers = self._of_reference.get((kind, reference), [])
        return [each for each in numbers if chain is None or self.known[each].chain == chain]
