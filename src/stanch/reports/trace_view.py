"""A finished trace as a report sees it: the manifest of one folder, and its tables as streams."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from stanch.errors import InputError
from stanch.model.tables import ACCOUNTS_OUT, ENDPOINTS_OUT, FLOWS_OUT
from stanch.reports import limbs
from stanch.reports.amounts import Denomination
from stanch.reports.names import bare, same_account, squeezed
from stanch.reports.pieces import Piece, check, pieces

_TABLES = {"accounts.csv": ACCOUNTS_OUT, "endpoints.csv": ENDPOINTS_OUT, "flows.csv": FLOWS_OUT}
_BARE = "^.*:"


@dataclass(frozen=True, slots=True)
class TraceView:
    """A trace folder and its manifest. The tables stay in their files; they may be large."""

    folder: Path
    manifest: Mapping[str, Any]

    def denomination(self, asset: str) -> Denomination:
        """How amounts of `asset` are written, as far as the manifest knows."""
        known = self.manifest.get("assets", {}).get(asset, {})
        decimals = known.get("decimals")
        symbol = squeezed(str(known.get("symbol") or _reference(asset)), 12)
        return Denomination(asset, symbol, decimals if isinstance(decimals, int) else None)

    def incidents(self) -> list[str]:
        """Incident ids of the manifest; where it states none, those that the tables name."""
        stated = [str(each["id"]) for each in self.manifest.get("incidents", [])]
        if stated:
            return list(dict.fromkeys(stated))
        found: set[str] = set()
        for name in _TABLES:
            for piece in pieces(self.folder / name, ["incident"]):
                found |= set(piece["incident"].unique().to_pylist())
        return sorted(found)

    def stated_assets(self, incident: str) -> dict[str, Mapping[str, Any]]:
        """What the manifest says of each asset of `incident`: stolen, converted_in."""
        for each in self.manifest.get("incidents", []):
            if str(each.get("id")) == incident:
                return {str(known["asset"]): known for known in each.get("assets", [])}
        return {}

    def seeds(self, incident: str) -> list[Mapping[str, Any]]:
        """The manifest's seeds of one incident, as the user wrote them."""
        seeds: list[Mapping[str, Any]] = self.manifest.get("seeds", [])
        return [seed for seed in seeds if str(seed.get("incident")) == incident]

    def seed_accounts(self, incidents: Sequence[str]) -> dict[str, frozenset[str]]:
        """The seeds of each incident, as accounts of accounts.csv or else as they were written."""
        written = {
            incident: {str(seed.get("account", "")) for seed in self.seeds(incident)}
            for incident in incidents
        }
        found = self.alike("accounts.csv", ["account"], set().union(*written.values()))
        return {
            incident: frozenset(
                account
                for each in seeds
                for account in ({a for a in found if same_account(a, each)} or {each})
            )
            for incident, seeds in written.items()
        }

    def alike(self, file: str, columns: Sequence[str], wanted: set[str]) -> set[str]:
        """Accounts in `columns` of `file` whose address is that of one of `wanted`, in any case."""
        keys = pa.array(sorted({bare(each).lower() for each in wanted}), pa.string())
        found: set[str] = set()
        for piece in pieces(self.folder / file, columns) if len(keys) else ():
            for column in columns:
                address = pc.utf8_lower(pc.replace_substring_regex(piece[column], _BARE, ""))
                found |= set(piece[column].filter(pc.is_in(address, keys)).to_pylist())
        return found


def _reference(asset: str) -> str:
    """What to call an asset without a symbol: its contract, or the number of its coin."""
    kind, _, reference = asset.rsplit("/", 1)[-1].rpartition(":")
    return f"coin {reference}" if kind == "slip44" else reference


class Flow(NamedTuple):
    """One row of FLOWS_OUT with its amounts as integers; `row` is its place in the file.

    `traced` holds the theft itself too: what was followed and what became stolen there.
    """

    row: int
    incident: str
    tx: str
    src: str
    dst: str
    asset: str
    amount: int
    traced: int
    inferred: int
    time: str
    rule: str


class AccountRow(NamedTuple):
    """What reports tell of one row of ACCOUNTS_OUT."""

    incident: str
    account: str
    asset: str
    held: int
    first_time: str
    last_time: str
    label: str
    category: str


class Endpoint(NamedTuple):
    """One row of ENDPOINTS_OUT with its amounts as integers."""

    incident: str
    account: str
    asset: str
    fate: str
    amount: int
    low: int
    high: int
    inferred: int
    label: str
    category: str


def load(folder: Path) -> TraceView:
    """Open the folder of a finished trace.

    Raises InputError where a file is missing, is no table, or lacks a column.
    """
    manifest_file = folder / "manifest.json"
    try:
        manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            str(manifest_file), "is not there: is this the folder of a finished trace?"
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(str(manifest_file), f"cannot be read: {error}") from error
    if not isinstance(manifest, dict):
        raise InputError(str(manifest_file), "is no JSON object")
    for name, columns in _TABLES.items():
        check(folder / name, columns)
    return TraceView(folder, manifest)


def flow_rows(piece: Piece, places: Sequence[int]) -> list[Flow]:
    """The rows of a piece of flows.csv at `places`."""
    rows = Piece(piece.file, 0, piece.rows.take(pa.array(places, pa.int64())))
    exact = {
        name: limbs.values(rows.exact(name))
        for name in ("amount", "traced_amount", "inferred_amount", "stolen_amount")
    }
    texts = {
        name: rows[name].to_pylist()
        for name in ("incident", "tx", "from", "to", "asset", "time", "rule")
    }
    return [
        Flow(
            row=piece.before + place + 1,
            incident=texts["incident"][n],
            tx=texts["tx"][n],
            src=texts["from"][n],
            dst=texts["to"][n],
            asset=texts["asset"][n],
            amount=exact["amount"][n],
            traced=exact["traced_amount"][n] + exact["stolen_amount"][n],
            inferred=exact["inferred_amount"][n],
            time=texts["time"][n],
            rule=texts["rule"][n],
        )
        for n, place in enumerate(places)
    ]


def account_row(row: Mapping[str, str]) -> AccountRow:
    """A row of accounts.csv, given as text."""
    held = row["held"]
    return AccountRow(
        row["incident"], row["account"], row["asset"], int(held) if held else 0,
        row["first_time"], row["last_time"], row["label"], row["category"],
    )  # fmt: skip
