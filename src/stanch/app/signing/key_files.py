"""A private key in a file: made, opened, shown. It never lies there without a passphrase."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stanch.errors import OutputError, SignatureError, UsageError
from stanch.formats.signed.keys import MIN_PASSPHRASE, PrivateKey

__all__ = ["MIN_PASSPHRASE", "KeyFile", "PublicHalf", "new_key", "opened", "show_key"]

_MOST: Final = 1 << 16  # bytes; a key has some hundred


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Where a private key lies, and the passphrase that opens it."""

    file: Path
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """What others may know of a key: its name, and the text that directories carry."""

    kid: str
    public: str


def new_key(at: KeyFile) -> PublicHalf:
    """Make a key and write it, encrypted, to a new file that its owner alone can read.

    Raises UsageError where something stands there or the passphrase is short, OutputError where
    it cannot be written.
    """
    key = PrivateKey.generate()
    try:
        text = key.to_pem(at.passphrase)
    except SignatureError as error:
        raise UsageError(str(error)) from None
    try:
        _write(at.file, text.encode())
    except FileExistsError:
        raise UsageError(f"{at.file}: stands there already, and no key is ever replaced") from None
    except OSError as error:
        raise OutputError(f"{at.file}: cannot be written: {error.strerror}") from error
    return PublicHalf(key.kid, key.public.text)


def show_key(at: KeyFile) -> PublicHalf:
    """The public half of a key. Raises as `opened`."""
    key = opened(at)
    return PublicHalf(key.kid, key.public.text)


def opened(at: KeyFile) -> PrivateKey:
    """The key, to sign with.

    Raises UsageError where there is no such file or others can read it, SignatureError where the
    passphrase is wrong or it is no key: the two are not told apart.
    """
    try:
        with at.file.open("rb") as stream:
            shared = os.fstat(stream.fileno()).st_mode & 0o077
            data = stream.read(_MOST)
    except OSError as error:
        raise UsageError(f"{at.file}: cannot be read: {error.strerror}") from None
    if shared:
        raise UsageError(f"{at.file}: others can read it; chmod 600 it, or make a new key")
    try:
        return PrivateKey.from_pem(data.decode("ascii", "replace"), at.passphrase)
    except SignatureError as error:
        raise SignatureError(f"{at.file}: {error}") from None


def _write(file: Path, data: bytes) -> None:
    """For the owner's eyes from its first moment; a file cut short is taken away again."""
    handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        file.unlink(missing_ok=True)
        raise
