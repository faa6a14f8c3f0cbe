"""A finished trace as a report sees it: the tables and the manifest of one folder."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from pyarrow import csv

from stanch.errors import InputError
from stanch.model.tables import ACCOUNTS_OUT, ENDPOINTS_OUT, FLOWS_OUT
from stanch.reports.amounts import Denomination
from stanch.reports.names import bare, clean, same_account, squeezed


@dataclass(frozen=True, slots=True)
class TraceView:
    """FLOWS_OUT, ACCOUNTS_OUT and ENDPOINTS_OUT, every column as text, and the manifest."""

    flows: pa.Table
    accounts: pa.Table
    endpoints: pa.Table
    manifest: Mapping[str, Any]

    def denomination(self, asset: str) -> Denomination:
        """How amounts of `asset` are written, as far as the manifest knows."""
        known = self.manifest.get("assets", {}).get(asset, {})
        decimals = known.get("decimals")
        symbol = squeezed(str(known.get("symbol") or _reference(asset)), 12)
        return Denomination(asset, symbol, decimals if isinstance(decimals, int) else None)

    def incidents(self) -> list[str]:
        """Incident ids, those of the manifest first, then any that only the tables have."""
        stated = [str(each["id"]) for each in self.manifest.get("incidents", [])]
        tables = (self.flows, self.accounts, self.endpoints)
        seen = {each for table in tables for each in table["incident"].unique().to_pylist()}
        return list(dict.fromkeys(stated + sorted(seen)))

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

    def known_accounts(self) -> set[str]:
        """Every account (CAIP-10) that the tables name."""
        columns = (self.flows["from"], self.flows["to"], self.accounts["account"],
                   self.endpoints["account"])  # fmt: skip
        return {account for column in columns for account in column.unique().to_pylist()}

    def seed_accounts(self, incident: str) -> frozenset[str]:
        """The seeds of one incident as accounts that the tables name, else as they were written."""
        known: dict[str, list[str]] = {}
        for account in self.known_accounts():
            known.setdefault(bare(account).lower(), []).append(account)
        found: set[str] = set()
        for seed in self.seeds(incident):
            written = str(seed.get("account", ""))
            alike = known.get(bare(written).lower(), [])
            found |= {each for each in alike if same_account(each, written)} or {written}
        return frozenset(found)


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
    """One row of ACCOUNTS_OUT, without the amounts that no report shows."""

    incident: str
    account: str
    asset: str
    traced_in: int
    traced_out: int
    held: int
    hop: str
    first_time: str
    last_time: str
    label: str
    category: str
    flags: str


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
    """Read the folder of a finished trace.

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
    return TraceView(
        flows=_table(folder / "flows.csv", FLOWS_OUT),
        accounts=_table(folder / "accounts.csv", ACCOUNTS_OUT),
        endpoints=_table(folder / "endpoints.csv", ENDPOINTS_OUT),
        manifest=manifest,
    )


def _table(file: Path, columns: tuple[str, ...]) -> pa.Table:
    options = csv.ConvertOptions(
        column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=False
    )
    try:
        table = csv.read_csv(
            file,
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=options,
        )
    except FileNotFoundError:
        raise InputError(
            str(file), "is not there: is this the folder of a finished trace?"
        ) from None
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(str(file), f"cannot be read: {error}") from error
    missing = [name for name in columns if name not in table.column_names]
    if missing:
        raise InputError(str(file), f"lacks the column {', '.join(missing)}")
    return table.select(list(columns))


def flows(view: TraceView, incident: str | None = None) -> list[Flow]:
    """The rows of flows.csv in their order, all or of one incident."""
    exact = ("amount", "traced_amount", "inferred_amount", "stolen_amount")
    columns = _columns(view.flows, "flows.csv", exact)
    pairs = zip(columns["traced_amount"], columns["stolen_amount"], strict=True)
    columns["traced_amount"] = [traced + stolen for traced, stolen in pairs]
    names = ("incident", "tx", "from", "to", "asset", "amount", "traced_amount",
             "inferred_amount", "time", "rule")  # fmt: skip
    rows = zip(range(1, view.flows.num_rows + 1), *(columns[name] for name in names), strict=True)
    return [Flow(*row) for row in rows if incident is None or row[1] == incident]


def accounts(view: TraceView, incident: str | None = None) -> list[AccountRow]:
    """The rows of accounts.csv in their order, all or of one incident."""
    columns = _columns(view.accounts, "accounts.csv", ("traced_in", "traced_out", "held"))
    rows = _zipped(columns, AccountRow._fields)
    return [AccountRow(*row) for row in rows if incident is None or row[0] == incident]


def endpoints(view: TraceView, incident: str | None = None) -> list[Endpoint]:
    """The rows of endpoints.csv in their order; an empty bound is the amount itself."""
    exact = ("amount", "amount_low", "amount_high", "inferred_amount")
    columns = _columns(view.endpoints, "endpoints.csv", exact)
    for bound in ("amount_low", "amount_high"):
        stated = view.endpoints[bound].to_pylist()
        columns[bound] = [
            own if text else amount
            for own, text, amount in zip(columns[bound], stated, columns["amount"], strict=True)
        ]
    names = ("incident", "account", "asset", "fate", "amount", "amount_low", "amount_high",
             "inferred_amount", "label", "category")  # fmt: skip
    rows = _zipped(columns, names)
    return [Endpoint(*row) for row in rows if incident is None or row[0] == incident]


def _zipped(columns: Mapping[str, list[Any]], names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    return zip(*(columns[name] for name in names), strict=True)


def _columns(table: pa.Table, file: str, exact: tuple[str, ...]) -> dict[str, list[Any]]:
    """Columns as lists, those in `exact` as integers, where empty text is zero."""
    columns: dict[str, list[Any]] = {name: table[name].to_pylist() for name in table.column_names}
    for name in exact:
        try:
            columns[name] = [int(text) if text else 0 for text in columns[name]]
        except ValueError:
            row, text = next((i, t) for i, t in enumerate(columns[name], 1) if not _whole(t))
            reason = f"{name} is no whole number: {clean(text, 40)!r}"
            raise InputError(file, reason, row) from None
    return columns


def _whole(text: str) -> bool:
    return not text or text.removeprefix("-").isdecimal()
