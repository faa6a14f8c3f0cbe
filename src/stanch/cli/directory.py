"""`stanch directory`: whose keys count, signed by the founding members on their own machines."""

from pathlib import Path
from typing import Annotated, Any

import typer

from stanch.app.signing import directories as use_case
from stanch.app.signing.documents import signed_text
from stanch.app.signing.key_files import KeyFile
from stanch.cli.at_desk import at_desk
from stanch.cli.group import group
from stanch.cli.output import cell, table, tell
from stanch.cli.passphrase import DescriptorOption, FileOption, passphrase
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line
from stanch.errors import NotFoundError

app = group("directory")

TableArgument = Annotated[
    Path, typer.Argument(metavar="TABLE", help="What is to stand in it: TOML or JSON.")
]
CertificateOption = Annotated[
    list[Path] | None, typer.Option(help="File with an approver's certificate, once for each.")
]
OutOption = Annotated[Path, typer.Option(help="File to write.")]


@app.command()
def new(
    table: TableArgument,
    *,
    out: OutOption,
    certificate: CertificateOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the first version; its hash is the pin.

    Example: stanch directory new members.toml --certificate kim.jws --out directory-1.json
    """
    _say(use_case.first(table, _texts(certificate), out), out, as_json)


@app.command(name="next")
def next_(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="The version before.")],
    table: TableArgument,
    *,
    out: OutOption,
    certificate: CertificateOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the version after BEFORE; what TABLE leaves out stays as it was.

    Example: stanch directory next directory-1.json changes.toml --out directory-2.json
    """
    _say(use_case.following(before, table, _texts(certificate), out), out, as_json)


@app.command()
def sign(  # noqa: PLR0913 - one parameter for each option
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A version; gets the signature.")],
    *,
    key: Annotated[Path, typer.Option(help="The founding member's offline key (PEM).")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask; what is signed is shown.")
    ] = False,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a version in plain words, and sign it with a founding member's offline key."""
    shown = use_case.read(file)
    for each in [*use_case.summary(shown.directory), f"hash {shown.hash}"]:
        typer.echo(each, err=as_json)
    if not yes:
        typer.confirm("Sign this?", abort=True, err=True)
    words = passphrase(passphrase_file, passphrase_fd)
    _say(use_case.sign(file, KeyFile(key, words), shown.hash), file, as_json)


@app.command(name="hash")
def hash_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A version.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Print the hash of a version: of the first one it is the pin."""
    found = use_case.read(file)
    tell({"version": found.directory.version, "hash": found.hash}, as_json, [found.hash])


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
    last = {"version": found.newest.version, "hash": found.hash, "hashes": found.hashes}
    lines = [*use_case.summary(found.newest), f"hash {found.hash}", "the chain holds"]
    tell(last, as_json, lines)


@app.command()
@at_desk
def send(
    desk: Line,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A version with its signatures.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Hand a signed version to a desk, as an administrator of a founding government.

    Example: stanch directory send directory-2.json --server https://desk.example
    """
    document, signatures = use_case.to_hand_in(file)
    body = {"document": document, "signatures": signatures}
    found = desk.post("/v1/directory", body)
    tell(found, as_json, [f"version {cell(found['version'])}: {cell(found['hash'])}"])


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    *,
    after: Annotated[int, typer.Option(min=0, help="Only versions after this one.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """List the versions that a desk has, and how many signatures each has."""
    found = _versions(desk, after)
    rows = [{**each, "signatures": len(each["signatures"])} for each in found]
    tell(found, as_json, table(rows, ("version", "created", "signatures", "hash")))


@app.command()
@at_desk
def get(
    desk: Line,
    version: Annotated[
        int | None, typer.Argument(metavar="VERSION", min=1, help="Without: the newest.")
    ] = None,
    *,
    out: OutOption,
    as_json: JsonOption = False,
) -> None:
    """Write a version as the desk has it, for `check` to prove and `next` to go on from.

    Example: stanch directory get 2 --out directory-2.json
    """
    found = desk.get(f"/v1/directory/{version}") if version else _newest(_versions(desk, 0))
    _say(use_case.take_home(found, out), out, as_json)


def _versions(desk: Line, after: int) -> list[dict[str, Any]]:
    found = desk.get("/v1/directory", {"after": str(after)})
    return list(found["items"])


def _newest(found: list[dict[str, Any]]) -> dict[str, Any]:
    if not found:
        raise NotFoundError("the desk has no directory yet")
    return found[-1]


def _texts(certificates: list[Path] | None) -> list[str]:
    return [signed_text(each) for each in certificates or []]


def _say(made: use_case.Made, out: Path, as_json: bool) -> None:
    version, desk = made.directory.version, made.directory.desk
    before = " of the version before" if made.directory.previous else ""
    lines = [
        f"version {version} of {desk}: {made.hash}",
        f"signatures: {made.signed}"
        if made.signed
        else f"needs the signatures of {made.needed} founding members{before}",
        f"written to {out}",
    ]
    data = {"desk": desk, "version": version, "hash": made.hash, "signed": made.signed,
            "needed": made.needed, "out": str(out)}  # fmt: skip
    tell(data, as_json, lines)
