"""Resumes: what is read, and what is refused with which reason."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from tests import persona_files as files

from stanch.formats import resume

LINES = ["Led the CI pipeline for health in MongoDB", "Built the API in Go"]
RELS = "word/_rels/document.xml.rels"


def test_a_pdf_is_its_lines_and_who_wrote_it():
    found = resume.read(files.pdf(LINES))
    assert [line for line in found.lines if line] == LINES
    assert found.authors == ("kim ok|writer 7",)


def test_a_docx_is_its_paragraphs_and_tables():
    found = resume.read(files.docx(LINES))
    assert found.lines == tuple(LINES)
    assert found.authors == ("kim ok|",)
    assert resume.read(files.docx(LINES, "python-docx")).authors == ()


JS = "<< /S /JavaScript /JS (app.alert(1)) >>"
ACTIVE = {
    "opens with JavaScript": (f"/OpenAction {JS}", "carries JavaScript"),
    "names JavaScript": (f"/Names << /JavaScript << /Names [(a) {JS}] >> >>", "JavaScript"),
    "starts a program": ("/OpenAction << /S /Launch /F (cmd.exe) >>", "starts a program"),
    "sends a form": ("/AA << /WC << /S /SubmitForm /F (http://x) >> >>", "a form that sends"),
    "embeds files": ("/Names << /EmbeddedFiles << /Names [] >> >>", "embedded files"),
    "is XFA": ("/AcroForm << /XFA (x) /Fields [] >>", "XFA"),
    "hides it in an object": ("/OpenAction 9 0 R", "carries JavaScript"),
}


@pytest.mark.parametrize("case", ACTIVE)
def test_a_pdf_that_acts_or_carries_something_is_refused(case: str):
    catalog, reason = ACTIVE[case]
    with pytest.raises(ValueError, match=reason):
        resume.read(files.pdf(LINES, catalog, {9: JS}))


def test_a_pdf_that_only_opens_at_a_page_is_read():
    data = files.pdf(LINES, "/OpenAction [3 0 R /Fit]")
    assert LINES[0] in resume.read(data).lines


def test_an_encrypted_pdf_is_refused():
    writer, out = PdfWriter(PdfReader(io.BytesIO(files.pdf(LINES)))), io.BytesIO()
    writer.encrypt("secret")
    writer.write(out)
    with pytest.raises(ValueError, match="is encrypted"):
        resume.read(out.getvalue())


def test_a_pdf_of_too_many_pages_is_refused():
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(51):
        writer.add_blank_page(100, 100)
    writer.write(out)
    with pytest.raises(ValueError, match="more than 50 pages"):
        resume.read(out.getvalue())


def test_a_stream_that_explodes_is_no_text():
    bomb = files.stream(b"BT " + b"(a) Tj " * 5_000_000)
    parts = {1: b"<< /Type /Catalog /Pages 2 0 R >>",
             2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
             4: bomb, 6: b"<< >>"}  # fmt: skip
    with pytest.raises(ValueError, match=r"damaged|no text"):
        resume.read(files.assembled(parts))


EXTERNAL = b"""<Relationship Id="rId99" TargetMode="External" Target="http://x.test/a"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"/></Relationships>"""


def _linked(kind: bytes) -> bytes:
    package = files.docx(LINES)
    links = files.part(package, RELS).replace(b"</Relationships>", EXTERNAL % kind)
    return files.with_parts(package, {RELS: links})


@pytest.mark.parametrize("kind", [b"attachedTemplate", b"image", b"oleObject", b"subDocument"])
def test_a_docx_that_fetches_something_is_refused(kind: bytes):
    with pytest.raises(ValueError, match="fetches something"):
        resume.read(_linked(kind))


def test_a_link_that_a_reader_clicks_is_no_harm():
    assert resume.read(_linked(b"hyperlink")).lines == tuple(LINES)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("word/vbaProject.bin", "macros"), ("word/embeddings/a.xlsx", "embedded files"),
     ("word/activeX/activeX1.xml", "ActiveX")],
)  # fmt: skip
def test_a_docx_with_something_inside_is_refused(name: str, reason: str):
    with pytest.raises(ValueError, match=reason):
        resume.read(files.with_parts(files.docx(LINES), {name: b"x"}))


def test_a_docx_of_macros_is_refused_whatever_its_parts_are_called():
    package = files.docx(LINES)
    types = files.part(package, "[Content_Types].xml").replace(
        b"</Types>",
        b'<Override PartName="/word/x.bin" ContentType="application/'
        b'vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
    )
    with pytest.raises(ValueError, match="macros"):
        resume.read(files.with_parts(package, {"[Content_Types].xml": types}))


@pytest.mark.parametrize(("size", "reason"), [(65 << 20, "64 MiB"), (8 << 20, "100 times")])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(size: int, reason: str):
    with pytest.raises(ValueError, match=reason):
        resume.read(files.with_parts(files.docx(LINES), {"word/media/a.bmp": bytes(size)}))


def test_entities_are_refused():
    text = b'<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>'
    with pytest.raises(ValueError, match="entities"):
        resume.read(files.with_parts(files.docx(LINES), {"[Content_Types].xml": text}))


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"\xd0\xcf\x11\xe0" + bytes(600), "old .doc"), (b"", "neither"), (b"PK\x03\x04", "damaged"),
     (b"%PDF-1.7 nothing", "damaged"), (b"\x7fELF", "neither"),
     (b"%PDF-" + bytes(21 << 20), "MiB")],
)  # fmt: skip
def test_what_is_none_is_refused(data: bytes, reason: str):
    with pytest.raises(ValueError, match=reason):
        resume.read(data)


def test_a_scan_has_no_text():
    with pytest.raises(ValueError, match="no text"):
        resume.read(files.pdf([]))
