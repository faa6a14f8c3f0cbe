"""Templates of reports: text from outside is escaped, and a name that nobody gave is an error."""

from jinja2 import BaseLoader, Environment, StrictUndefined


def strict(loader: BaseLoader) -> Environment:
    """Where the templates of `loader` are filled in."""
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
