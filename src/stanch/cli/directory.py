"""`stanch directory`: whose keys count, signed by the founding members on their own machines."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from stanch.app.signing import directories as use_case
from stanch.app.signing.documents import signed_text
from stanch.app.signing.key_files import KeyFile
from stanch.cli.passphrase import DescriptorOption, FileOption, passphrase
from stanch.cli.server_options import (
    JsonOption,
    KeyFileOption,
    ServerOption,
    show,
    table,
)
from stanch.cli.session_options import SessionOption, either
from stanch.client.line import Line
from stanch.errors import NotFoundError

app = typer.Typer(
    help="Make, sign and check the directory of members and keys.", no_args_is_help=True
)

TableArgument = Annotated[
    Path, typer.Argument(metavar="TABLE", help="What is to stand in it: TOML or JSON.")
]
CertificateOption = Annotated[
    list[Path] | None, typer.Option(help="File with an approver's certificate, once for each.")
]
OutOption = Annotated[Path, typer.Option(help="File to write.")]


@app.callback()
def directory() -> None:
    """Make, sign and check the directory of members and keys."""


@app.command()
def new(table: TableArgument, *, out: OutOption, certificate: CertificateOption = None) -> None:
    """Make the first version; its hash is the pin.

    Example: stanch directory new members.toml --certificate kim.jws --out directory-1.json
    """
    _say(use_case.first(table, _texts(certificate), out), out)


@app.command(name="next")
def next_(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="The version before.")],
    table: TableArgument,
    *,
    out: OutOption,
    certificate: CertificateOption = None,
) -> None:
    """Make the version after BEFORE; what TABLE leaves out stays as it was.

    Example: stanch directory next directory-1.json changes.toml --out directory-2.json
    """
    _say(use_case.following(before, table, _texts(certificate), out), out)


@app.command()
def sign(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A version; gets the signature.")],
    *,
    key: Annotated[Path, typer.Option(help="The founding member's offline key (PEM).")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask; what is signed is shown.")
    ] = False,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
) -> None:
    """Show a version in plain words, and sign it with a founding member's offline key."""
    shown = use_case.read(file)
    for each in [*use_case.summary(shown.directory), f"hash {shown.hash}"]:
        typer.echo(each)
    if not yes:
        typer.confirm("Sign this?", abort=True)
    words = passphrase(passphrase_file, passphrase_fd)
    _say(use_case.sign(file, KeyFile(key, words), shown.hash), file)


@app.command(name="hash")
def hash_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A version.")],
) -> None:
    """Print the hash of a version: of the first one it is the pin."""
    typer.echo(use_case.read(file).hash)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="All versions from the pinned one on.")],
    *,
    pin: Annotated[str, typer.Option(help="Hash of the first, known from elsewhere.")],
    as_json: JsonOption = False,
) -> None:
    """Walk from the pin along FILES: each version must be allowed by the one before.

    Example: stanch directory check directory-1.json directory-2.json --pin sha256:...
    """
    found = use_case.check(files, pin)
    if as_json:
        last = {"version": found.newest.version, "hash": found.hash, "hashes": found.hashes}
        typer.echo(json.dumps(last))
        return
    for each in [*use_case.summary(found.newest), f"hash {found.hash}", "the chain holds"]:
        typer.echo(each)


@app.command()
def send(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A version with its signatures.")],
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hand a signed version to a desk, as an administrator of a founding government.

    Example: stanch directory send directory-2.json --server https://desk.example
    """
    document, signatures = use_case.to_hand_in(file)
    body = {"document": document, "signatures": signatures}
    found = either(server, api_key_file, session).post("/v1/directory", body)
    if as_json:
        show(found)
        return
    typer.echo(f"version {found['version']}: {found['hash']}")


@app.command(name="list")
def list_(
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    after: Annotated[int, typer.Option(min=0, help="Only versions after this one.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """List the versions that a desk has, and how many signatures each has."""
    found = _versions(either(server, api_key_file, session), after)
    if as_json:
        show(found)
        return
    rows = [{**each, "signatures": len(each["signatures"])} for each in found]
    table(rows, ("version", "created", "signatures", "hash"))


@app.command()
def get(
    version: Annotated[
        int | None, typer.Argument(metavar="VERSION", min=1, help="Without: the newest.")
    ] = None,
    *,
    out: OutOption,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
) -> None:
    """Write a version as the desk has it, for `check` to prove and `next` to go on from.

    Example: stanch directory get 2 --out directory-2.json
    """
    there = either(server, api_key_file, session)
    found = there.get(f"/v1/directory/{version}") if version else _newest(_versions(there, 0))
    _say(use_case.take_home(found, out), out)


def _versions(there: Line, after: int) -> list[dict[str, Any]]:
    found = there.get("/v1/directory", {"after": str(after)})
    return list(found["items"])


def _newest(found: list[dict[str, Any]]) -> dict[str, Any]:
    if not found:
        raise NotFoundError("the desk has no directory yet")
    return found[-1]


def _texts(certificates: list[Path] | None) -> list[str]:
    return [signed_text(each) for each in certificates or []]


def _say(made: use_case.Made, out: Path) -> None:
    typer.echo(f"version {made.directory.version} of {made.directory.desk}: {made.hash}")
    if made.signed:
        typer.echo(f"signatures: {made.signed}")
    else:
        before = " of the version before" if made.directory.previous else ""
        typer.echo(f"needs the signatures of {made.needed} founding members{before}")
    typer.echo(f"written to {out}")
