"""Stanch's own tables of transfers (TRANSFERS): checked, and passed on as they are."""

import re
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.formats import addresses
from stanch.model.asset import FIAT, Asset
from stanch.model.chain import UTXO, Chain, split_account
from stanch.model.kinds import KINDS
from stanch.model.tables import AMOUNT, AMOUNT_MAX, TRANSFERS, WIDE
from stanch.sources.parquet.accounts import judged
from stanch.sources.parquet.amounts import exact
from stanch.sources.parquet.pieces import Piece
from stanch.sources.parquet.rows import Rows

_SETTLED: Final = r"^eip155:[1-9][0-9]*:0x[0-9a-f]{40}$"
_LIMIT: Final = AMOUNT_MAX.to_bytes(32, "big")
_PLACES: Final = ("fees", "issuance")
_TXID: Final = re.compile("[0-9a-f]{64}")


def transfers(rows: Rows) -> list[Piece]:
    """The rows that keep the promises of TRANSFERS; the others are refused."""
    texts = {name: rows.filled_text(name) for name in ("chain", "from", "to", "asset", "tx")}
    _judge(rows, texts["chain"], lambda text: str(Chain.parse(text)))
    _judge(rows, texts["asset"], _asset)
    for name in ("from", "to"):
        _judge(rows, texts[name], _account, pc.match_substring_regex(texts[name], _SETTLED))
        other = pc.not_equal(pc.replace_substring_regex(texts[name], ":[^:]*$", ""), texts["chain"])
        rows.refuse(other, f"{name} is an account of another chain")
    kind = rows.filled_text("kind")
    rows.refuse(pc.invert(pc.is_in(kind, pa.array(KINDS))), "kind is not one that Stanch knows")
    outpoint = rows.text("outpoint")
    utxo = pc.is_in(kind, pa.array(["utxo_in", "utxo_out"]))
    rows.refuse(pc.not_equal(utxo, pc.is_valid(outpoint)), "outpoint does not fit its kind")
    columns = (
        texts
        | _amount(rows)
        | {
            "block": rows.whole("block", pa.int64()),
            "tx_index": rows.whole("tx_index", pa.int32()),
            "log_index": rows.whole("log_index", pa.int32()),
            "time": rows.time("time"),
            "usd": rows.column("usd").cast(TRANSFERS.field("usd").type),
            "kind": kind,
            "outpoint": outpoint,
        }
    )
    return [Piece(np.arange(len(rows)), columns)]


def _amount(rows: Rows) -> dict[str, Any]:
    """`amount` or `amount_wide`, whichever is given; both or neither is refused."""
    given = rows.column("amount")
    narrow = exact(pc.coalesce(given, pa.scalar(0, given.type)) if given.null_count else given)
    wide = rows.column("amount_wide").cast(WIDE)
    rows.refuse(pc.is_valid(narrow.reasons), narrow.reasons)
    rows.refuse(pc.equal(pc.is_valid(given), pc.is_valid(wide)), "has no amount, or two")
    small = pc.less_equal(wide.cast(pa.binary()), pa.scalar(_LIMIT))
    rows.refuse(small, "amount_wide holds what fits into amount")
    amount = pc.if_else(pc.is_valid(given), narrow.narrow, pa.scalar(None, AMOUNT))
    return {"amount": amount, "amount_wide": pc.coalesce(wide, narrow.wide)}


def _judge(rows: Rows, texts: pa.Array, rule: Any, settled: Any = None) -> None:
    """Refuse rows whose text is not what `rule` makes of it; `settled` ones need no look."""
    encoded = texts.filter(pc.invert(settled)) if settled is not None else texts
    different = pc.unique(pc.drop_null(encoded))
    found, reasons = judged(different.to_pylist(), rule)
    mended = pc.not_equal(found, different)
    why = pc.if_else(
        pc.fill_null(mended, False),
        pc.binary_join_element_wise(different, "is not in canonical form", " "),
        reasons,
    )
    said = why.take(pc.index_in(texts, different))
    rows.refuse(pc.is_valid(said), said)


def _account(text: str) -> str:
    chain, address = split_account(text)
    if address in _PLACES or (chain.startswith(f"{UTXO}:") and _TXID.fullmatch(address)):
        return text
    return f"{chain}:{addresses.normalise(chain, address)}"


def _asset(text: str) -> str:
    return text if text.startswith(f"{FIAT}/") else str(Asset.parse(text))
