"""What the verbs of `stanch common` share: options, and the lines that say what went and came."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from stanch.app.common.files import Sent, Signing
from stanch.app.common.match import Learned
from stanch.app.signing.key_files import KeyFile
from stanch.cli.passphrase import passphrase
from stanch.cli.progress import steps
from stanch.errors import UsageError

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file that came.")]
SetOption = Annotated[str, typer.Option("--set", help="The set's name at this home.")]
KeyOption = Annotated[Path, typer.Option(help="Your private key, or your member's (PEM).")]
OutOption = Annotated[Path, typer.Option(help="New file to write.")]
ResultOption = Annotated[
    Path, typer.Option("--out", help="New file for what is learned: .json, or else CSV.")
]


def signing(key: Path, out: Path, words: tuple[Path | None, int | None]) -> Signing:
    """The key, opened by a passphrase that is asked for now, and the file to sign."""
    if out.exists():
        raise UsageError(f"{out}: stands there already; name another")
    return Signing(KeyFile(key, passphrase(*words)), out)


@contextmanager
def counting() -> Iterator[Callable[[str, int, int], None]]:
    """How far the multiplications are, on a terminal; a Ctrl-C is not lost."""
    with steps() as step:
        yield lambda what, done, total: step(f"{what}: {done:,} of {total:,}")


def sent_line(sent: Sent) -> str:
    """What was written, and how much it is to send."""
    return f"{sent.file}: {sent.size:,} bytes to send"


def sent_data(sent: Sent) -> dict[str, Any]:
    """The same for machines."""
    return {"file": str(sent.file), "sha256": sent.digest, "bytes": sent.size}


def learned_lines(done: Learned) -> list[str]:
    """What a run came to."""
    lines = [
        f"{done.count:,} indicators in common with {done.partner}: {done.out}",
        f"received {done.received:,} bytes",
    ]
    return [*lines, *([sent_line(done.reply)] if done.reply else [])]


def learned_data(done: Learned) -> dict[str, Any]:
    """The same for machines."""
    return {
        "out": str(done.out),
        "partner": done.partner,
        "count": done.count,
        "learns": done.learns,
        "received": done.received,
        "reply": sent_data(done.reply) if done.reply else None,
    }
