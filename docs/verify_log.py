#!/usr/bin/env python3
"""Verify an exported log of a joint desk. Needs Python 3.9 or later and nothing else.

    python3 verify_log.py EXPORT [--key KEY] [--heads FILE]

EXPORT   the file that `stanch audit export` wrote: JSON lines, entries first, then the heads that
         the desk signed, then the desk's public key
--key    the desk's public key (base64url) as you know it from elsewhere. Without it the key in the
         file is used, and whoever made the file may have made the key too
--heads  signed heads that you or others kept, one to a line. Only they can show that the log was
         cut short, or written anew by somebody who holds the desk's key

What is checked: entries count from 1 without a gap and time never goes back; each entry has the
hash that was kept of it; the Merkle tree over them (RFC 9162) has the roots that the desk signed
(Ed25519, RFC 8032); the last entry is covered by a signed head. The first bad entry is named. Exit
code 0: the log is whole; 1: it is not; 2: the files or options cannot be used.

How an entry is hashed: SHA-256(0x00 || text), where text is exactly what stands in its line between
`{"entry":` and `,"leaf":"..."}`. Two subtrees: SHA-256(0x01 || left || right).
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

# --- Ed25519 (RFC 8032, section 5.1) ---------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
# A point is (X, Y, Z, T): x = X/Z, y = Y/Z, x*y = T/Z.
ZERO = (0, 1, 1, 0)


def add(a, b):
    """The sum of two points (section 5.1.4)."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return (i * j % P, k * m % P, j * k % P, i * m % P)


def doublings(point):
    """The point times 1, 2, 4, 8 ..., for `times`."""
    made = [point]
    while len(made) < 256:
        made.append(add(made[-1], made[-1]))
    return made


def times(number, doubled):
    """A multiple of the point whose doublings are given."""
    total = ZERO
    for bit in range(number.bit_length()):
        if number >> bit & 1:
            total = add(total, doubled[bit])
    return total


def same(a, b):
    """Whether two points are one."""
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point(data):
    """The point in 32 bytes (section 5.1.3). Raises ValueError where it is none."""
    y = int.from_bytes(data, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    if len(data) != 32 or y >= P:
        raise ValueError("no point of the curve")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        raise ValueError("no point of the curve")
    if x & 1 != odd:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = doublings(point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))


class Key:
    """A public key."""

    def __init__(self, text):
        """Read it from base64url. Raises ValueError where it is none."""
        self.raw = unbase64(text)
        self.doubled = doublings(point(self.raw))

    def signed(self, message, signature):
        """Whether the signature of the message is the key's (section 5.1.7)."""
        number = int.from_bytes(signature[32:], "little")
        if len(signature) != 64 or number >= ORDER:
            return False
        try:
            r = point(signature[:32])
        except ValueError:
            return False
        digest = hashlib.sha512(signature[:32] + self.raw + message).digest()
        k = int.from_bytes(digest, "little") % ORDER
        return same(times(number, BASE), add(r, times(k, self.doubled)))


def unbase64(text):
    """The bytes of base64url without padding."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise ValueError("not base64url")
    return data


def read_head(jws, key, desk):
    """Size and root in a head. Raises ValueError where the desk did not sign it."""
    try:
        header, payload, signature = jws.split(".")
        said = json.loads(unbase64(header))
        if set(said) != {"alg", "kid", "typ"} or said["alg"] != "EdDSA":
            raise ValueError("another kind of signature")
        if said["typ"] != "stanch-head@1":
            raise ValueError("not the head of a log")
        if not key.signed((header + "." + payload).encode(), unbase64(signature)):
            raise ValueError("not signed with the desk's key")
        said = json.loads(unbase64(payload))
        size, root = said["size"], said["root"]
        if said["desk"] != desk:
            raise ValueError("the head of another desk's log")
        if type(size) is not int or size < 0 or not isinstance(root, str):
            raise ValueError("no size and root")
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a signed head") from error
    return size, root


FIELDS = {"at", "member", "n", "person", "said", "subject", "verb"}


def sha256(data):
    """The hash of everything here."""
    return hashlib.sha256(data).digest()


def grow(tree, leaf):
    """Add an entry. A tree is its largest whole subtrees as (entries, hash), largest first."""
    tree.append((1, leaf))
    while len(tree) > 1 and tree[-2][0] == tree[-1][0]:
        (size, left), (_, right) = tree[-2:]
        tree[-2:] = [(2 * size, sha256(b"\x01" + left + right))]


def root(tree):
    """The root over all entries of a tree, as heads say it."""
    hashes = [node for _, node in tree]
    node = hashes.pop()
    while hashes:
        node = sha256(b"\x01" + hashes.pop() + node)
    return "sha256:" + node.hex()


class Audit:
    """What was found. `bad` is the first bad entry; `problems` says all, in words."""

    def __init__(self):
        """Nothing found yet."""
        self.problems = []
        self.bad = None

    def problem(self, says, n=None):
        """Note what is wrong, and with which entry."""
        self.problems.append(says)
        if n is not None:
            self.bad = n if self.bad is None else min(self.bad, n)

    def entries(self, lines, heads, kept):
        """Check entries against heads in the file and heads kept outside; returns how many."""
        tree, n, at = [], 0, ""
        good, good_kept, refuted, forked = 0, 0, None, None
        for n, line in enumerate(lines, 1):
            leaf, at = self.entry(n, line, at)
            if leaf is None:
                return n
            grow(tree, leaf)
            if n in heads and refuted is None:
                if heads[n] == {root(tree)}:
                    good = n
                else:
                    refuted = good + 1
                    says = f"entries {refuted} to {n} are not those that the desk signed"
                    self.problem(says, refuted)
            if n in kept and forked is None:
                if kept[n] == {root(tree)}:
                    good_kept = n
                else:
                    forked = refuted or good_kept + 1
                    says = f"entries {good_kept + 1} to {n} are not those of a head kept outside"
                    self.problem(says, forked)
        if refuted is None and good < n:
            self.problem(f"no signed head covers entries {good + 1} to {n}", good + 1)
        for which, sizes in (("the file", heads), ("outside", kept)):
            if max(sizes, default=0) > n:
                says = (
                    f"the log ends at entry {n}, but a head from {which} has {max(sizes)} entries"
                )
                self.problem(says, n + 1)
        return n

    def entry(self, n, line, at):
        """The leaf and the time of entry `n`; no leaf where the tree cannot go on from it."""
        text, _, leaf = line[len(b'{"entry":') :].rpartition(b',"leaf":"')
        try:
            said, kept = json.loads(text), bytes.fromhex(leaf[:64].decode())
            whole = leaf[64:] == b'"}' and set(said) == FIELDS and isinstance(said["at"], str)
        except (ValueError, TypeError, RecursionError):
            whole = False
        if not whole:
            self.problem(f"entry {n} cannot be read", n)
            return None, at
        if said["n"] != n:
            self.problem(f"where entry {n} must be stands {said['n']!r}", n)
            return None, at
        if sha256(b"\x00" + text) != kept:
            self.problem(f"entry {n} was changed: it is not what was hashed", n)
        elif said["at"] < at:
            self.problem(f"entry {n} is earlier than the one before it", n)
        return kept, max(at, said["at"])

    def heads(self, texts, key, desk, which):
        """Roots by size of the heads that hold; the others are problems."""
        roots = {}
        for text in texts:
            try:
                size, signed = read_head(text, key, desk)
                roots.setdefault(size, set()).add(signed)
            except ValueError as error:
                self.problem(f"a head from {which} does not hold: {error}")
        return roots


def lines(path, start):
    """The lines of the export that start so."""
    with open(path, "rb") as file:
        for line in file:
            if line.startswith(start):
                yield line.rstrip(b"\n")


def last_line(path):
    """Desk and key, in the last line. Raises ValueError where the file is none or has others."""
    known, line = (b'{"entry":', b'{"head":', b'{"desk":'), b""
    with open(path, "rb") as file:
        for n, line in enumerate(file, 1):
            if not line.startswith(known):
                raise ValueError(f"line {n} is nothing that an export has")
    said = json.loads(line) if line.startswith(b'{"desk":') else {}
    if said.get("format") != "stanch-log@1" or not isinstance(said.get("key"), str):
        raise ValueError("not a whole export of a log: its last line must name desk and key")
    return said["desk"], said["key"]


def main():
    """Read the options, check, and tell."""
    parser = argparse.ArgumentParser(description="Verify an exported log of a joint desk.")
    parser.add_argument("export")
    parser.add_argument("--key", help="the desk's public key, base64url, as known from elsewhere")
    parser.add_argument("--heads", help="file of signed heads kept outside, one to a line")
    options = parser.parse_args()
    audit = Audit()
    try:
        desk, own_key = last_line(options.export)
        key = Key(options.key or own_key)
        kept = Path(options.heads).read_text("ascii").split() if options.heads else []
        texts = (json.loads(line)["head"] for line in lines(options.export, b'{"head":'))
        signed = audit.heads(texts, key, desk, "the file")
        outside = audit.heads(kept, key, desk, "outside")
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"cannot verify: {error}", file=sys.stderr)
        return 2
    if options.key and options.key != own_key:
        audit.problem("the key in the file is not the desk's")
    many = audit.entries(lines(options.export, b'{"entry":'), signed, outside)
    if not options.key:
        print("warning: the desk's key was taken from the file itself; give --key to be sure")
    for says in audit.problems[:50]:
        print(says)
    if audit.bad is not None:
        print(f"first bad entry: {audit.bad}")
    if not audit.problems:
        print(f"whole: {many} entries, {len(signed)} signed heads, desk {desk}")
    return 1 if audit.problems else 0


if __name__ == "__main__":
    sys.exit(main())
