"""Wallets of a confirmed operator or farm as labels, in the form that `--labels` takes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from stanch.app.csv_file import lines, whole_file
from stanch.errors import RefusedError

COLUMNS: Final = ("address", "name", "entity", "source")
_NAMES: Final = {"payee": "wallet", "collector": "collector of pay"}


def write_tags(cluster: Mapping[str, Any], out: Path) -> int:
    """Write a row for each wallet; returns how many. `cluster` is what a desk says of one.

    Raises RefusedError for what is not confirmed, OutputError.
    """
    if cluster["state"] != "confirmed":
        raise RefusedError(
            f"{cluster['id']} is {cluster['state']}: only what is confirmed is tagged"
        )
    entity = f"{cluster['level']} {cluster['name']}"
    wallets = sorted(cluster["said"]["wallets"], key=lambda each: str(each["role"]))
    roles = {each["account"]: each["role"] for each in wallets if each["role"] in _NAMES}
    rows = [
        (account, f"{entity}, {_NAMES[role]}", entity, f"desk:{cluster['id']}")
        for account, role in sorted(roles.items())
    ]
    with whole_file(out) as draft:
        draft.write_bytes(lines([COLUMNS, *rows]))
    return len(rows)
