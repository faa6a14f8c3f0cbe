"""Write what screening gets wrong into its pages: `python bench/screening_docs.py [DATA]`.

Measures each method on the data, by culture of names, and writes the tables between the markers of
docs/screening-methods/METHOD.md, and figures.json beside them. The tests measure the fast part
again and fail where a figure has changed; `--check` does all of it and writes nothing.
"""

import argparse
import json
import os
from pathlib import Path

from screening_contestants import Stanch
from screening_data import Screening
from screening_figures import kept, measured, written

PAGES = Path(__file__).resolve().parent.parent / "docs" / "screening-methods"
METHODS = {"name@1": Stanch}


def main() -> None:
    default = Path(os.environ.get("STANCH_DATA", "../shared/data"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?", default=default)
    parser.add_argument("--check", action="store_true", help="fail where a figure has changed")
    options = parser.parse_args()
    data = Screening(options.data / "screening")
    figures = {method: measured(kind(), data) for method, kind in METHODS.items()}
    if options.check:
        raise SystemExit("figures have changed" if kept(PAGES) != figures else 0)
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    (PAGES / "figures.json").write_text(text + "\n", "utf-8")
    for method, each in figures.items():
        page = PAGES / f"{method}.md"
        page.write_text(written(page.read_text("utf-8"), each), "utf-8")


if __name__ == "__main__":
    main()
