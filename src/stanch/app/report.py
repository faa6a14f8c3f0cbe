"""Draw the report of a finished trace anew, from the files in its folder."""

import os
from pathlib import Path

from stanch.errors import OutputError, UsageError
from stanch.reports.trace_page import render
from stanch.reports.trace_view import load

REPORT = "report.html"


def redraw(folder: Path) -> Path:
    """Write `report.html` into `folder`, whole or not at all; return its path.

    Raises UsageError where there is no such folder, InputError where it holds no readable trace,
    and OutputError where the page cannot be written.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; name the one that `stanch trace --out` wrote")
    page = render(load(folder))
    target = folder / REPORT
    draft = folder / f".{REPORT}.draft"
    try:
        draft.write_text(page, encoding="utf-8")
        os.replace(draft, target)
    except OSError as error:
        raise OutputError(f"{target} cannot be written ({error.strerror})") from None
    finally:
        draft.unlink(missing_ok=True)
    return target
