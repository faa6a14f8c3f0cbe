"""manifest.json: what a trace was made of, so that anyone can make it again and compare."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from stanch import __version__
from stanch.app.trace_files import FORMAT
from stanch.model.kinds import TRANSACTION
from stanch.pipeline.labels import Attribution
from stanch.pipeline.seeds import seed_file
from stanch.pipeline.trace import Followed
from stanch.pipeline.trace_tables import Names
from stanch.reports.words import counted
from stanch.sources.labels import files_of
from stanch.store.digest import digest
from stanch.tracing.terrain import SEEN, STOP

if TYPE_CHECKING:
    from stanch.app.trace import TraceCommand

MOST_LISTED = 200


def manifest(
    done: Followed, names: Names, known: Attribution, suspects: pa.Table, command: "TraceCommand"
) -> dict[str, Any]:
    """All that is compared between two runs, as JSON values."""
    info = done.case.ledger.info
    openings = _openings(done, names)
    return {
        "format": FORMAT,
        "stanch": __version__,
        "method": done.case.method,
        "simulation": bool(info.get("simulation", False)),
        "inputs": _inputs(info, command),
        "parameters": _parameters(command),
        "seeds": [spec.as_text() for spec in done.case.seeds.specs],
        "assets": _assets(done),
        "incidents": _incidents(done, names),
        "conservation": "exempt" if done.case.method.startswith("poison") else "exact",
        "counts": {
            "transfers": done.rows,
            "flows": sum(len(chunk.row) for chunk in done.outcome.walk.sink),
            "endpoints": len(done.ends.amount.key),
            "labels": len(known.labels),
            "labels_inferred": int(pc.sum(known.labels["inferred"]).as_py() or 0),
            "labels_lost": len(known.lost),
        },
        "opening_balances": openings[:MOST_LISTED],
        "suspected_services": _rows(suspects),
        "inferred_deposits": _rows(known.deposits),
        "notices": _notices(done, openings, suspects, command),
    }


def _inputs(info: dict[str, Any], command: "TraceCommand") -> list[dict[str, Any]]:
    ledger = [{**each, "role": "ledger"} for each in info["inputs"]]
    labels = [file for path in command.labels for file in files_of(path)]
    seeds = [path for value in command.seeds if (path := seed_file(value)) is not None]
    given = [("labels", file) for file in labels] + [("seeds", file) for file in seeds]
    return ledger + [{**asdict(digest(file)), "role": role} for role, file in given]


def _parameters(command: "TraceCommand") -> dict[str, Any]:
    until = command.reach.until
    return {
        "hops": command.reach.hops,
        "until": until.isoformat() if until else None,
        "min_amount": command.reach.least,
        "stop_at_suspected": command.stop_at_suspected,
    }


def _assets(done: Followed) -> dict[str, Any]:
    rows = done.case.ledger.assets().to_pylist()
    used = {line.asset for line in done.books}
    return {
        row["asset"]: {"symbol": row["symbol"], "decimals": row["decimals"]}
        for row in rows
        if row["id"] in used
    }


def _incidents(done: Followed, names: Names) -> list[dict[str, Any]]:
    return [
        {
            "id": incident,
            "assets": [
                {
                    "asset": names.assets[line.asset].as_py(),
                    "stolen": str(line.stolen),
                    "converted_in": str(line.converted_in),
                    "sum_of_fates": str(line.fates),
                }
                for line in done.books
                if line.incident == place
            ],
        }
        for place, incident in enumerate(done.case.seeds.incidents)
    ]


def _openings(done: Followed, names: Names) -> list[dict[str, str]]:
    """Reached accounts that paid more than they were seen to receive, the most first."""
    land = done.terrain
    reached = (land.flags & SEEN != 0) & (land.flags & STOP == 0) & (land.form != TRANSACTION)
    unknown = (land.opening[:, 0] | land.opening[:, 1]) != 0
    purses = {*(reached & unknown).nonzero()[0].tolist()}
    purses |= {purse for purse in land.opening_wide if reached[purse]}
    rows = sorted(purses, key=lambda purse: (-land.opening_of(purse), purse))
    return [
        {
            "account": names.directory.accounts[int(land.account[purse])].as_py(),
            "asset": names.assets[int(land.asset[purse])].as_py(),
            "at_least": str(land.opening_of(purse)),
        }
        for purse in rows
    ]


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    rows = table.slice(0, MOST_LISTED).to_pylist()
    return [
        {
            key: value.isoformat() if hasattr(value, "isoformat") else value
            for key, value in row.items()
        }
        for row in rows
    ]


_POISON = (
    "Poison reports reach: every payment of a reached account counts in full, so sums exceed "
    "what was stolen."
)
_OPENINGS = (
    "{} that stolen money reached paid more than was seen to come in. Earlier money is taken as "
    "clean; amount_low and amount_high say what that leaves open."
)
_NO_LABELS = "No labels were given, so the trace did not stop at any service."
_SUSPECTS = "{} that stolen money reached, without a label, behaved like a service. {}"
_STOPPED = "The trace stopped there."
_WENT_ON = "The trace went on; --stop-at-suspected stops there."


def _notices(
    done: Followed, openings: list[dict[str, str]], suspects: pa.Table, command: "TraceCommand"
) -> list[dict[str, str]]:
    notices = {}
    if done.case.method.startswith("poison"):
        notices["poison"] = _POISON
    if openings:
        notices["opening_balances"] = _OPENINGS.format(counted(len(openings), "account"))
    if not command.labels:
        notices["no_labels"] = _NO_LABELS
    if len(suspects):
        what = _STOPPED if command.stop_at_suspected else _WENT_ON
        notices["suspected_services"] = _SUSPECTS.format(counted(len(suspects), "account"), what)
    return [{"code": code, "text": text} for code, text in notices.items()]
