"""What lists in force elsewhere say of the subjects of a designation."""

from dataclasses import dataclass
from enum import StrEnum

from stanch.model.hits import Hit


class Standing(StrEnum):
    """How far a subject, or one entry of a list, goes."""

    LISTED = "listed"  # an entry has all that the file has
    PARTLY = "partly"  # an entry is the same subject and lacks something
    WALLET = "wallet"  # an entry of somebody else has a wallet of the subject's
    PERHAPS = "perhaps"  # an entry may be the same subject
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Compared:
    """One entry of one list beside the subject. `since` is the list's own day (ISO 8601), or empty.

    `new_*` are what the file has and the entry lacks; `their_wallets` counts the entry's own.
    `by_name` is set where nothing but the name of a person speaks for it.
    """

    hit: Hit
    standing: Standing
    entry_name: str
    since: str
    new_names: tuple[str, ...] = ()
    new_identifiers: tuple[str, ...] = ()
    new_wallets: tuple[str, ...] = ()
    wallets: int = 0  # of the file
    their_wallets: int = 0
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A subject, or a wallet that nobody in the file holds, and all entries that it may be."""

    id: str
    name: str
    standing: Standing
    entries: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """All subjects against all lists: `lists` are (name, version) in force."""

    lists: tuple[tuple[str, str], ...]
    subjects: tuple[Checked, ...]
