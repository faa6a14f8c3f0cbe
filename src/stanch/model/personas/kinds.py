"""What an application can say about a person, by kind of value.

A kind names one meaning wherever it stands: the columns of an intake, keys, evidence, words.
"""

from typing import Final

# What equality means something for: `KEYS` holds a keyed hash of each value under its kind.
EMAIL: Final = "email"  # one mailbox: lower case, no +tag, no dots where the provider ignores them
PHONE: Final = "phone"  # E.164
ADDRESS: Final = "address"  # a postal address, folded
DEVICE: Final = "device"  # an id of a device or a browser
BANK: Final = "bank"  # an account that wages are paid into
WALLET: Final = "wallet"  # an address on a chain, in its canonical form
DOCUMENT: Final = "document"  # kind, issuing state and number of an identity document
HANDLE: Final = "handle"  # service:name, such as github:maryg
IP: Final = "ip"
IP_NET: Final = "ip_net"  # the /24 (IPv4) or /48 (IPv6) about it
LINE: Final = "line"  # one line of a resume, folded
PASSAGE: Final = "passage"  # what is left of a line when its wording changes: see personas/
EMPLOYER: Final = "employer"  # an employer in a history
GIT_EMAIL: Final = "git_email"  # the author's address in commits
GIT_KEY: Final = "git_key"  # a key that signs commits
PHOTO_FILE: Final = "photo_file"  # the bytes of a picture
FILE_AUTHOR: Final = "file_author"  # who a document says wrote it, and with what
KEYED: Final = (
    EMAIL, PHONE, ADDRESS, DEVICE, BANK, WALLET, DOCUMENT, HANDLE, IP, IP_NET, LINE, PASSAGE,
    EMPLOYER, GIT_EMAIL, GIT_KEY, PHOTO_FILE, FILE_AUTHOR,
)  # fmt: skip

# What is compared by nearness, or within one person: only sealed, opened in memory for a run.
PHOTO: Final = "photo"  # a perceptual hash of 256 bits (PDQ), in hex
PHOTO_TURNED: Final = "photo_turned"  # the same picture turned and mirrored, seven in PDQ's order
PHOTO_CROP: Final = "photo_crop"  # windows of four fifths of each side, up to nine: of candidates
PHOTO_PHASH: Final = "photo_phash"  # pHash, 64 bits, in hex
DOCUMENT_IMAGE: Final = "document_image"  # PDQ of a picture of an identity document
LOGIN: Final = "login"  # minutes since midnight, UTC; its time where the moment is known
COMMIT: Final = "commit"  # minutes east of UTC that it says; its time is the moment
CLAIMED_OFFSET: Final = "claimed_offset"  # minutes east of UTC that the claimed place has
CLAIMED_PLACE: Final = "claimed_place"
MRZ: Final = "mrz"  # JSON of formats.document.mrz.Mrz: fields, `checked`, `wrong`
PROVENANCE: Final = "provenance"  # JSON of formats.photo.provenance: how a picture was made
EMPLOYED: Final = "employed"  # JSON of one piece of a history: employer, from, to (YYYY-MM)
NEAR: Final = (
    PHOTO, PHOTO_TURNED, PHOTO_CROP, PHOTO_PHASH, DOCUMENT_IMAGE, LOGIN, COMMIT,
    CLAIMED_OFFSET, CLAIMED_PLACE, MRZ, PROVENANCE, EMPLOYED,
)  # fmt: skip

# What tells a reader who is meant, and is never evidence.
NAME: Final = "name"
NATIONALITY: Final = "nationality"
SHOWN: Final = (NAME, NATIONALITY)
