"""From the files of a source to a ledger folder: read, build, put in place."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stanch import sources
from stanch.ledger.build import Progress, Provenance, Workplace, build
from stanch.ledger.layout import KIND
from stanch.sources import SourceRequest
from stanch.store.digest import digest
from stanch.store.outdir import writing
from stanch.store.relation import OpenEngine


@dataclass(frozen=True, slots=True)
class BuildJob:
    """Which source reads which files, and the folder that becomes the ledger."""

    source: str
    request: SourceRequest
    out: Path
    strict: bool = False


def build_ledger(job: BuildJob, open_engine: OpenEngine, progress: Progress) -> dict[str, Any]:
    """Build the ledger at `job.out`, whole or not at all; return what `ledger.json` says.

    Raises UsageError for a missing file, an unknown source or option, or an `out` that is in
    use; InputError where the files hold nothing to build from; OutputError where the disk is full.
    """
    reading = sources.read(job.source, job.request)
    with writing(job.out, KIND) as folder:
        inputs = [digest(file) for file in job.request.files]
        scratch = folder / "scratch"
        scratch.mkdir()
        with open_engine(scratch) as engine:
            place = Workplace(folder, scratch, engine, progress)
            info = build(reading, Provenance(job.source, inputs, job.strict), place)
        shutil.rmtree(scratch)
    return info
