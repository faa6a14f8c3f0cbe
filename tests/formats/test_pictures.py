"""Pictures: hashes that stand what people do to pictures, bounds, and what a picture says."""

import datetime
import io
import json
import struct
import tracemalloc
import zlib

import pytest
from c2pa import Builder, C2paSignerInfo, Signer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image, ImageOps
from tests.persona_files import picture, saved

from stanch.formats import photo


def _apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _nearest(one: photo.Picture, other: photo.Picture) -> int:
    """Bits apart of 256, turned and mirrored and cut included; 31 is PDQ's own bound."""
    return min(_apart(one.pdq, each) for each in (other.pdq, *other.turned, *other.crops))


ORIGINAL = photo.read(saved(picture()))


@pytest.mark.parametrize(
    "change",
    [
        lambda image: saved(image, quality=30),
        lambda image: saved(image.resize((150, 150))),
        lambda image: saved(ImageOps.mirror(image), "PNG"),
        lambda image: saved(image.transpose(Image.Transpose.ROTATE_90), "WEBP"),
        lambda image: saved(image.crop((40, 40, 360, 360)), quality=60),
        lambda image: saved(image.crop((0, 0, 320, 320)), quality=60),
    ],
    ids=["recompressed", "smaller", "mirrored", "turned", "cut about", "cut at a corner"],
)
def test_a_changed_picture_is_near(change):
    changed = photo.read(change(picture()))
    assert _nearest(changed, ORIGINAL) <= 31
    assert changed.sha256 != ORIGINAL.sha256


def test_another_picture_is_far():
    others = [photo.read(saved(picture(seed))) for seed in (2, 3, 4)]
    assert min(_nearest(each, ORIGINAL) for each in others) > 60
    assert min(_apart(each.phash, ORIGINAL.phash) for each in others) > 12
    assert _apart(photo.read(saved(picture(), quality=30)).phash, ORIGINAL.phash) <= 4


def test_the_way_a_camera_was_held_is_undone():
    exif = Image.Exif()
    exif[274] = 6
    turned = picture().transpose(Image.Transpose.ROTATE_90)
    assert _apart(photo.read(saved(turned, exif=exif)).pdq, ORIGINAL.pdq) <= 31


def _huge() -> bytes:
    """The head of a PNG of 20,000 by 10,000 pixels."""
    head = struct.pack(">IIBBBBB", 20_000, 10_000, 8, 2, 0, 0, 0)
    out = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    out.seek(0, io.SEEK_END)
    for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1 << 20))), (b"IEND", b"")):
        out.write(struct.pack(">I", len(data)) + kind + data)
        out.write(struct.pack(">I", zlib.crc32(kind + data)))
    return out.getvalue()


def test_200_megapixels_are_refused_before_one_is_unpacked():
    tracemalloc.start()
    with pytest.raises(ValueError, match="more than 64 megapixels"):
        photo.read(_huge())
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "reason"),
    [(saved(picture())[:3000], "damaged"), (b"", "damaged"), (b"GIF89a", "damaged"),
     (saved(Image.new("RGB", (300, 300), "white")), "too plain"), (b"%PDF-1.7", "damaged"),
     (saved(picture(side=20)), "smaller than 32"), (b"<svg/>", "damaged")],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(data: bytes, reason: str):
    with pytest.raises(ValueError, match=reason):
        photo.read(data)


def test_a_camera_is_named_by_its_serial_number_alone():
    exif = Image.Exif()
    exif[271], exif[272], exif[305] = "Maker", "M 1", "Editor 3"
    assert photo.read(saved(picture(), exif=exif)).cameras == ()
    exif.get_ifd(34665)[42033] = "0012345"
    found = photo.read(saved(picture(), exif=exif))
    assert found.cameras == ("maker|m 1|0012345",)
    assert json.loads(found.provenance or "")["by"] == "Editor 3"


def test_a_picture_that_says_nothing_has_no_provenance():
    assert ORIGINAL.provenance is None


def test_content_credentials_tell_that_a_picture_was_generated():
    said = json.loads(photo.read(_signed("trainedAlgorithmicMedia")).provenance or "")
    assert (said["record"], said["by"], said["generated"]) == ("c2pa", "Painter", True)
    plain = json.loads(photo.read(_signed("digitalCapture")).provenance or "")
    assert plain["generated"] is False


def test_credentials_that_do_not_fit_the_bytes_do_not_hold():
    data = bytearray(_signed("digitalCapture"))
    assert json.loads(photo.read(bytes(data)).provenance or "")["holds"]
    data[-500] ^= 1
    assert not json.loads(photo.read(bytes(data)).provenance or "")["holds"]


def _signed(source: str) -> bytes:
    """A picture with C2PA credentials, by a signer made up for it."""
    manifest = {
        "claim_generator_info": [{"name": "Painter", "version": "1"}],
        "format": "image/jpeg",
        "title": "a",
        "assertions": [
            {
                "label": "c2pa.actions",
                "data": {
                    "actions": [
                        {
                            "action": "c2pa.created",
                            "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/"
                            + source,
                        }
                    ]
                },
            }
        ],
    }
    out = io.BytesIO()
    with Builder(manifest) as builder:
        builder.sign(_signer(), "image/jpeg", io.BytesIO(saved(picture())), out)
    return out.getvalue()


def _signer() -> Signer:
    key, above = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("root", above, "root", above, root=True)
    leaf = _certificate("painter", key, "root", above, root=False)
    pem = serialization.Encoding.PEM
    chain = leaf.public_bytes(pem) + root.public_bytes(pem)
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Signer.from_info(C2paSignerInfo(b"es256", chain, private, None))


def _certificate(name, key, issuer, signer, *, root):
    def named(text):
        org = x509.NameAttribute(NameOID.ORGANIZATION_NAME, text)
        return x509.Name([org, x509.NameAttribute(NameOID.COMMON_NAME, text)])

    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(True, False, False, False, False, root, root, False, False),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if not root:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        made = made.add_extension(purpose, critical=False)
    return made.sign(signer, hashes.SHA256())
