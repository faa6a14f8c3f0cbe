"""What a user sees on stderr while something long goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from stanch.cli.interrupt import remembered_interrupt


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """A line that names the step under way and how long it has taken; silent off a terminal.

    A Ctrl-C that a library swallowed is raised again at the next step.
    """
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar, remembered_interrupt() as check:
        task = bar.add_task("begin")

        def step(name: str) -> None:
            check()
            bar.reset(task, description=name)

        yield step
