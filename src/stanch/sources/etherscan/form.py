"""Telling from a file's columns what it is, and giving its columns the API's names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from stanch.errors import InputError

Record = dict[str, str]


class Part(Enum):
    """Which transfers of an address a file holds; the value is the order they are read in."""

    EXTERNAL = 0
    TOKEN = 1
    INTERNAL = 2


# The API's names under which others stand. Blockscout says transactionHash and index.
_NAMES: Final = {
    "transactionHash": "hash",
    "index": "traceId",
    "Transaction Hash": "hash",
    "Txhash": "hash",
    "Blockno": "blockNumber",
    "UnixTimestamp": "timeStamp",
    "DateTime (UTC)": "dateTime",
    "DateTime": "dateTime",
    "From": "from",
    "To": "to",
    "TxTo": "to",
    "ContractAddress": "contractAddress",
    "TokenSymbol": "tokenSymbol",
    "TokenId": "tokenID",
    "Token ID": "tokenID",
    "TokenValue": "majorValue",
    "Quantity": "majorValue",
    "Status": "status",
    "ErrCode": "errCode",
}
_MONEY: Final = re.compile(r"(Value_IN|Value_OUT|TxnFee)\((?!USD\))([^)]+)\)")
_MONEY_NAMES: Final = {"Value_IN": "valueIn", "Value_OUT": "valueOut", "TxnFee": "majorFee"}
_TOKEN: Final = {"tokenSymbol", "tokenDecimal", "tokenID", "majorValue"}
_INTERNAL: Final = {"traceId", "ParentTxFrom"}


@dataclass(frozen=True, slots=True)
class Form:
    """One file's form: its part, what its columns are called here, and its coin if it says."""

    part: Part
    names: dict[str, str]
    coin: str | None
    has_fee: bool

    def record(self, said: Record) -> Record:
        """A record under the API's names."""
        return {self.names.get(name, name): value.strip() for name, value in said.items()}


def form_of(file: str, columns: Iterable[str]) -> Form:
    """The form of a file with these columns. Raises InputError where it is none of them."""
    given = set(columns)
    coin, names = None, {name: _NAMES[name] for name in given & _NAMES.keys()}
    for name in given:
        if money := _MONEY.fullmatch(name):
            names[name] = _MONEY_NAMES[money[1]]
            coin = money[2]
    known = {names.get(name, name) for name in given}
    lacking = {"hash", "from", "to"} - known
    if not known & {"timeStamp", "dateTime"}:
        lacking.add("timeStamp")
    if not known & {"value", "valueIn", "majorValue", "tokenID"}:
        lacking.add("value")
    if lacking:
        missing = ", ".join(sorted(lacking))
        raise InputError(file, f"is no export that Stanch knows: it has no column for {missing}")
    has_fee = "majorFee" in known or {"gasUsed", "gasPrice"} <= known
    return Form(_part(known), names, coin, has_fee)


def _part(known: set[str]) -> Part:
    if known & _TOKEN:
        return Part.TOKEN
    api_internal = "errCode" in known and "gasPrice" not in known and "status" not in known
    return Part.INTERNAL if known & _INTERNAL or api_internal else Part.EXTERNAL
