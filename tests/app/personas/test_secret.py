"""The key file: made once, its owner's alone, and told apart from anything else."""

from pathlib import Path

import pytest

from stanch.app.personas.secret import Secret, opened, opened_or_made
from stanch.errors import UsageError


def test_it_is_made_once_where_the_home_is(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("STANCH_HOME", str(tmp_path / "home"))
    with pytest.raises(UsageError, match="there is no key file"):
        opened(None)
    made, new = opened_or_made(None)
    again, newer = opened_or_made(None)
    assert (new, newer) == (True, False)
    assert made.file == tmp_path / "home" / "personas.key"
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert again.derived("hash") == made.derived("hash") != made.derived("seal")
    assert opened(None).id == made.id


def test_without_a_home_it_is_in_the_users_folder(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("STANCH_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert opened_or_made(None)[0].file == tmp_path / ".stanch" / "personas.key"


def test_one_that_others_can_read_is_refused(tmp_path: Path):
    secret = Secret.make(tmp_path / "a.key")
    secret.file.chmod(0o644)
    with pytest.raises(UsageError, match="others can read it"):
        Secret.open(secret.file)


@pytest.mark.parametrize("text", ["", "hello", "stanch-personas-key@1 c2hvcnQ=", "x y z"])
def test_what_is_no_key_file_is_refused(tmp_path: Path, text: str):
    (tmp_path / "a.key").write_text(text)
    (tmp_path / "a.key").chmod(0o600)
    with pytest.raises(UsageError, match="no key file"):
        Secret.open(tmp_path / "a.key")


def test_nothing_shows_the_secret(tmp_path: Path):
    secret = Secret.make(tmp_path / "a.key")
    assert secret.file.read_text().split()[1] not in repr(secret)
