"""`python -m stanch.workers`: as `stanch work`; a server starts one so beside itself."""

import os
import sys

import typer

from stanch.workers.work import work

if __name__ == "__main__":
    # A server that was killed while its worker was still loading cannot be seen to end any more.
    if os.environ.get("STANCH_PARENT", str(os.getppid())) != str(os.getppid()):
        sys.exit("the server that started this worker is gone")
    typer.run(work)
