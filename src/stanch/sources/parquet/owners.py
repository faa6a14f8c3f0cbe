"""Whose an input or output is: its address, or a name of ours where it pays to none.

BigQuery names a script without an address `nonstandard` and 40 hex digits of its SHA-256; ours
are `script-` and the same digits (`formats.addresses.bitcoin`). An input does not carry the
script that it spends, so the outputs without an address are remembered until they are spent.
One that was made before the files begin is `output-<txid>-<n>`.
"""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.formats.addresses.bitcoin import script_address
from stanch.sources.parquet.accounts import accounts
from stanch.sources.parquet.ends import Ends, field
from stanch.sources.parquet.rows import Rows

_NONSTANDARD: Final = "^nonstandard"


class Owners:
    """Names the owners of ends on a UTXO `chain` (CAIP-2).

    Memory grows with the unspent outputs that pay to no address and are not void (OP_RETURN).
    """

    def __init__(self, chain: str) -> None:
        """Begin with no output known."""
        self.chain = chain
        self._scripts: dict[str, str] = {}  # outpoint to the name of its script

    def of_outputs(self, rows: Rows, ends: Ends, outpoints: pa.Array) -> pa.Array:
        """Accounts of outputs. Transactions with a bad address are refused."""
        addresses = _addresses(ends)
        bare = np.flatnonzero(np.asarray(pc.is_null(addresses)) & (ends.value > 0))
        taken = pa.array(bare)
        scripts = field(ends.fields, "script_hex").take(taken).to_pylist()
        names = []
        for outpoint, script in zip(outpoints.take(taken).to_pylist(), scripts, strict=True):
            name = _script_name(script, outpoint)
            self._scripts[outpoint] = name
            names.append(name)
        return self._accounts(rows, ends, _filled(addresses, bare, names))

    def of_inputs(self, rows: Rows, ends: Ends, outpoints: pa.Array) -> pa.Array:
        """Accounts of inputs. Transactions with a bad address are refused."""
        addresses = _addresses(ends)
        bare = np.flatnonzero(np.asarray(pc.is_null(addresses)))
        spent = outpoints.take(pa.array(bare)).to_pylist()
        names = [self._scripts.pop(outpoint, f"output-{outpoint}") for outpoint in spent]
        return self._accounts(rows, ends, _filled(addresses, bare, names))

    def _accounts(self, rows: Rows, ends: Ends, addresses: pa.Array) -> pa.Array:
        named, wrong = accounts(addresses, self.chain)
        counted = pc.and_(pc.is_valid(wrong), pa.array(ends.value > 0))
        reasons: list[str | None] = [None] * len(rows)
        for end in np.flatnonzero(np.asarray(counted)):
            reasons[ends.row[end]] = wrong[int(end)].as_py()
        said = pa.array(reasons, pa.string())
        rows.refuse(pc.is_valid(said), said)
        return named


def _addresses(ends: Ends) -> pa.Array:
    """The one address of each end, null where it has none or several."""
    if ends.fields.type.get_field_index("addresses") < 0:
        single = field(ends.fields, "address").cast(pa.string())
    else:
        lists = field(ends.fields, "addresses")
        alone = pc.fill_null(pc.equal(pc.list_value_length(lists), 1), False)
        single = pc.list_element(pc.if_else(alone, lists, pa.scalar([""], lists.type)), 0)
        single = single.cast(pa.string())
    named = pc.replace_substring_regex(single, _NONSTANDARD, "script-")
    return pc.if_else(pc.equal(named, ""), pa.scalar(None, pa.string()), named)


def _script_name(script: str | None, outpoint: str) -> str:
    try:
        return script_address(bytes.fromhex(script)) if script else f"output-{outpoint}"
    except ValueError:
        return f"output-{outpoint}"


def _filled(addresses: pa.Array, places: Any, names: list[str]) -> pa.Array:
    mask = np.zeros(len(addresses), bool)
    mask[places] = True
    return pc.replace_with_mask(addresses, pa.array(mask), pa.array(names, pa.string()))
