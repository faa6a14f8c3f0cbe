"""Accounts on chains, in the one form that two spellings of an address have in common."""

from stanch.formats.addresses import NAMESPACES, normalise


def canonical(chain: str, value: str) -> str:
    """The address as its chain has it; as it is written where it is none, or where its chain's
    form is not known.

    >>> canonical("eip155:1", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96")
    '0x098b716b8aaf21512996dc57eb0615e2383e2f96'
    """
    if chain.partition(":")[0] not in NAMESPACES:
        return value
    try:
        return normalise(chain, value)
    except ValueError:
        return value
