"""A desk's log on SQLite, for tests of the log itself."""

import base64
import json
from contextlib import contextmanager

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import create_engine, insert

from stanch.errors import SignatureError
from stanch.model.desk.canonical import canonical
from stanch.store.desk import log
from stanch.store.desk.tables import METADATA, desk


def stamp(second=0):
    return f"2026-11-26T{12 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000000Z"


def entry(second=0, **fields):
    said = {"at": stamp(second), "person": "person_1", "member": "member_1", "verb": "case.open"}
    return log.Entry(**{**said, "subject": "case_1", "said": {"second": second}, **fields})


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class DeskKey:
    """The desk's key, with signing and checking of heads as small as it can be."""

    def __init__(self, seed=1):
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.public = self.private.public_key()
        self.text = b64(self.public.public_bytes_raw())

    def sign(self, payload, typ="stanch-head@1"):
        header = canonical({"alg": "EdDSA", "kid": "k", "typ": typ})
        signed = f"{b64(header)}.{b64(canonical(dict(payload)))}"
        return f"{signed}.{b64(self.private.sign(signed.encode()))}"

    def check(self, jws):
        try:
            header, payload, signature = (part.encode() + b"==" for part in jws.split("."))
            raw = base64.urlsafe_b64decode(signature)
            self.public.verify(raw, jws.rpartition(".")[0].encode())
            assert json.loads(base64.urlsafe_b64decode(header))["typ"] == "stanch-head@1"
            return json.loads(base64.urlsafe_b64decode(payload))
        except (InvalidSignature, ValueError, AssertionError) as error:
            raise SignatureError("the head is not signed by the desk") from error


class Desk:
    """An empty desk in memory or in a file; `write` is one transaction that signs its head."""

    def __init__(self, url="sqlite://"):
        self.key = DeskKey()
        self.engine = create_engine(url)
        METADATA.create_all(self.engine)
        with self.engine.begin() as connection:
            row = {"id": "desk_1", "name": "Desk", "created": stamp(), "key": self.key.text}
            connection.execute(insert(desk).values(row))

    @contextmanager
    def write(self, at=None):
        with self.engine.begin() as connection:
            began = log.lock(connection)
            yield connection
            if log.size(connection) > began.size:
                log.keep_head(connection, at or stamp(), self.key.sign)

    def fill(self, *sizes):
        """One transaction for each size, of so many entries."""
        second = 0
        for many in sizes:
            with self.write(stamp(second)) as connection:
                for _ in range(many):
                    log.append(connection, entry(second))
                    second += 1
        return self
