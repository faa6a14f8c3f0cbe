"""A small intake with a value of each kind, every one of which can be searched for."""

from datetime import date
from pathlib import Path

from stanch.app.personas.ingest import Ingested, IngestRequest, ingest
from stanch.app.personas.mapping import mapping
from stanch.app.personas.secret import Secret
from tests import persona_files as files

ROWS = """record_id,name,E-Mail,phone,address,ips,device,bank,wallet,github,resume,\
claimed zone,logins,commits,git_email,nationality,passport_number,resume_file,photo_file,\
retain_until
R-3,Zebulon Quagga,zebulon.quagga@gmail.com,+82 10-1234-5678,"17 Umbrella Road, Oslo",\
198.51.100.7@2026-01-02T03:04:05Z;198.51.100.8,deadbeef0042,payee7788991,\
0xa835b507369b8144ad27931db504a69055718ae3,quaggahub,"Tamed the zebra scheduler in Kotlin
Fed 17 okapis with Terraform",Asia/Seoul,2026-01-02T21:54:07Z,2026-01-02T12:04:05+09:00,\
z@quagga.dev,Norwegian,QX7788123,cv.docx,me.jpg,2027-06-30
R-1,Ann Lee,ann@example.org,+442079460958,,203.0.113.9,cafe0001beef,,,annlee,,,,,,,,,,2026-01-31
R-2,Bo Rex,bo@example.org,not a phone,,203.0.113.9,unknown,,,,,,,,,,,bad.pdf,,
R-3,Second Claim,second@example.org,,,,,,,,,,,,,,,,,
,No Id,noid@example.org,,,,,,,,,,,,,,,,,
"""
PAY = """src,dst,time,amount
0xa835b507369b8144ad27931db504a69055718ae3,0xb184057b1d88abec732352033d7db709a1c3d8ba,2026-02-03,500
payee7788991,0xb184057b1d88abec732352033d7db709a1c3d8ba,,
,0xb184057b1d88abec732352033d7db709a1c3d8ba,,
"""
# What must stand nowhere in plain sight. The wallet of a payment is public, and is not among them.
_PLAIN = """Zebulon Quagga zebulon.quagga zebulonquagga 821012345678 1234-5678 Umbrella 198.51.100
deadbeef0042 payee7788991 quaggahub scheduler okapis z@quagga Norwegian QX7788123 Seoul Kim Okapi
annlee ann@example 442079460958 203.0.113 bo@example second@example noid@example"""
PLAIN = _PLAIN.split()


def sources(folder: Path) -> tuple[Path, Path]:
    (folder / "people.csv").write_text(ROWS)
    (folder / "pay.csv").write_text(PAY)
    (folder / "cv.docx").write_bytes(files.docx(["Led 3 narwhals in Go"], "Kim Okapi"))
    (folder / "me.jpg").write_bytes(files.saved(files.picture()))
    (folder / "bad.pdf").write_bytes(files.pdf(["x y z"], "/OpenAction << /S /JavaScript >>"))
    return folder / "people.csv", folder / "pay.csv"


def taken_in(folder: Path, secret: Secret, out: str = "intake") -> tuple[Path, Ingested]:
    people, pay = sources(folder)
    asked = IngestRequest((people,), folder / out, pay, mapping(None), today=date(2026, 1, 1))
    return folder / out, ingest(asked, secret, lambda _: None)
