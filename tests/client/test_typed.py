"""Who builds on the client has its types checked, which needs its marker (PEP 561)."""

from importlib.resources import files


def test_the_package_says_that_it_is_typed():
    assert (files("stanch") / "py.typed").is_file()
