"""Fuzz the list parsers with atheris: python tests/fuzz/fuzz_lists.py KIND [CORPUS] [-runs=N].

Every kind of `formats.lists.registry` can be named. What libFuzzer finds is a file `crash-...`:
bytes that gave neither results nor ValueError.
"""

import io
import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent))
from list_seeds import NAMES, SEEDS

with atheris.instrument_imports(include=["stanch.formats"]):
    from stanch.formats.lists.listfile import ListFile
    from stanch.formats.lists.registry import PARSERS


def main() -> None:
    kind = sys.argv[1]
    parse, name = PARSERS[kind], NAMES.get(kind, "list")

    def one(data: bytes) -> None:
        try:
            for _ in parse([ListFile(name, io.BytesIO(data))]):
                pass
        except ValueError:
            return  # the file is not of this kind: the one error that a parser may raise

    with tempfile.TemporaryDirectory() as corpus:
        for at, seed in enumerate(SEEDS.get(kind, [])):
            (Path(corpus) / f"seed-{at}").write_bytes(seed)
        atheris.Setup([sys.argv[0], *sys.argv[2:], corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
