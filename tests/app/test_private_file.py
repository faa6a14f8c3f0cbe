"""A secret's file: its owner's from the first moment, and none where there is no secret."""

import pytest

from stanch.app.private_file import private_file, read_private
from stanch.errors import OutputError, RefusedError, UsageError


def test_it_is_there_before_the_secret_and_its_owners_alone(tmp_path):
    file = tmp_path / "key"
    with private_file(file) as stream:
        assert file.stat().st_mode & 0o777 == 0o600
        stream.write(b"secret")
    assert read_private(file, "ask for a new one") == b"secret"
    assert read_private(file, "ask for a new one", 3) == b"sec"


def test_where_no_secret_came_no_file_stays(tmp_path):
    with pytest.raises(RefusedError), private_file(tmp_path / "key"):
        raise RefusedError("no")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_replaced_and_nobody_is_asked(tmp_path):
    file = tmp_path / "key"
    file.write_text("old")
    with pytest.raises(UsageError, match="stands there already"), private_file(file):
        raise AssertionError("nobody is asked for a secret that has no place")
    assert file.read_text() == "old"
    with pytest.raises(OutputError, match="cannot be written"), private_file(file / "below"):
        raise AssertionError("nobody is asked for a secret that has no place")


def test_a_disk_that_is_full_is_said_in_a_line(tmp_path):
    with (
        pytest.raises(OutputError, match="No space left"),
        private_file(tmp_path / "key"),
        open("/dev/full", "wb", buffering=0) as full,
    ):
        full.write(b"x")
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_what_others_can_read_is_no_secret(tmp_path, mode):
    file = tmp_path / "key"
    file.write_text("x")
    file.chmod(mode)
    with pytest.raises(UsageError, match="others can read it; chmod 600 it, and ask again"):
        read_private(file, "ask again")
    with pytest.raises(UsageError, match="cannot be read"):
        read_private(tmp_path / "none", "ask again")
