"""A Ctrl-C that struck inside compiled code is still one."""

import pytest

from stanch.cli.interrupt import remembered_interrupt


def test_what_compiled_code_makes_of_it():
    with pytest.raises(KeyboardInterrupt), remembered_interrupt():
        raise SystemError("returned a result with an exception set") from KeyboardInterrupt()


def test_other_errors_stay_what_they_are():
    with pytest.raises(SystemError, match="broken"), remembered_interrupt():
        raise SystemError("broken")
