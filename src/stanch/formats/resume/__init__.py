"""Resumes in PDF and DOCX, as lines and who wrote them; what can act or explode is refused.

Each reader takes bytes and raises nothing but ValueError, with a reason that repeats no value.
"""

from stanch.formats.resume import docx, pdf
from stanch.formats.resume.text import Resume

__all__ = ["MOST_BYTES", "Resume", "read"]

MOST_BYTES = 20 << 20


def read(data: bytes) -> Resume:
    """A resume, by how it begins and not by its name. Raises ValueError with a short reason."""
    if len(data) > MOST_BYTES:
        raise ValueError(f"is longer than {MOST_BYTES >> 20} MiB")
    if data[:1024].lstrip()[:5] == b"%PDF-":
        return pdf.read(data)
    if data.startswith(b"PK\x03\x04"):
        return docx.read(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError("is an old .doc or an encrypted document; save it as PDF or .docx")
    raise ValueError("is neither PDF nor DOCX")
