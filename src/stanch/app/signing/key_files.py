"""A private key in a file: made, opened, shown. It never lies there without a passphrase."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stanch.app.private_file import private_file, read_private
from stanch.errors import SignatureError, UsageError
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
    with private_file(at.file) as stream:
        stream.write(text.encode())
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
    data = read_private(at.file, "make a new key", _MOST)
    try:
        return PrivateKey.from_pem(data.decode("ascii", "replace"), at.passphrase)
    except SignatureError as error:
        raise SignatureError(f"{at.file}: {error}") from None
