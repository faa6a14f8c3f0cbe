"""How something may be passed on and used: TLP 2.0, PAP, IEP 2.0, markings of others, and the
release list of where it comes from.

Handlings form a lattice: `strictest` of some forbids what any of them forbids. Whatever is made of
marked things is handled by it (`stanch.formats.stix.item`).
Sources: FIRST TLP 2.0 (2022) and IEP 2.0 (2019), https://www.first.org/iep/; MISP's taxonomy PAP 3.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from stanch.model.desk.marking import Marking, Pap, narrowest

_PAPS: Final = tuple(Pap)
TLP_OF: Final = {
    "white": Marking.CLEAR, "clear": Marking.CLEAR, "green": Marking.GREEN,
    "amber": Marking.AMBER, "red": Marking.RED,
}  # fmt: skip
ACTIONS: Final = (
    "none", "contact-for-instruction", "internally-visible-actions",
    "externally-visible-indirect-actions", "externally-visible-direct-actions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Policy:
    """An Information Exchange Policy, version 2.0. `id` is its UUID; times are STIX timestamps.

    `tlp` is red, amber, green or white, as IEP 2.0 has it. Raises ValueError for other words.
    """

    id: str
    name: str
    description: str
    start: str
    tlp: str
    end: str = ""
    encrypt_in_transit: str = "may"
    permitted_actions: str = "externally-visible-direct-actions"
    affected_party_notifications: str = "may"
    provider_attribution: str = "may"
    unmodified_resale: str = "must-not"

    def __post_init__(self) -> None:
        """Hold the words to those of IEP 2.0."""
        for each in fields(self):
            if not isinstance(getattr(self, each.name), str):
                raise ValueError(f"IEP: {each.name} is no text")
        for name, words in (
            ("tlp", ("red", "amber", "green", "white")),
            ("encrypt_in_transit", ("must", "may")),
            ("permitted_actions", ACTIONS),
            ("affected_party_notifications", ("may", "must-not")),
            ("provider_attribution", ("may", "must", "must-not")),
            ("unmodified_resale", ("may", "must-not")),
        ):
            if getattr(self, name) not in words:
                raise ValueError(f"IEP: {name} is none of {', '.join(words)}")


@dataclass(frozen=True, slots=True)
class Handling:
    """All that binds who holds something. `others` are ids of marking-definitions of others.

    `readers` are the members that it is released to, where a list says so; None: whoever the label
    lets. No STIX object says them: they bind whoever hands it out.

    Raises ValueError where a policy reaches fewer than the TLP label: it would say two things.
    """

    tlp: Marking
    pap: Pap | None = None
    policies: frozenset[Policy] = frozenset()
    others: frozenset[str] = frozenset()
    readers: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Hold policies to the label."""
        for each in self.policies:
            if narrowest((TLP_OF[each.tlp], self.tlp)) != self.tlp:
                raise ValueError(f"policy {each.id} is for TLP:{each.tlp.upper()}, not {self.tlp}")


PUBLIC: Final = Handling(Marking.CLEAR)


def strictest(parts: Iterable[Handling]) -> Handling:
    """What forbids all that any of these forbids. Raises ValueError for none."""
    known = tuple(parts)
    if not known:
        raise ValueError("nothing says how it is marked")
    paps = [each.pap for each in known if each.pap is not None]
    lists = [each.readers for each in known if each.readers is not None]
    return Handling(
        narrowest(each.tlp for each in known),
        max(paps, key=_PAPS.index, default=None),
        frozenset[Policy]().union(*(each.policies for each in known)),
        frozenset[str]().union(*(each.others for each in known)),
        frozenset[str].intersection(*lists) if lists else None,
    )
