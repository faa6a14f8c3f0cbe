"""Seeds as people write them: `account[,tx][,time][,asset][,amount][,incident]`."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from stanch.errors import InputError

COLUMNS = ("account", "tx", "time", "asset", "amount", "incident")
ONE_INCIDENT = "1"


@dataclass(frozen=True, slots=True)
class SeedSpec:
    """One seed as stated; `place` says where. `amount` is in the asset's smallest unit."""

    place: str
    account: str
    tx: str | None = None
    time: datetime | None = None
    asset: str | None = None
    amount: int | None = None
    incident: str = ONE_INCIDENT

    def as_text(self) -> dict[str, str | None]:
        """The seed as a manifest shows it."""
        return {
            "incident": self.incident,
            "account": self.account,
            "tx": self.tx,
            "time": self.time.isoformat().replace("+00:00", "Z") if self.time else None,
            "asset": self.asset,
            "amount": None if self.amount is None else str(self.amount),
        }


def from_value(value: str, number: int) -> SeedSpec:
    """A seed given on the command line, its parts between commas and empty where not used.

    >>> from_value("0xab,,2022-03-23T13:29:09Z", 1).time.year
    2022
    """
    parts = [part.strip() for part in value.split(",")]
    place = f"seed {number} ({value})"
    if len(parts) > len(COLUMNS):
        raise InputError(place, f"more than the {len(COLUMNS)} parts {','.join(COLUMNS)}")
    return _spec(place, None, dict(zip(COLUMNS, parts, strict=False)))


def from_csv(name: str, text: str) -> Iterator[SeedSpec]:
    """Seeds of a CSV with a header. `address` may stand for `account`.

    Raises InputError naming file, row and reason: a seed that cannot be read refuses the whole,
    since a trace without it would be wrong in silence.
    """
    rows = csv.DictReader(io.StringIO(text))
    names = [column.strip().lower() for column in rows.fieldnames or ()]
    names = ["account" if column == "address" else column for column in names]
    if "account" not in names:
        raise InputError(name, "no column named account (or address)", 1)
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        if any(cell.strip() for cell in row[len(names) :]):
            raise InputError(name, f"more than the {len(names)} cells of the header", number)
        if number > 1 and any(cell.strip() for cell in row):
            yield _spec(name, number, dict(zip(names, map(str.strip, row), strict=False)))


def _spec(place: str, row: int | None, parts: dict[str, str]) -> SeedSpec:
    if not parts.get("account"):
        raise InputError(place, "no account", row)
    where = place if row is None else f"{place}, row {row}"
    return SeedSpec(
        place=where,
        account=parts["account"],
        tx=parts.get("tx") or None,
        time=_time(place, row, parts.get("time") or None),
        asset=parts.get("asset") or None,
        amount=_amount(place, row, parts.get("amount") or None),
        incident=parts.get("incident") or ONE_INCIDENT,
    )


def _time(place: str, row: int | None, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        time = (
            datetime.fromtimestamp(int(text), UTC)
            if text.isdigit()
            else datetime.fromisoformat(text)
        )
    except (ValueError, OverflowError, OSError):
        raise InputError(place, f"{text!r} is no ISO 8601 time", row) from None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _amount(place: str, row: int | None, text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()) or not int(text):
        reason = f"amount {text!r} is no positive integer in the asset's smallest unit"
        raise InputError(place, reason, row)
    return int(text)
