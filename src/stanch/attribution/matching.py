"""Which tags speak of which accounts.

A tag without a chain speaks of its address on every chain of its namespace, one with a chain
of that chain only.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ids = npt.NDArray[np.int64]


def match(tags: pa.Table, accounts: pa.Array) -> tuple[Ids, Ids]:
    """Pairs of a row of `accounts` (CAIP-10) and a row of `tags` (TAGS) that speaks of it.

    Sorted by account, then tag. Addresses are compared in their canonical form.
    """
    if isinstance(accounts, pa.ChunkedArray):
        accounts = accounts.combine_chunks()
    accounts = accounts.cast(pa.string())
    addresses = _part(accounts, r"^[^:]*:[^:]*:")
    known = pc.indices_nonzero(pc.is_in(addresses, value_set=tags.column("address")))
    left = pa.table(
        {"address": addresses.take(known), "account": known.cast(pa.int64())},
    )
    right = pa.table(
        {"address": tags.column("address"), "tag": pa.array(np.arange(tags.num_rows))},
    )
    pairs = left.join(right, keys="address", join_type="inner")
    account = pairs.column("account").to_numpy().astype(np.int64)
    tag = pairs.column("tag").to_numpy().astype(np.int64)
    fits = _fits(tags.select(["namespace", "chain"]).take(tag), accounts.take(pa.array(account)))
    account, tag = account[fits], tag[fits]
    order = np.lexsort((tag, account))
    return account[order], tag[order]


def _fits(tags: pa.Table, accounts: pa.Array) -> npt.NDArray[np.bool_]:
    """Whether each tag's chain, or else its namespace, is that of the account beside it."""
    chain = _part(accounts, r":[^:]*$")
    namespace = _part(chain, r":[^:]*$")
    on_chain = pc.fill_null(pc.equal(tags.column("chain"), chain), True)
    in_namespace = pc.fill_null(pc.equal(tags.column("namespace"), namespace), True)
    return np.asarray(pc.and_(on_chain, in_namespace))


def _part(text: pa.Array, cut: str) -> pa.Array:
    """`text` without what the pattern `cut` matches."""
    return pc.replace_substring_regex(text, pattern=cut, replacement="")
