"""Columns of addresses to CAIP-10 accounts, each different address looked at once."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stanch.formats import addresses
from stanch.model.chain import EVM

_CANONICAL = r"^0x[0-9a-f]{40}$"  # what EVM publishers write: lower case, no checksum to check


def accounts(column: pa.Array, chain: str) -> tuple[pa.Array, pa.Array]:
    """Accounts on `chain` (CAIP-2) of a text column, and why a row has none."""
    encoded = column.dictionary_encode()
    different = encoded.dictionary
    if chain.startswith(f"{EVM}:"):
        settled = pc.fill_null(pc.match_substring_regex(different, _CANONICAL), False)
    else:
        settled = pa.array([False] * len(different), pa.bool_())
    texts = different.filter(pc.invert(settled)).to_pylist()
    found, why = judged(texts, lambda text: addresses.normalise(chain, text))
    canonical = pc.replace_with_mask(different, pc.invert(settled), found)
    reasons = pc.replace_with_mask(pa.nulls(len(different), pa.string()), pc.invert(settled), why)
    named = pc.binary_join_element_wise(pa.scalar(chain), canonical, ":")
    spread = reasons.take(encoded.indices)
    empty = pc.is_null(column)
    return named.take(encoded.indices), pc.if_else(empty, "address is empty", spread)


def judged(texts: list[Any], rule: Callable[[Any], str]) -> tuple[pa.Array, pa.Array]:
    """What `rule` makes of each text, or the reason of the ValueError that it raises."""
    found: list[str | None] = []
    reasons: list[str | None] = []
    for text in texts:
        try:
            found.append(rule(text))
            reasons.append(None)
        except ValueError as error:
            found.append(None)
            reasons.append(str(error))
    return pa.array(found, pa.string()), pa.array(reasons, pa.string())
