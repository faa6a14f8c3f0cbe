"""Where money had gone, as addressees of an order say, is where a trace goes on."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stanch.app.csv_file import lines, whole_file
from stanch.errors import NotFoundError
from stanch.formats.seeds import COLUMNS
from stanch.model.desk.orders import Answer

_HASH: Final = re.compile(r"[0-9A-Za-z]{1,128}")


@dataclass(frozen=True, slots=True)
class Resumed:
    """How many seeds were written, and the replies that do not say since when theirs counts."""

    seeds: int
    since_ever: tuple[str, ...]


def write_seeds(replies: Iterable[Mapping[str, Any]], incident: str, out: Path) -> Resumed:
    """Write a seed for each answer `already_gone` that counts: where to, by which transaction,
    how much. `incident` is what the trace calls it.

    An asset of another chain than the account's was changed on its way: asset and amount are left
    open then. Raises NotFoundError where nothing had gone anywhere, OutputError.
    """
    gone = [each for each in replies if each["counts"] and each["answer"] == Answer.GONE]
    if not gone:
        raise NotFoundError("no addressee says that money had gone")
    with whole_file(out) as draft:
        draft.write_bytes(lines([COLUMNS, *(_seed(each, incident) for each in gone)]))
    return Resumed(len(gone), tuple(each["id"] for each in gone if not _transaction(each)))


def _transaction(reply: Mapping[str, Any]) -> str:
    """Its hash; empty where an addressee wrote something else there."""
    said = reply["transaction"] or ""
    return said if _HASH.fullmatch(said) else ""


def _seed(reply: Mapping[str, Any], incident: str) -> list[str]:
    account, asset = reply["gone_to"], reply["asset"] or ""
    same = asset.partition("/")[0] == account.rpartition(":")[0]
    what = [asset, reply["amount"] or ""] if same else ["", ""]
    return [account, _transaction(reply), "", *what, incident]
