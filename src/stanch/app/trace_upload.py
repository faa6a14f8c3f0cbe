"""What of a trace's folder goes to a desk."""

import hashlib
from pathlib import Path

from stanch.errors import UsageError


def trace_files(folder: Path) -> tuple[str, bytes]:
    """The hash of the manifest, and accounts.csv. Raises UsageError where there is no trace."""
    try:
        manifest = (folder / "manifest.json").read_bytes()
        accounts = (folder / "accounts.csv").read_bytes()
    except OSError as error:
        raise UsageError(f"{folder}: holds no trace ({error.strerror}: {error.filename})") from None
    return f"sha256:{hashlib.sha256(manifest).hexdigest()}", accounts
