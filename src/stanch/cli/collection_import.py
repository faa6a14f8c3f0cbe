"""`stanch collection import`: put what others publish into a collection, over TAXII."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.app.taxii.imports import read_files
from stanch.cli.output import cell, tell
from stanch.cli.server_options import JsonOption, KeyFileOption, ServerOption, api_key
from stanch.client.taxii.collection import Collection
from stanch.client.taxii.credential import Credential
from stanch.client.taxii.line import Line
from stanch.errors import UsageError
from stanch.model.desk.marking import Marking

_ROOT: Final = "/taxii2/desk/"
_AT_ONCE: Final = 1000  # objects of one post
_MOST: Final = 8 << 20  # bytes of one post


def import_(  # noqa: PLR0913 - one parameter for each option
    id: Annotated[str, typer.Argument(metavar="COLLECTION", help="The collection's id or alias.")],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="STIX bundles, MISP events, lists of hashes (NAME.sha256), gzipped or not; "
            "folders of them; MISP feeds.",
        ),
    ],
    *,
    marking: Annotated[
        Marking, typer.Option(help="Of MISP events without a TLP tag, and of hashes.")
    ] = Marking.AMBER,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put objects into a collection: STIX byte for byte, MISP as what Stanch makes of it.

    What lies there already is no fault; what is refused is named, and ends in exit code 1.
    Example: stanch collection import attack attack-enterprise.json.gz
    """
    found = read_files(files, marking)
    key = api_key(api_key_file)
    if not key:
        raise UsageError("this needs an API key with the scope share: --api-key-file")
    refused: dict[str, str] = {}
    with closing(Line(server.rstrip("/") + _ROOT, Credential.of(key))) as line:
        into = Collection(line, id)
        for part in _parts(list(found.objects)):
            refused |= into.add([raw for _, raw in part]).refused
    left = [*found.left, *(f"{id}: {why}" for id, why in refused.items())]
    for each in left:
        print(cell(each), file=sys.stderr)
    sent = len(found.objects) - len(refused)
    said = f"{sent:,} objects lie in {cell(id)}; {len(left):,} refused"
    tell({"objects": sent, "refused": left}, as_json, [said])
    if left:
        raise typer.Exit(1)


def _parts(objects: Sequence[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """Parts that one post takes."""
    part: list[tuple[str, bytes]] = []
    size = 0
    for each in objects:
        if part and (len(part) == _AT_ONCE or size + len(each[1]) > _MOST):
            yield part
            part, size = [], 0
        part.append(each)
        size += len(each[1])
    if part:
        yield part
