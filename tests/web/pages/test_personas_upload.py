"""Files handed in by a form: only signed in, from the desk's own page, and of a size."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.persona_result import content, files
from tests.web.conftest import Client, World
from tests.web.pages.browser import OURS, csrf

AT = "/personas/intake"


ALL = [("files", (name, data)) for name, data in files().items()]
Parts = list[tuple[str, tuple[str, bytes]]]


def sent(
    client: Client,
    parts: Parts = ALL,
    fields: Mapping[str, str] = MappingProxyType({}),
    headers: Mapping[str, str] = MappingProxyType({}),
) -> int:
    said = {"title": "March", "csrf": csrf(client.get(AT)), **fields}
    more = {**OURS, **headers}
    return client("POST", AT, data=said, files=parts, headers=more).status_code


def test_a_form_with_files_is_held_to_what_forms_are_held_to(world: World, korea: Client) -> None:
    assert sent(korea) == 303
    assert sent(korea, fields={"csrf": "another"}) == 403
    assert sent(korea, headers={"origin": "https://elsewhere.example"}) == 403
    assert sent(korea, fields={"title": ""}) == 422
    same = [("files", ("links.csv", b"a")), ("files", ("links.csv", b"b"))]
    assert sent(korea, parts=same) == 422
    many = [("files", (f"{n}.csv", b"a")) for n in range(30)]
    assert sent(korea, parts=many) == 422
    assert sent(korea, parts=[("files", ("links.csv", b"x" * (27 << 20)))]) == 413
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        answer = korea("POST", AT, content=b"--y", headers={**OURS, "content-type": kind})
        assert answer.status_code == 422, kind
    nobody = world.nobody()
    parts = [("files", ("links.csv", b"a"))]
    assert nobody("POST", AT, data={}, files=parts, headers=OURS).status_code == 401
    found = korea.get("/v1/personas/results").json()["items"]
    assert [each["title"] for each in found] == ["March"]


def test_what_a_program_sends_is_read_with_the_same_care(world: World, korea: Client) -> None:
    at = "/v1/personas/results?title=March"
    for body, status in (
        (b"{", 422), (b'{"a": "\\u0000"}', 400), (b"[" * 5000, 400), (b"\xff", 400),
        (content().replace(b'"type"', b'"kind"', 1), 422), (b"x" * (27 << 20), 413),
    ):  # fmt: skip
        assert korea("POST", at, content=body).status_code == status, body[:20]
    assert world.nobody()("POST", at, content=content()).status_code == 401
    reader = world.client(world.house.chief, "reader")
    assert reader("POST", at, content=content()).status_code == 403
    assert korea("POST", at, content=content()).status_code == 201
