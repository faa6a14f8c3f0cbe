"""Link the records of an intake, and write what was found, whole or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from stanch import __version__
from stanch.app.csv_file import lines
from stanch.app.personas import folder
from stanch.app.personas.exposed import Exposed, exposed_in
from stanch.app.personas.intake import Intake, open_intake
from stanch.app.personas.people import people_rows
from stanch.app.personas.secret import Secret
from stanch.app.personas.sight import sight_of
from stanch.errors import UsageError
from stanch.formats.persona_result.folder import (
    CLUSTERS,
    LINKS,
    MANIFEST,
    PEOPLE,
    WALLET_COLUMNS,
    WALLETS,
)
from stanch.i18n.personas import LANGUAGES
from stanch.model.personas.tables import CLUSTERS_OUT, LINKS_OUT, PEOPLE_OUT
from stanch.personas.linking.evidence import INDICATORS
from stanch.personas.linking.links import Link, links
from stanch.personas.linking.marks import MARKED, marks
from stanch.personas.linking.solve import Solved, solve
from stanch.personas.weights import chance
from stanch.store.digest import files_digests
from stanch.store.list_version import json_bytes
from stanch.store.outdir import Kind, writing

FORMAT: Final = "stanch-personas-linked"
REPORT: Final = "report.html"  # that another verb puts beside them
FILES: Final = (CLUSTERS, LINKS, PEOPLE, WALLETS, MANIFEST)
KIND: Final = Kind(MANIFEST, FORMAT, frozenset({*FILES, REPORT}))

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """An intake and where to write what is found in it.

    `labels` say which accounts are services, `listed` which are sanctioned; without it the lists of
    `home` say so, where there is one.
    """

    intake: Path
    out: Path
    labels: tuple[Path, ...] = ()
    listed: Path | None = None
    home: Path | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Linked:
    """How many records, operators of two records or more, farms of two operators or more, records
    whose pay comes to a listed address, and people in the queue.
    """

    records: int
    operators: int
    farms: int
    exposed: int
    queued: int


def link(request: LinkRequest, secret: Secret, step: Step = lambda _: None) -> Linked:
    """Link an intake. The same intake, key and files give the same bytes.

    Raises UsageError and InputError as `open_intake` does, and for files that cannot be used;
    OutputError where `out` cannot be written.
    """
    if request.language not in LANGUAGES:
        raise UsageError(f"--lang {request.language!r}: there is {', '.join(LANGUAGES)}")
    intake = open_intake(request.intake, secret)
    sight = sight_of(intake, request.labels)
    solved = solve(sight, step)
    step("pay")
    exposed = exposed_in(intake, sight, request.listed, request.home)
    step("marks")
    found = links(solved)
    ids = intake.records["record_id"].to_pylist()
    people = people_rows(solved, found, marks(sight), exposed, (ids, request.language))
    told = set(exposed.paths) | {record for one in found for record in (one.a, one.b)}
    step("files")
    with writing(request.out, KIND) as work:
        _write(work / CLUSTERS, CLUSTERS_OUT, _clusters(solved, ids))
        _write(work / LINKS, LINKS_OUT, (_link(each, ids) for each in found))
        _write(work / PEOPLE, PEOPLE_OUT, people)
        _write(work / WALLETS, WALLET_COLUMNS, exposed.rows(ids, told))
        (work / MANIFEST).write_bytes(json_bytes(_manifest(request, intake, solved)))
    return _told(solved, exposed, len(people))


def _write(file: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with file.open("wb") as stream:
        stream.write(lines([columns]))
        for row in rows:
            stream.write(lines([row]))


def _clusters(solved: Solved, ids: list[str]) -> Iterable[tuple[str, str, str]]:
    for record, id in enumerate(ids):
        operator, farm = (ids[int(each[record])] for each in (solved.operator, solved.farm))
        yield id, f"op:{operator}", f"farm:{farm}"


def _link(one: Link, ids: list[str]) -> tuple[str, ...]:
    return ids[one.a], ids[one.b], one.level, one.bits, one.as_json()


def _manifest(request: LinkRequest, intake: Intake, solved: Solved) -> dict[str, object]:
    parts = [request.intake / name for name in (*folder.FILES, folder.MARK)]
    inputs = files_digests([each for each in parts if each.is_file()])
    return {
        "format": f"{FORMAT}@1",
        "stanch": __version__,
        "inputs": inputs,
        "labels": files_digests(request.labels),
        "listed": files_digests([request.listed] if request.listed else []),
        "records": len(intake.records),
        "methods": sorted({each.name for each in INDICATORS} | set(MARKED)),
        "parameters": {
            "bar_microbits": solved.scoring.bar,
            "records_per_pair": chance.RECORDS_PER_PAIR,
            "certain": chance.CERTAIN,
            "seen_bits": chance.SEEN,
        },
    }


def _told(solved: Solved, exposed: Exposed, queued: int) -> Linked:
    operators, sizes = np.unique(solved.operator, return_counts=True)
    _, farms = np.unique(solved.farm[operators], return_counts=True)
    return Linked(
        len(solved.operator), int((sizes > 1).sum()), int((farms > 1).sum()), len(exposed.paths),
        queued,
    )  # fmt: skip
