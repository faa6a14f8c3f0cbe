"""`stanch ledger fetch` as a person types it, against a node that runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stanch.cli import app
from tests.nodes.anvil import Anvil, anvil


@pytest.fixture(scope="module")
def node() -> Iterator[Anvil]:
    with anvil() as found:
        for number in range(3):
            found.send(to=found.accounts[1], value=number + 1)
        yield found


def fetch(*options: str) -> tuple[int, str]:
    """Exit code and all that is said."""
    done = CliRunner().invoke(app, ["ledger", "fetch", "--chain", "eip155:1", *options])
    return done.exit_code, done.output + str(done.exception or "")


def test_from_nothing_and_on(node: Anvil, tmp_path: Path) -> None:
    out = str(tmp_path / "lake")
    said = fetch("--rpc", node.url, "--out", out, "--from-block", "0", "--to-block", "2")
    assert said[0] == 0, said
    assert "3 blocks read, 4 transfers" in said[1]
    assert "blocks 0 to 2, 4 transfers" in said[1]
    urls = tmp_path / "nodes.txt"
    urls.write_text(f"# ours\n{node.url}\n\n", "utf-8")
    said = fetch("--rpc-file", str(urls), "--out", out)
    assert "1 blocks read, 2 transfers" in said[1]
    assert "blocks 0 to 3, 6 transfers" in said[1]


def test_a_block_that_is_not_there(node: Anvil, tmp_path: Path) -> None:
    code, said = fetch("--rpc", node.url, "--out", str(tmp_path), "--from-block", "0",
                       "--to-block", "9")  # fmt: skip
    assert code == 0
    assert "The chain ends at block 3" in said


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ((), "no node: name one with --rpc"),
        (("--rpc", "ws://127.0.0.1:1"), "begins with http:// or https://"),
        (("--rpc-file", "/nowhere"), "/nowhere: cannot be read"),
        (("--chain", "solana:5eykt"), "cannot be read; eip155 and bip122 can"),
        (("--chain", "eth"), "is not a chain such as eip155:1"),
    ],
)
def test_refused(tmp_path: Path, options: tuple[str, ...], shown: str) -> None:
    if "--chain" in options:
        options = (*options, "--rpc", "http://127.0.0.1:1")
    code, said = fetch(*options, "--out", str(tmp_path / "lake"))
    assert code != 0
    assert shown in said


def test_a_key_in_a_url_is_not_shown(node: Anvil, tmp_path: Path) -> None:
    url = node.url.replace("127.0.0.1", "user:hunter2@127.0.0.1") + "/v3/0123456789abcdef"
    code, said = fetch("--rpc", url, "--out", str(tmp_path))
    assert code != 0
    assert "127.0.0.1" in said
    assert "hunter2" not in said
    assert "0123456789abcdef" not in said
