"""Second step: ids for accounts, assets and chains, and the form of purse at each end of a row.

All of it is SQL over the staged rows, so that it may outgrow memory. Ids follow the order of
the texts, so they are the same whatever the engine and its threads do.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from stanch.ledger.dictionary import Dictionary, number
from stanch.model import kinds
from stanch.model.tables import ACCOUNTS
from stanch.store.relation import Engine

CHAINS: Final = pa.schema([("id", pa.int32()), ("chain", pa.string())])
ASSET_IDS: Final = pa.schema([("id", pa.int32()), ("asset", pa.string())])
# Kinds whose one end is the transaction itself, on UTXO chains.
_WHOLE: Final = ", ".join(
    str(kinds.KINDS.index(kind)) for kind in ("utxo_in", "utxo_out", "fee", "mint")
)
_SPENT: Final = kinds.KINDS.index("utxo_in")

_EVERY: Final = """
    select {0} from (select distinct {0} from ({1})) order by {0}
"""
_BOTH_ENDS: Final = 'select "from" as account from staged union all select "to" from staged'

# What one row of a transaction tells of its place holds for all of its rows.
_PLACES: Final = """
    select chain, tx, time, max(block) as block, max(tx_index) as tx_index
    from staged group by chain, tx, time
    having min(block) is not distinct from max(block)
        and min(tx_index) is not distinct from max(tx_index)
        and (count(block) between 1 and count(*) - 1
            or count(tx_index) between 1 and count(*) - 1)
"""

_FORM: Final = f"""
    case when s."{{end}}" = s.chain || '{kinds.issuance("")}' then {kinds.ISSUANCE}
        when s."{{end}}" = s.chain || '{kinds.fees("")}' then {kinds.FEES}
        when s.kind in ({_WHOLE}) and s."{{end}}" = s.chain || ':' || s.tx then {kinds.TRANSACTION}
        when s.outpoint is not null and s.kind {{spent}} {_SPENT} then {kinds.OUTPOINT}
        else {kinds.ACCOUNT} end
"""

_CODED: Final = f"""
    select *, case from_form when {kinds.OUTPOINT} then outpoint else '' end as from_key,
        case to_form when {kinds.OUTPOINT} then outpoint else '' end as to_key
    from (
        select s.pos, c.id as chain, coalesce(s.block, p.block) as block,
            coalesce(s.tx_index, p.tx_index) as tx_index, s.log_index, s.time, s.tx,
            f.id as "from", t.id as "to", a.id as asset,
            s.amount, s.amount_wide, s.usd, s.kind, s.outpoint,
            {_FORM.format(end="from", spent="=")} as from_form,
            {_FORM.format(end="to", spent="<>")} as to_form
        from staged s
            join chains c on c.chain = s.chain
            join asset_ids a on a.asset = s.asset
            join accounts f on f.account = s."from"
            join accounts t on t.account = s."to"
            left join places p on p.chain = s.chain and p.tx = s.tx and p.time = s.time
    )
"""


@dataclass(frozen=True, slots=True)
class Names:
    """The texts behind the ids."""

    chains: Dictionary
    accounts: Dictionary
    assets: Dictionary


def names(engine: Engine, scratch: Path) -> Names:
    """Number chains, accounts and assets of `staged`; files of these names are in `scratch`."""
    return Names(
        _number(engine, "chains", CHAINS, "select chain from staged", scratch),
        _number(engine, "accounts", ACCOUNTS, _BOTH_ENDS, scratch),
        _number(engine, "asset_ids", ASSET_IDS, "select asset from staged", scratch),
    )


def _number(engine: Engine, name: str, schema: pa.Schema, texts: str, scratch: Path) -> Dictionary:
    file = scratch / f"{name}.parquet"
    found = number(engine.stream(_EVERY.format(schema.names[1], texts)), file, schema)
    engine.table(name, file)
    return found


def code(engine: Engine) -> None:
    """Keep `coded`: the staged rows with ids for texts and the forms of their purses."""
    blocks, places, rows = engine.row("select count(block), count(tx_index), count(*) from staged")
    mixed = {blocks, places} - {0, rows}
    engine.keep("places", _PLACES if mixed else f"{_PLACES} limit 0")
    engine.keep("coded", _CODED)
    engine.drop("places")
