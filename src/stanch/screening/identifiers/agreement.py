"""Whether two identifiers of one normal form are the same identifier, and with what evidence.

A number alone is not enough. Its kind must fit: a passport's number is no tax number. Its
countries must not contradict. A short number needs more: below eight characters its kind, below
six its kind and its country, because somebody else will have it.
"""

from functools import lru_cache
from typing import Final

from stanch.model.countries import code_of
from stanch.model.hits import Evidence
from stanch.model.listed import WALLET, Identifier
from stanch.screening.identifiers import wallet
from stanch.screening.identifiers.kinds import (
    ACCOUNTS,
    DOCUMENTS,
    KINDS,
    NUMBERS,
    UNKNOWN,
    kind_of,
)

KIND_BELOW: Final = 8  # characters
COUNTRY_BELOW: Final = 6
WITHOUT_COUNTRY: Final = 15.0  # decibans less
_GONE: Final = frozenset({"SU", "YU", "CS", "DD", "AN"})


def evidence(asked: Identifier, listed: Identifier, normal: str) -> tuple[Evidence, ...]:
    """What the same normal form shows; empty where the two are not the same identifier."""
    ours, theirs = _country(asked.issuer), _country(listed.issuer)
    common = bool(ours) and ours == theirs
    if not _kinds_fit(asked.kind, listed.kind, common) or _contradict(ours, theirs):
        return ()
    document = listed.kind in DOCUMENTS or listed.kind not in KINDS
    if document and not _long_enough(asked.kind, normal, common):
        return ()
    points = kind_of(listed.kind).points - (WITHOUT_COUNTRY if document and not common else 0)
    same = [Evidence("identifier.same", points, asked.value, listed.value, listed.kind)]
    if document and common:
        same.append(Evidence("identifier.country", 0.0, asked.issuer, listed.issuer, listed.kind))
    if listed.kind == WALLET and _other_case(asked.value, listed.value):
        same.append(Evidence("identifier.case", 0.0, asked.value, listed.value, WALLET))
    return tuple(same)


def _kinds_fit(asked: str, listed: str, common_country: bool) -> bool:
    if asked in (listed, UNKNOWN):
        return True
    both = {asked, listed}
    if both <= KINDS.keys():
        return common_country and both <= NUMBERS
    return both & KINDS.keys() <= NUMBERS and not both & ACCOUNTS


def _contradict(ours: str, theirs: str) -> bool:
    """Whether two known countries differ. What has split up since contradicts none."""
    return bool(ours and theirs) and ours != theirs and not _GONE & {ours, theirs}


@lru_cache(maxsize=1 << 12)
def _country(text: str) -> str:
    """The code; empty for words that are no country, which then say nothing."""
    return code_of(text)


def _long_enough(asked: str, normal: str, common_country: bool) -> bool:
    if len(normal) < COUNTRY_BELOW:
        return asked != UNKNOWN and common_country
    return len(normal) >= KIND_BELOW or asked != UNKNOWN


def _other_case(asked: str, listed: str) -> bool:
    """Whether an address in Base58, whose case says something, is written in another case."""
    ours, theirs = wallet.bare(asked), wallet.bare(listed)
    says = theirs != theirs.lower() and not theirs.startswith("0x")
    return says and ours != theirs and ours.lower() == theirs.lower()
