"""What docs/common.md tells people to type at a desk works there, line by line, and says no more
than it should.
"""

import json
from pathlib import Path

from stanch.app.signing.documents import write_version
from stanch.model.desk.directory import Version
from tests.cli.test_key import WORDS, run
from tests.docs.typed import typed
from tests.live_world import World, live_world

LOOSE = ("--least", 2, "--ratio", 20, "--change", 2, "--pause", 30)


def said(world: World, who: str, *words: object) -> str:
    """What a verb prints for somebody."""
    env = {"STANCH_SERVER": world.desk.url, "STANCH_API_KEY": world.people[who].api_key}
    done = run(*words, env=env)
    assert done.exit_code == 0, done.exception
    return str(done.output)


def matched(world: World, at: Path) -> None:
    """Korea and Japan match, each with its approver's key, and both learn."""
    write_version(at / "directory-1.json", Version(world.directory))
    (at / "words").write_text(WORDS)
    for who, name, first in (("kr", "fiu", 1), ("jp", "japan", 4)):
        person = world.people[who]
        key = at / f"{name}.pem"
        key.touch(0o600)
        key.write_text(person.key.to_pem(WORDS))
        rows = [f"mule{number}@mail.example" for number in range(first, first + 6)]
        (at / f"{name}.txt").write_text("\n".join(rows))
        home = ("--home", at / f"home-{name}")
        said(world, who, "common", "join", at / "directory-1.json", "--member", person.member,
             "--pin", world.pin, *LOOSE, *home)  # fmt: skip
        said(world, who, "common", "prepare", at / f"{name}.txt", "--set", "people", *home)
    fiu = ("--key", at / "fiu.pem", "--passphrase-file", at / "words", "--home", at / "home-fiu")
    japan = ("--key", at / "japan.pem", "--passphrase-file", at / "words",
             "--home", at / "home-japan")  # fmt: skip
    said(world, "kr", "common", "invite", world.people["jp"].member, "--set", "people",
         "--out", at / "request.bin", *fiu)  # fmt: skip
    said(world, "jp", "common", "answer", at / "request.bin", "--set", "people",
         "--out", at / "answer.bin", *japan)  # fmt: skip
    said(world, "kr", "common", "finish", at / "answer.bin", "--out", at / "fiu-common.csv",
         "--reply", at / "claim.bin", *fiu)  # fmt: skip
    said(world, "jp", "common", "confirm", at / "claim.bin", "--out", at / "japan-common.csv",
         "--home", at / "home-japan")  # fmt: skip


def test_the_page_from_a_match_to_what_is_shared(tmp_path):
    with live_world(tmp_path) as world:
        matched(world, tmp_path)
        japan = ("--home", tmp_path / "home-japan")
        out = tmp_path / "japan-report.jws"
        said(world, "jp", "common", "report", tmp_path / "japan-common.csv", "--out", out,
             "--key", tmp_path / "japan.pem", "--passphrase-file", tmp_path / "words",
             *japan)  # fmt: skip
        assert said(world, "jp2", "common", "send", out).startswith("3 handed in")
        alone = said(world, "jp2", "common", "threats", *japan)
        assert alone.count("nobody else yet") == 3
        assert "email:mule5@mail.example" in alone
        there = {"STANCH_SERVER": world.desk.url, "STANCH_API_KEY": world.people["kr"].api_key}
        done = typed("common.md", tmp_path, there)
        assert done.stdout.count("asked") == 3
        rows = json.loads(said(world, "jp2", "common", "threats", "--json", *japan))
        (asked,) = [each for each in rows if len({one["answer"] for one in each["holders"]}) == 2]
        assert asked["indicator"].startswith("email:mule")
        assert world.call("upbeat", "GET", "/v1/common")["items"] == []
        assert world.call("jp2", "GET", "/v1/cases")["items"] == []
        case = said(world, "jp2", "case", "open", "Mules of Japan").strip()
        shown = said(world, "jp2", "common", "share", asked["id"], "--answer", "yes",
                     "--offer", case, *japan)  # fmt: skip
        assert shown.startswith(f"{asked['id']}: {asked['indicator']}\n")
        titles = {
            who: {each["title"] for each in world.call(who, "GET", "/v1/cases")["items"]}
            for who in ("kr", "jp", "upbeat")
        }
    both = {"Mules of November", "Mules of Japan"}
    assert titles == {"kr": both, "jp": both, "upbeat": set()}
    # What the desk keeps names no indicator: not its database, not its log.
    desk = [each.read_bytes() for each in (tmp_path / "desk").rglob("*") if each.is_file()]
    assert any(b"Mules of November" in each for each in desk)
    assert not any(b"mail.example" in each for each in desk)
