"""What `stanch work` is told of e-mail is whole and safe, or it does not begin."""

import pytest
from typer.testing import CliRunner

from stanch.cli import app
from stanch.errors import UsageError
from tests.cli.test_desk import NEW

SMTP, FROM = ("--smtp", "smtp://mail.example"), ("--smtp-from", "desk@desk.example")
ORIGIN = ("--origin", "https://desk.example")


@pytest.mark.parametrize(
    "words",
    [
        SMTP,
        FROM,
        (*SMTP, *FROM),
        (*SMTP, *ORIGIN),
        (*FROM, *ORIGIN),
        (*SMTP, *FROM, "--origin", "http://desk.example"),
        (*SMTP, *FROM, "--origin", "https://desk.example/sign-in?token=1"),
        (*SMTP, "--smtp-from", "desk", *ORIGIN),
        ("--smtp", "smtp://kim:secret@mail.example", *FROM, *ORIGIN),
        ("--smtp", "http://mail.example", *FROM, *ORIGIN),
    ],
)
def test_half_of_it_or_what_is_not_safe_is_refused(tmp_path, words):
    desk = str(tmp_path / "desk")
    assert CliRunner().invoke(app, ["init", "--desk", desk, *NEW]).exit_code == 0
    done = CliRunner().invoke(app, ["work", "--desk", desk, *words])
    assert isinstance(done.exception, UsageError)
    assert "secret" not in f"{done.exception} {done.output}"


def test_half_a_login_is_refused(tmp_path):
    words = ["work", "--desk", str(tmp_path), *SMTP, *FROM, *ORIGIN]
    done = CliRunner().invoke(app, words, env={"STANCH_SMTP_PASSWORD": "secret"})
    assert isinstance(done.exception, UsageError)
    assert "both or none" in str(done.exception)
