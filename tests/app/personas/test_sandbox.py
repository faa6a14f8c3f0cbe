"""Files of strangers: what hangs or breaks its reader costs one file, and no more."""

import os
import resource
import signal
from pathlib import Path

import pytest

from stanch.app.personas import sandbox
from stanch.app.personas.attached import contents
from stanch.app.personas.confined import Sandbox
from tests import persona_files as files


@pytest.fixture(scope="module")
def box():
    with Sandbox(seconds=20) as opened:
        yield opened


def test_it_reads_as_the_readers_do(box: Sandbox):
    data = files.docx(["Led 3 narwhals in Go"])
    assert box.read("resume", data) == sandbox.read("resume", data)
    with pytest.raises(ValueError, match="damaged picture"):
        box.read("photo", b"no picture")


def test_the_process_can_write_no_file_and_has_its_memory_bounded(box: Sandbox):
    box.read("resume", files.docx(["Led 3 narwhals in Go"]))
    process = box._process
    assert process is not None
    assert resource.prlimit(process.pid, resource.RLIMIT_FSIZE) == (0, 0)
    most = resource.prlimit(process.pid, resource.RLIMIT_AS)[0]
    assert sandbox.MOST_MEMORY < most < sandbox.MOST_MEMORY * 8


def test_one_that_hangs_is_ended_and_the_next_is_read():
    with Sandbox(seconds=20) as box:
        box.read("resume", files.docx(["Led 3 narwhals in Go"]))
        assert box._process is not None
        os.kill(box._process.pid, signal.SIGSTOP)
        box._seconds = 0.2
        with pytest.raises(ValueError, match="takes longer"):
            box.read("resume", files.docx(["x y z"]))
        box._seconds = 60
        assert box.read("resume", files.docx(["x y z"]))["line"] == ["x y z"]
        os.kill(box._process.pid, signal.SIGKILL)
        with pytest.raises(ValueError, match="broke its reader"):
            box.read("resume", files.docx(["x y z"]))


@pytest.mark.parametrize("said", ["/etc/passwd", "../secret", "a/../../secret", "link", ".", "no",
                                  "a\0b"])  # fmt: skip
def test_a_row_names_no_file_elsewhere(tmp_path: Path, said: str):
    (tmp_path / "secret").write_text("x")
    base = tmp_path / "in"
    base.mkdir()
    (base / "a").mkdir()
    (base / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(ValueError, match="names no file"):
        contents(base, said)
    (base / "a" / "cv").write_text("y")
    assert contents(base, "a/cv") == b"y"
