"""Who builds on the client has its types checked: a package without this marker is taken for untyped
(PEP 561).
"""

from importlib.resources import files


def test_the_package_says_that_it_is_typed():
    assert (files("stanch") / "py.typed").is_file()
