"""Fuzz the readers of an intake with atheris: fuzz_persona_files.py KIND [-runs=N].

What libFuzzer finds is a file `crash-...` or `timeout-...`: bytes that gave neither a value nor
ValueError, or took too long.
"""

import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["stanch.formats", "stanch.sources", "pypdf", "docx"]):
    from tests.fuzz.persona_seeds import READERS


def main() -> None:
    read, seeds = READERS[sys.argv[1]]

    def one(data: bytes) -> None:
        try:
            read(data)
        except ValueError:
            return  # refused: the one error that a reader may raise

    with tempfile.TemporaryDirectory() as corpus:
        for at, seed in enumerate(seeds):
            (Path(corpus) / f"seed-{at}").write_bytes(seed)
        atheris.Setup([sys.argv[0], *sys.argv[2:], corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
