"""report.html beside what `stanch personas link` wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.app.csv_file import whole_file
from stanch.app.personas.intake import Intake
from stanch.errors import InputError, UsageError
from stanch.formats.persona_result.document import Result
from stanch.formats.persona_result.folder import FILES, NEEDED, read
from stanch.i18n.personas import LANGUAGES
from stanch.model.personas import kinds
from stanch.reports.personas.page import MOST, Linked, render

NAME: Final = "report.html"
# What tells a reader who is meant, in this order.
_SHOWN: Final = (
    kinds.NAME, kinds.EMAIL, kinds.PHONE, kinds.HANDLE, kinds.CLAIMED_PLACE, kinds.NATIONALITY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """In which language, and whether values of the applications are shown as they are."""

    language: str = "en"
    plain: bool = False


def write_report(folder: Path, intake: Intake | None, telling: Telling, out: Path) -> Result:
    """Write the report on a folder of `link`, with masked values where an intake is given.

    Raises UsageError where there is no result or no such language, InputError, OutputError.
    """
    if telling.language not in LANGUAGES:
        raise UsageError(f"--language {telling.language!r}: there is {', '.join(LANGUAGES)}")
    if telling.plain and intake is None:
        raise UsageError("--plain needs --intake: the folder itself holds no value")
    result = read_result(folder, MOST)
    named = {each["record"] for cluster in result.clusters for each in cluster["records"]}
    values = {} if intake is None else _values(intake, named)
    count = len(result.clusters) + result.left_out
    linked = Linked(result.clusters, count, result.records, result.methods, values)
    with whole_file(out) as draft:
        draft.write_text(render(linked, telling.language, plain=telling.plain), encoding="utf-8")
    return result


def read_result(folder: Path, most: int) -> Result:
    """What a folder of `link` holds, its `most` first clusters. Raises UsageError where it holds no
    result, InputError where one is wrong.
    """
    files = {}
    for name in FILES:
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as error:
            if name in NEEDED:
                why = f"{folder}: holds no result of linking ({error.strerror}: {name})"
                raise UsageError(why) from None
    try:
        return read(files, most)
    except ValueError as error:
        raise InputError(str(folder), str(error)) from None


def _values(intake: Intake, records: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    numbers = {record: intake.number(record) for record in sorted(records)}
    held = intake.held_by({each for each in numbers.values() if each is not None}, _SHOWN)
    return {
        record: [
            (kind, value)
            for kind in _SHOWN
            for value, _ in held.get(-1 if number is None else number, {}).get(kind, ())
        ]
        for record, number in numbers.items()
    }
