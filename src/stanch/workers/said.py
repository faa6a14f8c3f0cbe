"""What a worker says on stderr: a line of JSON, without addresses or what was sent."""

import json
import os
import sys
from datetime import UTC, datetime


def say(**what: str) -> None:
    """Say what happened, and when, and in which process."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    line = {"at": at, "worker": os.getpid(), **what}
    print(json.dumps(line), file=sys.stderr, flush=True)
