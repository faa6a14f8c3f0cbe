"""Write a simulated intake to a folder, whole or not at all."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.csv as pc

from stanch import __version__
from stanch.sources.personas_scenario import (
    APPLICATIONS,
    CULTURES,
    NOTICE,
    PersonasRequest,
    simulate,
)
from stanch.sources.personas_scenario.request import USUAL
from stanch.store import outdir, parquet
from stanch.store.parquet import Sink

__all__ = ["NOTICE", "PersonasRequest", "weights_of", "write_scenario"]

MARK: Final = "personas-scenario.json"
NOTICE_FILE: Final = "SIMULATION.txt"
RECORDS: Final = "records.parquet"
LABELS: Final = "labels.parquet"
TRANSFERS: Final = "transfers.csv"
GROUPS: Final = {"culture": "culture.csv", "region": "region.csv"}  # for stanch personas audit --by
FOLDER: Final = outdir.Kind(
    MARK,
    "stanch-personas-scenario",
    frozenset({MARK, NOTICE_FILE, RECORDS, LABELS, TRANSFERS, *GROUPS.values()}),
)

_TEXT: Final = """\
{notice}

Every application in this folder was invented to show and to measure Stanch. Names are common
ones put together by chance; any likeness to a person is accidental. Telephone numbers, postal
addresses and wallets are drawn by chance too: do not call, write to or pay any of them.

Made by `stanch personas scenario` of stanch {version} with {settings}
The same command of the same version gives the same rows.
"""


def weights_of(given: list[str]) -> tuple[tuple[str, int], ...]:
    """Weights of name cultures as `CODE=WEIGHT`; `equal` means one for each; none, the usual.

    Raises ValueError, with a text for people, where one is not so written.
    """
    if not given:
        return USUAL
    if given == ["equal"]:
        return tuple((each.code, 1) for each in CULTURES)
    weights = []
    for each in given:
        code, equals, weight = each.partition("=")
        if not (equals and weight.isdecimal()):
            raise ValueError(f"--cultures {each}: write CODE=WEIGHT, such as ko_KR=2, or equal")
        weights.append((code, int(weight)))
    return tuple(weights)


def write_scenario(
    request: PersonasRequest, out: Path, progress: Callable[[int], None] = lambda _done: None
) -> tuple[str, ...]:
    """Simulate what `request` asks for into the folder `out`; the names of the files written.

    `progress` is told how many applications are written. Raises UsageError where `out` holds
    something else, and OutputError where it cannot be written.
    """
    intake = simulate(request)
    with outdir.writing(out, FOLDER) as folder:
        with Sink(folder / RECORDS, APPLICATIONS) as sink:
            for batch in intake.applications:
                sink.write(batch)
                progress(sink.rows)
        parquet.write(folder / LABELS, intake.labels, ("kind", "farm", "culture", "region"))
        _csv(folder / TRANSFERS, intake.transfers)
        for name, file in GROUPS.items():
            groups = intake.labels.select(["record_id", name])
            _csv(folder / file, groups.rename_columns(["record_id", "group"]))
        (folder / NOTICE_FILE).write_text(_notice(request), encoding="utf-8")
        (folder / MARK).write_text(json.dumps(_mark(request), indent=2) + "\n", encoding="utf-8")
        return tuple(sorted(file.name for file in folder.iterdir()))


def _csv(file: Path, table: pa.Table) -> None:
    options = pc.WriteOptions(quoting_style="none")
    pc.write_csv(table.replace_schema_metadata(None), file, options)


def _settings(request: PersonasRequest) -> dict[str, object]:
    return {
        "records": request.records,
        "seed": request.seed,
        "operators": request.operators,
        "twice": request.twice,
        "paraphrase": request.paraphrase,
        "sharing": request.sharing,
        "cultures": " ".join(f"{code}={weight}" for code, weight in request.cultures),
    }


def _notice(request: PersonasRequest) -> str:
    settings = ", ".join(f"{name} {value}" for name, value in _settings(request).items())
    return _TEXT.format(notice=NOTICE, version=__version__, settings=settings)


def _mark(request: PersonasRequest) -> dict[str, object]:
    return {
        "format": f"{FOLDER.format}@1",
        "simulation": True,
        "notice": NOTICE,
        "request": _settings(request),
    }
