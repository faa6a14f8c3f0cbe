"""A picture to its hashes; the picture itself is not kept.

PDQ (Facebook's, 256 bits) stands recompression and scaling; its seven turned and mirrored variants
are kept beside it. pHash (64 bits of a DCT) is a second opinion. `crops` are the PDQ hashes of nine
windows of four fifths of each side: against a picture that was cut, one of them may be nearer.
Pictures of more than 64 megapixels are refused before a pixel is unpacked.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pdqhash
from PIL import Image, ImageOps

from stanch.formats.photo import provenance

MOST_BYTES: Final = 40 << 20
MOST_PIXELS: Final = 64_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")
_SIDE: Final = 512  # PDQ itself works on 64 by 64
_LEAST_QUALITY: Final = 50  # of 100: below, PDQ's authors advise against comparing
_WINDOW: Final = 0.8
_MAKER, _MODEL, _SOFTWARE, _EXIF, _SERIAL = 271, 272, 305, 34665, 42033

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True, slots=True)
class Picture:
    """Hashes in hex, SHA-256 of the file, its camera (`maker|model|serial`), its provenance."""

    sha256: str
    pdq: str
    turned: tuple[str, ...]
    crops: tuple[str, ...]
    phash: str
    cameras: tuple[str, ...]
    provenance: str | None


def read(data: bytes) -> Picture:
    """A picture. Raises ValueError with a short reason, and nothing else."""
    if len(data) > MOST_BYTES:
        raise ValueError(f"is longer than {MOST_BYTES >> 20} MiB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(data)
    except Image.DecompressionBombError:
        raise ValueError(f"has more than {MOST_PIXELS // 1_000_000} megapixels") from None
    except _Refused as error:
        raise ValueError(str(error)) from None
    except Exception:  # a broken picture makes Pillow raise much
        raise ValueError("is a damaged picture, or none that is read: JPEG, PNG, WebP") from None


class _Refused(Exception):
    """A reason of our own, among those of the library."""


def _read(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise _Refused(f"has more than {MOST_PIXELS // 1_000_000} megapixels")
        if min(image.size) < 32:
            raise _Refused("is smaller than 32 pixels")
        mime = Image.MIME.get(image.format or "", "")
        exif = image.getexif()
        software = exif.get(_SOFTWARE) or image.info.get("Software") or ""
        cameras = _cameras(exif)
        image.draft("RGB", (_SIDE * 2, _SIDE * 2))
        small = image.convert("RGB")
    small = ImageOps.exif_transpose(small)
    small.thumbnail((_SIDE, _SIDE))
    pixels = np.asarray(small)
    variants, quality = pdqhash.compute_dihedral(pixels)
    if quality < _LEAST_QUALITY:
        raise _Refused("is too plain to be compared")
    hashes = [_hex(each) for each in variants]
    return Picture(
        sha256=sha256(data).hexdigest(),
        pdq=hashes[0],
        turned=tuple(hashes[1:]),
        crops=tuple(_crops(pixels)),
        phash=_phash(small),
        cameras=cameras,
        provenance=provenance.of(data, mime, str(software)),
    )


def _cameras(exif: Image.Exif) -> tuple[str, ...]:
    """The camera, where its serial number is told: a model alone is shared by millions."""
    serial = str(exif.get_ifd(_EXIF).get(_SERIAL) or "").strip(" \0")
    if len(serial) < 4 or not serial.isprintable() or len(set(serial)) == 1:
        return ()
    parts = (str(exif.get(_MAKER) or ""), str(exif.get(_MODEL) or ""), serial)
    return ("|".join(part.strip(" \0").casefold()[:100] for part in parts),)


def _crops(pixels: npt.NDArray[np.uint8]) -> Iterator[str]:
    height, width = pixels.shape[:2]
    tall, wide = int(height * _WINDOW), int(width * _WINDOW)
    for down in (0, (height - tall) // 2, height - tall):
        for across in (0, (width - wide) // 2, width - wide):
            part = np.ascontiguousarray(pixels[down : down + tall, across : across + wide])
            found, quality = pdqhash.compute(part)
            if quality >= _LEAST_QUALITY:
                yield _hex(found)


def _hex(bits: npt.NDArray[Any]) -> str:
    return np.packbits(np.asarray(bits, dtype=np.uint8)).tobytes().hex()


def _phash(image: Image.Image) -> str:
    """The signs of the lowest 8 by 8 cosines of 32 by 32 grey pixels about their median."""
    grey = np.asarray(image.convert("L").resize((32, 32), Image.Resampling.LANCZOS), dtype=float)
    at = np.arange(32)
    cosines = np.cos(np.pi * np.outer(at[:8], 2 * at + 1) / 64)
    low = cosines @ grey @ cosines.T
    return np.packbits((low > np.median(low)).ravel()).tobytes().hex()
