"""From one record to the transfers it tells of: external, internal, token.

A record has the names that `form` gives it. Amounts of the API are in the smallest unit, those
of web exports (`valueIn`, `valueOut`, `majorFee`, `majorValue`) in major units.
"""

from dataclasses import dataclass
from typing import Final

from stanch.formats.addresses import evm
from stanch.sources import amounts, times

Record = dict[str, str]

# Places in a transaction: gas is bought before the value moves. Exports do not tell the order
# of internal transfers; that of tokens is known where the explorer gives the place of the log.
INDICES: Final = {"fee": 0, "native": 1, "internal": 2}
TOKEN_INDEX: Final = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a record's transaction stands; `tx_index` is None where it is not said."""

    tx: str
    block: int | None
    tx_index: int | None
    time: int


def place(record: Record) -> Place:
    """Raises ValueError with a reason where the hash or the time is missing or wrong."""
    tx = record["hash"].lower()
    if not tx:
        raise ValueError("has no transaction hash")
    return Place(
        tx=tx,
        block=_count("blockNumber", record),
        tx_index=_count("transactionIndex", record),
        time=times.parse(record.get("timeStamp") or record.get("dateTime", "")),
    )


def log_index(record: Record) -> int | None:
    """The place of a token transfer's log, where the explorer gives it."""
    return _count("logIndex", record)


def sender(record: Record) -> str:
    """Who pays the value and the gas."""
    return evm.normalise(record["from"])


def recipient(record: Record) -> str:
    """Who is paid; a contract that is created is its own recipient."""
    return evm.normalise(record["to"] or record.get("contractAddress", ""))


def coin_value(record: Record, decimals: int) -> int:
    """What an external or internal record says it moves, whether or not that came to pass."""
    if "value" in record:
        return amounts.minor(record["value"])
    coming = amounts.grouped(record.get("valueIn") or "0", decimals)
    going = amounts.grouped(record.get("valueOut") or "0", decimals)
    if coming and going and coming != going:
        raise ValueError("moves one amount in and another out")
    return coming or going


def fee(record: Record, decimals: int) -> int:
    """What the sender paid for gas; 0 where the record does not tell."""
    if "majorFee" in record:
        return amounts.grouped(record["majorFee"] or "0", decimals)
    used, price = record.get("gasUsed", ""), record.get("gasPrice", "")
    return amounts.within(amounts.minor(used) * amounts.minor(price)) if used and price else 0


def failed(record: Record, *, internal: bool) -> bool:
    """Whether the transaction, or this call in it, was undone.

    Raises ValueError where the record's word for it is not known: that is not to be guessed.
    """
    if _flag("isError", record) == "1" or _flag("txreceipt_status", record) == "0":
        return True
    status, error = record.get("status", "").lower(), record.get("errCode", "")
    if status.startswith(("error", "fail")) or (internal and status == "1"):
        return True
    if status in ("", "ok", "success") or (internal and status == "0"):
        return bool(error)
    raise ValueError(f"status {status!r} does not tell whether it went through")


def _flag(name: str, record: Record) -> str:
    value = record.get(name, "")
    if value not in ("", "0", "1"):
        raise ValueError(f"{name} is {value!r}, not 0 or 1")
    return value


def _count(name: str, record: Record) -> int | None:
    text = record.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > 2**31 - 1 - TOKEN_INDEX:
        raise ValueError(f"{name} {text[:64]!r} is not a count")
    return int(text)
