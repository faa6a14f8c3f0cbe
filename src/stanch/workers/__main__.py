"""`python -m stanch.workers`: as `stanch work`."""

import typer

from stanch.workers.work import work

if __name__ == "__main__":
    typer.run(work)
