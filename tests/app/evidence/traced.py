"""A ledger of five transfers, a trace on it, and bundles of evidence that hold it."""

import hashlib
import json
from pathlib import Path

from stanch.app.build_ledger import LedgerRequest, build_ledger
from stanch.app.csv_file import whole_file
from stanch.app.trace import TraceCommand, run_trace
from stanch.app.trace_files import KIND
from stanch.formats.evidence import archive, layout
from stanch.formats.signed.canonical import canonical, digest
from tests.formats.evidence.packed import AT, bundle, case_document
from tests.formats.evidence.test_proof import resigned

SHOP, EXCHANGE, THIEF, VICTIM = (f"0x{name:0>40}" for name in ("d1", "e1", "b2", "a1"))
ROWS = (
    "time,from,to,amount\n"
    f"2024-01-01T10:00:00Z,{VICTIM},{THIEF},100.00\n"
    f"2024-01-01T11:00:00Z,{SHOP},{THIEF},50.00\n"
    f"2024-01-01T12:00:00Z,{THIEF},{EXCHANGE},70.00\n"
)


def ledger(folder: Path, rows: str = ROWS, name: str = "ledger") -> Path:
    file = folder / f"{name}.csv"
    file.write_text(rows)
    build_ledger(
        LedgerRequest("csv", (file,), folder / name, "eip155:1", "USD", 2), lambda *_: None
    )
    return folder / name


def trace(folder: Path, seeds: str = THIEF, *, seed_file: bool = False) -> Path:
    """A trace of what was stolen; its labels and seeds lie beside it."""
    (folder / "labels.csv").write_text(f"address,name,categories\n{EXCHANGE},Exchange,exchange\n")
    if seed_file:
        (folder / "seeds.csv").write_text(f"account\n{seeds}\n")
        seeds = str(folder / "seeds.csv")
    out = folder / ("trace-of-file" if seed_file else "trace")
    run_trace(TraceCommand(folder / "ledger", (folder / "labels.csv",), (seeds,), "fifo@1", out))
    return out


def evidence(file: Path, trace: Path, *inputs: Path, **changed: bytes) -> Path:
    """Write a bundle with the trace in it; `changed` are files of it as a dishonest maker has them.

    The maker signs whatever it holds.
    """
    written = {name: (trace / name).read_bytes() for name in KIND.files
               if (trace / name).exists()}  # fmt: skip
    written |= {name.replace("_csv", ".csv").replace("_json", ".json"): data
                for name, data in changed.items()}  # fmt: skip
    item = {"id": "item-3", "kind": "trace", "owner": "kr", "marking": "TLP:GREEN", "created": AT,
            "body": {"manifest": digest(written["manifest.json"])}}  # fmt: skip
    files = {name: data for name, data in bundle().items()
             if name not in (layout.LOG, layout.file("item-2"))
             and not name.startswith("traces/")}  # fmt: skip
    files[layout.CASE] = canonical(case_document(items=[item]))
    files |= {layout.trace("item-3", name): data for name, data in written.items()}
    for each in inputs:
        data = each.read_bytes()
        files[layout.given("item-3", hashlib.sha256(data).hexdigest())] = data
    with whole_file(file) as draft, draft.open("wb") as stream:
        archive.write(stream, resigned(files))
    return file


def manifest(trace: Path, **changed: object) -> bytes:
    """The manifest with other words in it."""
    return json.dumps(json.loads((trace / "manifest.json").read_bytes()) | changed).encode()
